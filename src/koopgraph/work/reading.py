"""All articles of a build, read or taken from the shelf: the way from sources to records."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import TypeAlias

from koopgraph.events import problem_event
from koopgraph.extract import Extractor
from koopgraph.model import Options, Problem
from koopgraph.progress import Progress
from koopgraph.read import SourceFile, holds_many
from koopgraph.records import Shelf, fingerprint
from koopgraph.timings import Timings
from koopgraph.work.job import Batch, Done, Job, Task
from koopgraph.work.ledger import Ledger
from koopgraph.work.plan import Plan, batches
from koopgraph.work.processes import in_processes, in_this_process

FEW = 150
"""Articles that one process has read before others would have loaded their models."""
MOST = 64
"""Articles of a batch: a second or two of work, which is what a build that is killed has to do again."""

Crew: TypeAlias = Callable[[Job, Iterable[Batch]], Iterator[Done]]
"""Whoever does batches, in any order."""


def read_all(
    files: Sequence[SourceFile | Problem],
    shelf: Shelf,
    extractors: Sequence[Extractor],
    options: Options,
    *,
    timings: Timings,
    tell: Progress,
    jobs: int | None = None,
) -> Ledger:
    """Read what of ``files`` the shelf has no record of, and put its records there; return what became of each file.

    ``jobs`` processes work at it; None means as many as there are processors, where it is enough work for them.
    ``timings`` learns how many there were. Raises what a worker raises that concerns all articles: a model that
    cannot be read, a disk that is full.
    """
    ledger = Ledger()
    progress = _Progress(ledger, tell, files)
    progress.show()
    tasks = Plan(fingerprint(extractors, options), shelf, ledger).tasks(files)
    first = list(islice(tasks, FEW))
    progress.show()
    job = Job(options, shelf.folder, logging.getLogger("koopgraph").getEffectiveLevel())
    timings.processes, crew = _crew(first, jobs)
    for done in crew(job, batches(chain(first, tasks), _batch_size(first, timings.processes))):
        if done.shard is not None:
            shelf.take_in(done.shard)
        ledger.add(done)
        timings.merge(done.seconds)
        progress.show()
    progress.total = ledger.entries
    progress.show()
    return ledger


class _Progress:
    """Tells how far reading is, and logs problems as they come."""

    def __init__(self, ledger: Ledger, tell: Progress, files: Sequence[SourceFile | Problem]) -> None:
        many = any(isinstance(file, SourceFile) and holds_many(file) for file in files)
        self.total = None if many else len(files)
        self._ledger, self._tell = ledger, tell
        self._problems = 0
        self._told: tuple[int, int | None, int] | None = None

    def show(self) -> None:
        """Tell what is new."""
        for problem in self._ledger.newest(self._problems):
            problem_event(problem)
        self._problems = self._ledger.failed
        now = (self._ledger.settled, self.total, self._problems)
        if now != self._told:
            self._told = now
            self._tell("reading articles", *now)


def _crew(first: Sequence[Task], jobs: int | None) -> tuple[int, Crew]:
    """Return how many processes work, and they."""
    wanted = jobs or (_processors() if len(first) == FEW else 1)
    if wanted == 1 or not first:
        return 1, in_this_process
    return wanted, lambda job, todo: in_processes(job, todo, wanted)


def _processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _batch_size(first: Sequence[Task], jobs: int) -> int:
    """Return how many articles a batch has: fewer where there are few, so that no worker idles at the end."""
    return MOST if len(first) == FEW else max(1, min(MOST, len(first) // (4 * jobs)))
