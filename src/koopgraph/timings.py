"""The time that a build takes: by stage, summed over its processes, and as it passes on the wall."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager


class Timings:
    """Seconds spent in each stage, and since the beginning.

    The seconds of a stage are the sum over all processes that worked at it: with two of them, ten seconds of reading
    may have passed in five. Those of a worker come in by :meth:`merge`. ``processes`` is how many worked side by side.

    >>> timings = Timings(processes=2)
    >>> timings.add("read", 1.5)
    >>> timings.merge({"read": 0.5, "extract": 2.0})
    >>> timings.rounded()
    {'read': 2.0, 'extract': 2.0}
    """

    def __init__(self, *, processes: int = 1) -> None:
        """Start the clock with nothing spent."""
        self.processes = processes
        self.seconds: dict[str, float] = defaultdict(float)
        self._begin = time.perf_counter()

    @contextmanager
    def of(self, stage: str) -> Iterator[None]:
        """Add the time of the block to ``stage``, even where it raises."""
        begin = time.perf_counter()
        try:
            yield
        finally:
            self.add(stage, time.perf_counter() - begin)

    def add(self, stage: str, seconds: float) -> None:
        """Add ``seconds`` to ``stage``."""
        self.seconds[stage] += seconds

    def merge(self, other: Mapping[str, float]) -> None:
        """Add the seconds by stage that another process spent."""
        for stage, seconds in other.items():
            self.add(stage, seconds)

    @property
    def wall(self) -> float:
        """Seconds since the beginning, whatever was done in them."""
        return time.perf_counter() - self._begin

    def rounded(self) -> dict[str, float]:
        """Return the seconds of each stage, to the millisecond, in the order in which the stages began."""
        return {stage: round(seconds, 3) for stage, seconds in self.seconds.items()}
