"""``koopgraph query``: data to standard output, one clear line for every slip."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import click.testing
import pytest

from koopgraph.cli.query import query

Run = Callable[..., "CompletedProcess[bytes]"]
ASK = "SELECT ?name { ?city a koop:City ; rdfs:label ?name } ORDER BY ?name"
ENDLESS = "SELECT (COUNT(*) AS ?n) { " + " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(9)) + " }"
HUGE = ENDLESS.replace("(COUNT(*) AS ?n)", "*")


def test_the_list_names_every_question_in_both_languages(koopgraph: Run) -> None:
    done = koopgraph("query", "--list")
    text = done.stdout.decode("utf-8")
    assert done.returncode == 0
    assert "who-moderated-or-spoke\n    Who moderates or speaks where, at which event?\n    Wer moderiert" in text
    assert "--bind entity=koopstadt  name or IRI of anything in the graph (required)" in text
    assert '--bind limit="0.3"' in text


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
        (["nope"], "there is no question 'nope'. Known are: about, article-says"),
        (["evidence"], "evidence needs a value for 'entity': name or IRI of anything"),
        (["evidence", "--bind", "entity"], "'entity' is not NAME=VALUE"),
        (["evidence", "--bind", "thing=x"], "has no parameter 'thing'"),
        (["missing.rq"], "missing.rq: cannot be read"),
        (["awards", "--format", "turtle"], "turtle does not fit"),
        (["awards", "--format", "excel"], "excel"),
        (["awards", "--format", "parquet"], "add --output FILE.parquet"),
        (["awards", "--timeout", "-1"], "--timeout"),
        (["awards", "-o", "missing/x.csv"], "Check that the folder exists"),
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


def test_a_malformed_query_is_shown_with_its_place(koopgraph: Run, built: Path) -> None:
    done = koopgraph("query", "SELECT ?s\nWHERE { ?s ?p ?o FILTR(?o) }", "--from", built)
    assert done.returncode == 2
    assert done.stderr.decode().splitlines() == [
        "koopgraph: line 2, column 18: FILTR is no word of SPARQL; did you mean FILTER?",
        "  WHERE { ?s ?p ?o FILTR(?o) }",
        "                   ^",
    ]


@pytest.mark.parametrize("suffix", ["csv", "tsv", "json", "xml", "srj", "txt"])
def test_an_answer_goes_to_a_file_in_the_format_of_its_suffix(
    koopgraph: Run, built: Path, tmp_path: Path, suffix: str
) -> None:
    format_ = {"srj": "json", "txt": "table"}.get(suffix, suffix)
    printed = koopgraph("query", ASK, "--format", format_, "--from", built)
    done = koopgraph("query", ASK, "-o", f"ä.{suffix}", "--from", built)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert (tmp_path / f"ä.{suffix}").read_bytes() == printed.stdout
    assert printed.stdout.endswith(b"\n")


def test_triples_go_to_a_file_in_the_format_of_its_suffix(koopgraph: Run, built: Path, tmp_path: Path) -> None:
    for suffix, says in (("ttl", "city:bremen"), ("nt", "<https://w3id"), ("jsonld", '{"@id":'), ("rdf", "<rdf:RDF")):
        done = koopgraph("query", "DESCRIBE city:bremen", "-o", f"x.{suffix}", "--from", built)
        assert done.returncode == 0, done.stderr
        assert says in (tmp_path / f"x.{suffix}").read_text("utf-8")


def test_parquet_goes_to_a_file(koopgraph: Run, built: Path, tmp_path: Path) -> None:
    from pyarrow import parquet

    done = koopgraph("query", ASK, "-o", "names.parquet", "--from", built)
    assert done.returncode == 0, done.stderr
    assert parquet.read_table(tmp_path / "names.parquet").to_pydict() == {"name": ["Bremen", "Leipzig"]}


def test_a_file_stays_as_it_was_where_the_query_fails(koopgraph: Run, built: Path, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("before", encoding="utf-8")
    assert koopgraph("query", HUGE, "-o", "x.csv", "--timeout", "1", "--from", built).returncode == 124
    assert koopgraph("query", "ASK {", "-o", "x.csv", "--from", built).returncode == 2
    assert [(file.name, file.read_text("utf-8")) for file in tmp_path.iterdir()] == [("x.csv", "before")]


@pytest.mark.parametrize("format_", ["csv", "table"])
def test_a_query_that_never_ends_is_given_up(koopgraph: Run, built: Path, format_: str) -> None:
    done = koopgraph("query", ENDLESS, "--timeout", "1", "--format", format_, "--from", built)
    assert done.returncode == 124
    assert done.stderr.decode().splitlines() == [
        "koopgraph: no answer within 1 seconds. Ask for less, or allow more: --timeout SECONDS (0 for no limit)."
    ]


def _command(*arguments: object) -> list[str]:
    return [sys.executable, "-c", "from koopgraph.cli import main; main()", "query", *map(str, arguments)]


def test_rows_appear_while_they_are_found_and_a_closed_pipe_ends_quietly(built: Path) -> None:
    command = _command(HUGE, "--format", "csv", "--timeout", "60", "--from", built)
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline().startswith(b"a0,a1,a2")
        process.stdout.close()
        assert process.wait(30) == 0
        assert process.stderr.read() == b""


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_ctrl_c_ends_a_query_at_once(built: Path) -> None:
    command = _command(ENDLESS, "--from", built)
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stderr is not None
        time.sleep(1.5)
        process.send_signal(signal.SIGINT)
        assert process.wait(5) == 130
        assert b"interrupted" in process.stderr.read()


@pytest.mark.parametrize("format_", ["table", "csv", "json"])
def test_what_follows_is_answered_where_it_is_wanted(koopgraph: Run, built: Path, format_: str) -> None:
    query = "SELECT ?name { ?who koop:participatesIn ?event ; rdfs:label ?name }"
    arguments = ("query", query, "--format", format_, "--from", built)
    assert b"Elke Pahl-Weber" not in koopgraph(*arguments).stdout
    assert b"Elke Pahl-Weber" in koopgraph(*arguments, "--infer").stdout


def test_no_other_server_is_asked_unless_it_is_named(koopgraph: Run, built: Path) -> None:
    query = "SELECT * { SERVICE SILENT <http://127.0.0.1:9/sparql> { ?s ?p ?o } }"
    refused = koopgraph("query", query, "--from", built)
    assert refused.returncode == 2
    assert b"SERVICE would ask another server" in refused.stderr
    other = koopgraph("query", query, "--allow-service", "http://127.0.0.1:9/", "--from", built)
    assert b"allowed are only <http://127.0.0.1:9/>" in other.stderr
    assert koopgraph("query", query, "--allow-service", "http://127.0.0.1:9/sparql", "--from", built).returncode == 0


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
