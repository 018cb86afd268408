"""Curators' judgements against equal names: records of one sense that are judged different things are parted.

It is not enough to look for judged pairs in one sense. 'Bonn of a is Beuel of a' and 'Beuel of a is not Bonn of b' part
the two records of 'Bonn', though no judgement names them together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from itertools import product
from typing import TypeAlias

import numpy as np

from koopgraph.resolve.column import Numbers
from koopgraph.resolve.context import Context
from koopgraph.resolve.forest import Forest
from koopgraph.resolve.records import Record, Records

Side: TypeAlias = tuple[int, bool]
"""A judgement by its number, and which of its two sides."""


class Apart:
    """Which things curators keep from each other: for each judgement the things on its one side, and on its other.

    Things are the numbers of records.
    """

    def __init__(self, judged: Iterable[tuple[Collection[int], Collection[int]]]) -> None:
        """Take the two sides of each judgement."""
        self._judged = tuple(judged)
        self._sides: dict[int, set[Side]] = defaultdict(set)
        for number, sides in enumerate(self._judged):
            for second, records in enumerate(sides):
                for record in records:
                    self._sides[record].add((number, bool(second)))

    @property
    def records(self) -> Collection[int]:
        """All things that a judgement keeps from others."""
        return self._sides.keys()

    def sides(self, record: int) -> Collection[Side]:
        """Return the judgements about the thing, and on which side of each it is."""
        return self._sides.get(record, ())

    def pairs(self, sense_of: Sequence[int]) -> set[tuple[int, int]]:
        """Return the pairs of senses that must stay two; ``sense_of`` is the sense of each record."""
        found: set[tuple[int, int]] = set()
        for ones, others in self._judged:
            found.update(product({sense_of[n] for n in ones}, {sense_of[n] for n in others}))
        return {(one, other) for one, other in found if one != other}


class _Things(Forest[int]):
    """Which records are one thing so far, and on which sides of judgements it is."""

    def __init__(self, apart: Apart) -> None:
        super().__init__()
        self._sides = {record: set(apart.sides(record)) for record in apart.records}

    def join(self, one: int, under: int) -> None:
        low, high = sorted((self.root(one), self.root(under)))
        if low != high:
            super().join(high, low)
            if high in self._sides:
                self._sides[low] = self._sides.get(low, set()) | self._sides.pop(high)

    def may_join(self, one: int, other: int) -> bool:
        sides = self._sides.get(self.root(one), set())
        return not any((number, not second) in sides for number, second in self._sides.get(self.root(other), ()))

    def is_torn(self, record: int) -> bool:
        """Tell whether the thing is on both sides of a judgement."""
        return not self.may_join(record, record)


def split_by_judgement(
    records: Records, first_of: Numbers, same: Collection[tuple[int, int]], apart: Apart
) -> tuple[Numbers, dict[int, tuple[int, int]]]:
    """Return the first record of the sense of each record, those senses parted by which judged things would be torn.

    ``same`` are the pairs that are judged one thing; they win where judgements contradict each other. What was parted
    is told too: by its first record that of the sense that it was of, and the how manieth part it is.
    """
    places: dict[int, tuple[int, int]] = {}
    if not apart.records:
        return first_of, places
    judged: dict[int, list[int]] = defaultdict(list)
    for record in sorted({*apart.records, *(record for pair in same for record in pair)}):
        judged[int(first_of[record])].append(record)
    things, joined = _Things(apart), _Things(apart)
    for one, other in same:
        things.join(one, other)
        joined.join(one, other)
    for first in sorted(judged):
        for record in judged[first][1:]:
            joined.join(judged[first][0], record)
    first_of = first_of.copy()
    for first in sorted(first for first, those in judged.items() if joined.is_torn(those[0])):
        sense = np.flatnonzero(first_of == first).tolist()
        for part, group in enumerate(_parted([records[number] for number in sense], things)):
            first_of[group] = group[0]
            places[group[0]] = (first, part)
    return first_of, places


def _parted(sense: Iterable[Record], things: _Things) -> list[list[int]]:
    """Give each record to the group that it may be in and shares most company with."""
    groups: list[list[Record]] = []
    for record in sense:
        free = [group for group in groups if things.may_join(group[0].number, record.number)]
        if free:
            best = max(free, key=lambda g: _in_common(record.context, Context.of_all([r.context for r in g])))
            things.join(best[0].number, record.number)
            best.append(record)
        else:
            groups.append([record])
    return [[record.number for record in group] for group in groups]


def _in_common(one: Context, other: Context) -> int:
    return len(one.company & other.company) + len(one.all_cities & other.all_cities)
