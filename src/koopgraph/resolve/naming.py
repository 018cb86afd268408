"""One IRI for each thing, which stays when articles are added that do not name it.

A thing has the IRI that its earliest article (by date, then source) gave it, so later articles change nothing. A city
that GeoNames knows has that of its name in the gazetteer; what every town has bears the town's name too
('organisation/bauamt-kiel'). Where two things claim one IRI it belongs to the one that was
written about first; the other's gets the source of its first article, which makes it readable and its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from koopgraph.annotate.gazetteer import Gazetteer
from koopgraph.link.authorities import slug_name
from koopgraph.model import EntityType
from koopgraph.rdf.iris import entity_iri
from koopgraph.resolve.records import Record
from koopgraph.resolve.sense_table import Senses


def mint(senses: Senses, things: Sequence[Sequence[int]], *, base: str) -> list[str]:
    """Return the IRI of each thing, given by the numbers of its senses; no two are equal."""
    firsts = [min(senses.firsts[n] for n in those) for those in things]
    linked = [_linked(senses, those) for those in things]
    order = sorted(range(len(things)), key=lambda n: (not linked[n], firsts[n]))
    taken: set[str] = set()
    iris = [""] * len(things)
    for n in order:
        first = senses.records[firsts[n]]
        iri = _wanted(first, linked[n], base)
        if iri in taken:
            iri = entity_iri(base, first.type, f"{first.name} {first.source}")
        if iri in taken:  # sources that differ in signs alone ('a.txt', 'A.txt'), or a name that looks like this IRI
            iri = f"{iri}-{sha256(' '.join(first.node).encode()).hexdigest()[:8]}"
        taken.add(iri)
        iris[n] = iri
    return iris


def _linked(senses: Senses, numbers: Sequence[int]) -> str | None:
    """Return what the gazetteer knows the thing as, where it is a city."""
    if senses.kind(numbers[0]) is not EntityType.CITY:
        return None
    return min((authority for n in numbers for authority in senses.authorities(n)), default=None)


def _wanted(first: Record, authority: str | None, base: str) -> str:
    name = slug_name(authority) if authority else None
    if name:
        return entity_iri(base, EntityType.CITY, name)
    if first.type is EntityType.CITY and Gazetteer.load().is_city_name(first.name):
        # One of several towns of the name: the bare one is that of another, linked today or tomorrow.
        return entity_iri(base, EntityType.CITY, f"{first.name} {first.source}")
    town = _town(first) if first.is_local else None
    return entity_iri(base, first.type, f"{first.name} {town}") if town else first.node[1]


def _town(first: Record) -> str | None:
    """Return the name of the town that the thing belongs to as far as its first article tells, None for several."""
    towns = sorted(first.context.cities)
    if len(towns) != 1:
        return None
    return slug_name(towns[0]) or towns[0].rpartition(":")[2]
