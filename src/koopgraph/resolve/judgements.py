"""Curators' judgements against equal names: records of one sense that are judged different things are parted.

It is not enough to look for judged pairs in one sense. 'Bonn of a is Beuel of a' and 'Beuel of a is not Bonn of b' part
the two records of 'Bonn', though no judgement names them together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import TypeAlias

from koopgraph.resolve.forest import Forest
from koopgraph.resolve.records import Context, Node, Record
from koopgraph.resolve.senses import Sense

Side: TypeAlias = tuple[int, bool]
"""A judgement by its number, and which of its two sides."""


class Apart:
    """Which things curators keep from each other: for each judgement the things on its one side, and on its other."""

    def __init__(self, judged: Iterable[tuple[Collection[Node], Collection[Node]]]) -> None:
        """Take the two sides of each judgement."""
        self._judged = tuple(judged)
        self._sides: dict[Node, set[Side]] = defaultdict(set)
        for number, sides in enumerate(self._judged):
            for second, nodes in enumerate(sides):
                for node in nodes:
                    self._sides[node].add((number, bool(second)))

    @property
    def nodes(self) -> Collection[Node]:
        """All things that a judgement keeps from others."""
        return self._sides.keys()

    def sides(self, node: Node) -> Collection[Side]:
        """Return the judgements about the thing, and on which side of each it is."""
        return self._sides.get(node, ())

    def pairs(self, number_of: Mapping[Node, int]) -> set[tuple[int, int]]:
        """Return the pairs of senses that must stay two; ``number_of`` is the sense of each thing."""
        found: set[tuple[int, int]] = set()
        for ones, others in self._judged:
            found.update(product({number_of[n] for n in ones}, {number_of[n] for n in others}))
        return {(one, other) for one, other in found if one != other}


class _Things(Forest[Node]):
    """Which nodes are one thing so far, and on which sides of judgements it is."""

    def __init__(self, apart: Apart) -> None:
        super().__init__()
        self._sides = {node: set(apart.sides(node)) for node in apart.nodes}

    def join(self, one: Node, under: Node) -> None:
        low, high = sorted((self.root(one), self.root(under)))
        if low != high:
            super().join(high, low)
            if high in self._sides:
                self._sides[low] = self._sides.get(low, set()) | self._sides.pop(high)

    def may_join(self, one: Node, other: Node) -> bool:
        sides = self._sides.get(self.root(one), set())
        return not any((number, not second) in sides for number, second in self._sides.get(self.root(other), ()))

    def is_torn(self, node: Node) -> bool:
        """Tell whether the thing is on both sides of a judgement."""
        return not self.may_join(node, node)


def nodes_of(senses: Sequence[Sense]) -> dict[Node, int]:
    """Return the number of the sense that each record went to."""
    return {record.node: number for number, sense in enumerate(senses) for record in sense.records}


def split_by_judgement(senses: Sequence[Sense], same: Collection[tuple[Node, Node]], apart: Apart) -> Iterator[Sense]:
    """Yield the senses; those by which things that are judged different would become one, parted.

    ``same`` are the pairs that are judged one thing; they win where judgements contradict each other.
    """
    if not apart.nodes:
        yield from senses
        return
    judged = {*apart.nodes, *(node for pair in same for node in pair)}
    judged_of = [[record.node for record in sense.records if record.node in judged] for sense in senses]
    things, joined = _Things(apart), _Things(apart)
    for one, other in same:
        things.join(one, other)
        joined.join(one, other)
    for nodes in judged_of:
        for node in nodes[1:]:
            joined.join(nodes[0], node)
    for sense, nodes in zip(senses, judged_of, strict=True):
        if nodes and joined.is_torn(nodes[0]):
            yield from _parted(sense, things)
        else:
            yield sense


def _parted(sense: Sense, things: _Things) -> Iterator[Sense]:
    """Give each record to the group that it may be in and shares most company with."""
    groups: list[list[Record]] = []
    for record in sense.records:
        free = [group for group in groups if things.may_join(group[0].node, record.node)]
        if free:
            best = max(free, key=lambda g: _in_common(record.context, Context.of_all([r.context for r in g])))
            things.join(best[0].node, record.node)
            best.append(record)
        else:
            groups.append([record])
    yield from (Sense.of(group) for group in groups)


def _in_common(one: Context, other: Context) -> int:
    return len(one.company & other.company) + len(one.all_cities & other.all_cities)
