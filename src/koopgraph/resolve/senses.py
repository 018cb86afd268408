"""Who is meant by one name: records of equal name, parted by their company into the things that they name.

1. Records that share what is sure (an authority; for people a tied organisation or project; for the local things
   that every town has, the city; for events that come back, the year) are of one thing.
2. Of the groups that are left those with the best verdict join first, as long as the verdict on their whole
   company is not against it. A verdict is a sum of weights for what is shared and against what differs.

The weights were set by hand on ``tests/data/resolution/tune``; the tests measure them on the other half.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from types import MappingProxyType
from typing import TypeAlias

from koopgraph.model import EntityType
from koopgraph.resolve.forest import Forest
from koopgraph.resolve.identity_words import identity_words
from koopgraph.resolve.records import Context, Record
from koopgraph.resolve.recurrence import cycle
from koopgraph.resolve.spelling import is_local, name_words

Readings: TypeAlias = Mapping[str, str]
Verdict: TypeAlias = Callable[[Context, Context], float]

SHARED_COMPANY = 2.0
SHARED_CITY = 1.0
SHARED_HOME = 0.5
OTHER_CITY = -1.5
SHARED_ROLE = 1.0
OTHER_ROLE = -0.75
OTHER_TIES = -0.5
PRIOR = {0: 2.0, 1: 0.75, 2: 0.0}
"""What speaks for one person by the name alone: neither given name nor surname common, one, or both."""
SURNAME_ONLY = -1.5
"""A surname alone names one person only where something else is shared."""
IN_ONE_PLACE = frozenset([EntityType.PLACE])
"""Classes whose things lie in one city. (A project may have several, and what is read of it errs too often.)"""
SERIES = frozenset([EntityType.EVENT, EntityType.DOCUMENT])
"""Classes whose things are editions where the name tells no year: congresses, yearly reports. A prize is the series."""
MOST_GROUPS = 80
"""Of more groups than these the smaller ones are compared with the largest only, so that cost stays linear."""


@dataclass(frozen=True, slots=True)
class Sense:
    """One thing as far as equal names tell: its records, the first in time in front, and their whole company."""

    records: tuple[Record, ...]
    context: Context

    @property
    def first(self) -> Record:
        """The record of the earliest article."""
        return self.records[0]

    @property
    def articles(self) -> frozenset[str]:
        """The IRIs of the articles that name it."""
        return frozenset(r.node[0] for r in self.records)

    @classmethod
    def of(cls, records: Iterable[Record]) -> Sense:
        """Return the sense of these records."""
        ordered = tuple(sorted(records, key=lambda r: (r.order, r.node)))
        return cls(ordered, Context.of_all([r.context for r in ordered]))


def senses(records: Sequence[Record], readings: Readings = MappingProxyType({})) -> list[Sense]:
    """Return the things that records of one class and one key name, the first in time in front.

    ``readings`` give by article the longer name that the short one stands for there. Where they are several, an
    article without one joins only whom its company ties it to.
    """
    first = records[0]
    if len(records) == 1:
        return [Sense.of(records)]
    groups: list[list[Record]]
    if first.type is EntityType.PERSON:
        groups = _parted(records, lambda r: r.context.tied, _person_verdict(first.name))
    elif first.type in (EntityType.CITY, EntityType.PLACE) and any(r.authority for r in records):
        groups = _by_authority(records)
    elif len(set(readings.values())) > 1:
        groups = _by_reading(records, readings)
    elif is_local(first.name, first.type):
        groups = _parted(records, _local_items, _local_verdict)
    elif comes_again(first):
        groups = _parted(records, edition, _edition_verdict)
    elif first.type in IN_ONE_PLACE:
        groups = _parted(records, lambda r: r.context.located, _place_verdict)
    else:
        groups = [list(records)]
    return sorted((Sense.of(g) for g in groups), key=lambda s: (s.first.order, s.first.node))


def _by_authority(records: Sequence[Record]) -> list[list[Record]]:
    """Part by authority. Those without one join the only one that there is, but never choose between two."""
    groups: dict[str | None, list[Record]] = defaultdict(list)
    for record in records:
        groups[record.authority].append(record)
    unknown = groups.pop(None, [])
    if len(groups) == 1:
        next(iter(groups.values())).extend(unknown)
        return list(groups.values())
    return [*groups.values(), *_parted(unknown, _local_items, _local_verdict)]


def _local_items(record: Record) -> Iterable[str]:
    """Return the city of a local thing; where it comes again, with its edition."""
    editions = edition(record) if comes_again(record) else [""]
    return [f"{city} {when}" for city in record.context.cities for when in editions]


def _local_verdict(one: Context, other: Context) -> float:
    """Local things are one where a city is shared, or company where a city is unknown."""
    if one.cities and other.cities:
        return SHARED_CITY if one.cities & other.cities else OTHER_CITY
    return SHARED_COMPANY if one.company & other.company else OTHER_CITY


def _by_reading(records: Sequence[Record], readings: Readings) -> list[list[Record]]:
    """Part by what the articles take the short name for; the others join the reading whose company alone they share."""
    groups: dict[str, list[Record]] = defaultdict(list)
    others = []
    for record in sorted(records, key=lambda r: (r.order, r.node)):
        reading = readings.get(record.node[0])
        if reading is None:
            others.append(record)
        else:
            groups[reading].append(record)
    company = {reading: Context.of_all([r.context for r in group]).company for reading, group in groups.items()}
    rest = []
    for record in others:
        fitting = [reading for reading, known in company.items() if known & record.context.company]
        if len(fitting) == 1:
            groups[fitting[0]].append(record)
        else:
            rest.append(record)
    return [*groups.values(), *_parted(rest, lambda r: r.context.tied, _company_verdict)]


def _company_verdict(one: Context, other: Context) -> float:
    return SHARED_COMPANY if one.company & other.company else OTHER_CITY


def _place_verdict(one: Context, other: Context) -> float:
    """Sites and projects of one name are one, unless articles say that they lie in different cities."""
    if one.located and other.located:
        return SHARED_CITY if one.located & other.located else OTHER_CITY
    return SHARED_CITY if one.all_cities & other.all_cities or one.company & other.company else 0.0


def comes_again(record: Record) -> bool:
    """Tell whether the name is that of a series, of which each article means one edition."""
    return record.type in SERIES and cycle(record.type, [record.name]) != "once"


def edition(record: Record) -> Iterable[str]:
    """Return what tells which of the things that come again it is: the day where they come often, else the year.

    Of several years it is the article's own, and that too where no date is told.
    """
    told, published = record.context.years, record.context.published
    if cycle(record.type, [record.name]) == "often":
        return record.context.dates
    return [min(told & published or told)] if len(told) > 1 else told or published


def _edition_verdict(one: Context, other: Context) -> float:
    """Things that come again are one where no year is known of one of them."""
    return -1.0 if (one.years or one.published) and (other.years or other.published) else 1.0


def _person_verdict(name: str) -> Verdict:
    known = identity_words()
    words = name_words(name, EntityType.PERSON)
    common = sum(w in known.common_given for w in words[:1]) + sum(w in known.common_surnames for w in words[-1:])
    prior = PRIOR[common] if len(words) > 1 else SURNAME_ONLY

    def verdict(one: Context, other: Context) -> float:
        score = prior + min(2, len(one.company & other.company)) * SHARED_COMPANY
        if one.own_cities & other.own_cities:
            score += SHARED_CITY
        elif one.all_cities & other.all_cities:
            score += SHARED_HOME
        elif one.own_cities and other.own_cities:
            score += OTHER_CITY
        if one.roles and other.roles:
            score += SHARED_ROLE if one.roles & other.roles else OTHER_ROLE
        if one.tied and other.tied and not one.tied & other.tied:
            score += OTHER_TIES
        return score

    return verdict


def _parted(
    records: Sequence[Record], items: Callable[[Record], Iterable[str]], verdict: Verdict
) -> list[list[Record]]:
    """Return the records in groups: first by shared ``items``, then by the ``verdict`` on whole groups."""
    groups = _sharing(records, items)
    groups.sort(key=lambda g: (-len(g), g[0].order, g[0].node))
    return _joined(groups, verdict)


def _sharing(records: Sequence[Record], items: Callable[[Record], Iterable[str]]) -> list[list[Record]]:
    forest = Forest[int]()
    seen: dict[str, int] = {}
    for n, record in enumerate(records):
        for item in items(record):
            forest.join(n, seen.setdefault(item, n))
    groups: dict[int, list[Record]] = defaultdict(list)
    for n, record in enumerate(records):
        groups[forest.root(n)].append(record)
    return [sorted(g, key=lambda r: (r.order, r.node)) for g in groups.values()]


def _joined(groups: list[list[Record]], verdict: Verdict) -> list[list[Record]]:
    """Join groups best verdict first; ``groups`` come largest first and stay in an order that input does not change."""
    alive: dict[int, list[Record]] = dict(enumerate(groups))
    contexts = {n: Context.of_all([r.context for r in g]) for n, g in alive.items()}
    heap: list[tuple[float, int, int]] = []

    def propose(one: int, other: int) -> None:
        score = verdict(contexts[one], contexts[other])
        if score >= 0:
            heappush(heap, (-score, min(one, other), max(one, other)))

    for n in range(len(groups)):
        for m in range(min(n, MOST_GROUPS)):
            propose(m, n)
    while heap:
        _, one, other = heappop(heap)
        if one not in alive or other not in alive:
            continue
        new = len(contexts)
        alive[new] = [*alive.pop(one), *alive.pop(other)]
        contexts[new] = Context.of_all([contexts[one], contexts[other]])
        for n in sorted(alive)[:MOST_GROUPS]:
            if n != new:
                propose(n, new)
    return list(alive.values())
