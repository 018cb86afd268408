"""The clients that researchers have, unmodified."""

from __future__ import annotations

import csv
import io

import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore

from koopgraph.rdf.vocabulary import KOOP

SPARQLWrapper = pytest.importorskip("SPARQLWrapper")
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:SPARQLWrapper")
BASE = "https://w3id.org/koopgraph/id/"
KOOPSTADT = rdflib.URIRef(f"{BASE}project/koopstadt")
LEIPZIG = rdflib.URIRef(f"{BASE}city/leipzig")
PARTNER = rdflib.URIRef(KOOP.partnerCity)
NAMES = "SELECT ?name { project:koopstadt koop:partnerCity / rdfs:label ?name } ORDER BY ?name"


@pytest.fixture(params=["GET", "POST", "POST_FORM"])
def remote(request: pytest.FixtureRequest, endpoint: str) -> rdflib.Graph:
    return rdflib.Graph(SPARQLStore(endpoint, method=request.param))


@pytest.fixture
def endpoint(served: object) -> str:
    return f"{served.url}/sparql"  # type: ignore[attr-defined]


def test_rdflib_finds_triples(remote: rdflib.Graph) -> None:
    assert (KOOPSTADT, PARTNER, LEIPZIG) in remote
    assert LEIPZIG in set(remote.objects(KOOPSTADT, PARTNER))
    assert len(remote) == len(set(remote)) > 50


def test_rdflib_asks_in_every_form(remote: rdflib.Graph) -> None:
    assert [str(row.name) for row in remote.query(NAMES)] == ["Bremen", "Leipzig"]  # type: ignore[union-attr]
    assert remote.query("ASK { ?award koop:awardedBy ?giver }").askAnswer is True
    built = remote.query("CONSTRUCT { ?s rdfs:label ?n } WHERE { ?s a koop:City ; rdfs:label ?n }").graph
    assert built is not None
    assert {str(name) for name in built.objects()} == {"Bremen", "Leipzig"}


def test_rdflib_binds_values(remote: rdflib.Graph) -> None:
    rows = remote.query("SELECT ?city { ?project koop:partnerCity ?city }", initBindings={"city": LEIPZIG})
    assert {row.city for row in rows} == {LEIPZIG}  # type: ignore[union-attr]


def test_rdflib_asks_a_named_graph(endpoint: str) -> None:
    store = SPARQLStore(endpoint, context_aware=True)
    article = rdflib.URIRef(f"{BASE}article/three-cities-md")
    assert set(rdflib.Graph(store, article).objects(KOOPSTADT, PARTNER)) == {LEIPZIG}


@pytest.fixture(params=["GET", "POST"])
def wrapper(request: pytest.FixtureRequest, endpoint: str) -> object:
    wrapper = SPARQLWrapper.SPARQLWrapper(endpoint)
    wrapper.setMethod(request.param)
    return wrapper


def test_sparqlwrapper_reads_each_format_of_rows(wrapper) -> None:  # type: ignore[no-untyped-def]
    wrapper.setQuery(NAMES)
    wrapper.setReturnFormat(SPARQLWrapper.JSON)
    rows = wrapper.queryAndConvert()["results"]["bindings"]
    assert [row["name"]["value"] for row in rows] == ["Bremen", "Leipzig"]
    wrapper.setReturnFormat(SPARQLWrapper.XML)
    names = wrapper.queryAndConvert().getElementsByTagName("literal")
    assert [name.firstChild.nodeValue for name in names] == ["Bremen", "Leipzig"]
    for format, delimiter in ((SPARQLWrapper.CSV, ","), (SPARQLWrapper.TSV, "\t")):
        wrapper.setReturnFormat(format)
        rows = list(csv.reader(io.StringIO(wrapper.queryAndConvert().decode()), delimiter=delimiter))
        assert len(rows) == 3
        assert "Leipzig" in rows[2][0]


def test_sparqlwrapper_reads_each_format_of_triples(wrapper) -> None:  # type: ignore[no-untyped-def]
    wrapper.setQuery("CONSTRUCT { ?s rdfs:label ?n } WHERE { ?s a koop:City ; rdfs:label ?n }")
    for format in (SPARQLWrapper.TURTLE, SPARQLWrapper.RDFXML, SPARQLWrapper.JSONLD, SPARQLWrapper.N3):
        wrapper.setReturnFormat(format)
        found = wrapper.queryAndConvert()
        graph = found if isinstance(found, rdflib.Graph) else rdflib.Graph().parse(data=found, format="turtle")
        assert len(graph) == 2, format


def test_sparqlwrapper_sees_what_is_wrong(wrapper) -> None:  # type: ignore[no-untyped-def]
    wrapper.setQuery("SELECT ?s { ?s a koop:City")
    wrapper.setReturnFormat(SPARQLWrapper.JSON)
    with pytest.raises(SPARQLWrapper.SPARQLExceptions.QueryBadFormed, match="line 1, column 11"):
        wrapper.query()


def test_sparqlwrapper_cannot_update(wrapper) -> None:  # type: ignore[no-untyped-def]
    wrapper.setMethod(SPARQLWrapper.POST)
    wrapper.setQuery("INSERT DATA { <http://example.org/s> <http://example.org/p> 1 }")
    with pytest.raises(Exception, match="403"):
        wrapper.query()
