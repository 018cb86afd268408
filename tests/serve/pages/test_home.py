"""The start page and its search."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html
from pyoxigraph import Literal, NamedNode, Quad, Store
from starlette.testclient import TestClient

from koopgraph.rdf.vocabulary import KOOP, RDF, RDFS, SKOS
from koopgraph.serve.pages.home import counts, search

CITY = NamedNode("https://w3id.org/koopgraph/id/city/nuernberg")


@pytest.fixture
def store() -> Store:
    store = Store()
    store.extend(
        [
            Quad(CITY, NamedNode(RDF.type), NamedNode(KOOP.City)),
            Quad(CITY, NamedNode(RDFS.label), Literal("Nürnberg", language="de")),
            Quad(CITY, NamedNode(SKOS.altLabel), Literal("Nuremberg", language="en")),
            Quad(NamedNode("urn:x"), NamedNode(RDFS.label), Literal("Metropolregion Nürnberg")),
            Quad(NamedNode("urn:y"), NamedNode(RDFS.label), Literal("Nürnberger Land")),
        ]
    )
    return store


@pytest.mark.parametrize("query", ["Nürnberg", "NÜRNBERG", "nuernberg", "Nurnberg"])
def test_names_are_found_however_they_are_typed_the_nearest_first(store: Store, query: str) -> None:
    assert [found.name for found in search(store, query)] == ["Nürnberg", "Nürnberger Land", "Metropolregion Nürnberg"]


def test_another_name_is_shown_where_it_is_the_one_that_fits(store: Store) -> None:
    (found,) = search(store, "nuremberg")
    assert (found.iri, found.name, found.kind, found.matched) == (CITY.value, "Nürnberg", "City", "Nuremberg")


def test_things_are_counted_by_class(store: Store) -> None:
    assert counts(store) == {"City": 1}
    assert counts(Store()) == {}


def test_the_start_page_counts_and_finds(pages: TestClient) -> None:
    tree = html.document_fromstring(pages.get("/?lang=en").text)
    assert "Beispiel & Co" in tree.xpath("string(//h1)")
    assert "Articles" in tree.xpath("string(//ul[@class='counts'])")
    found = html.document_fromstring(pages.get("/", params={"q": "KOOPSTADT"}).text)
    assert "/id/project/koopstadt" in found.xpath("//main//a/@href")
    assert "Kein Name enthält" in pages.get("/?q=Atlantis&lang=de").text


def test_the_network_is_shown_as_the_build_drew_it(data: Path, pages: TestClient) -> None:
    assert pages.get("/explorer").status_code == 404
    (data / "network.html").write_text("<!DOCTYPE html><title>Netz</title>", encoding="utf-8")
    try:
        page = pages.get("/explorer")
        assert page.text == "<!DOCTYPE html><title>Netz</title>"
        assert page.headers["content-security-policy"] == "frame-ancestors 'self'"
        assert "/explorer" in pages.get("/").text
    finally:
        (data / "network.html").unlink()


@pytest.mark.parametrize(
    ("accept", "begins"), [("text/html", "<!DOCTYPE"), ("text/turtle", "@prefix"), ("application/ld+json", "{")]
)
def test_the_ontology_is_a_page_and_data(pages: TestClient, accept: str, begins: str) -> None:
    answer = pages.get("/ontology", headers={"Accept": accept})
    assert answer.text.startswith(begins)
    assert "takesPlaceIn" in answer.text
