"""Communities by the Louvain method (Blondel et al., 2008), as ``networkx.louvain_communities`` finds them.

1. Each node begins as a community of its own; in a shuffled order, again and again, each goes over to the community of
   a neighbour where modularity gains most by it, until none wants to.
2. Communities become the nodes of a smaller graph, and that is done with it again, until modularity gains no more.

networkx does this on graphs of dictionaries and sets, which takes three times as long; the steps, their order and their
arithmetic are the same here, so that the communities are.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from typing import TypeAlias

Edge: TypeAlias = tuple[int, int, float]
_Near: TypeAlias = list[list[tuple[int, float]]]

LEAST_GAIN = 1e-7
"""A level that adds less to modularity is the last one."""


def louvain(count: int, edges: Iterable[Edge], *, seed: int) -> list[int]:
    """Return the number of each node's community, of ``count`` nodes; ``edges`` are two nodes and a weight each.

    The order of ``edges`` and ``seed`` decide between communities that are equally good.

    >>> louvain(5, [(0, 1, 1.0), (1, 2, 1.0), (0, 2, 1.0), (3, 4, 1.0)], seed=1)
    [0, 0, 0, 1, 1]
    """
    level = _Level(count, edges)
    if not level.size:
        return list(range(count))
    chance = random.Random(seed)  # noqa: S311 - nothing is secret here
    modularity = level.modularity(range(count))
    community, found = list(range(count)), list(range(count))
    while True:
        moved, found = level.moved(chance)
        if not moved and level.count < count:
            return community
        community = [found[number] for number in community]
        gained = level.modularity(found)
        if gained - modularity <= LEAST_GAIN:
            return community
        modularity = gained
        level = level.joined(found)


class _Level:
    """A graph of nodes and later of communities; the weight of a node's loop is what its members share."""

    def __init__(self, count: int, edges: Iterable[Edge]) -> None:
        self.count = count
        near: _Near = [[] for _ in range(count)]
        for one, other, weight in edges:
            near[one].append((other, weight))
            if one != other:
                near[other].append((one, weight))
        # In the order of networkx: a node's neighbours as they came, edges by their lower node.
        self._edges = [(one, other, weight) for one, all_ in enumerate(near) for other, weight in all_ if other >= one]
        self._near = [[pair for pair in all_ if pair[0] != one] for one, all_ in enumerate(near)]
        self._degrees = [0.0] * count
        for one, other, weight in self._edges:
            self._degrees[one] += weight
            self._degrees[other] += weight
        self.size = sum(weight for *_, weight in self._edges)

    def moved(self, chance: random.Random) -> tuple[bool, list[int]]:
        """Tell whether a node left its own community, and return the number of each node's, from 0 without gaps."""
        order = list(range(self.count))
        chance.shuffle(order)
        joined = [(node, self._near[node], self._degrees[node]) for node in order if self._near[node]]
        community, totals = list(range(self.count)), list(self._degrees)
        moved = False
        while self._round(joined, community, totals):
            moved = True
        number = {kept: position for position, kept in enumerate(sorted(set(community)))}
        return moved, [number[kept] for kept in community]

    def _round(
        self,
        joined: Sequence[tuple[int, list[tuple[int, float]], float]],
        community: list[int],
        totals: list[float],
    ) -> int:
        """Let each node go where modularity gains most; return how many went."""
        size, twice = self.size, 2 * self.size**2
        moves = 0
        for node, near, degree in joined:
            own = community[node]
            weights: dict[int, float] = {}
            for other, weight in near:
                there = community[other]
                weights[there] = weights.get(there, 0.0) + weight
            totals[own] -= degree
            cost = -weights.get(own, 0.0) / size + totals[own] * degree / twice
            best, most = own, 0.0
            for there, weight in weights.items():
                gain = cost + weight / size - totals[there] * degree / twice
                if gain > most:
                    best, most = there, gain
            totals[best] += degree
            if best != own:
                community[node] = best
                moves += 1
        return moves

    def modularity(self, community: Sequence[int]) -> float:
        """Return how much more is joined within communities than chance would have it."""
        within, degrees = [0.0] * self.count, [0.0] * self.count
        for one, other, weight in self._edges:
            if community[one] == community[other]:
                within[community[one]] += weight
        for node, degree in enumerate(self._degrees):
            degrees[community[node]] += degree
        norm = 1 / (2 * self.size) ** 2
        return sum(inside / self.size - total * total * norm for inside, total in zip(within, degrees, strict=True))

    def joined(self, community: Sequence[int]) -> _Level:
        """Return the graph of the communities."""
        weights: dict[tuple[int, int], float] = {}
        for one, other, weight in self._edges:
            ends = community[one], community[other]
            key = ends if ends[0] <= ends[1] else ends[::-1]
            weights[key] = weights.get(key, 0.0) + weight
        return _Level(max(community) + 1, [(*ends, weight) for ends, weight in weights.items()])
