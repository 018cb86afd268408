"""When a thing is linked by itself, and when a person is asked."""

from __future__ import annotations

import random
from typing import Any

import pytest

from koopgraph.link.reconcile.answers import Answer, read_answer
from koopgraph.link.reconcile.catalogue import UNKNOWN, profile_of
from koopgraph.link.reconcile.manifest import read_manifest
from koopgraph.link.reconcile.match import THRESHOLD, Decision, decide
from koopgraph.link.reconcile.queries import query_of
from koopgraph.link.reconcile.things import Thing
from koopgraph.model import EntityType

WIKIDATA = profile_of("http://www.wikidata.org/entity/")
GND = profile_of("https://d-nb.info/gnd/")
MANIFEST = read_manifest({"name": "x", "identifierSpace": "http://www.wikidata.org/entity/"}, "x")
LEIPZIG = Thing("https://example.org/city/leipzig", EntityType.CITY, "Leipzig", ("Leipzig",))
PERSON = Thing(
    "https://example.org/person/a", EntityType.PERSON, "Elke Muster", ("Elke Muster",), {"organisation": ("TU Berlin",)}
)
NAMELESS = Thing("https://example.org/person/b", EntityType.PERSON, "Elke Muster", ("Elke Muster",))


def candidate(identifier: str, name: str, score: float, **more: Any) -> dict[str, Any]:
    return {"id": identifier, "name": name, "score": score, "match": True, **more}


def decided(
    thing: Thing, *candidates: dict[str, Any], profile: Any = WIKIDATA, threshold: float = THRESHOLD
) -> Decision:
    answer: Answer = read_answer({"result": list(candidates)}, MANIFEST)
    return decide(query_of(thing, profile), answer, profile, threshold)


def linked(thing: Thing, *candidates: dict[str, Any], **options: Any) -> str | None:
    accepted = decided(thing, *candidates, **options).accepted
    return accepted and accepted.rpartition("/")[2]


def test_one_good_candidate_is_linked() -> None:
    assert linked(LEIPZIG, candidate("Q2079", "Leipzig", 100)) == "Q2079"


def test_nothing_is_linked_where_there_is_no_candidate() -> None:
    assert decided(LEIPZIG) == Decision(LEIPZIG, None, ())


@pytest.mark.parametrize(
    ("score", "threshold", "accepted"), [(90, 0.9, "Q1"), (89.9, 0.9, None), (89.9, 0.8, "Q1"), (99, 1.0, None)]
)
def test_the_threshold_is_where_links_begin(score: float, threshold: float, accepted: str | None) -> None:
    assert linked(LEIPZIG, candidate("Q1", "Leipzig", score), threshold=threshold) == accepted


@pytest.mark.parametrize(("second", "accepted"), [(100, None), (90.1, None), (90, "Q1"), (10, "Q1")])
def test_a_second_candidate_that_is_as_good_keeps_the_first_from_being_linked(
    second: float, accepted: str | None
) -> None:
    assert linked(LEIPZIG, candidate("Q1", "Leipzig", 100), candidate("Q2", "Leipzig", second)) == accepted


def test_the_services_own_no_is_heeded_and_its_silence_is_not_a_no() -> None:
    assert linked(LEIPZIG, candidate("Q1", "Leipzig", 100, match=False)) is None
    silent = {"id": "Q1", "name": "Leipzig", "score": 100}
    assert linked(LEIPZIG, silent) == "Q1"


def test_a_malformed_candidate_may_have_been_the_better_one() -> None:
    assert linked(LEIPZIG, candidate("Q1", "Leipzig", 100), candidate("Q 2", "Leipzig", 100)) is None


def test_a_class_that_the_service_has_no_type_for_is_proposed_only() -> None:
    decision = decided(LEIPZIG, candidate("Q1", "Leipzig", 100), profile=UNKNOWN)
    assert (decision.accepted, [c.score for c in decision.candidates]) == (None, [1.0])


def test_a_persons_name_alone_is_never_enough() -> None:
    assert linked(NAMELESS, candidate("Q1", "Elke Muster", 100)) is None
    assert linked(PERSON, candidate("Q1", "Elke Muster", 100)) is None


@pytest.mark.parametrize(
    ("more", "accepted"),
    [
        ({"features": [{"id": "P108", "value": 90}]}, "Q1"),
        ({"features": [{"id": "P108", "value": True}]}, "Q1"),
        ({"features": [{"id": "P108", "value": 60}]}, None),
        ({"features": [{"id": "P108", "value": False}]}, None),
        ({"features": [{"id": "P937", "value": 100}]}, None),  # was not asked for
        ({"features": [{"id": "all_labels", "value": 100}]}, None),
        ({"features": ["P108", {"id": "P108", "value": "90"}, {"id": "P108", "value": float("nan")}]}, None),
        ({"description": "Architektin, Professorin an der TU Berlin"}, "Q1"),
        ({"description": "deutsche Ruderin"}, None),
    ],
)
def test_a_person_is_linked_where_something_else_bears_it_out(more: dict[str, Any], accepted: str | None) -> None:
    assert linked(PERSON, candidate("Q1", "Elke Muster", 95, **more)) == accepted


def test_scores_without_an_upper_end_give_way_to_the_likeness_of_the_names() -> None:
    found = (candidate("4035206-7", "Leipzig", 2345.6), candidate("7", "Leipzig-Grünau", 2000.1))
    decision = decided(LEIPZIG, *found, profile=GND)
    assert decision.accepted is not None
    assert decision.candidates[0].score == 1.0
    assert decision.candidates[1].score < 0.9


def test_a_name_that_only_the_search_engine_holds_alike_is_not_linked() -> None:
    assert linked(LEIPZIG, candidate("7", "Leipziger Land", 9999), profile=GND) is None


def test_the_order_of_the_candidates_changes_nothing() -> None:
    found = [candidate(f"Q{number}", f"Leipzig {number % 3}", 50 + number % 4) for number in range(12)]
    expected = decided(LEIPZIG, *found)
    for seed in range(20):
        shuffled = random.Random(seed).sample(found, len(found))
        assert decided(LEIPZIG, *shuffled) == expected


def test_an_entry_that_comes_twice_is_one_candidate() -> None:
    assert linked(LEIPZIG, candidate("Q1", "Leipzig", 100), candidate("Q1", "Leipsic", 99)) == "Q1"
