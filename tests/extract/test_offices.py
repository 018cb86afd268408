"""Offices: mayors and city officials belong to the city beside the office, or to the article's."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from koopgraph.extract.offices import extract
from koopgraph.model import Annotated, Mention

Mark = Callable[..., Annotated]


def offices(annotated: Annotated) -> list[tuple[str, str, str | None]]:
    found = list(extract(annotated))
    text = annotated.article.text
    assert all(text[s.evidence.start : s.evidence.end] == s.evidence.quote for s in found)
    assert {s.relation for s in found} <= {"affiliatedWith"}
    return [(s.subject.name, s.object.name, s.role) for s in found if isinstance(s.object, Mention)]


@pytest.mark.parametrize(
    ("sentence", "city", "role"),
    [
        ("In [City|Gera] sprach der Geraer Oberbürgermeister [Person|Anna Brix].", "Gera", "Oberbürgermeister"),
        ("[City|Leipzig]: Leipziger Baubürgermeisterin [Person|Anna Brix].", "Leipzig", "Baubürgermeisterin"),
        ("In [City|Bremen] kam der Bremer Bürgermeister [Person|Anna Brix].", "Bremen", "Bürgermeister"),
        ("In [City|Kassel] kam Kasseler Stadträtin Dr. [Person|Anna Brix].", "Kassel", "Stadträtin"),
    ],
)
def test_the_adjective_before_a_german_office_names_the_city(mark: Mark, sentence: str, city: str, role: str) -> None:
    assert offices(mark(sentence)) == [("Anna Brix", city, role)]


def test_the_possessive_before_an_english_office_names_the_city(mark: Mark) -> None:
    annotated = mark("[City|York] and [City|Leeds] met. Leeds's mayor [Person|Anna Brix] spoke.", language="en")
    assert offices(annotated) == [("Anna Brix", "Leeds", "mayor")]


def test_without_a_city_the_one_that_the_article_is_about_is_meant(mark: Mark) -> None:
    annotated = mark("Auch Bürgermeisterin [Person|Anna Brix] kam.", title="Neues aus [City|Gera]")
    assert offices(annotated) == [("Anna Brix", "Gera", "Bürgermeisterin")]


def test_a_city_named_beside_the_office_is_surer_than_the_articles_main_one(mark: Mark) -> None:
    (named,) = extract(mark("In [City|Bremen] kam der Bremer Bürgermeister [Person|Anna Brix]."))
    (main,) = extract(mark("Auch Bürgermeisterin [Person|Anna Brix] kam.", title="Neues aus [City|Gera]"))
    assert named.confidence > main.confidence


@pytest.mark.parametrize(
    "sentence",
    [
        "[City|Gera] begrüßt [Person|Anna Brix].",
        "Aus [City|Gera] kommt die Architektin [Person|Anna Brix].",
        "Zu [City|Gera] sprach der Leipziger Oberbürgermeister [Person|Anna Brix].",
        "Oberbürgermeisterin [Person|Anna Brix] kam.",
    ],
    ids=["no office", "no city office", "another city's", "no city"],
)
def test_no_city_is_guessed(mark: Mark, sentence: str) -> None:
    assert offices(mark(sentence)) == []


def test_an_office_in_the_sentence_before_does_not_count(mark: Mark) -> None:
    assert offices(mark("[City|Gera] hat einen Bürgermeister\n[Person|Anna Brix] kam.")) == []


def test_a_language_that_was_not_recognised_is_left_alone(mark: Mark) -> None:
    annotated = mark("Auch Bürgermeisterin [Person|Anna Brix] kam.", title="[City|Gera]", language="und")
    assert list(extract(annotated)) == []
