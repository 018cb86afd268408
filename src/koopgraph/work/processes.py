"""Workers in processes of this machine. One that dies costs nothing but the time: its batch is done again.

An article that ends its process each time it is read (for want of memory, say) becomes a problem of that article.
"""

from __future__ import annotations

import logging
import os
import signal
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import replace
from itertools import islice
from multiprocessing import connection, get_context, parent_process
from threading import Thread

from koopgraph.work.again import done_again
from koopgraph.work.job import Batch, Done, Job
from koopgraph.work.worker import Worker
from koopgraph.worker_logs import keep_logs, replay_logs, taken_logs

logger = logging.getLogger(__name__)

AHEAD = 2
"""Batches a worker that wait for it, so that it never waits for them."""
_worker: Worker | None = None


def in_this_process(job: Job, batches: Iterable[Batch]) -> Iterator[Done]:
    """Yield each batch as it is done here, one after the other."""
    worker = None
    for batch in batches:
        worker = worker or Worker(job)
        yield worker.do(batch)


def in_processes(job: Job, batches: Iterable[Batch], jobs: int) -> Iterator[Done]:
    """Yield the batches as ``jobs`` processes have done them, in any order.

    Whatever a worker raises passes through; the other workers are ended then.
    """
    waiting = iter(batches)
    crew = _Crew(job, jobs)
    try:
        yield from crew.done(waiting)
    finally:
        crew.end()


class _Crew:
    """A pool of workers, and what it is working on."""

    def __init__(self, job: Job, jobs: int) -> None:
        self._job, self._jobs = job, jobs
        self._pool = self._new_pool(jobs)
        self._running: dict[Future[Done], Batch] = {}

    def _new_pool(self, jobs: int) -> ProcessPoolExecutor:
        # Not fork: it would copy locks that threads of this process hold, and the lock on the store.
        return ProcessPoolExecutor(jobs, get_context("spawn"), initializer=_begin, initargs=(self._job,))

    def done(self, batches: Iterator[Batch]) -> Iterator[Done]:
        self._take(batches, AHEAD * self._jobs)
        while self._running:
            finished, _ = wait(self._running, return_when=FIRST_COMPLETED)
            lost: list[Batch] = []
            for future in finished:
                batch = self._running.pop(future)
                if isinstance(future.exception(), BrokenProcessPool):
                    lost.append(batch)
                else:
                    yield _told(future)
            if lost:
                # The pool gives up everything that it had under way.
                lost += self._running.values()
                self._running = {}
                yield from self._again(lost)
            self._take(batches, AHEAD * self._jobs - len(self._running))

    def _take(self, batches: Iterator[Batch], count: int) -> None:
        for batch in islice(batches, count):
            self._running[self._pool.submit(_do, batch)] = batch

    def _again(self, lost: Iterable[Batch]) -> Iterator[Done]:
        """Do lost batches once more, one after the other, in a process that does nothing else."""
        logger.warning("a worker process died; what it was doing is done again")
        self.end()
        self._pool = self._new_pool(1)
        yield from done_again(lost, self._try)
        self.end()
        self._pool = self._new_pool(self._jobs)

    def _try(self, batch: Batch) -> Done | None:
        try:
            return _told(self._pool.submit(_do, batch))
        except BrokenProcessPool:
            self._pool = self._new_pool(1)
            return None

    def end(self) -> None:
        """End the workers, also where they are busy."""
        # Private to the library, which offers no way of its own to end busy workers before Python 3.14.
        processes = list((self._pool._processes or {}).values())
        self._pool.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            with suppress(OSError, ValueError):
                process.terminate()


def _told(future: Future[Done]) -> Done:
    done = future.result()
    replay_logs(done.logs)
    return done


def _begin(job: Job) -> None:
    """Get a new worker process ready."""
    global _worker
    # Ctrl-C reaches all processes of the terminal: the first one ends the others, in order.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    keep_logs(job.log_level)
    Thread(target=_end_with_parent, daemon=True).start()
    _worker = Worker(job)


def _end_with_parent() -> None:
    """End this process when the one that it works for is killed: it would wait for work for ever."""
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


def _do(batch: Batch) -> Done:
    if _worker is None:
        raise RuntimeError("the worker was not got ready")
    return replace(_worker.do(batch), logs=taken_logs())
