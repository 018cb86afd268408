"""The description of the dataset: its numbers are those of SPARQL, and it names files, links and rights."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, parse

from koopgraph.export.void import AUTHORITIES, DCAT, VOID, dataset_iri, describe
from koopgraph.rdf.gazetteer import place_triples
from koopgraph.rdf.vocabulary import DCTERMS, PREFIXES, RDF
from koopgraph.store import open_graph

SAMPLE = Path(__file__).resolve().parents[1] / "data" / "sample.trig"
BASE = "https://w3id.org/koopgraph/id/"
DATASET = dataset_iri(BASE)


@pytest.fixture(scope="module")
def store() -> Store:
    found = open_graph(SAMPLE)
    leipzig = place_triples(f"{BASE}city/leipzig", "https://sws.geonames.org/2879139/")
    found.extend(Quad(*one, DefaultGraph()) for one in leipzig)
    return found


@pytest.fixture(scope="module")
def described(store: Store) -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = {}
    for quad in parse(describe(store), format=RdfFormat.TURTLE, base_iri="https://example.org/void.ttl"):
        assert isinstance(quad.object, NamedNode | Literal)
        found.setdefault((str(quad.subject.value), quad.predicate.value), []).append(quad.object.value)
    return found


def counted(store: Store, what: str, pattern: str) -> list[str]:
    """Return the only row that the engine counts."""
    (row,) = store.query(f"SELECT {what} WHERE {{ {pattern} }}", prefixes=dict(PREFIXES))
    return [term.value for term in row]


@pytest.mark.parametrize(
    ("property_", "what"),
    [
        (VOID.triples, "(COUNT(*) AS ?n)"),
        (VOID.distinctSubjects, "(COUNT(DISTINCT ?s) AS ?n)"),
        (VOID.distinctObjects, "(COUNT(DISTINCT ?o) AS ?n)"),
        (VOID.properties, "(COUNT(DISTINCT ?p) AS ?n)"),
    ],
)
def test_the_totals_are_those_of_sparql(
    store: Store, described: dict[tuple[str, str], list[str]], property_: str, what: str
) -> None:
    assert described[DATASET, property_] == counted(store, what, "?s ?p ?o")


def test_every_class_and_property_has_a_part_with_its_count(
    store: Store, described: dict[tuple[str, str], list[str]]
) -> None:
    for part in described[DATASET, VOID.classPartition]:
        (class_,) = described[part, VOID["class"]]
        assert described[part, VOID.entities] == counted(store, "(COUNT(DISTINCT ?s) AS ?n)", f"?s a <{class_}>")
    for part in described[DATASET, VOID.propertyPartition]:
        (property_,) = described[part, VOID.property]
        assert described[part, VOID.triples] == counted(store, "(COUNT(*) AS ?n)", f"?s <{property_}> ?o")
    assert [str(len(described[DATASET, VOID.propertyPartition]))] == described[DATASET, VOID.properties]
    assert [str(len(described[DATASET, VOID.classPartition]))] == described[DATASET, VOID.classes]


def test_links_to_an_authority_are_a_linkset(described: dict[tuple[str, str], list[str]]) -> None:
    (links,) = described[DATASET, VOID.subset]
    (target,) = described[links, VOID.objectsTarget]
    assert described[links, VOID.triples] == ["1"]
    assert described[target, VOID.uriSpace] == [AUTHORITIES["geonames"][0]]


def test_files_stand_relative_to_the_description(store: Store, described: dict[tuple[str, str], list[str]]) -> None:
    assert sorted(described[DATASET, VOID.dataDump]) == [
        "https://example.org/dataset.trig",
        "https://example.org/graph.ttl",
    ]
    assert b"<graph.ttl>" in describe(store)
    assert len(described[DATASET, DCAT.distribution]) == 2


def test_examples_exist_and_only_used_vocabularies_are_named(
    store: Store, described: dict[tuple[str, str], list[str]]
) -> None:
    for example in described[DATASET, VOID.exampleResource]:
        assert any(store.quads_for_pattern(NamedNode(example), None, None, DefaultGraph()))
    assert RDF.iri in described[DATASET, VOID.vocabulary]
    assert PREFIXES["sf"] not in described[DATASET, VOID.vocabulary]


def test_it_has_a_title_in_german_and_english_and_a_licence_only_where_one_was_chosen(store: Store) -> None:
    plain, licensed = describe(store), describe(store, licence="https://example.org/licence")
    assert plain.count(b"dcterms:title") == licensed.count(b"dcterms:title") > 0
    assert b"dcterms:license" not in plain
    assert b"dcterms:license <https://example.org/licence>" in licensed
    assert DCTERMS.license not in plain.decode()


def test_an_empty_graph_has_a_description_too() -> None:
    assert b"void:triples 0" in describe(Store())


def test_the_same_graph_has_the_same_description(store: Store) -> None:
    assert describe(store) == describe(store)
