"""Several processes: same bytes as one, whatever becomes of them."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from koopgraph.model import Options
from koopgraph.pipeline import build
from koopgraph.report import PASSING

Outputs = Callable[[Path], dict[str, object]]
WITH_DEADLY = Options(extractors=("places", "deadly"))


def workers() -> list[psutil.Process]:
    """Return the processes that this one has started to read articles."""
    return [child for child in psutil.Process().children() if "spawn_main" in " ".join(child.cmdline())]


def test_workers_that_are_killed_are_survived(articles: Path, tmp_path: Path, outputs: Outputs) -> None:
    killed: list[int] = []

    def kill(stage: str, done: int, total: int | None, failed: int = 0) -> None:
        if stage == "reading articles" and done and len(killed) < 2:
            for worker in workers()[:1]:
                killed.append(worker.pid)
                os.kill(worker.pid, signal.SIGKILL)

    build([articles], output=tmp_path / "one", jobs=1)
    build([articles], output=tmp_path / "two", jobs=2, progress=kill)
    assert killed
    assert outputs(tmp_path / "two") == outputs(tmp_path / "one")
    assert workers() == []


def test_an_article_that_kills_its_worker_is_a_problem_of_its_own(
    articles: Path, tmp_path: Path, outputs: Outputs, deadly: Path
) -> None:
    build([articles], output=tmp_path / "without", jobs=1, options=WITH_DEADLY)
    (articles / "99.txt").write_text("Schluss\n\nTÖDLICH.", encoding="utf-8")
    report = build([articles], output=tmp_path / "out", jobs=2, options=WITH_DEADLY).report
    (problem,) = report["problems"]
    assert (problem["source"], problem["kind"]) == ("99.txt", "failed")
    assert "ended the process that read it" in problem["reason"]
    with_, without = outputs(tmp_path / "out"), outputs(tmp_path / "without")
    assert {name for name in with_ if with_[name] != without[name]} <= {"problems"}


def test_want_of_memory_and_a_failing_extractor_are_problems_and_tried_again(
    articles: Path, tmp_path: Path, deadly: Path
) -> None:
    (articles / "98.txt").write_text("Speicher\n\nSPEICHER in Köln.", encoding="utf-8")
    (articles / "99.txt").write_text("Bald\n\nBALD in Köln.", encoding="utf-8")
    first = build([articles], output=tmp_path / "out", jobs=2, options=WITH_DEADLY).report
    assert [(problem["source"], problem["kind"]) for problem in first["problems"]] == [
        ("98.txt", "failed"),
        ("99.txt", "failed"),
    ]
    (deadly / "now").touch()
    second = build([articles], output=tmp_path / "out", jobs=2, options=WITH_DEADLY).report
    assert [problem["source"] for problem in second["problems"]] == ["98.txt"]
    assert (second["cache"]["reused"], second["cache"]["read"]) == (24, 1)
    fresh = build([articles], output=tmp_path / "fresh", jobs=1, options=WITH_DEADLY).report
    assert {k: v for k, v in fresh.items() if k not in PASSING} == {k: v for k, v in second.items() if k not in PASSING}


def test_what_is_wrong_for_all_articles_ends_the_build(articles: Path, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="jobs is 0"):
        build([articles], output=tmp_path / "out", jobs=0)
