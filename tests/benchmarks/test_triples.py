"""The made dataset: reproducible, as large as it says, and of the shape that builds have."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import triples
from pyoxigraph import NamedNode, Quad, Store

from koopgraph.model import EntityType
from koopgraph.query import run
from koopgraph.rdf.vocabulary import KOOP, RDF, RELATIONS
from koopgraph.store import open_store, read_articles
from koopgraph.validate import validate

SIZE = 15_000


@pytest.fixture(scope="module")
def quads() -> set[Quad]:
    return set(triples.generate(SIZE))


@pytest.fixture(scope="module")
def store(quads: set[Quad]) -> Store:
    store = Store()
    store.bulk_extend(quads)
    return store


def test_the_same_seed_gives_the_same_quads_and_another_one_others(quads: set[Quad]) -> None:
    assert set(triples.generate(SIZE)) == quads
    assert set(triples.generate(SIZE, seed=2)) != quads


@pytest.mark.parametrize("size", [15_000, 60_000])
def test_it_is_about_as_large_as_asked(size: int) -> None:
    assert len(set(triples.generate(size))) == pytest.approx(size, rel=0.12)


def test_it_has_things_of_all_classes_statements_of_all_relations_and_all_findings(store: Store) -> None:
    kinds = Counter(str(row["c"]) for row in run(store, "SELECT ?c { ?s a ?c }"))
    assert all(kinds[KOOP[kind]] for kind in EntityType)
    assert all(store.quads_for_pattern(None, NamedNode(known.iri), None) for known in RELATIONS.values())
    for question in ("possible-duplicates", "contradictions"):
        assert run(store, question)
    for term in (RDF.Statement, KOOP.Merge, KOOP.MergeProposal, KOOP.Contradiction):
        assert run(store, f"ASK {{ GRAPH graph: {{ ?s a <{term}> }} }}".replace("graph:", "?g"))


def test_few_things_are_in_many_articles_and_most_in_one(store: Store) -> None:
    counted = run(
        store,
        "SELECT ?e (COUNT(?a) AS ?n) { ?a a koop:Article GRAPH ?a { ?e rdfs:label ?l } } GROUP BY ?e ORDER BY DESC(?n)",
    )
    numbers = [int(str(row["n"])) for row in counted]
    assert numbers[0] >= 4
    assert numbers.count(1) > 0.6 * len(numbers)


def test_it_conforms_to_the_shapes(store: Store) -> None:
    report = validate(store)
    assert [(finding.focus, finding.message) for finding in report.findings] == []


def test_a_store_of_it_is_one_of_a_build(tmp_path: Path, quads: set[Quad]) -> None:
    triples.write_store(tmp_path, SIZE)
    assert len(open_store(tmp_path)) == len(quads)
    assert sum(1 for _ in read_articles(tmp_path)) == len(run(open_store(tmp_path), "articles"))
