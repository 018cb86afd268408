"""JSON-LD: short names, relative addresses, texts by language; and the context in step with the ontology."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from koopgraph.errors import ExportError
from koopgraph.rdf.iris import data_prefixes
from koopgraph.rdf.jsonld import context, to_jsonld
from koopgraph.rdf.serialise import to_bytes
from koopgraph.rdf.vocabulary import KOOP, OWL, PREFIXES, RDF, RDFS, XSD, ontology_file

SAMPLE = Path(__file__).resolve().parents[1] / "data" / "sample.trig"
BASE = "https://w3id.org/koopgraph/id/"


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    content = to_bytes(parse(path=str(SAMPLE)), format="json-ld", prefixes={**PREFIXES, **data_prefixes(BASE)})
    return json.loads(content)


def node(document: dict[str, Any], address: str) -> dict[str, Any]:
    return next(found for found in document["@graph"] if found["id"] == address)


def written(*quads: Quad, base: str | None = BASE) -> list[dict[str, Any]]:
    content = to_jsonld(quads, base=base)
    assert set(parse(content, format=RdfFormat.JSON_LD)) == set(quads)
    return json.loads(content)["@graph"]


def test_a_thing_reads_as_one_would_write_it(document: dict[str, Any]) -> None:
    assert node(document, "project/koopstadt") == {
        "id": "project/koopstadt",
        "type": "Project",
        "label": {"de": "koopstadt"},
        "startDate": {"@value": "2007", "@type": XSD.gYear},
        "budget": "1200000 EUR",
        "date": "2007/..",
        "partnerCity": ["city/bremen", "city/leipzig"],
        "partOf": "programme/nationale-stadtentwicklungspolitik",
        "receives": "award/outstanding-flagship-project",
        "theme": "https://w3id.org/koopgraph/themes/housing",
    }


def test_the_context_stands_in_the_document_with_the_datas_base(document: dict[str, Any]) -> None:
    assert document["@context"] == {**context(), "@base": BASE}


def test_a_named_graph_holds_its_nodes_and_the_provenance_names_relations_by_term(document: dict[str, Any]) -> None:
    graphs = {found["id"]: found["@graph"] for found in document["@graph"] if "@graph" in found}
    assert set(graphs) == {"article/bundeskongress-txt", "article/three-cities-md", "graph/provenance"}
    statement = next(found for found in graphs["graph/provenance"] if found.get("type") == "Statement")
    assert statement["predicate"] in {"awardedBy", "partnerCity", "takesPlaceIn", "affiliatedWith"} | context().keys()
    assert statement["confidence"] == "0.9"
    passage = next(found for found in graphs["graph/provenance"] if found.get("type") == "Passage")
    assert isinstance(passage["beginIndex"], int)


def test_the_context_has_a_term_for_every_term_of_the_ontology_that_takes_what_the_ontology_says() -> None:
    ontology: dict[tuple[str, str], set[str]] = {}
    for quad in parse(ontology_file("koopgraph.ttl").read_bytes(), format=RdfFormat.TURTLE):
        if isinstance(quad.object, NamedNode):
            ontology.setdefault((str(quad.subject.value), quad.predicate.value), set()).add(quad.object.value)
    for iri in KOOP:
        defined = context()[iri.removeprefix(KOOP.iri)]
        range_ = ontology.get((iri, RDFS.range), set())
        if OWL.Class in ontology[iri, RDF.type] or range_ == {XSD.string}:
            assert defined == iri
        elif OWL.ObjectProperty in ontology[iri, RDF.type]:
            assert defined == {"@id": iri, "@type": "@id"}
        elif range_ == {RDFS.Literal}:
            assert defined == {"@id": iri, "@container": "@language"}
        else:
            assert defined == {"@id": iri, "@type": next(iter(range_))}


def test_the_context_has_no_prefix_that_could_be_taken_for_the_scheme_of_an_iri() -> None:
    assert [name for name, defined in context().items() if isinstance(defined, str) and defined[-1] in ":/?#[]@"] == []
    place = NamedNode("geo:51.3,12.4")
    assert written(Quad(place, NamedNode(KOOP.cooperatesWith), NamedNode("org:x"), DefaultGraph())) == [
        {"id": "geo:51.3,12.4", "cooperatesWith": "org:x"}
    ]


def test_values_of_another_kind_than_the_terms_say_what_they_are() -> None:
    thing = NamedNode(f"{BASE}city/a")

    def stated(predicate: str, value: Literal | NamedNode) -> Quad:
        return Quad(thing, NamedNode(predicate), value, DefaultGraph())

    assert written(
        stated(RDFS.label, Literal("A")),
        stated(RDFS.label, Literal("Ä", language="de")),
        stated(RDFS.label, Literal("1", datatype=NamedNode(XSD.integer))),
        stated(KOOP.budget, Literal("viel", language="de")),
        stated(KOOP.confidence, Literal("0.50", datatype=NamedNode(XSD.decimal))),
        stated(KOOP.confidence, Literal("high")),
        stated(KOOP.leads, Literal("x")),
        stated("https://example.org/p", NamedNode(f"{BASE}city/..")),
        stated("https://example.org/p", NamedNode(f"{BASE}city/a")),
    ) == [
        {
            "id": "city/a",
            "label": {"@none": "A", "de": "Ä"},
            RDFS.label: {"@value": "1", "@type": XSD.integer},
            "budget": {"@value": "viel", "@language": "de"},
            "confidence": ["0.50", {"@value": "high"}],
            "leads": {"@value": "x"},
            "https://example.org/p": [{"id": f"{BASE}city/.."}, {"id": "city/a"}],
        }
    ]


@pytest.mark.parametrize("base", ["urn:x:", "https://example.org/data#", None])
def test_a_base_that_addresses_cannot_be_relative_to_leaves_them_whole(base: str | None) -> None:
    city = NamedNode(f"{base or 'https://example.org/'}city/a")
    (found,) = written(Quad(city, NamedNode(KOOP.budget), Literal("1 EUR"), DefaultGraph()), base=base)
    assert found["id"] == city.value


def test_a_triple_inside_a_triple_has_no_place() -> None:
    inner = Triple(NamedNode("urn:a"), NamedNode("urn:b"), NamedNode("urn:c"))
    with pytest.raises(ExportError, match="Choose TriG"):
        to_jsonld([Quad(NamedNode("urn:a"), NamedNode("urn:b"), inner, DefaultGraph())])
