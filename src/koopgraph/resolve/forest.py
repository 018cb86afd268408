"""What was joined to what, and what stands for all of it: union–find, which every stage that joins things shares."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Generic, TypeVar

T = TypeVar("T", bound=Hashable)


class Forest(Generic[T]):
    """Trees of joined things; whatever was never joined stands for itself (R. E. Tarjan 1975, path halving).

    >>> forest = Forest[str]()
    >>> forest.join("b", "a"), forest.join("c", "b")
    (None, None)
    >>> forest.root("c"), forest.root("d")
    ('a', 'd')
    """

    def __init__(self) -> None:
        """Begin with nothing joined."""
        self._parent: dict[T, T] = {}

    def root(self, node: T) -> T:
        """Return what stands for all that ``node`` is joined with."""
        parent = self._parent
        while (above := parent.get(node, node)) != node:
            parent[node] = parent.get(above, above)
            node = above
        return node

    def join(self, one: T, under: T) -> None:
        """Join both; what stands for ``under`` stands for all from now on."""
        low, high = self.root(one), self.root(under)
        if low != high:
            self._parent[low] = high
