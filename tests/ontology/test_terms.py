"""The ontology's terms: all that the code uses, each explained in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from koopgraph import __version__
from koopgraph.ontology import Term, read_ontology
from koopgraph.rdf.vocabulary import KOOP

PROJECT = Path(__file__).resolve().parents[2]
TERMS = read_ontology().terms
USED = re.compile(r"\bKOOP\.(?P<code>[A-Za-z]+)|\bkoop:(?P<curie>[A-Za-z]+)")
PYTHON_ONLY = {"iri"}
"""Attributes of the namespace itself."""


def used() -> set[str]:
    """Return every term of ours that code, questions, shapes and templates name."""
    files = [path for suffix in ("py", "rq", "html", "js") for path in (PROJECT / "src").rglob(f"*.{suffix}")]
    files += (PROJECT / "ontologies").glob("*.ttl")
    found = {
        match["code"] or match["curie"]
        for path in files
        if "yasgui" not in path.name
        for match in USED.finditer(path.read_text(encoding="utf-8"))
    }
    return found - PYTHON_ONLY


def test_every_term_that_is_used_is_defined() -> None:
    assert len(used()) > 35
    assert used() <= {term.name for term in TERMS}


def test_every_term_of_the_namespace_is_a_class_or_a_relation() -> None:
    assert {term.iri for term in TERMS} == set(KOOP)


@pytest.mark.parametrize("term", [*TERMS, *read_ontology().themes], ids=lambda term: term.name)
def test_every_term_is_explained_in_both_languages(term: Term) -> None:
    assert set(term.labels) == set(term.definitions) == {"de", "en"}
    assert all(len(text) > 10 for text in term.definitions.values())
    assert all(text.strip() == text for text in (*term.labels.values(), *term.definitions.values()))


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.name)
def test_every_class_and_relation_has_an_example(term: Term) -> None:
    assert term.examples


def test_the_version_is_the_packages_and_its_iri_tells_it() -> None:
    ontology = read_ontology()
    assert ontology.version == __version__
    assert ontology.version_iri == f"{ontology.iri}/{__version__}"


def test_unions_and_inverses_are_read_through() -> None:
    terms = {term.name: term for term in TERMS}
    assert terms["takesPlaceIn"].range == (KOOP.City, KOOP.Place)
    assert "inverse of https://schema.org/organizer" in terms["organises"].broader
    assert terms["cooperatesWith"].symmetric
