"""Log records of worker processes, brought to the process that they work for.

A worker that was not forked has no logging set up. It keeps its records and hands them over with its results; a queue
of their own would be one more thing that a killed worker could leave locked.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable

MOST = 1000
"""Records kept until they are taken: a batch has few, and of a flood the beginning is what helps."""


class _Kept(logging.Handler):
    """Keeps records, made fit for another process: message and traceback as text, fields that any process knows."""

    def __init__(self) -> None:
        super().__init__()
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        if len(self.records) >= MOST:
            return
        fields = {name: value if _is_plain(value) else str(value) for name, value in record.__dict__.items()}
        trace = logging.Formatter().formatException(record.exc_info) if record.exc_info else record.exc_text
        fields.update(msg=record.getMessage(), args=None, exc_info=None, exc_text=trace)
        self.records.append(logging.makeLogRecord(fields))


def _is_plain(value: object) -> bool:
    return value is None or isinstance(value, str | int | float)


_kept = _Kept()


def keep_logs(level: int) -> None:
    """Keep, in this worker process, koopgraph's records from ``level`` on, and others' warnings."""
    logging.getLogger("koopgraph").setLevel(level)
    root = logging.getLogger()
    if _kept not in root.handlers:
        root.addHandler(_kept)


def taken_logs() -> tuple[logging.LogRecord, ...]:
    """Return what was logged since the last time."""
    records = tuple(_kept.records)
    _kept.records.clear()
    return records


def replay_logs(records: Iterable[logging.LogRecord]) -> None:
    """Log a worker's records here, as far as this process wants them."""
    for record in records:
        logger = logging.getLogger(record.name)
        if logger.isEnabledFor(record.levelno):
            logger.handle(record)
