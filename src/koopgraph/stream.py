"""What is gone through any number of times, and held never."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


class Stream(Generic[T]):
    """Items that are made anew each time somebody goes through them.

    >>> squares = Stream(lambda: (n * n for n in range(3)))
    >>> list(squares), list(squares)
    ([0, 1, 4], [0, 1, 4])
    """

    def __init__(self, begin: Callable[[], Iterator[T]]) -> None:
        """Take what begins a new round."""
        self._begin = begin

    def __iter__(self) -> Iterator[T]:
        """Begin a new round."""
        return self._begin()


def repeatable(items: Iterable[T]) -> Iterable[T]:
    """Return ``items``, which somebody goes through several times.

    Raises ``TypeError`` for an iterator, of which nothing would be left after the first time.

    >>> repeatable([1, 2])
    [1, 2]
    """
    if iter(items) is items:
        raise TypeError("articles are gone through several times: pass a sequence or a koopgraph.stream.Stream of them")
    return items
