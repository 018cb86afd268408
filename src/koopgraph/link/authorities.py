"""Authorities: the IRI under which others know a place, the place behind an IRI, and a readable unique name for it.

A place of GeoNames has the IRI of GeoNames. A German municipality that the GeoNames extract lacks (mostly merged ones
that are named after no settlement: Weyhe, Wedemark) has that of the list of municipalities of DCAT-AP.de, which
GovData keeps for the metadata of German administrations: one IRI a municipality, made from its AGS.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import chain

from koopgraph.annotate.gazetteer import Gazetteer, GeoPlace
from koopgraph.link.areas import Area, Areas, district_of
from koopgraph.rdf.iris import slug

GEONAMES = "https://sws.geonames.org/"
GERMAN_SPEAKING = ("DE", "AT", "CH")
"""Where the gazetteer names Länder and Kantone in German."""
MUNICIPALITY_KEY = "http://dcat-ap.de/def/politicalGeocoding/municipalityKey/"


def geonames_iri(id: int) -> str:
    """Return the IRI of the GeoNames feature with that id.

    >>> geonames_iri(2879139)
    'https://sws.geonames.org/2879139/'
    """
    return f"{GEONAMES}{id}/"


def authority_of(place: GeoPlace | Area) -> str | None:
    """Return the IRI under which others know ``place``: GeoNames, else the municipality key, else None."""
    if place.id is not None:
        return geonames_iri(place.id)
    if isinstance(place, GeoPlace) and place.ags:
        return f"{MUNICIPALITY_KEY}{place.ags}"
    return None


def place_of(authority: str) -> GeoPlace | Area | None:
    """Return the city or area that has the IRI ``authority``, None where the shipped files have none.

    >>> place_of("https://sws.geonames.org/2879139/").name
    'Leipzig'
    """
    return _places().get(authority)


@cache
def _places() -> dict[str, GeoPlace | Area]:
    found: dict[str, GeoPlace | Area] = {}
    everything: Iterator[GeoPlace | Area] = chain(Gazetteer.load().places(), Areas.load().all)
    for place in everything:
        authority = authority_of(place)
        if authority:
            found.setdefault(authority, place)
    return found


def slug_name(authority: str) -> str | None:
    """Return a name of the place that no other city (or no other area) shares, None for an unknown authority.

    The most populous of several has its bare name; the others add the Land or country, then the Kreis, then the
    key of the municipality or the GeoNames id, as much as sets them apart. Names differ in their slugs too.

    >>> slug_name("https://sws.geonames.org/2925533/"), slug_name("https://sws.geonames.org/2925535/")
    ('Frankfurt am Main', 'Frankfurt (Oder)')
    """
    return _slug_names().get(authority)


@cache
def _slug_names() -> dict[str, str]:
    return _unique(Areas.load().all) | _unique(tuple(Gazetteer.load().places()))


def _unique(places: tuple[GeoPlace, ...] | tuple[Area, ...]) -> dict[str, str]:
    """Return a name for each: the bare one for the first that has it, the shortest free one for others."""
    taken: dict[str, str] = {}
    others: dict[str, GeoPlace | Area] = {}
    for place in places:
        authority = authority_of(place)
        if authority and authority not in others and taken.setdefault(slug(place.name), authority) != authority:
            others[authority] = place
    found = {
        authority: place.name for place in places if (authority := authority_of(place)) and authority not in others
    }
    wanted = Counter(slug(name) for place in others.values() for name in _longer_names(place))
    for authority, place in others.items():
        *longer, last = _longer_names(place)
        free = (name for name in longer if slug(name) not in taken and wanted[slug(name)] == 1)
        found[authority] = next(free, last)
        taken[slug(found[authority])] = authority
    return found


def _longer_names(place: GeoPlace | Area) -> Iterator[str]:
    """Yield the name with more and more of what the place lies in, at last with its key."""
    areas = Areas.load()
    country = areas.country_of(place)
    abroad = country.name if country else place.country
    if isinstance(place, Area):
        yield f"{place.name} {abroad or place.kind}"
        yield f"{place.name} {place.id}"
        return
    land, state = (place.admin1, None) if place.country in GERMAN_SPEAKING else (abroad, areas.state_of(place))
    yield f"{place.name} {land}"
    if district_of(place):
        yield f"{place.name} {land} {district_of(place)}"
    elif state is not None:
        yield f"{place.name} {state.name} {land}"
    yield f"{place.name} {land} {place.ags or place.id}"
