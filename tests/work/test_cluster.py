"""A Dask cluster on this machine: same bytes as one process, whatever becomes of its workers."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from koopgraph.errors import ClusterError
from koopgraph.model import Options
from koopgraph.pipeline import build
from koopgraph.progress import Progress

pytest.importorskip("distributed")

Outputs = Callable[[Path], dict[str, object]]


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path, Callable[[], list[int]]]]:
    """Return a cluster's address, its scheduler file, and what tells the pids of its workers."""
    from distributed import Client, LocalCluster

    path = tmp_path_factory.mktemp("cluster") / "scheduler.json"
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address="127.0.0.1:0") as cluster,
        Client(cluster) as client,
    ):
        client.write_scheduler_file(str(path))
        yield cluster.scheduler_address, path, lambda: list(client.run(os.getpid).values())


def at_first_article(act: Callable[[], None]) -> Progress:
    """Return a progress that acts once something has been read."""
    acted: list[int] = []

    def tell(stage: str, done: int, total: int | None, failed: int = 0) -> None:
        if stage == "reading articles" and done and not acted:
            acted.append(done)
            act()

    return tell


def test_a_cluster_writes_what_one_process_writes(
    articles: Path, tmp_path: Path, outputs: Outputs, scheduler: tuple[str, Path, object]
) -> None:
    build([articles], output=tmp_path / "one", jobs=1)
    address, file, _ = scheduler
    for number, cluster in enumerate((address, str(file))):
        report = build([articles], output=tmp_path / str(number), cluster=cluster).report
        assert outputs(tmp_path / str(number)) == outputs(tmp_path / "one")
        assert (report["processes"], report["cache"]["read"]) == (2, 24)


@pytest.mark.slow
def test_a_cluster_of_this_machine(articles: Path, tmp_path: Path, outputs: Outputs) -> None:
    build([articles], output=tmp_path / "one", jobs=1)
    build([articles], output=tmp_path / "two", jobs=2, cluster="local")
    assert outputs(tmp_path / "two") == outputs(tmp_path / "one")


def test_a_worker_that_is_killed_is_survived(
    articles: Path, tmp_path: Path, outputs: Outputs, scheduler: tuple[str, Path, Callable[[], list[int]]]
) -> None:
    build([articles], output=tmp_path / "one", jobs=1)
    address, _, pids = scheduler
    kill = at_first_article(lambda: os.kill(pids()[0], signal.SIGKILL))
    build([articles], output=tmp_path / "two", cluster=address, progress=kill)
    assert outputs(tmp_path / "two") == outputs(tmp_path / "one")


@pytest.mark.slow
def test_an_article_that_kills_its_worker_is_a_problem_of_its_own(articles: Path, tmp_path: Path, deadly: Path) -> None:
    (articles / "07.txt").write_text("Schluss\n\nTÖDLICH.", encoding="utf-8")
    options = Options(extractors=("places", "deadly"))
    report = build([articles], output=tmp_path / "out", cluster="local", jobs=2, options=options).report
    assert [(problem["source"], problem["kind"]) for problem in report["problems"]] == [("07.txt", "failed")]
    assert report["counts"]["articles"] == 23


def test_no_cluster_is_one_clear_error(articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("koopgraph.work.cluster._PATIENCE", 1)
    for address in ("tcp://127.0.0.1:9", str(tmp_path / "none.json")):
        with pytest.raises(ClusterError, match="no cluster answers there"):
            build([articles], output=tmp_path / "out", cluster=address)


def test_workers_with_another_koopgraph_are_refused(
    articles: Path, tmp_path: Path, scheduler: tuple[str, Path, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("koopgraph.work.reading.fingerprint", lambda *told: b"another")
    with pytest.raises(ClusterError, match="would read articles in another way"):
        build([articles], output=tmp_path / "out", cluster=scheduler[0])
