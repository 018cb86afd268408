"""A build that is cut short: every output is the old one or the new one, and nothing half is left."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from koopgraph.graph import KnowledgeGraph
from koopgraph.pipeline import build
from koopgraph.progress import Progress

OUTPUTS = ("graph.ttl", "dataset.trig", "network.html", "report.json")
OLD = "Neues aus Gera\n\nIn Gera baut die Nordlicht Wohnbau GmbH das Projekt „Uferpark“."
NEW = "Neues aus Jena\n\nIn Jena baut die Südwind Wohnbau GmbH das Projekt „Talpark“."


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Return an article that was built once into ``out`` and has changed since."""
    file = tmp_path / "article.txt"
    file.write_text(OLD, encoding="utf-8")
    build([file], output=tmp_path / "out")
    file.write_text(NEW, encoding="utf-8")
    return file


@pytest.fixture
def fresh(source: Path, tmp_path: Path) -> dict[str, bytes]:
    """Return what a build of the changed article writes."""
    build([source], output=tmp_path / "fresh")
    return contents(tmp_path / "fresh")


def contents(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in OUTPUTS}


def projects(folder: Path) -> set[object]:
    rows = KnowledgeGraph.open(folder).query("SELECT ?name { ?p a koop:Project ; rdfs:label ?name }").rows
    return {row["name"] for row in rows}


def leftovers(folder: Path) -> list[str]:
    return [p.name for p in folder.rglob("*") if p.suffix == ".tmp" or p.name.startswith(".koopgraph")]


def generations(folder: Path) -> list[str]:
    return sorted(p.name for p in (folder / "store").glob("generation-*"))


def interrupt_at(wanted: str) -> Progress:
    def progress(stage: str, done: int, total: int | None, failed: int = 0) -> None:
        if stage == wanted:
            raise KeyboardInterrupt

    return progress


def test_an_interrupt_while_reading_leaves_all_outputs_as_they_were(source: Path, tmp_path: Path) -> None:
    before = contents(tmp_path / "out")
    with pytest.raises(KeyboardInterrupt):
        build([source], output=tmp_path / "out", progress=interrupt_at("reading articles"))
    assert contents(tmp_path / "out") == before
    assert projects(tmp_path / "out") == {"Uferpark"}


@pytest.mark.parametrize("stage", ["graph.ttl", "dataset.trig", "store", "network.html"])
def test_an_interrupt_while_writing_leaves_each_output_old_or_new(
    source: Path, fresh: dict[str, bytes], tmp_path: Path, stage: str
) -> None:
    before = contents(tmp_path / "out")
    with pytest.raises(KeyboardInterrupt):
        build([source], output=tmp_path / "out", progress=interrupt_at(f"writing {stage}"))
    after = contents(tmp_path / "out")
    assert all(after[name] in (before[name], fresh[name]) for name in OUTPUTS)
    assert after["report.json"] == before["report.json"]
    assert projects(tmp_path / "out") in ({"Uferpark"}, {"Talpark"})
    assert leftovers(tmp_path / "out") == []


def test_an_interrupt_of_the_first_build_leaves_nothing_half(source: Path, tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        build([source], output=tmp_path / "first", progress=interrupt_at("writing store"))
    assert {p.name for p in (tmp_path / "first").iterdir()} == {"graph.ttl", "dataset.trig", "store"}
    assert {p.name for p in (tmp_path / "first" / "store").iterdir()} == {"lock", "records"}


@pytest.mark.parametrize("failing", range(4))
@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_disk_that_refuses_a_file_leaves_it_as_it_was(
    source: Path, fresh: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, failing: int
) -> None:
    before = contents(tmp_path / "out")
    real, count = getattr(os, call), iter(range(100))

    def full(*arguments: Any) -> None:
        if next(count) == failing:
            raise OSError(28, "No space left on device")
        real(*arguments)

    monkeypatch.setattr(f"koopgraph.files.os.{call}", full)
    with pytest.raises((OSError, ValueError), match="No space left"):
        build([source], output=tmp_path / "out")
    monkeypatch.undo()
    after = contents(tmp_path / "out")
    assert all(after[name] in (before[name], fresh[name]) for name in OUTPUTS)
    assert projects(tmp_path / "out") in ({"Uferpark"}, {"Talpark"})
    assert leftovers(tmp_path / "out") == []


def test_after_a_build_that_was_cut_short_the_next_one_is_whole(
    source: Path, fresh: dict[str, bytes], tmp_path: Path
) -> None:
    with pytest.raises(KeyboardInterrupt):
        build([source], output=tmp_path / "out", progress=interrupt_at("writing store"))
    build([source], output=tmp_path / "out")
    after = contents(tmp_path / "out")
    assert all(after[name] == fresh[name] for name in OUTPUTS[:3])
    assert projects(tmp_path / "out") == {"Talpark"}
    assert len(generations(tmp_path / "out")) == 1
