"""A second build reads what is new or has changed, and writes what a build from scratch writes."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from koopgraph.model import Options
from koopgraph.new_store import NewStore
from koopgraph.pipeline import build
from koopgraph.report import PASSING
from koopgraph.store import open_generation, read_articles, stored_quads

TEXTS = {
    "a.txt": "Richtfest\n\nDie Stadt Köln fördert das Projekt Talpark. In Köln fand das Richtfest statt.",
    "b.txt": "Preis\n\nDer Deutsche Städtebaupreis ging an das Projekt Uferpark in Leipzig.",
    "c/d.txt": "Kongress\n\nAuf dem Bundeskongress in Leipzig stellte die Stadt Bremen das Projekt Talpark vor.",
}
LINES = [
    {"text": f"Meldung {n}\n\nDas Projekt Talpark {n} liegt in Bremen.", "title": f"Meldung {n}"} for n in range(5)
]
OUTPUTS = ("graph.ttl", "dataset.trig", "network.html")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Return a folder with three files of one article, one of five, and one that cannot be read."""
    folder = tmp_path / "articles"
    for name, text in TEXTS.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    write_lines(folder, LINES)
    (folder / "leer.txt").touch()
    return folder


def write_lines(folder: Path, lines: list[dict[str, str]]) -> None:
    content = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    (folder / "e.jsonl").write_text(content + "no JSON\n", encoding="utf-8")


def cache(source: Path, out: Path, **how: int | None) -> tuple[int, int, int]:
    told = build([source], output=out, **how).report["cache"]  # type: ignore[arg-type]
    return told["reused"], told["read"], told["removed"]


def assert_same(one: Path, other: Path) -> None:
    """Check that two output folders are the same but for when and how they were made."""
    for name in OUTPUTS:
        assert (one / name).read_bytes() == (other / name).read_bytes(), name
    told = [json.loads((out / "report.json").read_text(encoding="utf-8")) for out in (one, other)]
    first, second = ({k: v for k, v in report.items() if k not in PASSING} for report in told)
    assert first == second


def test_what_is_as_it_was_is_not_read_again(source: Path, tmp_path: Path) -> None:
    assert cache(source, tmp_path / "out") == (0, 8, 0)
    assert cache(source, tmp_path / "out") == (8, 0, 0)


def changed(folder: Path) -> None:
    (folder / "a.txt").write_text(TEXTS["a.txt"].replace("Köln", "Bonn"), encoding="utf-8")


def removed(folder: Path) -> None:
    shutil.rmtree(folder / "c")


def added(folder: Path) -> None:
    (folder / "f.txt").write_text("Neu\n\nIn Halle entsteht das Projekt Saalepark.", encoding="utf-8")


def moved(folder: Path) -> None:
    (folder / "a.txt").rename(folder / "z.txt")


def line_changed(folder: Path) -> None:
    write_lines(folder, [*LINES[:2], {"text": "Meldung\n\nDas Projekt Saalepark liegt in Halle."}, *LINES[3:]])


def line_removed(folder: Path) -> None:
    write_lines(folder, LINES[:-1])


def filled(folder: Path) -> None:
    (folder / "leer.txt").write_text("Neu\n\nIn Halle entsteht das Projekt Saalepark.", encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (changed, (7, 1, 1)),
        (removed, (7, 0, 1)),
        (added, (8, 1, 0)),
        (moved, (7, 1, 1)),
        (line_changed, (7, 1, 1)),
        (line_removed, (7, 0, 1)),
        (filled, (8, 1, 0)),
    ],
)
def test_a_change_gives_what_a_build_from_scratch_gives(
    source: Path, tmp_path: Path, change: Callable[[Path], None], expected: tuple[int, int, int]
) -> None:
    build([source], output=tmp_path / "out")
    change(source)
    assert cache(source, tmp_path / "out") == expected
    # Where things stand in the picture depends, as it should, on the picture before.
    (tmp_path / "fresh").mkdir()
    build([source], output=tmp_path / "fresh")
    shutil.copy(tmp_path / "out" / "layout.json", tmp_path / "fresh" / "layout.json")
    build([source], output=tmp_path / "fresh")
    build([source], output=tmp_path / "out")
    assert_same(tmp_path / "out", tmp_path / "fresh")


def test_other_options_read_everything_again(source: Path, tmp_path: Path) -> None:
    build([source], output=tmp_path / "out")
    report = build([source], output=tmp_path / "out", options=Options(min_confidence=0.9)).report
    assert report["cache"] == {"reused": 0, "read": 8, "removed": 8}


def test_judgements_read_nothing_again(source: Path, tmp_path: Path) -> None:
    build([source], output=tmp_path / "out")
    report = build([source], output=tmp_path / "out", options=Options(infer=True)).report
    assert report["cache"] == {"reused": 8, "read": 0, "removed": 0}


def test_several_processes_write_what_one_writes(source: Path, tmp_path: Path) -> None:
    assert cache(source, tmp_path / "one", jobs=1) == (0, 8, 0)
    assert cache(source, tmp_path / "two", jobs=2) == (0, 8, 0)
    assert_same(tmp_path / "one", tmp_path / "two")


def test_only_records_in_use_are_kept(source: Path, tmp_path: Path) -> None:
    build([source], output=tmp_path / "out")
    removed(source)
    changed(source)
    build([source], output=tmp_path / "out")
    records = tmp_path / "out" / "store" / "records"
    build([source], output=tmp_path / "fresh")
    assert len(list(records.glob("*.contents"))) == 1
    assert cache(source, tmp_path / "out") == cache(source, tmp_path / "fresh") == (7, 0, 0)


