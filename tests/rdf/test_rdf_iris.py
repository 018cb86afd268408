"""IRIs: readable, deterministic, valid whatever the name."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode
from rdflib import Graph, URIRef

from koopgraph.errors import KoopgraphError
from koopgraph.model import EntityType
from koopgraph.rdf.iris import (
    MAX_SLUG,
    article_iri,
    check_base,
    entity_iri,
    membership_iri,
    passage_iri,
    provenance_graph_iri,
    slug,
    statement_iri,
    theme_iri,
)

BASE = "https://example.org/id/"
anything = st.text(st.characters(), max_size=120)
"""Any text, lone surrogates among it."""


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Leipzig", "leipzig"),
        ("Nürnberg", "nuernberg"),
        ("NÜRNBERG", "nuernberg"),
        ("Nu\u0308rnberg", "nuernberg"),
        ("Große Bergstraße", "grosse-bergstrasse"),
        ("STRAẞE", "strasse"),
        ("9. Bundeskongress „Städtische Energien“", "9-bundeskongress-staedtische-energien"),
        ("Łódź", "lodz"),
        ("São Paulo", "sao-paulo"),
        ("Αθήνα", "athina"),
        ("  --Graz--  ", "graz"),
        ("<script>alert(1)</script>", "script-alert-1-script"),
        ("../../etc/passwd", "etc-passwd"),
    ],
)
def test_a_slug_spells_the_name_in_plain_letters(name: str, expected: str) -> None:
    assert slug(name) == expected


def test_a_name_without_letters_gets_a_slug_of_its_own() -> None:
    assert re.fullmatch(r"x-[0-9a-f]{10}", slug("…"))
    assert slug("…") != slug("–")


def test_a_long_name_is_cut_and_stays_different_from_others_that_begin_alike() -> None:
    long, longer = slug("Stadt " * 40), slug("Stadt " * 41)

    assert len(long) <= MAX_SLUG
    assert long.startswith("stadt-stadt-")
    assert long != longer
    assert long == slug("STADT " * 40)


@given(anything)
def test_every_slug_is_short_plain_and_the_same_each_time(name: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug(name))
    assert len(slug(name)) <= MAX_SLUG
    assert slug(name) == slug(name)


@given(anything)
def test_every_iri_is_valid_for_pyoxigraph_and_rdflib(name: str) -> None:
    article = article_iri(BASE, name)
    for iri in (entity_iri(BASE, EntityType.EVENT, name), article, passage_iri(BASE, article, 0, 12)):
        assert NamedNode(iri).value == iri
        assert URIRef(iri).n3() == f"<{iri}>"
        graph = Graph().parse(data=f"<{iri}> <{iri}> <{iri}> .", format="turtle")
        assert set(graph) == {(URIRef(iri), URIRef(iri), URIRef(iri))}


@pytest.mark.parametrize(
    ("source", "expected"),
    [("dev-001.txt", "dev-001-txt"), ("koopstadt.html", "koopstadt-html"), ("feed.jsonl#12", "feed-jsonl-12")],
)
def test_a_common_file_name_stays_readable(source: str, expected: str) -> None:
    assert article_iri(BASE, source) == f"{BASE}article/{expected}"


ALIKE = ["a-b.txt", "a.b.txt", "a_b.txt", "a b.txt", "a/b.txt", "A-b.txt", "ä.txt", "ae.txt", "a-b-txt", "a--b.txt",
         "a-b.txt#1", "a-b.txt-1", "a-b-txt.1", "a-b.txt ", "-a-b.txt", "a-b.txt#01"]  # fmt: skip


def test_sources_that_differ_in_what_a_slug_drops_stay_different_articles() -> None:
    assert len({article_iri(BASE, source) for source in ALIKE}) == len(ALIKE)


@given(st.lists(st.text("aäA1-_. /#", max_size=12), unique=True, max_size=30))
def test_different_sources_never_share_an_article(sources: list[str]) -> None:
    assert len({article_iri(BASE, source) for source in sources}) == len(sources)


def test_a_source_that_looks_like_the_hashed_slug_of_another_does_not_meet_it() -> None:
    hashed = article_iri(BASE, "a_b.txt").removeprefix(f"{BASE}article/")
    stem, _, digest = hashed.rpartition("-")

    assert article_iri(BASE, f"{stem}.{digest}") != article_iri(BASE, "a_b.txt")


def test_a_passage_is_named_after_its_article_and_offsets() -> None:
    article = article_iri(BASE, "dev-001.txt")

    assert passage_iri(BASE, article, 120, 180) == "https://example.org/id/passage/dev-001-txt_120_180"


def test_a_passage_of_an_article_with_another_base_is_refused() -> None:
    with pytest.raises(KoopgraphError, match="same base"):
        passage_iri(BASE, "https://elsewhere.example/article/a", 0, 1)


def test_a_statement_is_told_apart_by_each_of_its_terms() -> None:
    s, p, o = (NamedNode(f"{BASE}{x}") for x in "spo")
    objects = [o, Literal(o.value), Literal("a"), Literal("a", language="de"), Literal("a", language="en"),
               Literal("a", datatype=NamedNode("http://id.loc.gov/datatypes/edtf"))]  # fmt: skip
    iris = [statement_iri(BASE, s, p, x) for x in objects] + [
        statement_iri(BASE, o, p, s),
        statement_iri(BASE, s, s, o),
    ]

    assert len(set(iris)) == len(iris)
    assert statement_iri(BASE, s, p, o) == f"{BASE}statement/f903afeeca1ae9a80daa"


def test_a_membership_is_told_apart_by_person_and_organisation() -> None:
    assert membership_iri(BASE, "a", "b") == membership_iri(BASE, "a", "b")
    assert len({membership_iri(BASE, "a", "b"), membership_iri(BASE, "b", "a"), membership_iri(BASE, "ab", "")}) == 3


def test_the_provenance_graph_lies_under_the_base() -> None:
    assert provenance_graph_iri(BASE) == "https://example.org/id/graph/provenance"


def test_an_unknown_theme_is_answered_with_the_known_ones() -> None:
    assert theme_iri("housing") == "https://w3id.org/koopgraph/themes/housing"
    with pytest.raises(KoopgraphError, match=r"'bogus'.*city-centre"):
        theme_iri("bogus")


@pytest.mark.parametrize(
    "base",
    [
        "https://example.org/",
        "http://localhost:8000/id/",
        "https://example.org/a#",
        "urn:example:graph/",
        "https://ö.example/ß/",
    ],
)
def test_an_absolute_base_that_ends_in_a_separator_is_taken(base: str) -> None:
    assert check_base(base) == base


@pytest.mark.parametrize(
    "base",
    ["", "example.org/", "/id/", "https://example.org/id", "https:///id/", "ftp://example.org/", "https://a b.example/",
     "https://example.org/<x>/", 'https://example.org/"/', "https://example.org/{x}/", "javascript:alert(1)/", "urn:/",
     "https://example.org/\n/", "https://example.org/%/"],
)  # fmt: skip
def test_a_base_that_cannot_begin_iris_is_refused_with_an_example(base: str) -> None:
    with pytest.raises(KoopgraphError, match=r"such as https://example\.org/id/"):
        check_base(base)
    with pytest.raises(KoopgraphError):
        entity_iri(base, EntityType.CITY, "Leipzig")
