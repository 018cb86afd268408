"""What a linked place carries into the graph, and its geometry on export."""

from __future__ import annotations

import re
from decimal import Decimal

import pyshacl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store
from rdflib import Graph

from koopgraph.annotate.gazetteer import Gazetteer
from koopgraph.errors import KoopgraphError
from koopgraph.link.areas import Areas
from koopgraph.link.authorities import authority_of
from koopgraph.rdf.gazetteer import decimal, geometries, geometry_triples, place_triples
from koopgraph.rdf.iris import geometry_iri
from koopgraph.rdf.serialise import to_bytes
from koopgraph.rdf.triples import Triple, triple, typed
from koopgraph.rdf.vocabulary import GEO, GN, KOOP, PREFIXES, RDF, RDFS, SCHEMA, SF, SKOS, XSD, ontology_file

BASE = "https://example.org/id/"
CITY = f"{BASE}city/leipzig"
LEIPZIG = "https://sws.geonames.org/2879139/"
SACHSEN = "https://sws.geonames.org/2842566/"
GERMANY = "https://sws.geonames.org/2921044/"
WEYHE = "http://dcat-ap.de/def/politicalGeocoding/municipalityKey/03251047"


def stated(authority: str) -> dict[tuple[str, str], str]:
    """Return the objects of an entity's triples by subject and predicate."""
    return {(t.subject.value, t.predicate.value): t.object.value for t in place_triples(CITY, authority)}


def in_default_graph(triples: list[Triple]) -> list[Quad]:
    return [Quad(*one, DefaultGraph()) for one in triples]


def test_a_german_city_has_its_link_position_inhabitants_key_land_and_country() -> None:
    assert stated(LEIPZIG) == {
        (CITY, SKOS.exactMatch): LEIPZIG,
        (CITY, SCHEMA.latitude): "51.3396",
        (CITY, SCHEMA.longitude): "12.3713",
        (CITY, GN.population): "616093",
        (CITY, KOOP.ags): "14713000",
        (CITY, GN.parentADM1): SACHSEN,
        (SACHSEN, RDFS.label): "Sachsen",
        (CITY, GN.parentCountry): GERMANY,
        (GERMANY, RDFS.label): "Deutschland",
    }


def test_a_swiss_city_lies_in_its_kanton_and_has_no_german_key() -> None:
    found = stated("https://sws.geonames.org/2657896/")

    assert (found[CITY, GN.parentADM1], found[CITY, GN.parentCountry]) == (
        "https://sws.geonames.org/2657895/",
        "https://sws.geonames.org/2658434/",
    )
    assert found["https://sws.geonames.org/2657895/", RDFS.label] == "Kanton Zürich"
    assert (CITY, KOOP.ags) not in found


def test_a_city_abroad_names_its_region_in_german_where_a_german_name_is_known() -> None:
    found = list(place_triples(CITY, authority_of(Gazetteer.load().cities("Toulouse")[0]) or ""))
    labels = {t.object for t in found if t.predicate.value == RDFS.label}

    assert labels == {Literal("Okzitanien", language="de"), Literal("Frankreich", language="de")}


def test_a_municipality_without_a_geonames_id_has_all_but_a_position() -> None:
    found = stated(WEYHE)

    assert found[CITY, SKOS.exactMatch] == WEYHE
    assert found[CITY, KOOP.ags] == "03251047"
    assert found[CITY, GN.parentCountry] == GERMANY
    assert (CITY, SCHEMA.latitude) not in found


def test_a_land_lies_in_its_country_and_a_country_in_nothing() -> None:
    place = f"{BASE}place/sachsen"

    assert {t.predicate.value for t in place_triples(place, SACHSEN)} == {SKOS.exactMatch, GN.parentCountry, RDFS.label}
    assert {t.predicate.value for t in place_triples(place, GERMANY)} == {SKOS.exactMatch}
    assert {t.predicate.value for t in place_triples(place, "https://sws.geonames.org/6255148/")} == {SKOS.exactMatch}


def test_an_authority_that_the_gazetteer_lacks_is_a_link_and_nothing_else() -> None:
    assert stated("https://www.wikidata.org/entity/Q2079") == {
        (CITY, SKOS.exactMatch): "https://www.wikidata.org/entity/Q2079"
    }


