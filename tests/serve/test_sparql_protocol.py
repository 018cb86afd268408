"""The W3C's tests of the SPARQL 1.1 Protocol, by their names there; updates, which the server refuses, expect so.

https://w3c.github.io/rdf-tests/sparql/sparql11/protocol/
"""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlencode

import httpx
import pytest

DATA = "http://kasei.us/2009/09/sparql/data/data{}.rdf"
D0, D1, D2, D3 = (DATA.format(number) for number in range(4))
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
DIRECT = {"Content-Type": "application/sparql-query"}
UPDATE = {"Content-Type": "application/sparql-update"}
TABLES = ("application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values")
RDF = ("text/turtle", "application/rdf+xml", "application/n-triples", "application/ld+json")
BOTH_TYPED = f"ASK {{ <{D1}> a ?type . <{D2}> a ?type }}"
EACH_NAMED = f"ASK {{ GRAPH ?g1 {{ <{D1}> a ?type }} GRAPH ?g2 {{ <{D2}> a ?type }} }}"


@dataclass(frozen=True)
class Case:
    """A request, and what comes back: a status, the answer of an ASK, or one of some media types."""

    name: str
    method: str = "POST"
    parameters: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    status: int = 200
    answer: bool | None = None
    media_types: tuple[str, ...] = ()


def default(*graphs: str) -> tuple[tuple[str, str], ...]:
    return tuple(("default-graph-uri", graph) for graph in graphs)


def named(*graphs: str) -> tuple[tuple[str, str], ...]:
    return tuple(("named-graph-uri", graph) for graph in graphs)


def get(name: str, *parameters: tuple[str, str], status: int = 200, answer: bool | None = None) -> Case:
    return Case(name, "GET", parameters, status=status, answer=answer)


def direct(name: str, query: str, *parameters: tuple[str, str], **expected: object) -> Case:
    return Case(name, "POST", parameters, query.encode(), DIRECT, **expected)  # type: ignore[arg-type]


QUERIES = [
    get("query_get", ("query", "ASK {}"), *default(D0), answer=True),
    Case("query_post_form", "POST", default(D0), urlencode({"query": "ASK {}"}).encode(), FORM, answer=True),
    direct("query_post_direct", "ASK {}", answer=True),
    get("query_dataset_default_graphs_get", ("query", BOTH_TYPED), *default(D1, D2), answer=True),
    direct("query_dataset_default_graphs_post", BOTH_TYPED, *default(D1, D2), answer=True),
    get("query_dataset_named_graphs_get", ("query", EACH_NAMED), *named(D1, D2), answer=True),
    direct("query_dataset_named_graphs_post", EACH_NAMED, *named(D1, D2), answer=True),
    direct(
        "query_dataset_full",
        f"ASK {{ <{D3}> a ?type GRAPH ?g1 {{ <{D1}> a ?type }} GRAPH ?g2 {{ <{D2}> a ?type }} }}",
        *default(D3),
        *named(D1, D2),
        answer=True,
    ),
    # With the ampersand between both graphs that the W3C's case has percent-encoded by mistake.
    direct("query_multiple_dataset", EACH_NAMED.replace("ASK", f"ASK FROM <{D3}>"), *named(D1, D2), answer=True),
    direct("query_content_type_select", "SELECT (1 AS ?value) {}", *default(D0), media_types=TABLES),
    direct("query_content_type_ask", "ASK {}", *default(D0), media_types=TABLES),
    direct("query_content_type_describe", "DESCRIBE <http://example.org/>", *default(D0), media_types=RDF),
    direct("query_content_type_construct", "CONSTRUCT { <s> <p> 1 } WHERE {}", *default(D0), media_types=RDF),
]
BAD_QUERIES = [
    Case("bad_query_method", "PUT", (("query", "ASK {}"), *default(D0)), headers=FORM, status=405),
    get("bad_multiple_queries", ("query", "ASK {}"), ("query", "SELECT * {}"), status=400),
    Case("bad_query_wrong_media_type", body=b"ASK {}", headers={"Content-Type": "text/plain"}, status=415),
    Case("bad_query_missing_form_type", body=urlencode({"query": "ASK {}"}).encode(), status=415),
    Case("bad_query_missing_direct_type", body=b"ASK {}", status=415),
    Case(
        "bad_query_non_utf8",
        body="ASK {}".encode("utf-16"),
        headers={"Content-Type": "application/sparql-query; charset=UTF-16"},
        status=400,
    ),
    get("bad_query_syntax", ("query", "ASK {"), status=400),
]
REFUSED = [
    Case("update_post_form", body=urlencode({"update": "CLEAR ALL"}).encode(), headers=FORM, status=403),
    Case("update_post_direct", body=b"CLEAR ALL", headers=UPDATE, status=403),
    *(
        Case(name, parameters=(("using-graph-uri", D1),), body=b"CLEAR ALL", headers=UPDATE, status=403)
        for name in ("update_dataset_default_graph", "update_dataset_default_graphs")
    ),
    *(
        Case(name, parameters=(("using-named-graph-uri", D1),), body=b"CLEAR ALL", headers=UPDATE, status=403)
        for name in ("update_dataset_named_graphs", "update_dataset_full")
    ),
    Case("update_base_uri", body=b"INSERT DATA { <s> <p> <test> }", headers=UPDATE, status=403),
    get("bad_update_get", ("update", "CLEAR ALL"), status=403),
    Case("bad_multiple_updates", body=b"update=CLEAR+NAMED&update=CLEAR+DEFAULT", headers=FORM, status=403),
    Case("bad_update_wrong_media_type", body=b"CLEAR NAMED", headers={"Content-Type": "text/plain"}, status=415),
    Case("bad_update_missing_form_type", body=b"update=CLEAR+NAMED", status=415),
    Case("bad_update_non_utf8", body="CLEAR ALL".encode("utf-16"), headers=UPDATE, status=403),
    Case("bad_update_syntax", body=b"update=CLEAR+XYZ", headers=FORM, status=403),
    Case("bad_update_dataset_conflict", parameters=(("using-graph-uri", D1),), body=b"x", headers=UPDATE, status=403),
]


