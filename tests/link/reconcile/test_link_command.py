"""``koopgraph link`` from the command line: a built graph, a service, links, exit codes."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from koopgraph.cli.link import link as command
from koopgraph.graph import KnowledgeGraph
from koopgraph.link.reconcile.run import LinkOptions, link
from koopgraph.pipeline import build

pytest.importorskip("httpx", reason="needs koopgraph[link]: pip install 'koopgraph[link]'")
pytest.importorskip("stamina", reason="needs koopgraph[link]: pip install 'koopgraph[link]'")

Run = Callable[..., subprocess.CompletedProcess[str]]
ARTICLES = Path(__file__).parents[2] / "data" / "articles"
BASE = "https://w3id.org/koopgraph/id/"
ENTRY = "http://www.wikidata.org/entity/"


@pytest.fixture
def run(fake: Any, built: Path, tmp_path: Path) -> Run:
    """Return a function that runs ``koopgraph link`` on the sample's graph and the fake service."""

    def command(*arguments: str, service: str = "", code: str = "") -> subprocess.CompletedProcess[str]:
        start = f"{code}\nfrom koopgraph.cli import main; main()"
        given = [str(built), "--service", service or fake.url, "--cache", str(tmp_path / "cache"), *arguments]
        environment = {**os.environ, "PYTHONWARNINGS": "ignore", "PYTHONIOENCODING": "utf-8"}
        return subprocess.run(
            [sys.executable, "-c", start, "link", *given],
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=60,
            env=environment,
        )

    return command


@pytest.fixture
def knowing(fake: Any) -> Any:
    """Return the service with entries for two cities, a person and an organisation."""
    fake.known = {
        "Leipzig": [{"id": "Q2079", "name": "Leipzig", "score": 100, "match": True}],
        "Bremen": [
            {"id": "Q24879", "name": "Bremen", "score": 100, "match": False, "description": "Stadt an der Weser"},
            {"id": "Q1209", "name": "Freie Hansestadt <b>Bremen</b>", "score": 97, "match": False},
        ],
        "Elke Pahl-Weber": [{"id": "Q1330127", "name": "Elke Pahl-Weber", "score": 100, "match": True}],
    }
    return fake


def records(built: Path) -> dict[str, dict[str, Any]]:
    lines = (built / "links.jsonl").read_text(encoding="utf-8").splitlines()
    return {record["label"]: record for record in map(json.loads, lines)}


def test_what_is_sure_is_linked_and_what_is_doubtful_is_shown(knowing: Any, run: Run, built: Path) -> None:
    done = run()
    assert (done.returncode, "1 of 12 things are linked, 2 have proposals" in done.stderr) == (0, True), done.stderr
    assert "Freie Hansestadt" not in done.stdout  # the best candidate alone
    assert all(
        word in done.stdout for word in ("Bremen", "Stadt an der Weser", "Elke Pahl-Weber", "2 to judge by hand")
    )
    found = records(built)
    assert (found["Leipzig"]["accepted"], found["Bremen"]["accepted"]) == (f"{ENTRY}Q2079", None)
    assert [c["score"] for c in found["Bremen"]["candidates"]] == [1.0, 0.97]
    answer = KnowledgeGraph.open(built).query(f"ASK {{ <{BASE}city/leipzig> skos:exactMatch <{ENTRY}Q2079> }}")
    assert answer.answer is True


def test_a_second_run_asks_nothing_and_changes_nothing(knowing: Any, run: Run, built: Path) -> None:
    run()
    files = {name: (built / name).read_bytes() for name in ("links.jsonl", "graph.ttl", "dataset.trig", "network.html")}
    batches = len(knowing.batches)
    done = run()
    assert (done.returncode, len(knowing.batches)) == (0, batches)
    assert "12 of them answered earlier" in done.stderr
    assert {name: (built / name).read_bytes() for name in files} == files


def test_the_files_do_not_depend_on_the_order_of_the_answers(
    knowing: Any, run: Run, built: Path, tmp_path: Path
) -> None:
    contents = set()
    for seed in range(3):
        for found in knowing.known.values():
            random.Random(seed).shuffle(found)
        assert run("--cache", str(tmp_path / f"cache{seed}"), "--batch", str(seed + 1)).returncode == 0
        contents.add(((built / "links.jsonl").read_bytes(), (built / "graph.ttl").read_bytes()))
    assert len(contents) == 1


def test_classes_and_the_threshold_are_heeded(knowing: Any, run: Run, built: Path) -> None:
    knowing.known["Leipzig"][0]["score"] = 85
    run("--class", "City", "--candidates", "1")
    assert sorted(knowing.asked) == ["Bremen", "Leipzig"]
    assert records(built)["Leipzig"]["accepted"] is None
    assert len(records(built)["Bremen"]["candidates"]) == 1
    run("--class", "City", "--threshold", "0.8")
    assert records(built)["Leipzig"]["accepted"] == f"{ENTRY}Q2079"
    assert len(knowing.asked) == 2