@pytest.mark.parametrize("authority", ["", "no iri", "https://example.org/<x>"])
def test_what_is_no_iri_never_becomes_a_link(authority: str) -> None:
    with pytest.raises(ValueError, match="IRI"):
        list(place_triples(CITY, authority))


@given(st.floats(min_value=-180, max_value=180))
def test_a_decimal_is_canonical_so_that_the_store_keeps_it(degrees: float) -> None:
    written = decimal(degrees)
    store = Store()
    store.add(Quad(NamedNode(CITY), NamedNode(SCHEMA.latitude), typed(written, XSD.decimal)))

    assert re.fullmatch(r"-?\d+(\.\d*[1-9])?", written)
    assert abs(Decimal(written) - Decimal(degrees)) <= Decimal("0.00005")
    assert next(iter(store)).object.value == written


def test_all_places_of_the_gazetteer_make_triples_that_the_shapes_accept() -> None:
    lines: list[Quad] = []
    places = [*Gazetteer.load().places()][::400] + [*Areas.load().all][::60]
    for number, place in enumerate(places):
        iri = f"{BASE}city/{number}"
        lines += in_default_graph([triple(iri, RDF.type, NamedNode(KOOP.City)), triple(iri, RDFS.label, Literal("x"))])
        lines += in_default_graph(list(place_triples(iri, authority_of(place) or "")))
    lines += geometries(lines, base=BASE)
    data = Graph().parse(data=to_bytes(lines, format="turtle", prefixes=PREFIXES), format="turtle")
    shapes = Graph().parse(data=ontology_file("shapes.ttl").read_bytes(), format="turtle")
    conforms, _, text = pyshacl.validate(data, shacl_graph=shapes)

    assert conforms, text


def test_a_geometry_is_a_point_with_longitude_first_and_an_iri_of_its_own() -> None:
    geometry = f"{BASE}geometry/city_leipzig"

    assert [
        (t.subject.value, t.predicate.value, t.object.value)
        for t in geometry_triples(CITY, "51.34", "12.37", base=BASE)
    ] == [
        (CITY, GEO.hasGeometry, geometry),
        (geometry, RDF.type, SF.Point),
        (geometry, GEO.asWKT, "POINT(12.37 51.34)"),
    ]


def test_only_what_has_one_position_in_the_default_graph_gets_a_geometry() -> None:
    other = f"{BASE}city/halle"
    quads = in_default_graph(
        [
            triple(CITY, SCHEMA.latitude, typed("51.34", XSD.decimal)),
            triple(CITY, SCHEMA.longitude, typed("12.37", XSD.decimal)),
            triple(other, SCHEMA.latitude, typed("51.48", XSD.decimal)),
            triple(f"{BASE}city/x", SCHEMA.latitude, typed("1", XSD.decimal)),
            triple(f"{BASE}city/x", SCHEMA.latitude, typed("2", XSD.decimal)),
            triple(f"{BASE}city/x", SCHEMA.longitude, typed("3", XSD.decimal)),
        ]
    )
    quads.append(
        Quad(NamedNode(other), NamedNode(SCHEMA.longitude), typed("11.97", XSD.decimal), NamedNode(f"{BASE}g"))
    )

    assert {quad.subject.value for quad in geometries(quads, base=BASE)} == {CITY, f"{BASE}geometry/city_leipzig"}
    assert list(geometries([], base=BASE)) == []


@given(st.text(max_size=40))
def test_the_geometry_of_any_entity_has_a_flat_iri(entity: str) -> None:
    assert re.fullmatch(r"https://example\.org/id/geometry/[a-z0-9_-]+", geometry_iri(BASE, entity))
    assert re.fullmatch(r"https://example\.org/id/geometry/[a-z0-9_-]+", geometry_iri(BASE, BASE + entity))


def test_geometries_of_different_entities_differ_and_need_a_sound_base() -> None:
    assert geometry_iri(BASE, f"{BASE}city/a") != geometry_iri(BASE, f"{BASE}place/a")
    assert geometry_iri(BASE, "https://elsewhere.org/city/a") != geometry_iri(BASE, f"{BASE}city/a")
    with pytest.raises(KoopgraphError):
        geometry_iri("no base", CITY)
