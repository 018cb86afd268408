"""Where articles disagree: what is listed, what is not, and in which order."""

from __future__ import annotations

import json
from itertools import permutations

from koopgraph.model import Article, ArticleGraph, Entity, EntityType, Evidence, Fact, Value, ValueKind
from koopgraph.rdf.iris import article_iri, entity_iri
from koopgraph.resolve.contradictions import contradictions, report

BASE = "https://example.org/id/"
OPENING = (EntityType.EVENT, "Eröffnung der HafenCity")
HALL = (EntityType.ORGANISATION, "Kulturzentrum Pavillon")


def thing(kind: EntityType, name: str, authority: str | None = None) -> Entity:
    return Entity(entity_iri(BASE, kind, name), kind, name, (name,), "de", forms=(name,), authority=authority)


def article(
    number: int, subject: tuple[EntityType, str], *said: tuple[str, str], published: str | None = None
) -> ArticleGraph:
    """An article that says, one sentence each, (relation, value or city) of one thing."""
    text = "".join(f"{relation} {value}. " for relation, value in said)
    source = Article(f"a-{number}.txt", text, "Titel", "de", published=published)
    entities, facts = {subject[1]: thing(*subject)}, []
    for relation, value in said:
        start = text.index(f"{relation} {value}.")
        evidence = Evidence.of(source, start, start + len(f"{relation} {value}."))
        target: str | Value
        if relation in set(ValueKind):
            target = Value(ValueKind(relation), value)
        else:
            entities[value] = thing(EntityType.CITY, value)
            target = entities[value].iri
        facts.append(Fact(entities[subject[1]].iri, relation, target, evidence, "x", 0.8))
    return ArticleGraph(article_iri(BASE, source.source), source, tuple(entities.values()), tuple(facts))


def told(*graphs: ArticleGraph) -> list[tuple[str, list[tuple[str, str]]]]:
    def value(found: str | Value) -> str:
        return found.text if isinstance(found, Value) else found.rpartition("/")[2]

    return [(c.relation, [(value(side.object), side.source) for side in c.claims]) for c in contradictions(graphs)]


def test_two_dates_of_one_opening_stand_side_by_side_the_newest_article_first() -> None:
    graphs = [
        article(1, OPENING, ("date", "2015-05-03"), published="2015-01-10"),
        article(2, OPENING, ("date", "2016-04-01")),
        article(3, OPENING, ("date", "2015-06"), published="2015-02"),
    ]
    expected = [("date", [("2015-06", "a-3.txt"), ("2015-05-03", "a-1.txt"), ("2016-04-01", "a-2.txt")])]
    assert all(told(*order) == expected for order in permutations(graphs))


def test_a_claim_that_agrees_with_all_others_is_no_part_of_the_contradiction() -> None:
    graphs = [article(n, OPENING, ("date", d)) for n, d in enumerate(("2015-05-03", "2015-05-03", "2015-06-01"))]
    assert told(*graphs, article(9, OPENING, ("date", "2015"))) == [
        ("date", [("2015-05-03", "a-0.txt"), ("2015-05-03", "a-1.txt"), ("2015-06-01", "a-2.txt")])
    ]


def test_one_article_can_contradict_itself_but_not_one_passage() -> None:
    assert told(article(1, OPENING, ("date", "2015-05-03"), ("date", "2016-05-03")))
    graph = article(1, OPENING, ("date", "2015-05-03"))
    (fact,) = graph.facts
    other = Fact(fact.subject, "date", Value(ValueKind.DATE, "2016"), fact.evidence, "x", 0.8)
    assert not told(ArticleGraph(graph.iri, graph.article, graph.entities, (fact, other)))
    longer = Fact(fact.subject, "date", other.object, Evidence.of(graph.article, 0, len(graph.article.text)), "x", 0.8)
    assert not told(ArticleGraph(graph.iri, graph.article, graph.entities, (fact, longer)))


