"""A process that answers queries, and can be ended in the middle of one: the engine itself knows no time limit."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.resource_tracker import ensure_running
from pathlib import Path
from threading import Thread
from typing import IO, TYPE_CHECKING, TypeAlias, cast

from koopgraph.errors import AnswerTooLargeError, KoopgraphError, QueryError
from koopgraph.query.answer import Request, write_answer

if TYPE_CHECKING:
    from pyoxigraph import Store

    from koopgraph.store import Generation

Message: TypeAlias = "bytes | Exception | None"
"""What comes back: a piece of the answer, what went wrong, or None at the end."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a process answers from, a build's folder or a file, and its limits (None: none)."""

    path: Path
    max_bytes: int | None
    max_rows: int | None
    max_memory: int | None
    services: tuple[str, ...]


class WorkerProcess:
    """The parent's end of a process that answers one request after the other."""

    def __init__(self, settings: Settings) -> None:
        """Start a process."""
        context = multiprocessing.get_context("spawn")
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(theirs, settings), name="koopgraph-query", daemon=True)
        with _uninterrupted():
            self._process.start()
        # Only the process itself holds its end now: when it dies, reading here ends.
        theirs.close()

    @property
    def pid(self) -> int | None:
        """The process's number."""
        return self._process.pid

    def is_alive(self) -> bool:
        """Tell whether the process runs."""
        return self._process.is_alive()

    def send(self, request: Request) -> None:
        """Ask for an answer; :meth:`receive` gives it. Raises :class:`OSError` where the process has died."""
        self._connection.send(request)

    def receive(self) -> Message:
        """Wait for the next piece; raise :class:`EOFError` or :class:`OSError` where the process has died."""
        message: Message = self._connection.recv()
        return message

    def end(self) -> None:
        """End the process, whatever it is doing; a thread that waits in :meth:`receive` gets its error."""
        self._process.kill()
        self._process.join()


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Start processes that Ctrl-C passes by from their first moment: it is the parent's to end them."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    # The tracker's first start would let the signal through again.
    ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _work(connection: Connection, settings: Settings) -> None:
    """Answer requests until the parent closes the connection, or is no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()
    _limit_memory(settings.max_memory)
    graph = _Graph(settings.path)
    while True:
        try:
            request = connection.recv()
        except (EOFError, OSError):
            return
        pieces = _Pieces(connection, settings.max_bytes)
        try:
            output = cast("IO[bytes]", pieces)
            write_answer(graph.store(), request, output, services=settings.services, max_rows=settings.max_rows)
            outcome: Exception | None = None
        except KoopgraphError as error:
            outcome = error
        except BrokenPipeError:
            return
        except Exception as error:
            outcome = RuntimeError(f"{type(error).__name__}: {error}")
        connection.send(outcome)


def _limit_memory(limit: int | None) -> None:
    # Windows has no such limits.
    with suppress(ImportError):
        import resource

        if limit is not None:
            resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        # A query may be under way in the main thread, for hours.
        os._exit(1)


class _Pieces:
    """A file of bytes whose content goes through the connection, piece by piece."""

    def __init__(self, connection: Connection, limit: int | None) -> None:
        self._connection = connection
        self._limit = limit
        self.written = 0

    def write(self, piece: bytes) -> int:
        self.written += len(piece)
        if self._limit is not None and self.written > self._limit:
            raise AnswerTooLargeError(f"the answer is longer than {self._limit} bytes. Ask for less, or add a LIMIT.")
        self._connection.send(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Do nothing: every piece is sent at once."""


class _Graph:
    """The graph in the state of its newest build, opened again when that was replaced."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._state: object = None
        self._opened: Generation | Store | None = None

    def store(self) -> Store:
        from koopgraph.store import Generation, open_generation, open_graph

        state = self._newest()
        if self._opened is None or state != self._state:
            # Let go of the old one first: both need not be in memory at once.
            self._opened = None
            self._opened = open_generation(self._path) if self._path.is_dir() else open_graph(self._path)
            self._state = self._opened.folder if isinstance(self._opened, Generation) else state
        return self._opened.store if isinstance(self._opened, Generation) else self._opened

    def _newest(self) -> object:
        from koopgraph.generations import current_generation

        if self._path.is_dir():
            return current_generation(self._path)
        try:
            status = self._path.stat()
        except OSError as error:
            raise QueryError(
                f"{self._path}: the graph is gone ({error.strerror}). Put it back, or start anew."
            ) from error
        return status.st_mtime_ns, status.st_size, status.st_ino
