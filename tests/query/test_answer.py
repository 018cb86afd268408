"""Answers as bytes."""

from __future__ import annotations

import json
from io import BytesIO

import pytest
from pyoxigraph import Store

from koopgraph.errors import QueryError
from koopgraph.query import Request, write_answer

BREMEN = "https://w3id.org/koopgraph/id/article/three-cities-md"


def answered(store: Store, request: Request) -> bytes:
    output = BytesIO()
    write_answer(store, request, output)
    return output.getvalue()


def test_rows_are_the_standards_json(store: Store) -> None:
    query = 'SELECT ?city { ?city a koop:City ; rdfs:label "Bremen"@de }'
    bindings = json.loads(answered(store, Request(query)))["results"]["bindings"]
    assert bindings == [{"city": {"type": "uri", "value": "https://w3id.org/koopgraph/id/city/bremen"}}]


def test_triples_are_sorted_turtle(store: Store) -> None:
    query = "CONSTRUCT { ?a koop:cooperatesWith ?b } { ?a koop:cooperatesWith ?b }"
    text = answered(store, Request(query, format="turtle")).decode()
    assert "city:bremen koop:cooperatesWith city:leipzig ." in text


def test_the_graphs_of_a_request_stand_for_the_stores_own(store: Store) -> None:
    count = "SELECT (COUNT(*) AS ?n) { ?s koop:cooperatesWith ?o }"
    inside = answered(store, Request(count, format="csv", default_graphs=(BREMEN,)))
    outside = answered(store, Request(count, format="csv", default_graphs=("https://example.org/none",)))
    assert (inside, outside) == (b"n\r\n1\r\n", b"n\r\n0\r\n")


@pytest.mark.parametrize(("query", "format"), [("ASK {}", "turtle"), ("DESCRIBE city:bremen", "json")])
def test_a_format_that_does_not_fit_is_refused_before_the_first_byte(store: Store, query: str, format: str) -> None:
    output = BytesIO()
    with pytest.raises(QueryError, match=f"{format} does not fit: this query gives"):
        write_answer(store, Request(query, format=format), output)
    assert output.getvalue() == b""


def test_a_graph_without_an_iri_is_refused(store: Store) -> None:
    with pytest.raises(QueryError, match="a graph's name is no IRI"):
        answered(store, Request("ASK {}", default_graphs=("not an iri",)))
