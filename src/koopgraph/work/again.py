"""Batches that were lost with their worker, done again and ever smaller: so the article that kills it is found."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator

from koopgraph.model import Problem
from koopgraph.work.job import Batch, Done


def done_again(lost: Iterable[Batch], attempt: Callable[[Batch], Done | None]) -> Iterator[Done]:
    """Yield the lost batches as they are done by ``attempt``, which returns None where the worker died of it again.

    An article that ends its worker alone becomes a problem.
    """
    todo = deque(lost)
    while todo:
        batch = todo.popleft()
        done = attempt(batch)
        if done is not None:
            yield done
        elif len(batch) == 1:
            yield _deadly(batch)
        else:
            middle = len(batch) // 2
            todo.extendleft([batch[middle:], batch[:middle]])


def _deadly(batch: Batch) -> Done:
    (task,) = batch
    problem = Problem(
        task.source,
        "ended the process that read it, for want of memory perhaps",
        "Split it, or give the machine more memory; the other articles were built",
        "failed",
    )
    return Done(1, None, {}, ((task.number, problem),))
