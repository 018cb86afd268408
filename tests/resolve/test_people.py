"""Names of people: fuller ones and shorter ones, initials, surnames, marriage; and who is somebody else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from koopgraph.model import ArticleGraph
from koopgraph.resolve.people import person_words

Told = Callable[..., ArticleGraph]
United = Callable[..., Any]


@pytest.mark.parametrize(
    ("short", "long", "rule"),
    [
        ("Hans Ebert", "Hans P. Ebert", "middle name"),
        ("Hans Ebert", "Hans-Peter Ebert", "middle name"),
        ("Hans P. Ebert", "Hans Peter Ebert", "middle name"),
        ("H. Ebert", "Hans Ebert", "given name's initial"),
        ("H. P. Ebert", "Hans Peter Ebert", "given name's initial"),
        ("Ebert", "Hans Ebert", "surname"),
        ("Eva Kern", "Eva Kern-Schulz", "double name"),
        ("Jörg Müller", "Jörg W. Mueller", "middle name"),
        ("Prof. Dr. Hans Ebert", "Hans P. Ebert", "middle name"),
    ],
)
def test_shorter_names_of_a_person_are_found(rules: Callable[..., set[str]], short: str, long: str, rule: str) -> None:
    assert rules("Person", short, long) == {rule}
    assert rules("Person", long, short) == {rule}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hans Ebert", "Helga Ebert"),
        ("Hans Ebert", "Hans Egert"),
        ("Hans Peter Ebert", "Hans Uwe Ebert"),
        ("H. Ebert", "Georg Ebert"),
        ("Anna Meier", "Anna Meyer"),
        ("Kern", "Schulz"),
    ],
)
def test_other_given_names_and_surnames_are_other_people(
    rules: Callable[..., set[str]], compared: Callable[..., str], one: str, other: str
) -> None:
    assert not rules("Person", one, other) & {"middle name", "given name's initial", "surname", "double name"}
    assert compared("Person", one, other) == "two"


def test_a_persons_words_are_without_titles_and_keep_the_hyphen_of_the_surname_only() -> None:
    assert person_words("Prof. Dr. Hans-Peter Kern-Schulz") == ("Hans", "Peter", "Kern-Schulz")
    assert person_words("–") == ()


def test_a_surname_belongs_to_whom_the_company_says(told: Told, united: United) -> None:
    graphs = [
        told("a.txt", "[Person|Eva Kern] leitet die [Organisation|GEWOBA].", facts=[("Eva Kern", "leads", "GEWOBA")]),
        told("b.txt", "[Person|Paul Kern] leitet die [Organisation|Difu].", facts=[("Paul Kern", "leads", "Difu")]),
        told("c.txt", "[Person|Kern] leitet die [Organisation|GEWOBA].", facts=[("Kern", "leads", "GEWOBA")]),
    ]
    outcome = united(*graphs)
    assert outcome.verdict(("a.txt", "Eva Kern"), ("c.txt", "Kern")) == "one"
    assert outcome.verdict(("b.txt", "Paul Kern"), ("c.txt", "Kern")) == "two"


def test_a_surname_that_fits_two_people_equally_joins_neither(told: Told, united: United) -> None:
    graphs = [
        told(f"{n}.txt", f"[Person|{name}] sprach für die [Organisation|GEWOBA].")
        for n, name in enumerate(("Eva Kern", "Paul Kern", "Kern"))
    ]
    outcome = united(*graphs)
    assert len(set(outcome.iri.values())) == 4


def test_an_initial_does_not_make_two_people_one(told: Told, united: United) -> None:
    graphs = [
        told(f"{n}.txt", f"[Person|{name}] sprach für die [Organisation|GEWOBA] über [Project|koopstadt].")
        for n, name in enumerate(("Eva Kern", "E. Kern", "Emil Kern"))
    ]
    outcome = united(*graphs)
    assert outcome.verdict(("0.txt", "Eva Kern"), ("2.txt", "Emil Kern")) == "two"


def test_a_name_after_marriage_is_joined_in_common_company_and_not_without(told: Told, united: United) -> None:
    together = [
        told(f"{n}.txt", f"[Person|{name}] sprach für die [Organisation|GEWOBA].")
        for n, name in enumerate(("Eva Kern", "Eva Kern-Schulz"))
    ]
    assert united(*together).verdict(("0.txt", "Eva Kern"), ("1.txt", "Eva Kern-Schulz")) == "one"
    alone = [told(f"{n}.txt", f"[Person|{name}] sprach.") for n, name in enumerate(("Eva Kern", "Eva Kern-Schulz"))]
    assert united(*alone).verdict(("0.txt", "Eva Kern"), ("1.txt", "Eva Kern-Schulz")) == "asked"


def test_names_that_one_article_sets_side_by_side_are_two_people(told: Told, united: United) -> None:
    both = told("a.txt", "[Person|Eva Kern] und [Person|Eva Kern-Schulz] sprachen für die [Organisation|GEWOBA].")
    assert len(set(united(both).iri.values())) == 3
