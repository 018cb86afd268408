"""Queries answered by a few worker processes, each of which is ended when its query takes too long.

1. A request takes an idle worker, or waits for one; the time limit runs from the moment of asking.
2. The worker sends the answer piece by piece. A timer ends the process when the time is up, also while the asker does
   not read on; so does an asker who leaves early. In either case another process takes the worker's place.
3. Before each answer the worker looks whether a build has replaced the graph, and opens the new one: an answer is of
   one state from its first byte to its last.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Lock, RLock, Timer
from time import monotonic
from types import TracebackType

from koopgraph.errors import AnswerTooLargeError, QueryError, QueryTimeoutError
from koopgraph.query.answer import Request
from koopgraph.query.process import Message, Settings, WorkerProcess

MAX_BYTES = 256 * 1024 * 1024
"""The longest answer: some millions of rows. Whoever wants more takes an export."""
MAX_MEMORY = 2 * 1024 * 1024 * 1024
"""What a process may hold in memory, its graph included where that is a file."""


class Workers:
    """Processes that answer queries to one graph; any number of threads may ask at once.

    ``folder`` is a build's output folder or a file of RDF. Limits are ``seconds``, from the asking of a query to its
    last byte (0: none), ``max_bytes`` and ``max_rows`` (or triples) of an answer, and ``max_memory`` of a process
    (None: none; Windows limits no memory). ``services`` are the endpoints that SERVICE may ask.
    """

    def __init__(
        self,
        folder: Path,
        *,
        processes: int = 2,
        seconds: float = 60,
        max_bytes: int | None = MAX_BYTES,
        max_rows: int | None = None,
        max_memory: int | None = MAX_MEMORY,
        services: Collection[str] = (),
    ) -> None:
        """Start the processes; each opens the graph with its first query."""
        self.seconds = seconds
        self._settings = Settings(folder, max_bytes, max_rows, max_memory, tuple(services))
        self._idle: SimpleQueue[WorkerProcess | None] = SimpleQueue()
        # Entered again where an answer that nobody holds any more is collected within it.
        self._lock = RLock()
        self._closed = False
        self._all: set[WorkerProcess] = set()
        for _ in range(processes):
            self._start()

    def answer(self, request: Request) -> Answer:
        """Return the answer, an iterator of bytes that asks when its first piece is taken.

        That first step raises :class:`QueryError` for what is malformed or refused, :class:`StoreError` where there is
        no graph. Any step raises :class:`QueryTimeoutError` when the time is up, :class:`AnswerTooLargeError` when the
        answer grows too long, and :class:`QueryError` where the engine fails: what came before is then not the whole.
        """
        return Answer(self, request)

    def close(self) -> None:
        """End all processes, whatever they are doing; who waits for an answer gets an error."""
        with self._lock:
            self._closed = True
            processes, self._all = self._all, set()
        for process in processes:
            process.end()
        self._idle.put(None)

    @property
    def is_closed(self) -> bool:
        """Tell whether the processes are ended."""
        return self._closed

    def __enter__(self) -> Workers:
        """Return itself."""
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        """End all processes."""
        self.close()

    def take(self, deadline: float | None) -> WorkerProcess:
        """Return an idle process, which is then the taker's; raise :class:`QueryTimeoutError` where none is in time."""
        while True:
            try:
                process = self._idle.get(timeout=None if deadline is None else max(0.0, deadline - monotonic()))
            except Empty as error:
                raise self.all_busy() from error
            if process is None:
                self._idle.put(None)
                raise QueryError("the graph is being closed. Start it anew.")
            if process.is_alive():
                return process
            self.replace(process)

    def all_busy(self) -> QueryTimeoutError:
        """Return the error of a request whose time went by in waiting for a process."""
        return QueryTimeoutError(
            f"no answer within {self.seconds:g} seconds: other queries were under way. Try again in a while."
        )

    def give_back(self, process: WorkerProcess) -> None:
        """Take back a process that is ready for the next request."""
        self._idle.put(process)

    def replace(self, process: WorkerProcess) -> None:
        """End a process and put another one in its place."""
        process.end()
        with self._lock:
            known = process in self._all
            self._all.discard(process)
        if known:
            self._start()

    def _start(self) -> None:
        with self._lock:
            if self._closed:
                return
            process = WorkerProcess(self._settings)
            self._all.add(process)
        self._idle.put(process)


class Answer(Iterator[bytes]):
    """The pieces of an answer, taken by one thread; any thread may :meth:`close` it."""

    def __init__(self, workers: Workers, request: Request) -> None:
        """Take the workers and the request; the time limit runs from now."""
        self._workers = workers
        self._request = request
        self._asked = self._taken = monotonic()
        self._deadline = self._asked + workers.seconds if workers.seconds else None
        self._lock = Lock()
        self._process: WorkerProcess | None = None
        self._timer: Timer | None = None
        self._begun = False
        self._expired = False
        self._closed = False

    def __next__(self) -> bytes:
        """Return the next piece, waiting for it."""
        if not self._begun:
            self._begin()
        process = self._process
        if process is None:
            raise self._broken() if self._expired or self._closed else StopIteration
        try:
            message: Message = process.receive()
        except (EOFError, OSError) as error:
            self._end(process)
            raise self._broken() from error
        if isinstance(message, bytes):
            return message
        self._finish(process)
        if message is None:
            raise StopIteration
        raise message

    def close(self) -> None:
        """Ask for no more: the process is ended unless the answer is complete."""
        process = self._process
        self._closed = self._closed or not self._begun or process is not None
        if process is not None:
            self._end(process)

    def __del__(self) -> None:
        """Leave no process behind that works for nobody."""
        self.close()

    def _begin(self) -> None:
        self._begun = True
        if self._closed:
            return
        process = self._workers.take(self._deadline)
        self._taken = monotonic()
        with self._lock:
            self._process = process
            if self._deadline is not None:
                self._timer = Timer(max(0.0, self._deadline - monotonic()), self._expire, (process,))
                self._timer.daemon = True
                self._timer.start()
        if self._closed:
            self._end(process)
            return
        try:
            process.send(self._request)
        except OSError as error:
            self._end(process)
            raise self._broken() from error

    def _expire(self, process: WorkerProcess) -> None:
        self._expired = True
        self._end(process)

    def _end(self, process: WorkerProcess) -> None:
        if self._let_go(process):
            self._workers.replace(process)

    def _finish(self, process: WorkerProcess) -> None:
        if self._let_go(process):
            self._workers.give_back(process)

    def _let_go(self, process: WorkerProcess) -> bool:
        """Give the process up; return whether it was still held, which is so once."""
        with self._lock:
            if self._process is not process:
                return False
            self._process = None
        if self._timer is not None:
            self._timer.cancel()
        return True

    def _broken(self) -> QueryError:
        if self._expired:
            if self._taken - self._asked > self._workers.seconds / 2:
                return self._workers.all_busy()
            return QueryTimeoutError(
                f"the query took longer than {self._workers.seconds:g} seconds. Ask for less, or add a LIMIT."
            )
        if self._closed or self._workers.is_closed:
            return QueryError("the answer was broken off: it, or the graph, was closed.")
        return AnswerTooLargeError(
            "the query ended its process, likely for want of memory. Ask for less, or add a LIMIT."
        )
