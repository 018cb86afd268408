"""``koopgraph build`` as a user runs it: streams, exit codes, one clear line for a slip."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., "CompletedProcess[bytes]"]
OUTPUTS = {"layout.json", "graph.ttl", "dataset.trig", "network.html", "report.json", "store"}


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """Return a folder with two good articles, inside the folder that the command runs in."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "gera.txt").write_text("Neues aus Gera\n\nIn Gera baut die Nordlicht Wohnbau GmbH.", encoding="utf-8")
    (folder / "köln.txt").write_text("Neues aus Köln\n\nIn Köln fand das Richtfest statt.", encoding="utf-8")
    return folder


@pytest.fixture
def with_empty(articles: Path) -> Path:
    """Return the folder with an empty file beside the articles."""
    (articles / "empty.txt").touch()
    return articles


def lines(done: CompletedProcess[bytes]) -> list[str]:
    return done.stderr.decode("utf-8", "replace").splitlines()


def report(folder: Path) -> dict[str, object]:
    loaded: dict[str, object] = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    return loaded


def test_it_writes_its_outputs_and_says_on_stderr_which_to_open(koopgraph: Run, articles: Path, tmp_path: Path) -> None:
    done = koopgraph("build", articles, "-o", "out")
    assert (done.returncode, done.stdout) == (0, b"")
    assert {path.name for path in (tmp_path / "out").iterdir()} == OUTPUTS
    said = "\n".join(lines(done))
    assert all(name in said for name in ("network.html", "graph.ttl", "dataset.trig", "report.json"))
    assert "Traceback" not in said


def test_the_outputs_land_in_output_where_no_folder_is_named(koopgraph: Run, articles: Path, tmp_path: Path) -> None:
    assert koopgraph("build", articles).returncode == 0
    assert {path.name for path in (tmp_path / "output").iterdir()} >= OUTPUTS


def test_quiet_says_nothing(koopgraph: Run, articles: Path) -> None:
    done = koopgraph("build", "--quiet", articles, "-o", "out")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_a_problem_is_told_and_ends_nothing(koopgraph: Run, with_empty: Path, tmp_path: Path) -> None:
    done = koopgraph("build", with_empty, "-o", "out")
    assert done.returncode == 0
    assert "empty.txt" in done.stderr.decode("utf-8", "replace")
    problems = report(tmp_path / "out")["problems"]
    assert isinstance(problems, list)
    assert [p["source"] for p in problems] == ["empty.txt"]


def test_strict_turns_a_problem_into_exit_1_after_building_the_rest(
    koopgraph: Run, with_empty: Path, tmp_path: Path
) -> None:
    assert koopgraph("build", "--strict", "-q", with_empty, "-o", "out").returncode == 1
    assert report(tmp_path / "out")["counts"]["articles"] == 2  # type: ignore[index]


def test_strict_without_a_problem_is_exit_0(koopgraph: Run, articles: Path) -> None:
    assert koopgraph("build", "--strict", "-q", articles, "-o", "out").returncode == 0


def test_a_hyphen_reads_paths_from_standard_input(koopgraph: Run, articles: Path, tmp_path: Path) -> None:
    listed = f"{articles / 'gera.txt'}\n".encode()
    assert koopgraph("build", "-", "-o", "out", stdin=listed).returncode == 0
    assert report(tmp_path / "out")["counts"]["articles"] == 1  # type: ignore[index]


def test_options_reach_the_build(koopgraph: Run, articles: Path, tmp_path: Path) -> None:
    options = ("--base", "https://example.org/kg/", "--extractor", "events", "--extractor", "places")
    assert koopgraph("build", articles, *options, "--min-confidence", "0.25", "-q", "-o", "out").returncode == 0
    assert report(tmp_path / "out")["options"] == {
        "base": "https://example.org/kg/",
        "extractors": ["events", "places"],
        "min_confidence": 0.25,
        "model": None,
        "infer": False,
        "limits": {},
    }


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "SOURCES"),
        (["nowhere"], "nowhere: does not exist"),
        (["articles", "--extractor", "peple"], "known are: awards, context, events"),
        (["articles", "--base", "example"], "cannot begin IRIs"),
        (["articles", "--min-confidence", "2"], "--min-confidence"),
        (["articles", "--with", "peple"], "known are: awards, context, events"),
        (["articles", "--config", "nothing.toml"], "nothing.toml: cannot be read"),
        (["articles", "--fast"], "--fast"),
        (["articles", "-o"], "-o"),
    ],
)
def test_a_slip_is_one_clear_line_and_exit_2(
    koopgraph: Run, articles: Path, tmp_path: Path, arguments: list[str], says: str
) -> None:
    done = koopgraph("build", *arguments)
    assert (done.returncode, done.stdout) == (2, b"")
    assert len(lines(done)) == 1
    assert lines(done)[0].startswith("koopgraph: ")
    assert says in lines(done)[0]
    assert not (tmp_path / "output").exists()


def test_an_output_that_is_a_file_is_one_clear_line(koopgraph: Run, articles: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("mine", encoding="utf-8")
    done = koopgraph("build", articles, "-o", "taken")
    assert done.returncode == 2
    assert len(lines(done)) == 1
    assert (tmp_path / "taken").read_text(encoding="utf-8") == "mine"


def test_the_help_ends_with_an_example_that_runs(koopgraph: Run, articles: Path) -> None:
    text = koopgraph("build", "--help").stdout.decode("utf-8")
    (example,) = [line.split("Example: koopgraph ")[1] for line in text.splitlines() if "Example: koopgraph " in line]
    assert koopgraph(*example.split()).returncode == 0


def test_extractors_are_listed_with_what_they_are(koopgraph: Run) -> None:
    done = koopgraph("extractors")
    rows = {line.split("\t")[0]: line.split("\t")[1:] for line in done.stdout.decode("utf-8").splitlines()}
    assert done.returncode == 0
    assert rows["themes"] == ["koopgraph.extract.themes:extract", "by default"]
    assert list(rows) == sorted(rows)


def test_optional_extractors_are_ready_or_say_what_they_need(koopgraph: Run) -> None:
    rows = [line.split("\t") for line in koopgraph("extractors").stdout.decode("utf-8").splitlines()]
    optional = {name: state for name, _, state in rows if name in ("spacy", "gliner", "llm")}
    if not optional:
        pytest.skip("koopgraph was installed before it had optional extractors: install it again")
    for name, state in optional.items():
        ready = state == f"ready: koopgraph build --with {name}"
        assert ready or f"pip install 'koopgraph[{name}]'" in state


def test_with_adds_an_extractor_to_the_built_in_ones(koopgraph: Run, articles: Path, tmp_path: Path) -> None:
    assert koopgraph("build", articles, "-q", "-o", "all", "--with", "themes").returncode == 0
    assert koopgraph("build", articles, "-q", "-o", "two", "--extractor", "places", "--with", "themes").returncode == 0
    everything, two = (report(tmp_path / name)["options"]["extractors"] for name in ("all", "two"))  # type: ignore[index]
    assert {"people", "places", "themes"} < set(everything)
    assert two == ["places", "themes"]


def test_a_file_of_settings_is_read_and_checked(koopgraph: Run, articles: Path, tmp_path: Path) -> None:
    file = tmp_path / "koopgraph.toml"
    file.write_text('[extractors.themes]\nmodel = "x"\n', encoding="utf-8")
    done = koopgraph("build", articles, "-o", "out", "--config", file)
    assert (done.returncode, len(lines(done))) == (2, 1)
    assert "'themes' takes no settings; leave out model" in lines(done)[0]
