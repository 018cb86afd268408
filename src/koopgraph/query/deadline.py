"""A time limit for what the engine does in one go, in a thread that is left behind when the time is up."""

from __future__ import annotations

from collections.abc import Callable
from queue import Empty, SimpleQueue
from threading import Thread
from traceback import clear_frames
from typing import TypeVar

from koopgraph.errors import QueryTimeoutError

T = TypeVar("T")


def within(seconds: float, act: Callable[[], T]) -> T:
    """Return or raise what ``act`` does, or raise :class:`QueryTimeoutError` after ``seconds`` (0: no limit).

    The engine gives no way to stop it: ``act`` then runs on until the process ends, which should be soon. As the caller
    only waits, Ctrl-C reaches it at once.

    >>> within(5, lambda: 1 + 1)
    2
    """
    outcomes: SimpleQueue[tuple[T | None, BaseException | None]] = SimpleQueue()

    def run() -> None:
        try:
            outcomes.put((act(), None))
        except BaseException as error:
            _let_go(error)
            outcomes.put((None, error))

    Thread(target=run, name="koopgraph-query", daemon=True).start()
    try:
        value, error = outcomes.get(timeout=seconds or None)
    except Empty:
        raise QueryTimeoutError(
            f"no answer within {seconds:g} seconds. Ask for less, or allow more: --timeout SECONDS (0 for no limit)."
        ) from None
    if error is not None:
        raise error
    return value  # type: ignore[return-value]


def _let_go(error: BaseException | None) -> None:
    """Free what the traceback holds: the engine's iterators must end in the thread that made them."""
    while error is not None:
        clear_frames(error.__traceback__)
        error = error.__cause__ or error.__context__
