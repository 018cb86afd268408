"""Graphs to take away: the Graph Store HTTP Protocol, as far as it reads."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
import rdflib
from rdflib.compare import isomorphic

from koopgraph.rdf.iris import article_iri
from koopgraph.rdf.serialise import to_bytes
from koopgraph.store import open_store, stored_quads

BASE = "https://w3id.org/koopgraph/id/"
PROVENANCE = f"{BASE}graph/provenance"
ARTICLE = article_iri(BASE, "bundeskongress.txt")
FORMATS = {
    "text/turtle": "turtle",
    "application/n-triples": "nt",
    "application/rdf+xml": "xml",
    "application/ld+json": "json-ld",
}


@pytest.fixture(scope="module")
def stored(data: Path) -> rdflib.Dataset:
    """Return what the store holds, in rdflib."""
    content = to_bytes(stored_quads(open_store(data)), format="nquads")
    return rdflib.Dataset().parse(data=content, format="nquads")  # type: ignore[return-value]


def parsed(response: httpx.Response) -> rdflib.Graph:
    assert response.status_code == 200, response.text
    return rdflib.Graph().parse(data=response.content, format=FORMATS[response.headers["content-type"].split(";")[0]])


@pytest.mark.parametrize("accept", list(FORMATS))
@pytest.mark.parametrize("name", ["default", ARTICLE, PROVENANCE])
def test_a_graph_is_whole_in_each_format(client: httpx.Client, stored: rdflib.Dataset, name: str, accept: str) -> None:
    parameters = {"default": ""} if name == "default" else {"graph": name}
    response = client.get("/data", params=parameters, headers={"Accept": accept})
    assert response.headers["content-type"].startswith(accept)
    expected = stored.default_graph if name == "default" else stored.graph(rdflib.URIRef(name))
    assert len(expected) > 0
    assert isomorphic(parsed(response), expected)


def test_a_graph_of_the_data_has_a_path_of_its_own(client: httpx.Client) -> None:
    by_path = client.get("/data/" + ARTICLE.removeprefix(BASE))
    assert isomorphic(parsed(by_path), parsed(client.get("/data", params={"graph": ARTICLE})))


@pytest.mark.parametrize(("suffix", "format"), [("trig", "trig"), ("nq", "nquads")])
def test_the_whole_dataset_is_one_file(client: httpx.Client, stored: rdflib.Dataset, suffix: str, format: str) -> None:
    response = client.get(f"/dataset.{suffix}")
    found = rdflib.Dataset().parse(data=response.content, format=format)
    assert set(found.quads()) == set(stored.quads())  # type: ignore[attr-defined]
    assert client.get("/dataset.xls").status_code == 404


def test_head_has_the_headers_alone(client: httpx.Client) -> None:
    for url in ("/data?default", "/dataset.nq"):
        response = client.head(url)
        assert (response.status_code, response.content) == (200, b"")
    assert client.head("/data", params={"graph": "http://example.org/none"}).status_code == 404


@pytest.mark.parametrize(
    ("parameters", "status"),
    [
        ([("graph", "http://example.org/none")], 404),
        ([], 400),
        ([("default", ""), ("graph", ARTICLE)], 400),
        ([("graph", ARTICLE), ("graph", PROVENANCE)], 400),
        ([("graph", "article/x")], 400),
        ([("graph", "")], 400),
        ([("graph", "http://example.org/> <x")], 400),
        ([("graph", "http://example.org/\x00")], 400),
        ([("graph", "file:///etc/passwd")], 404),
    ],
)
def test_what_names_no_graph_has_its_status(
    client: httpx.Client, parameters: list[tuple[str, str]], status: int
) -> None:
    response = client.get("/data", params=parameters)
    assert response.status_code == status
    assert response.headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize("path", ["/data/../../etc/passwd", "/data/%2e%2e/%2e%2e/etc/passwd", "/dataset.../x"])
def test_no_path_leads_out(client: httpx.Client, path: str) -> None:
    request = client.build_request("GET", client.base_url)
    request.url = request.url.copy_with(raw_path=path.encode())
    assert client.send(request).status_code == 404


def test_a_format_that_is_none_of_a_graph_is_406(client: httpx.Client) -> None:
    assert client.get("/data?default", headers={"Accept": "text/csv"}).status_code == 406
    assert client.get("/data?default&format=ntriples").headers["content-type"] == "application/n-triples"


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH"])
def test_nothing_can_be_written(client: httpx.Client, method: str) -> None:
    response = client.request(
        method, "/data", params={"graph": ARTICLE}, content=b"<s> <p> <o> .", headers={"Content-Type": "text/turtle"}
    )
    assert response.status_code == 405
    assert set(response.headers["allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}
    assert client.options("/data").headers["allow"] == "GET, HEAD, OPTIONS"
