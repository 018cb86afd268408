"""Scores, evidence, reliability and mistakes of one comparison that can be counted by hand."""

from __future__ import annotations

import dataclasses

import pytest

from koopgraph.evaluate.gold import GoldArticle
from koopgraph.evaluate.matching import Comparison, compare
from koopgraph.evaluate.mistakes import BOTH_FOUND, OBJECT_MISSING, SUBJECT_MISSING, wrong_entities, wrong_relations
from koopgraph.evaluate.overlap import occurrences, overlap
from koopgraph.evaluate.predictions import Predicted
from koopgraph.evaluate.reliability import of_judged, reliability
from koopgraph.evaluate.scores import ALL, Tally, score


@pytest.fixture
def comparison(gold: GoldArticle, predicted: Predicted) -> Comparison:
    return compare(gold, predicted)


def test_precision_recall_and_f1() -> None:
    tally = Tally(correct=3, spurious=1, missed=3)
    assert (tally.precision, tally.recall, tally.f1) == (0.75, 0.5, pytest.approx(0.6))
    assert Tally().f1 == Tally().precision == Tally().recall == 0.0


def test_entities_and_relations_are_counted(comparison: Comparison) -> None:
    scores = score([comparison, comparison])
    assert scores.articles == 2
    assert scores.entities[ALL] == Tally(6, 2, 2)
    assert scores.entities["City"] == Tally(4, 2, 0)
    assert scores.relations[ALL] == Tally(6, 2, 4)
    assert scores.relations["partnerCity"] == Tally(2, 2, 2)
    assert list(scores.relations) == [ALL, "cooperatesWith", "date", "leads", "partnerCity"]


def test_an_optional_thing_counts_neither_way(gold: GoldArticle, predicted: Predicted) -> None:
    entities = tuple(dataclasses.replace(e, optional=e.name in {"Bremen", "Ada Weiß"}) for e in gold.entities)
    scores = score([compare(dataclasses.replace(gold, entities=entities), predicted)])
    assert scores.entities[ALL] == Tally(2, 1, 0)


def test_evidence_overlaps_where_a_cited_passage_shares_text_with_the_gold(comparison: Comparison) -> None:
    found = overlap([comparison])
    assert (found.relations, found.overlapping, found.share) == (3, 3, 1.0)
    # Two cite the very sentence; the date cites 54 characters, of which the gold's evidence is 16.
    sentence = len("Frau Dr. Ada Weiß leitet koopstadt seit Herbst 2016.")
    assert found.characters_f1 == pytest.approx((1 + 1 + 2 * 16 / (16 + sentence)) / 3)


def test_evidence_elsewhere_does_not_overlap(gold: GoldArticle, predicted: Predicted) -> None:
    relations = tuple(dataclasses.replace(r, passages=predicted.relations[2].passages) for r in predicted.relations)
    found = overlap([compare(gold, dataclasses.replace(predicted, relations=relations))])
    assert (found.relations, found.overlapping) == (3, 1)


def test_gold_evidence_is_found_whatever_the_white_space() -> None:
    assert occurrences("am Markt\n  der Stadt", "Markt der") == ((3, 14),)
    assert occurrences("nichts davon", "Markt der") == ()


def test_reliability_compares_confidence_and_outcome(comparison: Comparison) -> None:
    table = reliability([comparison])
    assert [(b.low, b.number, b.correct) for b in table.bins] == [(0.6, 1, 1), (0.7, 1, 1), (0.8, 1, 0), (0.9, 1, 1)]
    assert table.number == 4
    assert table.expected_error == pytest.approx((0.4 + 0.3 + 0.8 + 0.1) / 4)
    assert table.brier == pytest.approx((0.16 + 0.09 + 0.64 + 0.01) / 4)


def test_a_confidence_of_one_falls_into_the_last_bin_and_none_gives_no_bins() -> None:
    assert [b.low for b in of_judged([(1.0, True), (0.7, True), (0.0, False)]).bins] == [0.0, 0.7, 0.9]
    assert of_judged([]).bins == ()
    assert of_judged([]).brier == 0.0


def test_mistakes_come_worst_first_with_reason_and_sentence(comparison: Comparison) -> None:
    spurious, *missed = wrong_relations([comparison])
    assert (spurious.subject, spurious.label, spurious.object) == ("koopstadt", "partnerCity", "Halle")
    assert (spurious.reason, spurious.confidence, spurious.extractors) == (OBJECT_MISSING, 0.8, ("rules",))
    assert spurious.sentence == "Bremen und Leipzig sind Partner in koopstadt."
    assert [(m.subject, m.label, m.object, m.reason) for m in missed] == [
        ("koopstadt", "partnerCity", "Leipzig", BOTH_FOUND),
        ("Ada Weiß", "leads", "koopstadt", SUBJECT_MISSING),
    ]


def test_surer_mistakes_come_first(gold: GoldArticle, predicted: Predicted) -> None:
    wrong = predicted.relations[3]
    surer = dataclasses.replace(wrong, subject="bremen", relation="cooperatesWith", confidence=0.95)
    both = dataclasses.replace(predicted, relations=(wrong, surer))
    assert [m.confidence for m in wrong_relations([compare(gold, both)]) if m.kind == "spurious"] == [0.95, 0.8]


def test_wrong_things_are_listed_with_their_sentence(comparison: Comparison) -> None:
    spurious, missed = wrong_entities([comparison])
    assert (spurious.kind, spurious.label, spurious.subject) == ("spurious", "City", "Halle")
    assert (missed.kind, missed.label, missed.subject) == ("missed", "Person", "Ada Weiß")
    assert missed.sentence.startswith("Frau Dr. Ada Weiß leitet")
