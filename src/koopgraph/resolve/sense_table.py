"""The senses of all names: which records are one thing as far as equal names tell, held as columns of numbers.

Senses are numbered in the order of time of their first records. What one says of itself (name, class, authority) is
what its first record says.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from koopgraph.model import EntityType
from koopgraph.resolve.column import Numbers, as_array, as_numbers
from koopgraph.resolve.context import Context
from koopgraph.resolve.records import Record, Records


class Grouped:
    """Which members have each number, in their order: members of a million groups in two arrays.

    >>> groups = Grouped(np.array([2, 0, 2], dtype=np.int32), 3)
    >>> [list(groups[n]) for n in range(3)]
    [[1], [], [0, 2]]
    """

    __slots__ = ("_begins", "_members")

    def __init__(self, group_of: Numbers, groups: int) -> None:
        """Take the group of each member, and how many groups there are."""
        self._members = as_array(np.argsort(group_of, kind="stable"))
        self._begins = as_array(np.concatenate(([0], np.cumsum(np.bincount(group_of, minlength=groups)))))

    def __getitem__(self, group: int) -> array[int]:
        """Return the members of a group."""
        return self._members[self._begins[group] : self._begins[group + 1]]

    def size(self, group: int) -> int:
        """Return how many members a group has."""
        return self._begins[group + 1] - self._begins[group]

    def larger_than(self, size: int) -> Numbers:
        """Return the groups of more members than ``size``."""
        return np.flatnonzero(np.diff(as_numbers(self._begins)) > size).astype(np.int32)


class Senses:
    """All senses. ``firsts`` are their first records, ``of`` is the sense of each record, ``name`` that of its name."""

    def __init__(self, records: Records, first_of: Numbers, order: Mapping[int, tuple[int, int]] | None = None) -> None:
        """Take the first record of the sense of each record.

        ``order`` says for the first records of some senses, which were one, where they stand: at whose place, and the
        how manieth there.
        """
        self.records = records
        firsts = np.unique(first_of)
        of = np.searchsorted(firsts, first_of).astype(np.int32)
        if order:
            places = sorted(range(len(firsts)), key=lambda n: order.get(int(firsts[n]), (int(firsts[n]), 0)))
            number_of = np.empty(len(firsts), dtype=np.int32)
            number_of[places] = np.arange(len(firsts), dtype=np.int32)
            firsts, of = firsts[places], number_of[of]
        self.firsts = as_array(firsts)
        self.of = as_array(of)
        self.name = as_array(as_numbers(records.name)[firsts])
        self.members = Grouped(of, len(firsts))
        self.named = Grouped(as_numbers(self.name), len(records.names))
        keys = as_numbers(records.names.keys)[as_numbers(self.name)]
        self.keyed = Grouped(keys, len(records.strings.texts))

    def __len__(self) -> int:
        """Return the number of senses."""
        return len(self.firsts)

    def __iter__(self) -> Iterator[int]:
        """Go through the numbers of all senses."""
        return iter(range(len(self.firsts)))

    def first(self, number: int) -> Record:
        """Return the first record of a sense."""
        return self.records[self.firsts[number]]

    def text(self, number: int) -> str:
        """Return the name of a sense."""
        return self.records.names.texts[self.name[number]]

    def kind(self, number: int) -> EntityType:
        """Return the class of a sense."""
        return self.records.names.kind(self.name[number])

    def key(self, number: int) -> int:
        """Return the number of the key that the names of a sense have."""
        return self.records.names.keys[self.name[number]]

    def context(self, number: int) -> Context:
        """Return the whole company of a sense."""
        return self.records.context(self.members[number])

    def cities(self, number: int) -> frozenset[str]:
        """Return every city in the company of a sense."""
        records, members = self.records, self.members[number]
        homes = {self.records.articles[article].home for article in self.articles(number)}
        return records.texts(records.stated, members).union(records.texts(records.near, members), *homes)

    def articles(self, number: int) -> set[int]:
        """Return the numbers of the articles that name a sense."""
        return {self.records.article[record] for record in self.members[number]}

    def authorities(self, number: int) -> set[str]:
        """Return the IRIs that the records of a sense have in the gazetteer."""
        texts = self.records.strings.texts
        found = {self.records.authority[record] for record in self.members[number]}
        return {texts[authority] for authority in found if authority >= 0}

    def sorted(self, names: Sequence[int]) -> list[int]:
        """Return the senses of these names in their order."""
        return sorted(sense for name in names for sense in self.named[name])


class Cities:
    """Which senses of one key are of which city: every town's council stands beside every other's."""

    def __init__(self, senses: Senses) -> None:
        """Know nothing yet: keys are looked up when they are asked for."""
        self._senses = senses
        self._known: dict[int, dict[str, list[int]]] = {}

    def sharing(self, key: int, cities: Iterable[str]) -> set[int]:
        """Return the senses of the key in whose company any of the ``cities`` is."""
        if key not in self._known:
            found: dict[str, list[int]] = defaultdict(list)
            for number in self._senses.keyed[key]:
                for city in self._senses.cities(number):
                    found[city].append(number)
            self._known[key] = found
        return {number for city in cities for number in self._known[key].get(city, ())}
