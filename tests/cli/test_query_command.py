"""``koopgraph query``: data to standard output, one clear line for every slip."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import click.testing
import pytest

from koopgraph.cli.query import query

Run = Callable[..., "CompletedProcess[bytes]"]
ASK = "SELECT ?name { ?city a koop:City ; rdfs:label ?name } ORDER BY ?name"


def test_the_list_names_every_question_in_both_languages(koopgraph: Run) -> None:
    done = koopgraph("query", "--list")
    text = done.stdout.decode("utf-8")
    assert done.returncode == 0
    assert "who-moderated-or-spoke\n    Who moderates or speaks at which event?\n    Wer moderiert" in text
    assert "--bind entity=koopstadt  name or IRI of anything in the graph (required)" in text
    assert '--bind limit="0.6"' in text


def test_a_named_question_is_answered_in_plain_columns(koopgraph: Run, built: Path) -> None:
    done = koopgraph("query", "article-says", "--bind", "article=bundeskongress.txt", "--from", built)
    lines = done.stdout.decode("utf-8").splitlines()
    assert done.returncode == 0
    assert done.stderr == b""
    assert b"\x1b" not in done.stdout
    assert max(map(len, lines)) > 200, "a table for a pipe is not cut to a terminal's width"
    assert any("Städtische Energien – Integration leben" in line for line in lines)
    assert lines[-1] == "14 rows"


def test_sparql_comes_as_an_argument_from_a_file_or_from_standard_input(
    koopgraph: Run, built: Path, tmp_path: Path
) -> None:
    file = tmp_path / "own.rq"
    file.write_text(f"\ufeff{ASK}", encoding="utf-8")
    answers = {
        koopgraph("query", ASK, "--format", "csv", "--from", built).stdout,
        koopgraph("query", file, "--format", "csv", "--from", built).stdout,
        koopgraph("query", "-", "--format", "csv", "--from", built, stdin=ASK.encode()).stdout,
    }
    assert answers == {b"name\r\nBremen\r\nLeipzig\r\n"}


@pytest.mark.parametrize("format", ["csv", "tsv", "json", "xml"])
def test_rows_come_in_the_standards_formats(koopgraph: Run, built: Path, format: str) -> None:
    done = koopgraph("query", ASK, "--format", format, "--from", built)
    assert done.returncode == 0
    assert b"Leipzig" in done.stdout


def test_a_construct_comes_as_turtle(koopgraph: Run, built: Path) -> None:
    text = "CONSTRUCT { ?s rdfs:label ?l } WHERE { ?s a koop:City ; rdfs:label ?l }"
    done = koopgraph("query", text, "--format", "turtle", "--from", built)
    assert b"city:leipzig rdfs:label" in done.stdout


def test_an_ask_is_answered_by_a_word(koopgraph: Run, built: Path) -> None:
    assert koopgraph("query", "ASK { ?s a koop:City }", "--from", built).stdout == b"yes\n"


def test_a_question_with_umlauts_is_taken_in_any_locale(koopgraph: Run, built: Path) -> None:
    done = koopgraph("query", "funding", "--bind", "funder=Städtebauförderung", "--from", built)
    assert done.returncode == 0
    assert done.stdout.decode("utf-8").splitlines()[-1] == "0 rows"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "name a question"),
        (["nope"], "there is no question 'nope'. Known are: article-says"),
        (["evidence"], "evidence needs a value for 'entity': name or IRI of anything"),
        (["evidence", "--bind", "entity"], "'entity' is not NAME=VALUE"),
        (["evidence", "--bind", "thing=x"], "has no parameter 'thing'"),
        (["SELECT ?s { ?s ?p }"], "line 1, column 20"),
        (["DELETE WHERE { ?s ?p ?o }"], "a query only reads"),
        (["missing.rq"], "missing.rq: cannot be read"),
        (["awards", "--format", "turtle"], "turtle does not fit"),
        (["awards", "--format", "excel"], "excel"),
        (["awards", "--from", "nowhere"], "Run koopgraph build first"),
    ],
)
def test_a_slip_is_one_clear_line_and_exit_2(koopgraph: Run, built: Path, arguments: list[str], says: str) -> None:
    place = [] if "--from" in arguments else ["--from", built]
    done = koopgraph("query", *arguments, *place)
    assert done.returncode == 2
    assert done.stdout == b""
    assert says in done.stderr.decode("utf-8", "replace")
    assert len(done.stderr.splitlines()) == 1


def test_a_table_on_a_terminal_is_folded_and_shows_names_as_they_are(
    built: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setenv("TERM", "dumb")
    with pytest.raises(SystemExit) as ended:
        query.main(["SELECT ('[red]Halle[/red]' AS ?name) ('x y ' AS ?text) {}", "--from", str(built)])
    text = capsys.readouterr().out
    assert ended.value.code == 0
    assert "[red]Halle[/red]" in text
    assert max(map(len, text.splitlines())) <= 60


def test_a_query_that_is_not_utf_8_says_so(koopgraph: Run, built: Path) -> None:
    done = koopgraph("query", "-", "--from", built, stdin="ASK { ?s ?p 'Zürich' }".encode("latin-1"))
    assert done.returncode == 2
    assert b"standard input: not UTF-8 (byte 15)" in done.stderr


def test_help_ends_with_an_example() -> None:
    done = click.testing.CliRunner().invoke(query, ["--help"])
    assert "Example: koopgraph query evidence --bind entity=koopstadt" in done.output


def test_a_plain_query_loads_none_of_the_heavy_libraries(koopgraph: Run, built: Path) -> None:
    done = koopgraph("query", "awards", "--format", "json", "--from", built)
    assert json.loads(done.stdout)["results"]["bindings"]
    code = (
        "import sys, koopgraph.cli.query; print(sorted({'click', 'pyoxigraph', 'rich', 'rdflib'} & set(sys.modules)))"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert loaded.stdout.strip() == "['click']"
