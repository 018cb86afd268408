"""Workers of a Dask cluster: on this machine, or wherever its scheduler is.

A task is a batch of articles; its records come back as one small Parquet file, so that workers need not share a disk
with the build. Dask does a batch again whose worker died; one that dies of it again and again is looked into here.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from koopgraph.errors import ClusterError
from koopgraph.files import atomic_write
from koopgraph.read import SourceFile
from koopgraph.work.again import done_again
from koopgraph.work.job import Batch, Done, Job, Task
from koopgraph.work.worker import Worker
from koopgraph.worker_logs import keep_logs, replay_logs, taken_logs

if TYPE_CHECKING:
    from distributed import Client, Future

logger = logging.getLogger(__name__)

LOCAL = "local"
"""The address of a cluster that is started on this machine for the build."""
MOST = 128
"""Articles of a batch: three seconds of work, against which the milliseconds that Dask takes a task do not count."""
AHEAD = 3
"""Batches a worker thread that wait there or are being done: enough that none waits for this process."""
_PATIENCE = 30  # seconds to wait for a scheduler, and for its first worker
_worker: tuple[Job, Worker] | None = None


@contextmanager
def connected(address: str, jobs: int) -> Iterator[Client]:
    """Give a client of the cluster: ``local`` (of ``jobs`` processes), ``tcp://host:port``, or a scheduler file.

    Raises :class:`ClusterError` where there is none.
    """
    try:
        import dask
        from distributed import Client, LocalCluster
    except ImportError as error:
        raise ClusterError("a cluster needs Dask. Install it: pip install 'koopgraph[cluster]'.") from error
    with ExitStack() as stack:
        # A batch that took two workers with it is looked into here, article by article, before it takes more.
        stack.enter_context(dask.config.set({"distributed.scheduler.allowed-failures": 1}))
        try:
            if address == LOCAL:
                cluster = stack.enter_context(
                    LocalCluster(
                        n_workers=jobs,
                        threads_per_worker=1,
                        host="127.0.0.1",
                        dashboard_address="127.0.0.1:0",
                        silence_logs=logging.CRITICAL,
                    )
                )
                client = stack.enter_context(Client(cluster))
            elif "://" in address:
                client = stack.enter_context(Client(address, timeout=_PATIENCE))
            else:
                _wait_for_file(Path(address))
                client = stack.enter_context(Client(scheduler_file=address, timeout=_PATIENCE))
            client.wait_for_workers(1, timeout=_PATIENCE)
        except (OSError, TimeoutError, ValueError) as error:
            raise ClusterError(
                f"{address}: no cluster answers there ({error}). Start its scheduler and workers, or check the address."
            ) from error
        yield client


def _wait_for_file(path: Path) -> None:
    """Wait until the scheduler, which may have been started a moment ago, has written its file."""
    end = time.monotonic() + _PATIENCE
    while not path.is_file():
        if time.monotonic() > end:
            raise TimeoutError(f"there is no such file after {_PATIENCE} seconds")
        time.sleep(0.1)


def threads_of(client: Client) -> int:
    """Return how many batches the cluster can do at once."""
    threads: dict[str, int] = client.nthreads()
    return max(1, sum(threads.values()))


def in_cluster(client: Client, job: Job, batches: Iterable[Batch]) -> Iterator[Done]:
    """Yield the batches as the cluster has done them, in any order.

    Raises what a worker raises that concerns all articles, and :class:`ClusterError` where the cluster is lost.
    """
    from distributed import as_completed
    from distributed.scheduler import KilledWorker

    waiting = iter(batches)
    running: dict[Future, Batch] = {}
    lost: list[Batch] = []

    def begin(count: int) -> list[Future]:
        begun = {_submit(client, job, batch): batch for batch in islice(waiting, count)}
        running.update(begun)
        return list(begun)

    def attempt(batch: Batch) -> Done | None:
        try:
            return _kept(_submit(client, job, batch).result(), job)
        except KilledWorker:
            return None

    try:
        completed = as_completed(begin(AHEAD * threads_of(client)))
        for future in completed:
            batch = running.pop(future)
            try:
                yield _kept(future.result(), job)
            except KilledWorker:
                logger.warning("a batch of %d articles ended its workers; it is done again in parts", len(batch))
                lost.append(batch)
            completed.update(begin(max(1, AHEAD * threads_of(client) - len(running))))
        yield from done_again(lost, attempt)
    except _lost_errors() as error:
        raise ClusterError(
            f"the cluster was lost ({error}). What was read is kept: start the cluster and build again."
        ) from error
    finally:
        client.cancel(list(running), force=True)


def _lost_errors() -> tuple[type[BaseException], ...]:
    from asyncio import CancelledError as AsyncCancelledError
    from concurrent.futures import CancelledError

    from distributed.comm.core import CommClosedError

    return (CommClosedError, CancelledError, AsyncCancelledError)


def _submit(client: Client, job: Job, batch: Batch) -> Future:
    # Not pure: a batch that is tried again is another task.
    return client.submit(_do, job, tuple(map(_absolute, batch)), pure=False)


def _absolute(task: Task) -> Task:
    """Return the task with a path that means the same to a worker that was started in another folder."""
    if isinstance(task.item, SourceFile) and isinstance(task.item.path, Path):
        return replace(task, item=replace(task.item, path=task.item.path.absolute()))
    return task


def _do(job: Job, batch: Batch) -> tuple[Done, bytes | None]:
    """Do a batch on a worker, whose models are loaded once; return what is done, and the shard's content."""
    global _worker
    keep_logs(job.log_level)
    with TemporaryDirectory(prefix="koopgraph-") as folder:
        if _worker is None or _worker[0] != job:
            _worker = (job, Worker(job))
        done = _worker[1].do(batch, Path(folder))
        content = (Path(folder) / done.shard).read_bytes() if done.shard else None
    return replace(done, logs=taken_logs()), content


def _kept(told: Any, job: Job) -> Done:
    """Put the shard on the shelf; return what is done."""
    done: Done
    done, content = told
    if content is not None and done.shard is not None:
        with atomic_write(job.shards / done.shard) as file:
            file.write(content)
    replay_logs(done.logs)
    return done
