"""Contradictions as triples: they point to the very statements that the assembly writes."""

from __future__ import annotations

from pyoxigraph import NamedNode, Store

from koopgraph.model import Article, ArticleGraph, Entity, EntityType, Evidence, Fact, Language, Value, ValueKind
from koopgraph.rdf.assembly import assemble
from koopgraph.rdf.contradictions import contradiction_triples
from koopgraph.rdf.iris import article_iri, contradiction_iri, entity_iri
from koopgraph.rdf.triples import Triple
from koopgraph.rdf.vocabulary import KOOP, PREFIXES
from koopgraph.resolve.contradictions import contradictions

BASE = "https://example.org/id/"
PROJECT = Entity(entity_iri(BASE, EntityType.PROJECT, "P"), EntityType.PROJECT, "P", ("P",), "de")


def article(number: int, motto: str, language: Language) -> ArticleGraph:
    source = Article(f"a-{number}.txt", f"Satz {number}.", "Titel", language)
    fact = Fact(PROJECT.iri, "motto", Value(ValueKind.MOTTO, motto), Evidence.of(source, 0, 7), "x", 0.8)
    return ArticleGraph(article_iri(BASE, source.source), source, (PROJECT,), (fact,))


def found(graphs: list[ArticleGraph]) -> list[Triple]:
    return [t for one in contradictions(graphs) for t in contradiction_triples(one, base=BASE)]


def test_a_contradiction_names_its_subject_and_the_statements_of_the_assembly() -> None:
    graphs = [article(1, "Wohnen", "de"), article(2, "Bauen", "de"), article(3, "Living", "en")]
    store = Store()
    store.extend(assemble(graphs, base=BASE))
    triples = found(graphs)
    assert {t.object for t in triples if t.predicate.value == KOOP.about} == {NamedNode(PROJECT.iri)}
    statements = [t.object for t in triples if t.predicate.value == KOOP.statement]
    prefixes = "".join(f"PREFIX {p}: <{iri}> " for p, iri in PREFIXES.items())
    mottos = [
        store.query(f"{prefixes} ASK {{ GRAPH ?g {{ {s} rdf:predicate koop:motto ; prov:wasDerivedFrom ?p }} }}")
        for s in statements
    ]
    assert [bool(answer) for answer in mottos] == [True, True]


def test_a_contradiction_keeps_its_iri_when_another_article_joins_it() -> None:
    few = [article(1, "Wohnen", "de"), article(2, "Bauen", "de")]
    assert {t.subject for t in found(few)} == {t.subject for t in found([*few, article(3, "Planen", "de")])}
    assert contradiction_iri(BASE, "a", "b") != contradiction_iri(BASE, "a", "c")
