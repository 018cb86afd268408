"""All articles of a build, read or taken from the shelf: the way from sources to records."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from itertools import chain, islice

from koopgraph.events import problem_event
from koopgraph.extract import Extractor
from koopgraph.model import Options, Problem
from koopgraph.progress import Progress
from koopgraph.read import SourceFile, holds_many
from koopgraph.records import Shelf, fingerprint
from koopgraph.timings import Timings
from koopgraph.work.crews import FEW, crew_for
from koopgraph.work.job import Job
from koopgraph.work.ledger import Ledger
from koopgraph.work.plan import Plan, batches


def read_all(
    files: Sequence[SourceFile | Problem],
    shelf: Shelf,
    extractors: Sequence[Extractor],
    options: Options,
    *,
    timings: Timings,
    tell: Progress,
    jobs: int | None = None,
    cluster: str | None = None,
) -> Ledger:
    """Read what of ``files`` the shelf has no record of, and put its records there; return what became of each file.

    ``jobs`` processes work at it; None means as many as there are processors, where it is enough work for them.
    ``cluster`` is the address of one that works instead (:func:`koopgraph.work.cluster.connected`).
    ``timings`` learns how many there were. Raises what a worker raises that concerns all articles: a model that
    cannot be read, a disk that is full.
    """
    ledger = Ledger()
    progress = _Progress(ledger, tell, files)
    progress.show()
    mark = fingerprint(extractors, options)
    tasks = Plan(mark, shelf, ledger, options.limits).tasks(files)
    first = list(islice(tasks, FEW))
    progress.show()
    job = Job(options, shelf.folder, mark, logging.getLogger("koopgraph").getEffectiveLevel())
    with crew_for(first, jobs=jobs, address=cluster) as crew:
        timings.processes = crew.size
        for done in crew.work(job, batches(chain(first, tasks), crew.batch)):
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
