"""Things under their addresses: pages and RDF."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import html
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, parse
from starlette.testclient import TestClient

from koopgraph.rdf.vocabulary import DCTERMS, KOOP, RDF, RDFS, SKOS
from koopgraph.serve.pages.quads import AT_ONCE
from koopgraph.store import write_store

BASE = "https://w3id.org/koopgraph/id/"
FORMATS = {
    "text/turtle": RdfFormat.TURTLE,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
}
HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'; DROP TABLE x; --",
    "{{ 7 * 7 }}",
    "{% raw %}",
    "</title></style></script>",
    "&lt;b&gt;",
    "\u202eTXET\u202c",
    "javascript:alert(1)",
    "\u0000\u0001",
    "]]>",
    "<!--",
    "${7*7}",
    "Straße 🏙 Ω",
]


def text_of(page: str) -> str:
    return " ".join(html.document_fromstring(page).text_content().split())


def test_a_page_shows_statements_both_ways_with_their_sentences(pages: TestClient) -> None:
    text = text_of(pages.get("/id/city/bremen?lang=en").text)
    assert "Bremen" in text
    assert "cooperates with Leipzig" in text
    assert "is partner city of koopstadt" in text
    assert "Leipzig works together with Bremen on housing. Three cities, one project" in text


def test_a_page_speaks_german_and_english(pages: TestClient) -> None:
    person = "/id/person/elke-pahl-weber"
    german = pages.get(person, headers={"Accept-Language": "fr, de;q=0.9, en;q=0.8"})
    assert german.headers["content-language"] == "de"
    assert "moderiert" in german.text
    english = pages.get(person, headers={"Accept-Language": "en-GB,en"})
    assert english.headers["content-language"] == "en"
    assert "moderates" in english.text
    assert pages.get(f"{person}?lang=de", headers={"Accept-Language": "en"}).headers["content-language"] == "de"
    assert pages.get(person, headers={"Accept-Language": ";;=, /"}).headers["content-language"] == "en"


def test_every_link_to_a_thing_leads_to_its_page(pages: TestClient) -> None:
    page = pages.get("/id/project/koopstadt")
    links = {link for link in html.document_fromstring(page.text).xpath("//main//a/@href") if link.startswith("/id/")}
    assert "/id/city/leipzig" in links
    assert {pages.get(link).status_code for link in links} == {200}


@pytest.mark.parametrize("media_type", FORMATS)
def test_programs_get_the_statements_and_why_they_are_made(pages: TestClient, media_type: str) -> None:
    answer = pages.get("/id/city/bremen", headers={"Accept": media_type})
    assert answer.headers["content-type"].startswith(media_type)
    assert "Accept" in answer.headers["vary"]
    found = {(q.subject.value, q.predicate.value) for q in parse(answer.content, format=FORMATS[media_type])}
    assert (f"{BASE}project/koopstadt", KOOP.partnerCity) in found
    assert (f"{BASE}city/bremen", RDFS.label) in found
    assert any(predicate == KOOP.confidence for _, predicate in found)


def test_browsers_get_pages_and_the_rest_of_the_formats_is_by_name(pages: TestClient) -> None:
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    assert pages.get("/id/city/bremen", headers={"Accept": browser}).headers["content-type"].startswith("text/html")
    assert pages.get("/id/city/bremen?format=turtle").headers["content-type"].startswith("text/turtle")
    assert pages.get("/id/city/bremen", headers={"Accept": "image/png"}).status_code == 406


def test_an_article_shows_what_it_says_in_the_order_of_its_text(pages: TestClient) -> None:
    text = text_of(pages.get("/id/article/three-cities-md?lang=en").text)
    assert "Three cities, one project" in text
    assert "What the article says, sentence by sentence" in text
    assert "Leipzig works together with Bremen on housing. Bremen cooperates with Leipzig" in text


@pytest.mark.parametrize(
    "path",
    [
        "/id/city/atlantis",
        "/id/",
        "/id/%3Cscript%3E",
        "/resource",
        "/resource?iri=no%20iri",
        "/resource?iri=%22%3E%3Cscript%3E",
        "/id/../../etc/passwd",
        "/id/%00",
    ],
)  # fmt: skip
def test_what_the_graph_does_not_know_is_a_404(pages: TestClient, path: str) -> None:
    page = pages.get(path)
    assert page.status_code == 404
    assert "<script>" not in page.text
    assert pages.get(path, headers={"Accept": "text/turtle"}).status_code == 404


def test_anything_that_the_graph_speaks_of_has_a_page(pages: TestClient) -> None:
    theme = text_of(pages.get("/resource?iri=https://w3id.org/koopgraph/themes/housing&lang=de").text)
    assert "Wohnen" in theme
    passage = next(
        link
        for link in html.document_fromstring(pages.get("/id/city/bremen").text).xpath("//main//a/@href")
        if "article/" in link
    )
    assert pages.get(passage).status_code == 200


def test_hostile_names_titles_and_addresses_stay_text(tmp_path: Path, pages_of: Callable[..., TestClient]) -> None:
    city, article = NamedNode(f"{BASE}city/x"), NamedNode(f"{BASE}article/x")
    quads = [
        Quad(city, NamedNode(RDF.type), NamedNode(KOOP.City)),
        Quad(article, NamedNode(RDF.type), NamedNode(KOOP.Article)),
        Quad(city, NamedNode(SKOS.exactMatch), NamedNode("javascript:alert(1)")),
        Quad(article, NamedNode("https://schema.org/url"), Literal("javascript:alert(1)")),
    ]
    for hostile in HOSTILE:
        quads += [Quad(city, NamedNode(name), Literal(hostile)) for name in (RDFS.label, SKOS.altLabel, KOOP.motto)]
        quads += [Quad(article, NamedNode(name), Literal(hostile)) for name in (DCTERMS.title, DCTERMS.source)]
    write_store(tmp_path, quads)
    client = pages_of(tmp_path, title=HOSTILE[0])
    for path in ("/", "/id/city/x", "/id/article/x", "/query", *(f"/?q={word}" for word in ("script", "alert"))):
        page = client.get(path)
        assert page.status_code == 200
        tree = html.document_fromstring(page.text)
        scripts = [script.get("src") for script in tree.iter("script") if script.get("type") != "application/json"]
        assert all(source and source.startswith("/static/") for source in scripts)
        assert not tree.xpath("//img | //*[@onerror] | //a[starts-with(@href, 'javascript')]")
        assert "default-src 'none'" in page.headers["content-security-policy"]
        assert "unsafe-eval" not in page.headers["content-security-policy"]


def test_a_thing_with_very_many_statements_comes_in_pages(tmp_path: Path, pages_of: Callable[..., TestClient]) -> None:
    default, city = DefaultGraph(), NamedNode(f"{BASE}city/x")
    quads = [Quad(city, NamedNode(RDF.type), NamedNode(KOOP.City), default)]
    number = AT_ONCE * 2 + 1
    for n in range(number):
        project = NamedNode(f"{BASE}project/p{n:04}")
        quads.append(Quad(project, NamedNode(KOOP.partnerCity), city))
        quads.append(Quad(project, NamedNode(RDFS.label), Literal(f"Projekt {n:04}")))
    write_store(tmp_path, quads)
    client = pages_of(tmp_path, title=HOSTILE[0])
    found: list[str] = []
    for page in (1, 2, 3):
        tree = html.document_fromstring(client.get(f"/id/city/x?page={page}").text)
        found += tree.xpath("//p[@class='what']/a/text()")
    assert found == [f"Projekt {n:04}" for n in range(number)]
    assert 'rel="next"' in client.get("/id/city/x", headers={"Accept": "text/turtle"}).headers["link"]
    for wrong in ("0", "-1", "x", "9" * 40, "²", ""):
        assert client.get("/id/city/x", params={"page": wrong}).status_code == 200
