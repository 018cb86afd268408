"""Predictions: what a dataset states of each article, with passages and confidence."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from koopgraph.errors import EvaluationError
from koopgraph.evaluate.predictions import read_predictions
from koopgraph.model import ArticleGraph
from koopgraph.rdf.assembly import assemble
from koopgraph.rdf.vocabulary import DCTERMS, KOOP, NIF, PROV, RDF
from koopgraph.store import open_graph


@pytest.fixture
def quads(sample_graphs: tuple[ArticleGraph, ...], sample_base: str) -> list[Quad]:
    return list(assemble(sample_graphs, base=sample_base))


def test_every_article_has_its_own_things_and_relations(quads: list[Quad]) -> None:
    predicted = read_predictions(quads)
    assert list(predicted) == ["bundeskongress.txt", "three-cities.md"]
    english = predicted["three-cities.md"]
    assert {min(e.names) for e in english.entities.values()} == {"Bremen", "Leipzig", "koopstadt"}
    assert [r.relation for r in english.relations] == ["cooperatesWith", "date", "partnerCity"]


def test_a_relation_has_confidence_extractors_and_the_passages_of_its_article(quads: list[Quad]) -> None:
    (partner,) = (r for r in read_predictions(quads)["three-cities.md"].relations if r.relation == "partnerCity")
    assert (partner.confidence, partner.extractors) == (0.9, ("sample-partnercity",))
    assert [p.quote for p in partner.passages] == [
        "Leipzig is a partner city of koopstadt, which was planned from 2007 on."
    ]


def test_values_are_plain_texts_and_themes_their_ids(quads: list[Quad]) -> None:
    values = {r.relation: r.object for r in read_predictions(quads)["bundeskongress.txt"].relations}
    assert values["theme"] == "housing"
    assert values["budget"] == "1200000 EUR"
    assert values["motto"] == "Städtische Energien – Integration leben"


def test_doubtful_relations_can_be_left_out(quads: list[Quad]) -> None:
    kept = read_predictions(quads, min_confidence=0.85)["three-cities.md"].relations
    # The German article is surer of the partner city: the graph states it once.
    assert [r.relation for r in kept] == ["partnerCity"]


def test_a_file_gives_the_same_as_the_quads(quads: list[Quad]) -> None:
    sample = Path(__file__).resolve().parents[1] / "data" / "sample.trig"
    assert read_predictions(open_graph(sample)) == read_predictions(quads)


def test_a_dataset_without_provenance_has_relations_without_confidence(quads: list[Quad]) -> None:
    bare = [q for q in quads if not q.predicate.value.startswith((PROV.wasDerivedFrom, KOOP.confidence))]
    relations = read_predictions(bare, min_confidence=0.99)["three-cities.md"].relations
    assert [(r.confidence, r.passages) for r in relations] == [(None, ())] * 3


def test_a_passage_without_offsets_is_named() -> None:
    graph, thing, passage = (NamedNode(f"https://e.org/{name}") for name in ("a", "city", "passage"))
    broken = [
        Quad(graph, NamedNode(DCTERMS.source), Literal("a.txt"), graph),
        Quad(thing, NamedNode(RDF.type), NamedNode(KOOP.City), graph),
        Quad(thing, NamedNode(PROV.wasDerivedFrom), passage),
        Quad(passage, NamedNode(NIF.referenceContext), graph),
        Quad(BlankNode(), NamedNode(NIF.beginIndex), Literal("1")),
    ]
    with pytest.raises(EvaluationError, match=r"https://e\.org/passage"):
        read_predictions(broken)