def test_of_one_articles_passages_for_one_value_the_surest_is_told() -> None:
    graph = article(1, OPENING, ("date", "2015-05-03"), ("date", "2016-05-03"))
    first, second = graph.facts
    repeated = Fact(first.subject, "date", first.object, second.evidence, "y", 0.95)
    found = contradictions([ArticleGraph(graph.iri, graph.article, graph.entities, (first, repeated)), article(2, OPENING, ("date", "2011"))])  # fmt: skip
    assert [claim.confidence for claim in found[0].claims] == [0.95, 0.8]


def test_two_cities_of_one_event_or_organisation_disagree() -> None:
    for subject, relation in ((OPENING, "takesPlaceIn"), (HALL, "locatedIn")):
        graphs = [article(1, subject, (relation, "Bremen")), article(2, subject, (relation, "Hannover"))]
        assert told(*graphs) == [(relation, [("bremen", "a-1.txt"), ("hannover", "a-2.txt")])]


def test_a_project_may_be_in_several_cities() -> None:
    project = (EntityType.PROJECT, "koopstadt")
    assert not told(article(1, project, ("locatedIn", "Bremen")), article(2, project, ("locatedIn", "Leipzig")))


def test_two_names_of_one_city_in_geonames_do_not_disagree() -> None:
    graphs = []
    for number, name in enumerate(("Wien", "Vienna")):
        graph = article(number, HALL, ("locatedIn", name))
        hall, city = graph.entities
        same = Entity(city.iri, city.type, name, (name,), "de", authority="https://sws.geonames.org/2761369/")
        graphs.append(ArticleGraph(graph.iri, graph.article, (hall, same), graph.facts))
    assert not told(*graphs)


def test_an_event_that_comes_again_has_other_places_and_mottos_each_time() -> None:
    congress = (EntityType.EVENT, "Bundeskongress")
    said = [("takesPlaceIn", "Leipzig"), ("motto", "Energien"), ("date", "2015")]
    later = [("takesPlaceIn", "Bremen"), ("motto", "Heimat"), ("date", "2017")]
    assert not told(article(1, congress, *said), article(2, congress, *later))
    ninth = (EntityType.EVENT, "9. Bundeskongress")
    assert {c for c, _ in told(article(1, ninth, *said), article(2, ninth, *later))} == {
        "takesPlaceIn",
        "motto",
        "date",
    }


def test_relations_that_may_have_several_objects_never_disagree() -> None:
    award = (EntityType.AWARD, "Stadtpreis 2020")
    assert not told(article(1, award, ("awardedBy", "Bremen")), article(2, award, ("awardedBy", "Leipzig")))


def test_the_contradiction_of_the_newest_article_stands_first() -> None:
    project = (EntityType.PROJECT, "koopstadt")
    graphs = [
        article(1, OPENING, ("date", "2015-05-03"), published="2015-01-10"),
        article(2, OPENING, ("date", "2016"), published="2015-03-10"),
        article(3, project, ("budget", "12000000 EUR"), published="2014"),
        article(4, project, ("budget", "20000000 EUR"), published="2018"),
    ]
    assert [relation for relation, _ in told(*graphs)] == ["budget", "date"]


def test_the_report_counts_them_and_lists_labels_values_and_sources() -> None:
    found = contradictions([article(n, HALL, ("locatedIn", city)) for n, city in enumerate(("Bremen", "Hannover"))])
    labels = {entity_iri(BASE, *HALL): "Pavillon", entity_iri(BASE, EntityType.CITY, "Bremen"): "Bremen"}
    section = report(found, labels)
    assert json.loads(json.dumps(section))["count"] == 1
    (listed,) = json.loads(json.dumps(section))["list"]
    assert (listed["label"], listed["relation"]) == ("Pavillon", "locatedIn")
    assert listed["claims"][0] == {
        "value": "Bremen",
        "source": "a-0.txt",
        "published": None,
        "sentence": "locatedIn Bremen.",
        "confidence": 0.8,
    }
    assert listed["claims"][1]["value"] == "https://example.org/id/city/hannover"


def test_nothing_disagrees_with_nothing() -> None:
    assert contradictions([]) == ()
    assert report((), {}) == {"count": 0, "list": []}