@pytest.mark.parametrize("path", ["/sparql", "/sparql/"])
@pytest.mark.parametrize("case", [*QUERIES, *BAD_QUERIES, *REFUSED], ids=lambda case: case.name)
def test_the_protocol_is_kept(client: httpx.Client, case: Case, path: str) -> None:
    response = client.request(
        case.method, path, params=list(case.parameters), content=case.body, headers={"Accept": "*/*", **case.headers}
    )
    assert response.status_code == case.status, response.text
    if case.answer is not None:
        assert response.json()["boolean"] is case.answer
    if case.media_types:
        assert response.headers["content-type"].split(";")[0] in case.media_types
    if case.status >= 400:
        assert response.headers["content-type"].startswith("text/plain")
        assert response.text.strip()


def test_nothing_was_changed_by_the_updates(client: httpx.Client) -> None:
    assert client.get("/sparql", params={"query": EACH_NAMED}).json()["boolean"] is True


@pytest.mark.parametrize(
    ("query", "parameters", "answer"),
    [
        pytest.param(f"ASK FROM <{D2}> {{ <{D2}> a ?type }}", (), True, id="the query's own"),
        pytest.param(f"ASK FROM <{D2}> {{ <{D2}> a ?type }}", default(D1), False, id="the protocol's counts"),
        pytest.param(f"ASK FROM <{D2}> {{ <{D1}> a ?type }}", default(D1), True, id="and is asked"),
        pytest.param(
            f"ASK FROM NAMED <{D2}> {{ GRAPH ?g {{ <{D2}> a ?t }} }}", named(D1), False, id="named graphs too"
        ),
        pytest.param(f"ASK {{ <{D1}> a ?type }}", (), False, id="the default graph is no union"),
        pytest.param("ASK { ?s a koop:Project }", default(D1), False, id="nor is it still there beside another"),
        pytest.param(
            "ASK { ?s a koop:Project }", named(D1), False, id="named graphs alone leave the default one empty"
        ),
        pytest.param("ASK { ?s ?p ?o }", default("http://example.org/none"), False, id="an unknown graph is empty"),
    ],
)
def test_the_dataset_of_the_protocol_overrides_that_of_the_query(
    client: httpx.Client, query: str, parameters: tuple[tuple[str, str], ...], answer: bool
) -> None:
    response = client.get("/sparql", params=[("query", query), *parameters])
    assert response.json()["boolean"] is answer


NAME = "„Müßig & Söhne“ + 50 % ☂ 𝄞"
ASKS_NAME = f'SELECT ("{NAME}" AS ?name) {{}} # ?query=1'


@pytest.mark.parametrize(
    "request_",
    [
        pytest.param({"method": "GET", "params": {"query": ASKS_NAME}}, id="get"),
        pytest.param({"method": "POST", "data": {"query": ASKS_NAME}}, id="form"),
        pytest.param({"method": "POST", "content": ASKS_NAME.encode(), "headers": DIRECT}, id="direct"),
        pytest.param(
            {
                "method": "POST",
                "content": ASKS_NAME.encode("utf-8-sig"),
                "headers": {"Content-Type": 'application/sparql-query; charset="UTF-8"'},
            },
            id="direct with a mark",
        ),
    ],
)
def test_a_query_keeps_its_letters_in_all_three_forms(client: httpx.Client, request_: dict[str, object]) -> None:
    response = client.request(url="/sparql", **request_)  # type: ignore[arg-type]
    assert response.json()["results"]["bindings"][0]["name"]["value"] == NAME


def test_head_tells_what_get_would_without_the_answer(client: httpx.Client) -> None:
    got = client.get("/sparql", params={"query": "ASK {}"})
    head = client.head("/sparql", params={"query": "ASK {}"})
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-type"] == got.headers["content-type"]
    assert client.head("/sparql", params={"query": "ASK {"}).status_code == 400


def test_options_tells_the_methods(client: httpx.Client) -> None:
    response = client.options("/sparql")
    assert response.status_code == 204
    assert {"GET", "HEAD", "POST"} <= set(response.headers["allow"].split(", "))
    refused = client.delete("/sparql")
    assert refused.status_code == 405
    assert {"GET", "HEAD", "POST"} <= set(refused.headers["allow"].split(", "))


def test_a_mistake_is_found_at_its_place(client: httpx.Client) -> None:
    response = client.get("/sparql", params={"query": "SELECT ?s\nWHERE {\n  ?s FILTRE ?o }"})
    assert (response.status_code, response.text) == (
        400,
        "line 3, column 6: FILTRE is no word of SPARQL; did you mean FILTER?\n    ?s FILTRE ?o }\n       ^\n",
    )


def test_relative_iris_begin_with_the_endpoint(client: httpx.Client) -> None:
    response = client.get("/sparql", params={"query": "SELECT (IRI('x') AS ?iri) {}"})
    assert response.json()["results"]["bindings"][0]["iri"]["value"] == f"{client.base_url}/x".replace("//x", "/x")
