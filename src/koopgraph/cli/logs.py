"""Logs on standard error: as lines for people, or as JSON lines for programs. Set up by a command, never by import."""

from __future__ import annotations

import json
import logging
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import click

from koopgraph.events import PROBLEM

logger = logging.getLogger(__name__)

_OWN = frozenset({*vars(logging.makeLogRecord({})), "message", "asctime", "taskName"})
"""What every record has; all else is a field of the event."""


@dataclass(frozen=True, slots=True)
class Talk:
    """How much a command says of what it does: 0 warnings, 1 information, 2 all; and whether as JSON lines."""

    verbose: int = 0
    json: bool = False

    def level(self, *, quiet: bool) -> int:
        """Return the least level of koopgraph's records that are written."""
        if quiet:
            return logging.ERROR
        least = logging.INFO if self.json or self.verbose else logging.WARNING
        return logging.DEBUG if self.verbose > 1 else least


class JsonLines(logging.Formatter):
    """Makes one JSON object of a record: time, level, logger, message, then the event's own fields."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as one line of JSON."""
        told: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        told.update((name, value) for name, value in vars(record).items() if name not in _OWN)
        trace = self.formatException(record.exc_info) if record.exc_info else record.exc_text
        if trace:
            told["traceback"] = trace
        return json.dumps(told, default=str)  # in ASCII, which any stream takes


class Lines(logging.Formatter):
    """Makes a line of a record: as a command's message where little is asked for, else with time and level."""

    def __init__(self, verbose: int) -> None:
        """Take how much is asked for."""
        long = "%(asctime)s %(levelname)-7s %(name)s: %(message)s" if verbose > 1 else "%(asctime)s %(message)s"
        super().__init__(long if verbose else "koopgraph: %(message)s", datefmt="%H:%M:%S")
        self._traces = verbose > 1

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as text, on one line but for a traceback that is asked for."""
        from koopgraph.query.table import printable

        bare = logging.makeLogRecord({**vars(record), "exc_info": None, "exc_text": None, "stack_info": None})
        line = printable(super().format(bare))  # names of files are anybody's
        trace = self.formatException(record.exc_info) if record.exc_info else record.exc_text
        return f"{line}\n{trace}" if trace and self._traces else line


class _StandardError(logging.StreamHandler[Any]):
    """Writes to what standard error is at the moment: a progress bar puts itself in its place."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)

    @property
    def stream(self) -> Any:
        return sys.stderr


_handler: logging.Handler | None = None


def set_up(talk: Talk, *, quiet: bool = False) -> None:
    """Write koopgraph's records, and others' warnings, to standard error from now on, as ``talk`` asks for."""
    global _handler
    take_down()
    _handler = _StandardError()
    _handler.setFormatter(JsonLines() if talk.json else Lines(talk.verbose))
    level = talk.level(quiet=quiet)
    if not talk.json and not talk.verbose:
        _handler.addFilter(lambda record: getattr(record, "event", None) != PROBLEM)  # told at the end, all together
    _handler.setLevel(level if quiet else logging.NOTSET)
    logging.getLogger("koopgraph").setLevel(level)
    logging.getLogger().addHandler(_handler)
    logging.captureWarnings(True)


def take_down() -> None:
    """Undo :func:`set_up`."""
    global _handler
    if _handler is not None:
        logging.captureWarnings(False)
        logging.getLogger().removeHandler(_handler)
        logging.getLogger("koopgraph").setLevel(logging.NOTSET)
        _handler = None


def says_json() -> bool:
    """Tell whether standard error gets JSON lines, and so nothing else."""
    return _handler is not None and isinstance(_handler.formatter, JsonLines)


def say(message: str, **fields: object) -> None:
    """Say on standard error what a command found: as a line, or as a JSON line with ``fields``."""
    if says_json():
        logger.info("%s", message, extra=fields)
    else:
        click.echo(message, err=True)


def complain(message: str, *, excerpt: str = "", **fields: object) -> None:
    """Say on standard error what went wrong, with the lines that show the place; or as a JSON line with ``fields``."""
    if says_json():
        logger.error("%s", message, extra=fields)
        return
    click.echo(f"koopgraph: {message}", err=True)
    if excerpt:
        click.echo(excerpt, err=True)
