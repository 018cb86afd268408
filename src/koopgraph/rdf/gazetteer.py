"""What the gazetteer knows of a linked city or region, as triples: position, inhabitants, key, Land and country.

The words of an article are not needed for these triples; they follow from the link alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from koopgraph.annotate.gazetteer import GeoPlace
from koopgraph.link.areas import Area, Areas
from koopgraph.link.authorities import geonames_iri, place_of
from koopgraph.rdf.iris import geometry_iri
from koopgraph.rdf.triples import Triple, triple, typed
from koopgraph.rdf.vocabulary import GEO, GN, KOOP, RDF, RDFS, SCHEMA, SF, SKOS, XSD

DIGITS = 4
"""Decimal places of a position: about ten metres, as the gazetteer has them."""


def place_triples(entity_iri: str, authority: str) -> Iterator[Triple]:
    """Yield the link of an entity to its authority, and what the gazetteer knows of the place behind it.

    An authority that the gazetteer does not have yields its link alone.

    >>> [str(t.object.value) for t in place_triples("https://example.org/x", "https://sws.geonames.org/2879139/")][:3]
    ['https://sws.geonames.org/2879139/', '51.3396', '12.3713']
    """
    yield triple(entity_iri, SKOS.exactMatch, NamedNode(authority))
    place = place_of(authority)
    if place is None:
        return
    if isinstance(place, GeoPlace):
        yield from _facts(entity_iri, place)
    for predicate, area in _parents(place):
        yield triple(entity_iri, predicate, NamedNode(geonames_iri(area.id)))
        yield triple(geonames_iri(area.id), RDFS.label, _label(area))


def _facts(entity_iri: str, place: GeoPlace) -> Iterator[Triple]:
    if place.latitude is not None and place.longitude is not None:
        yield triple(entity_iri, SCHEMA.latitude, typed(decimal(place.latitude), XSD.decimal))
        yield triple(entity_iri, SCHEMA.longitude, typed(decimal(place.longitude), XSD.decimal))
    if place.population:
        yield triple(entity_iri, GN.population, typed(str(place.population), XSD.integer))
    if place.ags:
        yield triple(entity_iri, KOOP.ags, Literal(place.ags))


def _parents(place: GeoPlace | Area) -> Iterator[tuple[str, Area]]:
    areas = Areas.load()
    state = areas.state_of(place) if isinstance(place, GeoPlace) else None
    country = areas.country_of(place)
    if state is not None:
        yield GN.parentADM1, state
    if country is not None and country != place:
        yield GN.parentCountry, country


def _label(area: Area) -> Literal:
    return Literal(area.german, language="de") if area.german else Literal(area.english, language="en")


def decimal(degrees: float) -> str:
    """Return degrees as the store keeps decimals, so that a graph and its export have the same bytes.

    >>> decimal(51.0), decimal(12.37), decimal(-0.00001)
    ('51', '12.37', '0')
    """
    digits = f"{degrees:.{DIGITS}f}".rstrip("0").rstrip(".")
    return "0" if digits == "-0" else digits


def geometry_triples(entity_iri: str, latitude: str, longitude: str, *, base: str) -> Iterator[Triple]:
    """Yield the GeoSPARQL geometry of an entity at that position: a point with an IRI of its own."""
    geometry = geometry_iri(base, entity_iri)
    yield triple(entity_iri, GEO.hasGeometry, NamedNode(geometry))
    yield triple(geometry, RDF.type, NamedNode(SF.Point))
    yield triple(geometry, GEO.asWKT, typed(f"POINT({longitude} {latitude})", GEO.wktLiteral))


def geometries(quads: Iterable[Quad], *, base: str) -> Iterator[Quad]:
    """Yield the geometry of everything that has one latitude and one longitude in the default graph of ``quads``."""
    positions: dict[str, dict[str, list[str]]] = {}
    for quad in quads:
        at, value = quad.predicate.value, quad.object
        wanted = at in (SCHEMA.latitude, SCHEMA.longitude) and quad.graph_name == DefaultGraph()
        if wanted and isinstance(quad.subject, NamedNode) and isinstance(value, Literal):
            positions.setdefault(quad.subject.value, {}).setdefault(at, []).append(value.value)
    for iri, found in sorted(positions.items()):
        latitudes, longitudes = found.get(SCHEMA.latitude, []), found.get(SCHEMA.longitude, [])
        if len(latitudes) == len(longitudes) == 1:
            for stated in geometry_triples(iri, latitudes[0], longitudes[0], base=base):
                yield Quad(*stated, DefaultGraph())
