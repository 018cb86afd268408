"""The description of the service."""

from __future__ import annotations

import httpx
import pytest
import rdflib
from rdflib import RDF, Literal, Namespace, URIRef

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
VOID = Namespace("http://rdfs.org/ns/void#")
FORMATS = {
    "text/turtle": "turtle",
    "application/rdf+xml": "xml",
    "application/ld+json": "json-ld",
    "application/n-triples": "nt",
}


def described(client: httpx.Client, accept: str = "*/*") -> rdflib.Graph:
    response = client.get("/sparql", headers={"Accept": accept})
    assert response.status_code == 200
    assert response.headers["vary"] == "Accept"
    return rdflib.Graph().parse(data=response.content, format=FORMATS[response.headers["content-type"].split(";")[0]])


@pytest.mark.parametrize("accept", list(FORMATS))
def test_the_description_says_the_same_in_each_format(client: httpx.Client, accept: str) -> None:
    assert set(described(client, accept)) == set(described(client))


def test_the_service_names_itself_and_what_it_can(client: httpx.Client) -> None:
    graph = described(client)
    (service,) = graph.subjects(RDF.type, SD.Service)
    assert str(service) == f"{str(client.base_url).rstrip('/')}/sparql"
    assert graph.value(service, SD.endpoint) == service
    assert set(graph.objects(service, SD.supportedLanguage)) == {SD.SPARQL11Query}
    formats = {str(format).rpartition("/")[2] for format in graph.objects(service, SD.resultFormat)}
    assert {"SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "Turtle", "RDF_XML"} <= formats
    assert SD.UnionDefaultGraph not in set(graph.objects(service, SD.feature))


def test_every_graph_is_described_with_its_size(client: httpx.Client) -> None:
    graph = described(client)
    (service,) = graph.subjects(RDF.type, SD.Service)
    dataset = graph.value(service, SD.defaultDataset)
    sizes = {
        str(graph.value(named, SD.name)): graph.value(graph.value(named, SD.graph), VOID.triples)
        for named in graph.objects(dataset, SD.namedGraph)
    }
    assert "https://w3id.org/koopgraph/id/graph/provenance" in sizes
    sizes[""] = graph.value(graph.value(dataset, SD.defaultGraph), VOID.triples)
    for name, size in sizes.items():
        pattern = f"GRAPH <{name}> {{ ?s ?p ?o }}" if name else "?s ?p ?o"
        answer = client.get("/sparql", params={"query": f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}"}).json()
        assert size == Literal(int(answer["results"]["bindings"][0]["n"]["value"]))


def test_it_has_no_blank_nodes(client: httpx.Client) -> None:
    assert all(isinstance(term, URIRef | Literal) for triple in described(client) for term in triple)


def test_a_browser_is_led_to_the_page_for_queries(client: httpx.Client) -> None:
    response = client.get("/sparql", headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert (response.status_code, response.headers["location"]) == (303, "/query")


def test_a_format_that_it_does_not_have_is_406(client: httpx.Client) -> None:
    assert client.get("/sparql", headers={"Accept": "text/csv"}).status_code == 406


def test_a_dataset_without_a_query_still_asks_nothing(client: httpx.Client) -> None:
    assert client.post("/sparql", data={"default-graph-uri": "http://example.org/"}).status_code == 400
