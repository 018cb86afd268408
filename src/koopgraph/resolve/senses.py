"""Who is meant by one name: records of equal name, parted by their company into the things that they name.

1. Records that share what is sure (an authority; for people a tied organisation or project; for the local things
   that every town has, the city; for events that come back, the year) are of one thing.
2. Of the groups that are left those with the best verdict join first, as long as the verdict on their whole
   company is not against it. A verdict is a sum of weights for what is shared and against what differs.

The weights were set by hand on ``tests/data/resolution/tune``; the tests measure them on the other half.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from heapq import heappop, heappush
from itertools import islice
from types import MappingProxyType
from typing import TypeAlias

from koopgraph.model import EntityType
from koopgraph.resolve.context import Context
from koopgraph.resolve.forest import Forest
from koopgraph.resolve.identity_words import identity_words
from koopgraph.resolve.records import Record
from koopgraph.resolve.recurrence import cycle
from koopgraph.resolve.spelling import name_words

Readings: TypeAlias = Mapping[int, str]
"""The longer name that a short one stands for, by the number of the article."""
Verdict: TypeAlias = Callable[[Context, Context], float]
Items: TypeAlias = Callable[[Context], Iterable[str]]

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


def parted(records: Sequence[Record], readings: Readings = MappingProxyType({})) -> list[list[Record]]:
    """Return the things that records of one class and one key name, in no order; the records come in that of time.

    ``readings`` give by article the longer name that the short one stands for there. Where they are several, an
    article without one joins only whom its company ties it to.
    """
    first = records[0]
    if len(records) == 1:
        return [list(records)]
    if first.type is EntityType.PERSON:
        return _parted(records, lambda r: r.context.tied, _person_verdict(first.name))
    if first.type in (EntityType.CITY, EntityType.PLACE) and any(r.authority for r in records):
        return _by_authority(records)
    if len(set(readings.values())) > 1:
        return _by_reading(records, readings)
    if first.is_local:
        return _parted(records, _local_items, _local_verdict, _in_common)
    if comes_again(first):
        return _parted(records, edition, _edition_verdict)
    if first.type in IN_ONE_PLACE:
        return _parted(records, lambda r: r.context.located, _place_verdict)
    return [list(records)]


def _by_authority(records: Sequence[Record]) -> list[list[Record]]:
    """Part by authority. Those without one join the only one that there is, but never choose between two."""
    groups: dict[str | None, list[Record]] = defaultdict(list)
    for record in records:
        groups[record.authority].append(record)
    unknown = groups.pop(None, [])
    if len(groups) == 1:
        next(iter(groups.values())).extend(unknown)
        return list(groups.values())
    return [*groups.values(), *_parted(unknown, _local_items, _local_verdict, _in_common)]


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
    for record in records:
        reading = readings.get(record.article)
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
    return [*groups.values(), *_parted(rest, lambda r: r.context.tied, _company_verdict, _in_common)]


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


def _in_common(context: Context) -> Iterable[str]:
    """Return what two things must share some of, whose verdict nothing else can make good."""
    return context.cities | context.company


def _parted(
    records: Sequence[Record],
    items: Callable[[Record], Iterable[str]],
    verdict: Verdict,
    needed: Items | None = None,
) -> list[list[Record]]:
    """Return the records in groups: first by shared ``items``, then by the ``verdict`` on whole groups.

    Where the verdict is against all groups that share nothing that is ``needed``, only the others are compared.
    """
    groups = _sharing(records, items)
    groups.sort(key=lambda g: (-len(g), g[0].number))
    return _joined(groups, verdict, needed)


def _sharing(records: Sequence[Record], items: Callable[[Record], Iterable[str]]) -> list[list[Record]]:
    forest = Forest[int]()
    seen: dict[str, int] = {}
    for n, record in enumerate(records):
        for item in items(record):
            forest.join(n, seen.setdefault(item, n))
    groups: dict[int, list[Record]] = defaultdict(list)
    for n, record in enumerate(records):
        groups[forest.root(n)].append(record)
    return list(groups.values())


def _joined(groups: list[list[Record]], verdict: Verdict, needed: Items | None) -> list[list[Record]]:
    """Join groups best verdict first; ``groups`` come largest first and stay in an order that input does not change."""
    if len(groups) == 1:
        return groups
    alive: dict[int, list[Record]] = dict(enumerate(groups))
    contexts = {n: Context.of_all([r.context for r in g]) for n, g in alive.items()}
    heap: list[tuple[float, int, int]] = []

    def propose(one: int, other: int) -> None:
        score = verdict(contexts[one], contexts[other])
        if score >= 0:
            heappush(heap, (-score, one, other))

    for one, other in _compared(contexts, needed):
        propose(one, other)
    while heap:
        _, one, other = heappop(heap)
        if one not in alive or other not in alive:
            continue
        new = len(contexts)
        contexts[new] = Context.of_all([contexts[one], contexts[other]])
        joined = [*alive.pop(one), *alive.pop(other)]
        for n in islice(alive, MOST_GROUPS):  # a new group always comes last: this is their order
            propose(n, new)
        alive[new] = joined
    return list(alive.values())


def _compared(contexts: Mapping[int, Context], needed: Items | None) -> Iterator[tuple[int, int]]:
    """Yield which groups are compared: each with the largest, as far as both share anything that is needed."""
    if needed is None:
        yield from ((m, n) for n in contexts for m in range(min(n, MOST_GROUPS)))
        return
    groups_with: dict[str, list[int]] = defaultdict(list)
    for n, context in contexts.items():
        shared = list(needed(context))
        yield from ((m, n) for m in {m for item in shared for m in groups_with.get(item, ())})
        for item in shared if n < MOST_GROUPS else ():
            groups_with[item].append(n)
