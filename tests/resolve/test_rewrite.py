"""An article's graph under the IRIs of resolution: nothing is lost, nothing said twice, and once is enough."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from koopgraph.model import ArticleGraph, Entity
from koopgraph.resolve.rewrite import rewritten

Told = Callable[..., ArticleGraph]
X = "https://example.org/id/x"


def graph_of(told: Told) -> ArticleGraph:
    return told(
        "a.txt",
        "Die [Organisation|TU Berlin] hilft [Person|Eva Kern].",
        "Die [Organisation|Technische Universität Berlin] hilft [Person|Eva Kern] wieder.",
        facts=[
            ("Eva Kern", "affiliatedWith", "TU Berlin", "Professorin"),
            ("Eva Kern", "affiliatedWith", "Technische Universität Berlin", "Professorin"),
            ("TU Berlin", "cooperatesWith", "Technische Universität Berlin"),
        ],
    )


def iri(graph: ArticleGraph, name: str) -> str:
    return next(e.iri for e in graph.entities if e.name == name)


def joined(graph: ArticleGraph) -> ArticleGraph:
    names = ("TU Berlin", "Technische Universität Berlin")
    return rewritten(graph, {iri(graph, name): X for name in names})


def organisation(graph: ArticleGraph) -> Entity:
    (entity,) = (e for e in graph.entities if e.iri == X)
    return entity


def test_what_resolution_does_not_know_keeps_its_iri(told: Told) -> None:
    graph = graph_of(told)
    assert rewritten(graph, {}) is graph
    assert rewritten(graph, {"https://example.org/id/person/anna": X}) is graph


def test_things_that_are_one_have_the_fullest_name_all_forms_and_all_passages(told: Told) -> None:
    one = organisation(joined(graph_of(told)))
    assert one.name == "Technische Universität Berlin"
    assert set(one.names) == set(one.forms) == {"TU Berlin", "Technische Universität Berlin"}
    assert [m.start for m in one.mentions] == sorted(m.start for m in one.mentions)
    assert len(one.mentions) == 2


def test_a_fact_of_a_thing_and_itself_is_left_out_and_equal_facts_are_one(told: Told) -> None:
    facts = joined(graph_of(told)).facts
    assert [(f.relation, f.object) for f in facts] == [("affiliatedWith", X)]


def test_of_equal_facts_the_surest_stays(told: Told) -> None:
    graph = graph_of(told)
    doubtful, sure, _ = graph.facts
    for facts in ((replace(doubtful, confidence=0.5), sure), (sure, replace(doubtful, confidence=0.5))):
        (fact,) = joined(replace(graph, facts=facts)).facts
        assert fact.confidence == sure.confidence


def test_facts_of_other_passages_all_stay(told: Told) -> None:
    graph = graph_of(told)
    first, second, _ = graph.facts
    other = replace(second, evidence=graph.entities[1].mentions[-1])
    assert first.evidence != other.evidence
    assert len(joined(replace(graph, facts=(first, other))).facts) == 2


def test_authors_follow_their_iris_and_stand_once(told: Told) -> None:
    graph = graph_of(told)
    eva = iri(graph, "Eva Kern")
    graph = replace(graph, authors=(eva, "https://example.org/id/person/anna"))
    assert rewritten(graph, {eva: X}).authors == (X, "https://example.org/id/person/anna")
    both = {eva: X, "https://example.org/id/person/anna": X}
    assert rewritten(graph, both).authors[0] == X


def test_an_authority_that_one_of_both_has_stays(told: Told) -> None:
    graph = told("a.txt", "[City|Leipzig] und [City|Stadt der Linden]")
    names = ("Leipzig", "Stadt der Linden")
    (one,) = rewritten(graph, {iri(graph, name): X for name in names}).entities
    assert one.authority == "https://sws.geonames.org/2879139/"


def test_things_come_in_the_order_of_their_iris(told: Told) -> None:
    graph = joined(graph_of(told))
    assert [e.iri for e in graph.entities] == sorted(e.iri for e in graph.entities)


def test_rewriting_again_changes_nothing(told: Told) -> None:
    once = joined(graph_of(told))
    assert rewritten(once, {e.iri: e.iri for e in once.entities}) == once
