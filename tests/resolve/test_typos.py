"""Slips of the typist, and letters that make another name."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import combinations
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from koopgraph.model import ArticleGraph, EntityType
from koopgraph.resolve.typos import MOST_RECORDS, SHORTEST, SHORTEST_ELSE, misspelt

PROJECT, PERSON, PLACE, CITY = EntityType.PROJECT, EntityType.PERSON, EntityType.PLACE, EntityType.CITY
Told = Callable[..., ArticleGraph]
United = Callable[..., Any]


def slips(kind: EntityType, **counts: int) -> list[tuple[str, str]]:
    return [(rare, usual) for _, rare, usual in misspelt({(kind, key): n for key, n in counts.items()})]


@pytest.mark.parametrize("slip", ["uferparloebtau", "uferparkkloebtau", "uferprakloebtau", "ferparkloebtau"])
def test_a_letter_left_out_doubled_or_swapped_is_a_slip(slip: str) -> None:
    assert slips(PROJECT, uferparkloebtau=5, **{slip: 1}) == [(slip, "uferparkloebtau")]


def test_another_letter_is_a_slip_in_long_names_of_projects_but_makes_another_street_or_person() -> None:
    assert slips(PROJECT, uferparkloebtau=2, uferparkloobtau=1)
    assert not slips(PLACE, bachstrasse=2, buchstrasse=1)
    assert not slips(PERSON, **{"anna katharina meier": 2, "anna katharina meyer": 1})
    assert not slips(CITY, marienwalde=2, marienwilde=1)


def test_two_slips_short_names_and_digits_are_none() -> None:
    assert not slips(PROJECT, uferparkloebtau=2, uferprakloebtu=1)
    assert not slips(CITY, main=2, mainz=1)
    assert not slips(PROJECT, uferparkloebtau1=2, uferparkloebtau2=1, uferparkloebtau=1)


def test_only_a_rare_name_is_misspelt_and_the_more_usual_one_is_right() -> None:
    many = MOST_RECORDS + 1
    assert not slips(PROJECT, uferparkloebtau=many, uferprakloebtau=many)
    assert slips(PROJECT, uferparkloebtau=1, uferprakloebtau=MOST_RECORDS) == [("uferparkloebtau", "uferprakloebtau")]


def test_classes_are_not_compared_with_each_other() -> None:
    assert not list(misspelt({(PROJECT, "uferparkloebtau"): 2, (PLACE, "uferprakloebtau"): 1}))
    assert not list(misspelt({}))


@given(st.lists(st.text("abcd", min_size=7, max_size=12), unique=True, max_size=12))
def test_every_slip_is_found_that_comparing_all_with_all_finds(keys: list[str]) -> None:
    long = [k for k in keys if len(k) >= SHORTEST.get(PERSON, SHORTEST_ELSE)]
    expected = {
        frozenset(pair)
        for pair in combinations(long, 2)
        if OSA.distance(*pair) == 1 and (len(pair[0]) != len(pair[1]) or sorted(pair[0]) == sorted(pair[1]))
    }
    assert {frozenset(pair) for pair in slips(PERSON, **dict.fromkeys(keys, 1))} == expected


def test_a_misspelt_project_of_the_same_town_is_the_project(compared: Callable[..., str]) -> None:
    assert compared("Project", "Uferpark Löbtau", "Uferprak Löbtau") == "one"


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("Place", "Bachstraße", "Buchstraße"),
        ("Person", "Anna Meier", "Anna Meyer"),
        ("Project", "Quartier 1", "Quartier 2"),
    ],
)
def test_names_that_differ_in_one_letter_stay_apart(
    compared: Callable[..., str], kind: str, one: str, other: str
) -> None:
    assert compared(kind, one, other) == "two"


def test_spellings_that_one_article_sets_side_by_side_are_meant(told: Told, united: United) -> None:
    both = told("a.txt", "[City|Jena]: [Project|Uferpark Löbtau] und [Project|Uferprak Löbtau]")
    outcome = united(both)
    assert outcome.iri["a.txt", "Uferpark Löbtau"] != outcome.iri["a.txt", "Uferprak Löbtau"]


@pytest.mark.slow
def test_a_hundred_thousand_names_are_compared_soon() -> None:
    random = Random(5)
    keys = {"".join(random.choices("abcdefghijklmnopqrstuvwxyz", k=14)) for _ in range(100_000)}
    begin = time.perf_counter()
    found = list(misspelt({(PROJECT, key): 1 for key in keys}))
    assert len(found) < 100
    assert time.perf_counter() - begin < 60