@pytest.mark.parametrize("where", ["output", "."])
def test_what_a_build_wrote_among_the_articles_is_none(source: Path, where: str) -> None:
    first = build([source], output=source / where).report
    second = build([source], output=source / where).report
    assert second["articles"] == first["articles"]
    assert second["problems"] == first["problems"]


def stored(out: Path) -> set[str]:
    return {str(quad) for quad in stored_quads(open_generation(out).store)}


@pytest.mark.parametrize("change", [changed, removed, added, moved, line_changed])
def test_a_changed_store_holds_what_a_new_one_holds(
    source: Path, tmp_path: Path, change: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    build([source], output=tmp_path / "out")
    change(source)
    with monkeypatch.context() as patch:
        patch.setattr(NewStore, "load", lambda *_: pytest.fail("the store is loaded anew"))
        build([source], output=tmp_path / "out")
    build([source], output=tmp_path / "fresh")
    assert stored(tmp_path / "out") == stored(tmp_path / "fresh")
    texts = [list(read_articles(tmp_path / name)) for name in ("out", "fresh")]
    assert texts[0] == texts[1]


def test_a_store_is_loaded_anew_where_much_has_changed(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build([source], output=tmp_path / "out")
    monkeypatch.setattr("koopgraph.new_store.MOST_CHANGED", 3)
    changed(source)
    build([source], output=tmp_path / "out")
    build([source], output=tmp_path / "fresh")
    assert stored(tmp_path / "out") == stored(tmp_path / "fresh")


def written(out: Path) -> dict[str, int]:
    """Return when each output but the report was written, in nanoseconds."""
    names = (*OUTPUTS, "layout.json", "store/current")
    return {name: (out / name).stat().st_mtime_ns for name in names}


def test_where_nothing_has_changed_the_outputs_stay_as_they_are(source: Path, tmp_path: Path) -> None:
    first = build([source], output=tmp_path / "out").report
    before = written(tmp_path / "out")
    again = build([source], output=tmp_path / "out").report
    assert written(tmp_path / "out") == before
    assert {k: v for k, v in again.items() if k not in PASSING} == {k: v for k, v in first.items() if k not in PASSING}
    assert again["cache"] == {"reused": 8, "read": 0, "removed": 0}
    assert len(again["problems"]) == 2


@pytest.mark.parametrize("name", [*OUTPUTS, "layout.json", "report.json", "store/last-build.json", "store/current"])
@pytest.mark.parametrize("harm", ["gone", "other"])
def test_an_output_that_is_not_as_it_was_is_written_again(source: Path, tmp_path: Path, name: str, harm: str) -> None:
    out = tmp_path / "out"
    build([source], output=out)
    quads, contents = stored(out), {output: (out / output).read_bytes() for output in OUTPUTS}
    if harm == "gone":
        (out / name).unlink()
    else:
        (out / name).write_text("{}", encoding="utf-8")
    build([source], output=out)
    assert {output: (out / output).read_bytes() for output in OUTPUTS} == contents
    assert stored(out) == quads


@pytest.mark.parametrize(
    "options", [Options(infer=True), Options(base="https://example.org/id/"), Options(min_confidence=0.9)]
)
def test_other_options_write_the_outputs_again(source: Path, tmp_path: Path, options: Options) -> None:
    build([source], output=tmp_path / "out")
    build([source], output=tmp_path / "out", options=options)
    build([source], output=tmp_path / "fresh", options=options)
    for name in ("graph.ttl", "dataset.trig"):
        assert (tmp_path / "out" / name).read_bytes() == (tmp_path / "fresh" / name).read_bytes()
    assert stored(tmp_path / "out") == stored(tmp_path / "fresh")


def test_a_judgement_writes_the_outputs_again(source: Path, tmp_path: Path) -> None:
    build([source], output=tmp_path / "out")
    text = "- rename: {class: City, name: Leipzig}\n  to: Leipzig an der Pleiße\n  by: Jana Muster\n"
    (source / "curation.yaml").write_text(text, encoding="utf-8")
    report = build([source], output=tmp_path / "out").report
    assert report["cache"]["reused"] == 8
    assert "Leipzig an der Pleiße" in (tmp_path / "out" / "graph.ttl").read_text(encoding="utf-8")
    lost = "- rename: {class: City, name: Nirgends}\n  to: Irgendwo\n"
    (source / "curation.yaml").write_text(lost, encoding="utf-8")
    first = build([source], output=tmp_path / "out").report["problems"]
    assert build([source], output=tmp_path / "out").report["problems"] == first
    assert any("Nirgends" in problem["reason"] for problem in first)


def test_a_dataset_that_is_a_symbolic_link_is_compared_with_what_it_was(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build([source], output=out)
    (out / "dataset.trig").rename(tmp_path / "elsewhere.trig")
    (out / "dataset.trig").symlink_to(tmp_path / "elsewhere.trig")
    changed(source)
    build([source], output=out)
    build([source], output=tmp_path / "fresh")
    assert stored(out) == stored(tmp_path / "fresh")


@pytest.mark.parametrize("name", ["kept.pack", "last-build.json"])
def test_what_is_kept_for_the_next_build_may_be_deleted(source: Path, tmp_path: Path, name: str) -> None:
    out = tmp_path / "out"
    build([source], output=out)
    changed(source)
    (out / "store" / name).unlink()
    build([source], output=out)
    build([source], output=tmp_path / "fresh")
    for output in ("graph.ttl", "dataset.trig"):
        assert (out / output).read_bytes() == (tmp_path / "fresh" / output).read_bytes()
    assert stored(out) == stored(tmp_path / "fresh")
