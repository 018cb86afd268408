"""What a graph leaves to be judged, in which order, with which sentences and keys."""

from __future__ import annotations

from itertools import pairwise

import pytest
from pyoxigraph import Quad, Store

from koopgraph.curation.judgements import (
    PairJudgement,
    StatementJudgement,
    StatementKey,
    ThingKey,
    Verdict,
)
from koopgraph.model import EntityType
from koopgraph.review.items import Entry, Item, Kind
from koopgraph.review.judged import Judged
from koopgraph.review.marks import find_marks
from koopgraph.review.queue import Queue

from .conftest import FULL

QUAY = ThingKey(EntityType.PROJECT, "Hafenkante")
JANAS = tuple(ThingKey(EntityType.PERSON, "Jana Schmidt", article) for article in ("a.txt", "b.txt"))


def only(queue: Queue, kind: Kind) -> Item:
    (entry,) = (entry for entry in queue.entries if entry.kind is kind)
    return queue.item(entry)


def statement(queue: Queue, relation: str) -> Entry:
    (entry,) = (entry for entry in queue.entries if entry.relation == relation)
    return entry


def test_the_most_doubtful_question_comes_first(queue: Queue) -> None:
    assert all(one.doubt >= next_.doubt for one, next_ in pairwise(queue.entries))
    assert [(entry.kind.value, entry.relation) for entry in queue.entries] == [
        ("statement", "leads"),
        ("proposal", ""),
        ("statement", "fundedBy"),
        ("statement", "theme"),
        ("statement", "date"),
        ("merge", ""),
    ]


def test_the_order_does_not_depend_on_that_of_the_store(queue: Queue, quads: tuple[Quad, ...]) -> None:
    store = Store()
    store.extend(reversed(quads))
    assert Queue(store).entries == queue.entries


def test_merges_by_name_and_those_that_a_person_judged_are_not_asked(queue: Queue) -> None:
    assert only(queue, Kind.MERGE).entry.rule == "acronym introduced"


def test_a_merge_shows_both_forms_with_their_own_sentences(queue: Queue) -> None:
    item = only(queue, Kind.MERGE)
    assert [side.name for side in item.sides] == ["BBSR", FULL]
    assert [(quote.article, quote.side) for quote in item.quotes] == [("a.txt", 0), ("b.txt", 1)]
    assert item.key == (ThingKey(EntityType.ORGANISATION, "BBSR"), ThingKey(EntityType.ORGANISATION, FULL))
    assert item.shared == ("Kiel",)


def test_things_with_one_class_and_name_are_told_apart_by_their_articles(queue: Queue) -> None:
    item = only(queue, Kind.PROPOSAL)
    assert item.key == JANAS
    assert [(quote.side, quote.title, quote.published) for quote in item.quotes] == [
        (0, "Kiel baut", "2021-03"),
        (1, "Ein Bericht", ""),
    ]


def test_a_statement_names_an_article_only_where_a_name_is_not_enough(queue: Queue) -> None:
    assert queue.item(statement(queue, "leads")).key == StatementKey(JANAS[0], "leads", QUAY)
    assert queue.item(statement(queue, "date")).key == StatementKey(QUAY, "date", value="2019/..")
    assert queue.item(statement(queue, "theme")).key == StatementKey(QUAY, "theme", value="water")


def test_both_names_are_marked_in_the_sentence(queue: Queue) -> None:
    (quote,) = queue.item(statement(queue, "fundedBy")).quotes
    assert [(quote.text[m.start : m.end], m.side) for m in quote.marks] == [("BBSR", 1), ("Hafenkante", 0)]


def test_the_year_of_a_date_is_marked(queue: Queue) -> None:
    (quote,) = queue.item(statement(queue, "date")).quotes
    assert [quote.text[m.start : m.end] for m in quote.marks if m.side == 1] == ["2019"]


def test_entries_are_found_by_the_article_that_says_them(queue: Queue) -> None:
    in_b = queue.nodes_of("b.txt")
    assert {entry.kind for entry in queue.entries if entry.node in in_b} == {Kind.PROPOSAL, Kind.MERGE}
    assert queue.nodes_of("none.txt") == frozenset()


def test_an_entry_is_found_by_its_id(queue: Queue) -> None:
    assert all(queue.entry(entry.id) is entry for entry in queue.entries)


def test_a_judgement_covers_the_question_that_it_answers_and_no_other(queue: Queue) -> None:
    for entry in queue.entries:
        key = queue.item(entry).key
        said = (
            StatementJudgement(Verdict.UNSURE, key)
            if isinstance(key, StatementKey)
            else PairJudgement(Verdict.UNSURE, key[::-1])
        )
        judged = Judged(queue, [said])
        assert [other for other in queue.entries if judged.covers(other)] == [entry]


@pytest.mark.parametrize("article", ["a.txt", "c.txt"])
def test_a_judgement_in_an_article_covers_what_that_article_says(queue: Queue, article: str) -> None:
    things = (ThingKey(EntityType.ORGANISATION, "BBSR", article), ThingKey(EntityType.ORGANISATION, FULL))
    merge = only(queue, Kind.MERGE).entry
    assert Judged(queue, [PairJudgement(Verdict.SAME, things)]).covers(merge) is (article == "a.txt")


def test_names_are_marked_with_their_endings_but_not_inside_words() -> None:
    text = "Leipzigs Rat, Leipziger Allee, Neuleipzig"
    assert [text[m.start : m.end] for m in find_marks(text, [["Leipzig"]])] == ["Leipzigs", "Leipziger"]


def test_a_graph_without_questions_has_an_empty_queue() -> None:
    assert Queue(Store()).entries == ()
