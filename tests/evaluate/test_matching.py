"""Matching: things one to one by class and name, relations between them, strictly."""

from __future__ import annotations

import pytest

from koopgraph.evaluate.gold import GoldArticle, GoldEntity
from koopgraph.evaluate.matching import compare, match_entities, normal, value
from koopgraph.evaluate.predictions import Predicted, PredictedEntity
from koopgraph.model import EntityType


def thing(iri: str, kind: EntityType, *names: str) -> PredictedEntity:
    return PredictedEntity(iri, kind, frozenset(names))


def test_a_name_in_common_and_the_same_class_match() -> None:
    gold = [GoldEntity("e1", EntityType.CITY, "Leipzig", ("Leipzig", "Leipzigs"))]
    assert match_entities(gold, [thing("x", EntityType.CITY, "Leipzigs")]) == {"e1": "x"}
    assert match_entities(gold, [thing("x", EntityType.PLACE, "Leipzig")]) == {}


def test_the_full_name_goes_before_a_short_one() -> None:
    gold = [GoldEntity("e1", EntityType.ORGANISATION, "Stadtwerke Gera", ("Stadtwerke Gera", "Stadtwerke"))]
    short, full = (thing(i, EntityType.ORGANISATION, n) for i, n in (("a", "Stadtwerke"), ("b", "Stadtwerke Gera")))
    assert match_entities(gold, [short, full]) == {"e1": "b"}


def test_one_guess_serves_one_gold_entity_only() -> None:
    gold = [GoldEntity(i, EntityType.PERSON, n, (n, "Brix")) for i, n in (("e1", "Anna Brix"), ("e2", "Peter Brix"))]
    assert match_entities(gold, [thing("x", EntityType.PERSON, "Brix")]) == {"e1": "x"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Die „Leipzig-Charta“", "leipzig charta"),
        ("IBA Hamburg", "IBA  hamburg"),
        ("Straße des 17. Juni", "STRASSE DES 17 JUNI"),
    ],
)
def test_case_punctuation_and_articles_do_not_matter(one: str, other: str) -> None:
    assert normal(one) == normal(other)


def test_titles_are_left_out_of_people_only() -> None:
    assert normal("Prof. Dr.-Ing. Elke Weiß", EntityType.PERSON) == "elke weiß".replace("ß", "ss")
    assert normal("Dr. Weiß Stiftung") == "dr weiss stiftung"


def test_a_season_counts_as_its_year() -> None:
    assert value("date", "2016-23/..") == "2016/.."
    assert value("date", "2016-12") == "2016-12"


def test_right_wrong_and_missed_relations_are_told_apart(gold: GoldArticle, predicted: Predicted) -> None:
    comparison = compare(gold, predicted)
    assert comparison.wanted.keys() & comparison.found.keys() == {
        ("e1", "partnerCity", "e2"),
        ("e2", "cooperatesWith", "e3"),
        ("e1", "date", "2016/.."),
    }
    assert comparison.found.keys() - comparison.wanted.keys() == {("e1", "partnerCity", "?halle")}
    assert [e.iri for e in comparison.spurious_entities] == ["halle"]


def test_an_article_that_the_graph_lacks_is_missed_whole(gold: GoldArticle) -> None:
    comparison = compare(gold, None)
    assert comparison.missing
    assert not comparison.matched
    assert len(comparison.wanted) == 5
