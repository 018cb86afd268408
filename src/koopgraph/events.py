"""What long work puts into the log: an event each stage's beginning and end, in between, and each problem.

Every event is a line that people read, with the same as fields for programs (``record.event``, ``record.stage`` …).
Nothing is set up here: where nobody listens, nothing is written.
"""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Callable

from koopgraph.model import Problem
from koopgraph.progress import DONE, Progress, silent

logger = logging.getLogger(__name__)
logger.addHandler(logging.NullHandler())  # or Python would print problems where nobody has set logging up

EVERY = 10.0
"""Seconds between two events within a stage: often enough to see that it goes on, rare enough to read them all."""

WINDOW = 30.0
"""Seconds that a rate is an average over: articles differ in length a hundredfold."""

PROBLEM = "problem"
"""The ``event`` of a problem."""


class StageEvents:
    """A :class:`Progress` that logs, as information, what it is told, and tells it to another one too.

    ``event`` is ``stage-begin``, ``stage-progress`` (at most each ``every`` seconds) or ``stage-end``, with ``stage``,
    ``done``, ``total`` and ``failed``, and ``seconds``, ``rate`` (steps a second) and ``remaining`` (seconds) where
    they are known. :meth:`close` ends the last stage.
    """

    def __init__(
        self, tell: Progress = silent, *, every: float = EVERY, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Take whom to tell, the least seconds between two events of a stage, and the clock."""
        self._tell, self._every, self._clock = tell, every, clock
        self._stage: str | None = None
        self._begin = self._last = 0.0
        self._first = self._done = self._failed = 0
        self._total: int | None = None
        self._seen: deque[tuple[float, int]] = deque()

    def __call__(self, stage: str, done: int, total: int | None, failed: int = 0) -> None:
        """Log what is new, and pass it on."""
        now = self._clock()
        if stage != self._stage:
            self.close()
            if stage != DONE:
                self._start(stage, done, total, now)
        self._done, self._total, self._failed = done, total, failed
        if self._stage is not None and now - self._last >= self._every:
            self._last = now
            self._go_on(now)
        self._tell(stage, done, total, failed)

    def close(self) -> None:
        """End the stage that is going on, where there is one."""
        if self._stage is None:
            return
        seconds = self._clock() - self._begin
        steps = self._done - self._first
        rate = steps / seconds if steps and seconds > 0 else None
        told = f"{self._stage}: " + (f"{self._done:,} in " if steps else "") + duration(seconds)
        told += f", {rate:,.1f}/s" if rate is not None and steps > 1 else ""
        logger.info("%s", told + self._failures(), extra=self._fields("stage-end", seconds, rate=rate))
        self._stage = None

    def _start(self, stage: str, done: int, total: int | None, now: float) -> None:
        self._stage, self._begin, self._last, self._first = stage, now, now, done
        self._seen = deque([(now, done)])
        logger.info("%s", stage, extra={"event": "stage-begin", "stage": stage, "total": total})

    def _go_on(self, now: float) -> None:
        while len(self._seen) > 1 and now - self._seen[1][0] >= WINDOW:
            self._seen.popleft()
        then, before = self._seen[0]
        self._seen.append((now, self._done))
        rate = (self._done - before) / (now - then)
        remaining = (self._total - self._done) / rate if self._total is not None and rate > 0 else None
        told = f"{self._stage}: {self._done:,}" + ("" if self._total is None else f" of {self._total:,}")
        told += f", {rate:,.1f}/s" + ("" if remaining is None else f", {duration(remaining)} left")
        fields = self._fields("stage-progress", now - self._begin, rate=rate, remaining=remaining)
        logger.info("%s", told + self._failures(), extra=fields)

    def _failures(self) -> str:
        return f", {self._failed:,} failed" if self._failed else ""

    def _fields(self, event: str, seconds: float, **more: float | None) -> dict[str, object]:
        known = {name: round(value, 3) for name, value in {"seconds": seconds, **more}.items() if value is not None}
        counts = {"done": self._done, "total": self._total, "failed": self._failed}
        return {"event": event, "stage": self._stage, **counts, **known}


def problem_event(problem: Problem) -> None:
    """Log a problem, as a warning with ``source``, ``kind``, ``reason`` and ``remedy``."""
    fields = {
        "event": PROBLEM,
        "source": problem.source,
        "kind": problem.kind,
        "reason": problem.reason,
        "remedy": problem.remedy,
    }
    logger.warning("%s: %s. %s", problem.source, problem.reason, problem.remedy, extra=fields)


def duration(seconds: float) -> str:
    """Return seconds as people say them: '0.4 s', '12 s', '2:05' (minutes) or '1:02:05' (hours).

    >>> duration(0.42), duration(12.3), duration(125), duration(3725)
    ('0.4 s', '12 s', '2:05', '1:02:05')
    """
    if seconds < 59.5:
        return f"{seconds:.1f} s" if seconds < 9.95 else f"{seconds:.0f} s"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