def test_a_correction_by_hand_is_kept_and_not_asked_about_again(knowing: Any, run: Run, built: Path) -> None:
    run()
    file = built / "links.jsonl"
    mine = {**records(built)["Bremen"], "accepted": f"{ENTRY}Q24879", "by": "Jana Muster"}
    lines = [json.dumps(mine if r["label"] == "Bremen" else r) for r in records(built).values()]
    file.write_text("\n".join(lines), encoding="utf-8")
    knowing.batches.clear()
    run("--cache", str(built / "other"))
    assert "Bremen" not in knowing.asked
    assert records(built)["Bremen"] == mine
    query = f"ASK {{ <{BASE}city/bremen> skos:exactMatch <{ENTRY}Q24879> }}"
    assert KnowledgeGraph.open(built).query(query).answer is True


def test_a_dry_run_prints_what_would_be_sent_and_sends_and_writes_nothing(fake: Any, run: Run, built: Path) -> None:
    before = sorted(path.name for path in built.rglob("*"))
    done = run("--dry-run", service="wikidata")
    queries = {query["query"]: query for query in map(json.loads, done.stdout.splitlines())}
    assert done.returncode == 0
    assert queries["Elke Pahl-Weber"]["properties"] == [{"pid": "P108", "v": "TU Berlin"}]
    assert not fake.batches
    assert sorted(path.name for path in built.rglob("*")) == before


def test_things_without_an_answer_make_exit_code_1_and_the_others_are_linked(
    knowing: Any, run: Run, built: Path
) -> None:
    def fail(handler: Any, fake: Any, queries: Any) -> None:
        fake.send(handler, b'{"error": {"message": "bad query"}}', 400)

    knowing.replies = [fail]
    done = run("--batch", "1", "--class", "City")
    assert done.returncode == 1
    assert "1 of 2 things got no answer: the service answered 400: bad query" in done.stderr
    assert list(records(built)) == ["Leipzig"]
    assert run("--class", "City").returncode == 0
    assert list(records(built)) == ["Bremen", "Leipzig"]


def test_a_service_that_answers_nothing_makes_exit_code_2_and_changes_nothing(fake: Any, run: Run, built: Path) -> None:
    fake.replies = [lambda handler, fake, queries: fake.send(handler, b"", 403)]
    done = run()
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert "answered 403. Nothing was answered" in done.stderr
    assert not (built / "links.jsonl").exists()


@pytest.mark.parametrize(
    ("service", "message"),
    [
        ("wikipedia", "is no reconciliation service"),
        ("file:///etc/passwd", "is no reconciliation service"),
        ("https://me:secret@example.org", "without name or password"),
    ],
)
def test_what_is_no_service_is_told_in_one_line(run: Run, service: str, message: str) -> None:
    done = run(service=service)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert message in done.stderr


def test_a_malformed_file_of_links_is_told_before_anything_is_asked(fake: Any, run: Run, built: Path) -> None:
    (built / "links.jsonl").write_text("{}\n", encoding="utf-8")
    done = run()
    assert (done.returncode, fake.batches) == (2, [])
    assert "links.jsonl, line 1: must be one object" in done.stderr


def test_links_of_things_that_are_gone_are_told(knowing: Any, run: Run, built: Path) -> None:
    run()
    file = built / "links.jsonl"
    file.write_text(file.read_text(encoding="utf-8").replace("city/leipzig", "city/lipsia"), encoding="utf-8")
    assert f"no effect: {BASE}city/lipsia is not in the graph" in run().stderr


def test_without_the_extra_one_line_says_how_to_install_it(run: Run) -> None:
    hidden = (
        "import importlib.util as u; f = u.find_spec; u.find_spec = lambda n, *a: None if n == 'httpx' else f(n, *a)"
    )
    done = run(code=hidden)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert "pip install 'koopgraph[link]'" in done.stderr


def test_a_real_build_is_linked_and_unlinked_without_a_trace(knowing: Any, tmp_path: Path) -> None:
    sources = tmp_path / "sources"
    sources.mkdir()
    for name in ("koopstadt-bilanz.txt", "chemnitz-2025.md"):
        shutil.copy(ARTICLES / name, sources)
    folder = tmp_path / "real"
    build([sources], output=folder)
    before = {name: (folder / name).read_bytes() for name in ("graph.ttl", "dataset.trig", "network.html")}
    options = LinkOptions(knowing.url, cache=str(tmp_path / "c"))
    outcome = link(folder, folder / "links.jsonl", options, tell=lambda *_: None)
    assert any(record.accepted == f"{ENTRY}Q2079" for record in outcome.links.records)
    assert (folder / "graph.ttl").read_bytes() != before["graph.ttl"]
    (folder / "links.jsonl").unlink()
    knowing.known = {}
    link(folder, folder / "links.jsonl", LinkOptions(knowing.url, cache=str(tmp_path / "d")), tell=lambda *_: None)
    assert {name: (folder / name).read_bytes() for name in before} == before


def test_the_options_have_the_defaults_of_the_library() -> None:
    defaults = {option.name: option.default for option in command.params}
    options = LinkOptions("wikidata")
    for name in ("threshold", "candidates", "batch"):
        assert defaults[name] == getattr(options, name)
