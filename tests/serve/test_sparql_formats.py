"""Answers in every format, chosen by ``Accept`` or by name."""

from __future__ import annotations

import csv
import io

import httpx
import pytest
import rdflib
from rdflib.compare import isomorphic
from rdflib.query import Result

NAMES = 'SELECT ?name { ?s a koop:Person ; rdfs:label ?name FILTER(CONTAINS(?name, "Elke")) }'
TRIPLES = "CONSTRUCT { ?s rdfs:label ?name } WHERE { ?s a koop:Project ; rdfs:label ?name }"
SOLUTIONS = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
}
GRAPHS = {
    "turtle": "text/turtle",
    "nt": "application/n-triples",
    "json-ld": "application/ld+json",
    "xml": "application/rdf+xml",
}
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def ask(client: httpx.Client, query: str, accept: str | None = None, **parameters: str) -> httpx.Response:
    headers = {} if accept is None else {"Accept": accept}
    return client.get("/sparql", params={"query": query, **parameters}, headers=headers)


def media_type(response: httpx.Response) -> str:
    assert response.status_code == 200, response.text
    assert response.headers["vary"] == "Accept"
    return str(response.headers["content-type"]).split(";")[0]


@pytest.mark.parametrize(("format", "asked"), SOLUTIONS.items())
def test_rows_are_answered_in_each_format(client: httpx.Client, format: str, asked: str) -> None:
    response = ask(client, NAMES, asked)
    assert media_type(response) == asked
    if format == "csv":
        rows = list(csv.DictReader(io.StringIO(response.text)))
    else:
        rows = [{"name": str(row[0])} for row in Result.parse(io.BytesIO(response.content), format=format)]
    assert rows == [{"name": "Elke Pahl-Weber"}]


@pytest.mark.parametrize("format", ["json", "xml"])
def test_yes_or_no_is_answered_in_each_format_of_the_standard(client: httpx.Client, format: str) -> None:
    response = ask(client, "ASK { ?s a koop:Award }", SOLUTIONS[format])
    assert media_type(response) == SOLUTIONS[format]
    assert Result.parse(io.BytesIO(response.content), format=format).askAnswer is True


@pytest.mark.parametrize("form", [TRIPLES, "DESCRIBE project:koopstadt"])
@pytest.mark.parametrize(("format", "asked"), GRAPHS.items())
def test_triples_are_answered_in_each_format(client: httpx.Client, format: str, asked: str, form: str) -> None:
    response = ask(client, form, asked)
    assert media_type(response) == asked
    found = rdflib.Graph().parse(data=response.content, format=format)
    expected = rdflib.Graph().parse(data=ask(client, form).content, format="turtle")
    assert len(found) > 0
    assert isomorphic(found, expected)


def test_texts_say_that_they_are_utf8(client: httpx.Client) -> None:
    for query, asked in ((NAMES, "text/csv"), (TRIPLES, "text/turtle")):
        assert ask(client, query, asked).headers["content-type"] == f"{asked}; charset=utf-8"


@pytest.mark.parametrize(
    ("query", "accept", "expected"),
    [
        (NAMES, None, "application/sparql-results+json"),
        (NAMES, "*/*", "application/sparql-results+json"),
        (NAMES, "application/*", "application/sparql-results+json"),
        (NAMES, "text/*", "text/csv"),
        (NAMES, "text/csv;q=0.3, application/sparql-results+xml;q=0.8", "application/sparql-results+xml"),
        (NAMES, "application/sparql-results+json;q=0, */*;q=0.1", "application/sparql-results+xml"),
        (NAMES, "application/json", "application/json"),
        (NAMES, "text/turtle, application/sparql-results+xml;q=0.1", "application/sparql-results+xml"),
        (NAMES, "TEXT/CSV", "text/csv"),
        (NAMES, BROWSER, "application/xml"),
        (TRIPLES, None, "text/turtle"),
        (TRIPLES, "application/rdf+xml, text/turtle;q=0.9", "application/rdf+xml"),
        (TRIPLES, "application/sparql-results+json, application/n-triples;q=0.2", "application/n-triples"),
        (TRIPLES, "text/plain", "text/plain"),
        (
            "# SELECT\nPREFIX select: <http://example.org/>\nCONSTRUCT { ?s ?p ?o } {?s ?p ?o} LIMIT 1",
            "*/*",
            "text/turtle",
        ),
    ],
)
def test_the_best_format_that_the_client_accepts_is_taken(
    client: httpx.Client, query: str, accept: str | None, expected: str
) -> None:
    assert media_type(ask(client, query, accept)) == expected


@pytest.mark.parametrize(
    ("query", "accept"),
    [
        (NAMES, "image/png"),
        (NAMES, "text/turtle"),
        (NAMES, "*/*;q=0"),
        (TRIPLES, "text/csv"),
        (TRIPLES, "application/trig"),
    ],
)
def test_a_format_that_does_not_fit_is_406_and_the_others_are_named(
    client: httpx.Client, query: str, accept: str
) -> None:
    response = ask(client, query, accept)
    assert response.status_code == 406
    known = SOLUTIONS if query == NAMES else GRAPHS
    assert all(media_type in response.text for media_type in known.values())


def test_a_malformed_accept_header_is_400(client: httpx.Client) -> None:
    assert ask(client, NAMES, "nonsense").status_code == 400


@pytest.mark.parametrize("parameter", ["format", "output"])
@pytest.mark.parametrize(
    ("query", "name", "expected"),
    [
        (NAMES, "csv", "text/csv"),
        (NAMES, "xml", "application/sparql-results+xml"),
        (NAMES, "application/sparql-results+json", "application/sparql-results+json"),
        (TRIPLES, "xml", "application/rdf+xml"),
        (TRIPLES, "json", "application/ld+json"),
        (TRIPLES, "TTL", "text/turtle"),
    ],
)
def test_a_name_of_a_format_is_stronger_than_the_header(
    client: httpx.Client, parameter: str, query: str, name: str, expected: str
) -> None:
    assert media_type(ask(client, query, "image/png", **{parameter: name})) == expected


def test_an_unknown_name_of_a_format_is_406(client: httpx.Client) -> None:
    assert ask(client, NAMES, format="excel").status_code == 406
