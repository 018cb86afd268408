"""Who reads the articles of a build: this process, others beside it, or a cluster."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

from koopgraph.work import cluster
from koopgraph.work.job import Batch, Done, Job, Task
from koopgraph.work.processes import in_processes, in_this_process

FEW = 150
"""Articles that one process has read before others would have loaded their models."""
MOST = 64
"""Articles of a batch: a second or two of work, which is what a build that is killed has to do again."""
_TURNS = 4  # batches a worker, at least, so that all are busy to the end

Work: TypeAlias = Callable[[Job, Iterable[Batch]], Iterator[Done]]
"""Does batches, in any order."""


@dataclass(frozen=True, slots=True)
class Crew:
    """``size`` workers, how they ``work``, and how many articles they get at a time."""

    size: int
    work: Work
    batch: int


@contextmanager
def crew_for(first: Sequence[Task], *, jobs: int | None, address: str | None) -> Iterator[Crew]:
    """Give the crew for what begins with those tasks; where they are fewer than :data:`FEW`, they are all.

    With the ``address`` of a cluster it is that, or ``jobs`` processes (None: one a processor, if it is worth it).
    Raises :class:`koopgraph.errors.ClusterError` where no cluster answers.
    """
    all_ = len(first) < FEW
    if address is not None and first:
        with cluster.connected(address, jobs or processors()) as client:
            size = cluster.threads_of(client)
            yield Crew(size, partial(cluster.in_cluster, client), _batch(first, size, cluster.MOST))
        return
    size = jobs or (1 if all_ else processors())
    if size == 1 or not first:
        yield Crew(1, in_this_process, _batch(first, 1, MOST))
    else:
        yield Crew(size, partial(in_processes, jobs=size), _batch(first, size, MOST))


def _batch(first: Sequence[Task], size: int, most: int) -> int:
    """Return how many articles a batch has: fewer where there are few, so that no worker idles at the end."""
    return most if len(first) >= FEW else max(1, min(most, len(first) // (_TURNS * size)))


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
