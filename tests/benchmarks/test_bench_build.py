"""The benchmark of builds: every row and table comes, a small one is measured in full, and a cut run goes on."""

from __future__ import annotations

import io
import json
import sys
from dataclasses import replace
from pathlib import Path

import bench_build
import build_rows
import processes
import pytest
from build_rows import ALL, CHANGED, CLUSTER, ONE, STRAIGHTFORWARD, TWO, Bench, Row
from rich.console import Console

STAGES = {"read": 1.0, "annotate": 5.0}
FULL = Row(ONE, 1000, "", 50.0, 60.0, 400_000_000, 300_000_000, STAGES, {"graph.ttl": 10**6}, {"articles": 1000})


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Row]:
    bench = Bench(tmp_path_factory.mktemp("bench"), timeout=300)
    return {way: bench.row(way, 4) for way in (build_rows.base(), CHANGED, STRAIGHTFORWARD)}


def printed(*tables: object) -> str:
    console = Console(width=160, record=True, file=io.StringIO())
    for table in tables:
        console.print(table)
    return console.export_text()


@pytest.mark.slow
def test_each_way_is_measured_in_full(rows: dict[str, Row]) -> None:
    for way, row in rows.items():
        assert row.reason == "", way
        assert row.seconds
        assert row.tree_bytes
        assert row.tree_bytes >= (row.peak_bytes or 0) > 0
        assert row.counts["articles"] == 4
        assert {"graph.ttl", "dataset.trig", "network.html"} <= set(row.outputs)
        assert row.stages


@pytest.mark.slow
def test_a_rebuild_gives_the_bytes_of_a_build_from_scratch(rows: dict[str, Row]) -> None:
    assert rows[CHANGED].full
    assert rows[CHANGED].unequal == ()


def test_a_way_that_the_installed_koopgraph_lacks_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build_rows, "options", lambda: frozenset(["--output"]))
    bench = Bench(tmp_path)
    assert bench.row(TWO, 10).reason == "koopgraph build has no --jobs"
    assert "--cluster" in bench.row(CLUSTER, 10).reason
    assert "–" in printed(bench_build.ways_table([bench.row(TWO, 10)]))


def test_a_build_that_takes_too_long_is_ended_and_said_to_be(tmp_path: Path) -> None:
    row = Bench(tmp_path, timeout=0.3).row(ONE, 2)
    assert row.reason.startswith("ended after")
    assert row.to_dict()["articles_a_second"] is None


def test_rows_are_kept_as_they_come_and_found_again(tmp_path: Path) -> None:
    path = tmp_path / "rows.json"
    results = bench_build.Results(path, resume=False)
    results.add(replace(FULL, seconds=99.0))
    results.add(FULL)
    again = bench_build.Results(path, resume=True)
    assert again.rows == [FULL]
    assert again.find(ONE, 1000) == FULL
    assert again.find(TWO, 1000) is None
    assert json.loads(path.read_text(encoding="utf-8"))["rows"][0]["articles_a_second"] == 20.0


def test_the_tables_tell_rate_memory_stages_and_what_a_rebuild_shares() -> None:
    changed = replace(FULL, way=CHANGED, seconds=1.0, full=50.0, unequal=("layout.json",))
    text = printed(*bench_build.tables([FULL, Row(TWO, 1000, "no --jobs"), changed]))
    for figure in ("20.0", "400 MB", "300 MB", "5.00 s", "2: no --jobs", "2.0 %", "layout.json"):
        assert figure.replace("2: ", "2 processes: ") in text


def test_growth_compares_with_the_smallest_size() -> None:
    text = printed(bench_build.growth_table([FULL, replace(FULL, articles=10_000, seconds=550.0)]))
    assert "1.10" in text


def test_bad_usage_is_refused() -> None:
    for given in (["--sizes", "0"], ["--resume"], ["--ways", "none"]):
        with pytest.raises(SystemExit):
            bench_build.arguments_of(given)
    assert bench_build.arguments_of([]).ways == ALL


def test_a_failing_command_is_told_with_its_message() -> None:
    with pytest.raises(processes.Failed, match="ended with 3"):
        processes.run(sys.executable, "-c", "raise SystemExit(3)")


def test_a_run_reports_time_and_the_memory_of_all_its_processes() -> None:
    hold = "import time; x = bytearray(60_000_000); time.sleep(0.6)"
    both = f"import subprocess, sys; p = subprocess.Popen([sys.executable, '-c', '{hold}']); {hold}; p.wait()"
    result = processes.run(sys.executable, "-c", both)
    assert result.seconds > 0.5
    assert result.tree_bytes > 120_000_000
    assert result.peak_bytes is None or 60_000_000 < result.peak_bytes < 120_000_000


def test_a_run_that_takes_too_long_is_ended_with_all_it_started() -> None:
    sleeper = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import time; time.sleep(60)'])"
    result = processes.run(sys.executable, "-c", sleeper, timeout=0.5)
    assert result.timed_out
    assert result.seconds < 30
