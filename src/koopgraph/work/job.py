"""What a worker is told, what it is given to do, and what it says when it is done."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from koopgraph.model import Article, Options, Problem
from koopgraph.read import SourceFile


@dataclass(frozen=True, slots=True)
class Job:
    """What all articles of a build have in common: the ``options``, and the folder that shards are written to.

    ``mark`` is the fingerprint of what reads them, which a worker must share. ``log_level`` is from which level on
    workers in other processes keep their log.
    """

    options: Options
    shards: Path
    mark: bytes
    log_level: int = logging.WARNING


@dataclass(frozen=True, slots=True)
class Task:
    """One article to do: a file of its own, or an article that shares its file with others.

    ``number`` is its place in the build, ``key`` that of its record.
    """

    number: int
    key: bytes
    item: SourceFile | Article

    @property
    def source(self) -> str:
        """The name of the article in messages."""
        return self.item.name if isinstance(self.item, SourceFile) else self.item.source


Batch: TypeAlias = tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """A batch that is done: the ``shard`` with the records (None where no article came of it), and what failed.

    ``keys`` and ``problems`` name the task by its number; ``seconds`` are spent by stage; ``notes`` are what the
    extractors of that ``worker`` tell since it began; ``logs`` what it logged in another process.
    """

    tasks: int
    shard: str | None
    keys: Mapping[int, bytes]
    problems: tuple[tuple[int, Problem], ...] = ()
    seconds: Mapping[str, float] = field(default_factory=dict)
    worker: str = ""
    notes: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    logs: tuple[logging.LogRecord, ...] = ()
