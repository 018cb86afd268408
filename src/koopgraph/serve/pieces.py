"""An iterator of bytes that a thread of its own runs for someone who waits for the pieces in an event loop.

One thread takes all steps: the engine's iterators must not move from one thread to another.
"""

from __future__ import annotations

import asyncio
from collections.abc import Generator, Iterator
from contextlib import suppress
from threading import Semaphore, Thread

_AHEAD = 4
"""Pieces that are made before the first of them is taken."""


class Pieces:
    """Pieces of an answer, made a few ahead of whoever takes them."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        """Start to make the pieces, within a running event loop."""
        self._pieces = pieces
        self._loop = asyncio.get_running_loop()
        self._made: asyncio.Queue[bytes | Exception] = asyncio.Queue()
        self._room = Semaphore(_AHEAD)
        self._stopped = False
        self._ended = False
        self.thread = Thread(target=self._make, name="answer", daemon=True)
        self.thread.start()

    async def next(self) -> bytes:
        """Return the next piece, nothing at the end; raise what the iterator raised."""
        piece = await self._made.get()
        self._room.release()
        if isinstance(piece, Exception):
            raise piece
        return piece

    def stop(self) -> None:
        """Let the iterator be closed: at once where another thread may do that, or once its present step is done."""
        self._stopped = True
        self._room.release()
        if not self._ended and not isinstance(self._pieces, Generator):
            # It may have to wait for a process.
            Thread(target=self._close, daemon=True).start()

    def _make(self) -> None:
        outcome: bytes | Exception = b""
        try:
            for piece in self._pieces:
                if piece:
                    self._hand_over(piece)
                if self._stopped:
                    break
        except Exception as error:
            outcome = error
        self._close()
        self._ended = True
        self._hand_over(outcome)

    def _close(self) -> None:
        close = getattr(self._pieces, "close", None)
        if close:
            close()

    def _hand_over(self, piece: bytes | Exception) -> None:
        self._room.acquire()
        # A loop that is closed has nobody left who waits.
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self._made.put_nowait, piece)
