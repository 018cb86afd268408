"""Mentions of one article become entities, statements become facts between them."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from koopgraph.annotate.sentences import split
from koopgraph.model import (
    Annotated,
    Article,
    ArticleGraph,
    Entity,
    EntityType,
    Evidence,
    Mention,
    Statement,
    Value,
    ValueKind,
)
from koopgraph.resolve.article import group, resolve

BASE = "https://example.org/id/"
PERSON, CITY, PROJECT, EVENT = EntityType.PERSON, EntityType.CITY, EntityType.PROJECT, EntityType.EVENT
ORGANISATION, PROGRAMME = EntityType.ORGANISATION, EntityType.PROGRAMME

TEXT = (
    "Uferpark für Gera\n\n"
    "Anna Brix plant in Gera den Uferpark. Das Institut für Länderkunde (IfL) hilft. "
    "Brix lobt das IfL und dankt Gera. Die Mitte Geras und die Kasse der Nationalen Stadtentwicklungspolitik sind voll."
)
NAMED = (
    ("Uferpark", PROJECT, "Uferpark", "described"),
    ("Gera", CITY, "Gera", "cities"),
    ("Geras", CITY, "Gera", "cities"),
    ("Anna Brix", PERSON, "Anna Brix", "persons"),
    ("Brix", PERSON, "Brix", "surnames"),
    ("Institut für Länderkunde", ORGANISATION, "Institut für Länderkunde", "organisations"),
    ("IfL", ORGANISATION, "IfL", "acronyms"),
    ("Nationalen Stadtentwicklungspolitik", PROGRAMME, "Nationale Stadtentwicklungspolitik", "known"),
)


def mention(name: str, kind: EntityType, start: int = 0, annotator: str = "test") -> Mention:
    return Mention(start, start + len(name), name, kind, name, annotator)


def all_mentions(text: str) -> tuple[Mention, ...]:
    found: dict[int, Mention] = {}
    for form, kind, name, annotator in sorted(NAMED, key=lambda n: len(n[0])):
        start = text.find(form)
        while start >= 0:
            found[start] = Mention(start, start + len(form), form, kind, name, annotator)
            start = text.find(form, start + 1)
    inner = {
        m.start for m in found.values() for o in found.values() if o is not m and o.start <= m.start < m.end <= o.end
    }
    return tuple(found[start] for start in sorted(found) if start not in inner)


def annotated(authors: tuple[str, ...] = (), text: str = TEXT) -> Annotated:
    article = Article("a.txt", text, text.splitlines()[0], "de", authors=authors)
    return Annotated(article, split(text, "de"), all_mentions(text))


def statement(of: Annotated, subject: str, relation: str, target: str | Value, confidence: float = 0.8) -> Statement:
    last = {m.text: m for m in of.mentions}
    sentence = of.sentence_at(last[subject].start)
    thing = target if isinstance(target, Value) else last[target]
    evidence = Evidence.of(of.article, sentence.start, sentence.end)
    return Statement(last[subject], relation, thing, evidence, "test", confidence)


def entity(graph: ArticleGraph, name: str) -> Entity:
    return next(e for e in graph.entities if e.name == name)


def groups(*mentions: Mention) -> set[frozenset[str]]:
    return {frozenset(names) for _, names in group(mentions)}


def test_every_thing_is_one_entity_under_its_fullest_name() -> None:
    graph = resolve(annotated(), (), base=BASE)
    assert {(e.type, e.name) for e in graph.entities} == {
        (PROJECT, "Uferpark"),
        (CITY, "Gera"),
        (PERSON, "Anna Brix"),
        (ORGANISATION, "Institut für Länderkunde"),
        (PROGRAMME, "Nationale Stadtentwicklungspolitik"),
    }


def test_an_entity_has_every_form_that_was_found_and_a_readable_iri() -> None:
    graph = resolve(annotated(), (), base=BASE)
    assert set(entity(graph, "Gera").names) == {"Gera", "Geras"}
    assert set(entity(graph, "Institut für Länderkunde").names) == {"IfL", "Institut für Länderkunde"}
    assert entity(graph, "Anna Brix").iri == f"{BASE}person/anna-brix"


def test_an_entitys_passages_are_the_sentences_that_name_it_each_once() -> None:
    of = annotated()
    brix = entity(resolve(of, (), base=BASE), "Anna Brix")
    assert [p.quote for p in brix.mentions] == [
        "Anna Brix plant in Gera den Uferpark.",
        "Brix lobt das IfL und dankt Gera.",
    ]
    assert all(of.article.text[p.start : p.end] == p.quote for p in brix.mentions)


def test_a_surname_joins_the_full_name_and_a_long_form_its_acronym() -> None:
    assert groups(mention("Anna Brix", PERSON), mention("Brix", PERSON, 20)) == {frozenset({"Anna Brix", "Brix"})}
    long, short = mention("Amt für Bau und Verkehr", ORGANISATION), mention("ABV", ORGANISATION, 40)
    assert groups(long, short) == {frozenset({"Amt für Bau und Verkehr", "ABV"})}


def test_an_acronym_in_brackets_joins_whatever_its_letters() -> None:
    long, short = mention("Wohnbau Gera", ORGANISATION), mention("GWX", ORGANISATION, 14, "acronyms")
    assert groups(long, short) == {frozenset({"Wohnbau Gera", "GWX"})}


def test_a_surname_that_two_people_share_stays_apart_from_both() -> None:
    people = mention("Anna Brix", PERSON), mention("Paul Brix", PERSON, 20), mention("Brix", PERSON, 40)
    assert groups(*people) == {frozenset({"Anna Brix"}), frozenset({"Paul Brix"}), frozenset({"Brix"})}


def test_an_acronym_that_two_long_forms_fit_stays_apart_from_both() -> None:
    names = ("Amt für Bau", "Abteilung Brücken", "AB")
    assert len(groups(*(mention(n, ORGANISATION, 40 * i) for i, n in enumerate(names)))) == 3


def test_equal_names_of_different_classes_are_different_things() -> None:
    assert len(group([mention("Uferpark", PROJECT), mention("Uferpark", EntityType.PLACE, 20)])) == 2


def test_numbered_events_stay_apart() -> None:
    events = mention("8. Bundeskongress", EVENT), mention("9. Bundeskongress", EVENT, 30)
    assert groups(*events) == {frozenset({"8. Bundeskongress"}), frozenset({"9. Bundeskongress"})}


NAMES = st.sampled_from(
    [
        "Anna Brix",
        "Brix",
        "Paul Brix",
        "Otto",
        "IfL",
        "Institut für Länderkunde",
        "Gera",
        "Geras",
        "Gera Nord",
        "Bau Gera",
    ]
)


@given(st.lists(st.tuples(NAMES, st.sampled_from([PERSON, ORGANISATION, CITY])), max_size=8), st.integers())
def test_grouping_keeps_every_name_once_in_whatever_order_they_come(
    named: list[tuple[str, EntityType]], seed: int
) -> None:
    mentions = [mention(name, kind, 50 * i) for i, (name, kind) in enumerate(named)]
    grouped = group(mentions)
    members = [(kind, name) for kind, names in grouped for name in names]
    assert len(members) == len(set(members))
    assert set(members) == {(kind, name) for name, kind in named}
    Random(seed).shuffle(mentions)
    assert group(mentions) == grouped


def test_facts_stand_between_the_articles_entities() -> None:
    of = annotated()
    found = [
        statement(of, "Brix", "leads", "Uferpark"),
        statement(of, "Uferpark", "locatedIn", "Geras"),
        statement(of, "Uferpark", "theme", Value(ValueKind.THEME, "water")),
    ]
    graph = resolve(of, found, base=BASE)
    iris = {e.iri for e in graph.entities}
    assert {(f.subject, f.relation) for f in graph.facts} == {
        (f"{BASE}person/anna-brix", "leads"),
        (f"{BASE}project/uferpark", "locatedIn"),
        (f"{BASE}project/uferpark", "theme"),
    }
    assert all(f.subject in iris and (isinstance(f.object, Value) or f.object in iris) for f in graph.facts)
    assert all(of.article.text[f.evidence.start : f.evidence.end] == f.evidence.quote for f in graph.facts)


def test_of_facts_that_say_the_same_in_one_passage_the_surest_stays() -> None:
    of = annotated()
    twice = [statement(of, "Brix", "leads", "Uferpark", c) for c in (0.4, 0.9, 0.6)]
    (fact,) = resolve(of, twice, base=BASE).facts
    assert fact.confidence == 0.9


def test_what_only_describes_a_thing_is_each_articles_own() -> None:
    def iris(source: str) -> dict[str, str]:
        text = "Neues\n\nZum Richtfest kam der Bund, nicht der Stadtrat."
        named = (
            mention("Richtfest", EVENT, text.index("Richtfest")),
            mention("Bund", ORGANISATION, text.index("Bund")),
            mention("Stadtrat", ORGANISATION, text.index("Stadtrat")),
        )
        of = Annotated(Article(source, text, "Neues", "de"), split(text, "de"), named)
        return {e.name: e.iri for e in resolve(of, (), base=BASE).entities}

    one, other = iris("a.txt"), iris("b.txt")
    assert one["Bund"] == other["Bund"]
    assert one["Richtfest"] != other["Richtfest"]
    assert one["Stadtrat"] != other["Stadtrat"]
    assert one["Richtfest"] == f"{BASE}event/richtfest-a-txt"


def test_a_person_has_one_part_in_an_event_the_surest() -> None:
    text = "Forum Gera\n\nAnna Brix moderiert das Forum Gera."
    brix, forum = mention("Anna Brix", PERSON, 12), mention("Forum Gera", EVENT)
    article = Annotated(Article("a.txt", text, "Forum Gera", "de"), split(text, "de"), (forum, brix))
    evidence = Evidence.of(article.article, 12, 47)
    parts = [
        Statement(brix, relation, forum, evidence, "test", confidence)
        for relation, confidence in (("speaksAt", 0.3), ("moderates", 0.7), ("participatesIn", 0.2))
    ]
    assert [f.relation for f in resolve(article, parts, base=BASE).facts] == ["moderates"]


def test_a_thing_stands_in_no_relation_to_itself() -> None:
    of = annotated()
    assert resolve(of, [statement(of, "IfL", "partOf", "Institut für Länderkunde")], base=BASE).facts == ()


def test_a_statement_on_a_name_that_the_article_does_not_have_is_dropped() -> None:
    of = annotated()
    (known,) = [statement(of, "Brix", "leads", "Uferpark")]
    stray = Statement(mention("Otto Fremd", PERSON), "leads", known.object, known.evidence, "test", 0.9)
    assert resolve(of, [stray], base=BASE).facts == ()


@given(st.integers())
@settings(max_examples=25)
def test_the_order_of_statements_does_not_matter(seed: int) -> None:
    of = annotated()
    found = [statement(of, s, "partner", t, c) for s in ("Brix", "Gera", "IfL") for t in ("Uferpark", "Geras") for c in (0.3, 0.7)]  # fmt: skip
    expected = resolve(of, found, base=BASE)
    Random(seed).shuffle(found)
    assert resolve(of, found, base=BASE) == expected


def test_authors_are_people_of_the_article_named_in_its_text_or_not() -> None:
    graph = resolve(annotated(("Anna Brix", "Otto Fern")), (), base=BASE)
    assert graph.authors == (f"{BASE}person/anna-brix", f"{BASE}person/otto-fern")
    assert set(graph.authors) <= {e.iri for e in graph.entities}
    assert entity(graph, "Otto Fern").mentions == ()


def test_an_article_without_names_is_an_article_without_entities() -> None:
    graph = resolve(annotated(text="Nur ein Titel"), (), base=BASE)
    assert (graph.entities, graph.facts, graph.authors) == ((), (), ())
    assert graph.iri == f"{BASE}article/a-txt"


def test_entities_and_facts_are_sorted_whatever_comes_in() -> None:
    of = annotated()
    facts: Iterable[Statement] = [
        statement(of, "IfL", "partner", "Uferpark"),
        statement(of, "Brix", "leads", "Uferpark"),
    ]
    graph = resolve(of, facts, base=BASE)
    assert [e.iri for e in graph.entities] == sorted(e.iri for e in graph.entities)
    assert [f.subject for f in graph.facts] == sorted(f.subject for f in graph.facts)
