"""The ontology's page: whole, self-contained, and made of nothing that runs."""

from __future__ import annotations

import re

from lxml import html

from koopgraph.ontology import ontology_page, read_ontology

PAGE = ontology_page()


def test_each_term_has_its_anchor_labels_and_definitions() -> None:
    tree = html.document_fromstring(PAGE)
    ontology = read_ontology()
    for term, anchor in [*((t, t.name) for t in ontology.terms), *((t, f"theme-{t.name}") for t in ontology.themes)]:
        (entry,) = tree.xpath("//article[@id=$anchor]", anchor=anchor)
        text = entry.text_content()
        assert term.iri in text
        assert all(part in text for part in (*term.labels.values(), *term.definitions.values(), *term.examples))


def test_every_link_within_the_page_leads_somewhere() -> None:
    tree = html.document_fromstring(PAGE)
    anchors = set(tree.xpath("//@id"))
    assert {link[1:] for link in tree.xpath("//a/@href") if link.startswith("#")} <= anchors


def test_it_loads_and_runs_nothing() -> None:
    assert "<script" not in PAGE
    assert "url(" not in PAGE
    assert not re.search(r"""\bsrc=|<link|@import""", PAGE)
    (policy,) = html.document_fromstring(PAGE).xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'")


def test_it_is_the_same_each_time() -> None:
    assert ontology_page() == PAGE
