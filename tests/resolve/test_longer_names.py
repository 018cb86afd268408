"""Names with more words for one thing: subtitle, quotation, legal form, town, year, patron – and what is a part of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from koopgraph.model import ArticleGraph
from koopgraph.resolve.variant import Variant

Told = Callable[..., ArticleGraph]
United = Callable[..., Any]


@pytest.mark.parametrize(
    ("kind", "short", "long", "rule"),
    [
        ("Project", "KielQuer", "KielQuer – Mobilität auf den letzten 800 Metern", "subtitle"),
        ("Project", "KielQuer", "KielQuer: Mobilität", "subtitle"),
        ("Event", "Quer gefragt", "Bürgerwerkstatt „Quer gefragt“", "quoted name"),
        ("Organisation", "Wohnbau Nordlicht", "Wohnbau Nordlicht AG Immobilienholding", "legal form"),
        ("Organisation", "Uferlinie", "Uferlinie Landschaftsarchitekten", "head word more"),
        ("Organisation", "Viadrina", "Europa-Universität Viadrina", "head word more"),
        ("Organisation", "Fachbereich Stadtplanung", "Fachbereich Stadtplanung der Stadt Leipzig", "without owner"),
        ("Organisation", "Universität Marburg", "Philipps-Universität Marburg", "named after"),
        ("Organisation", "Volkshochschule", "Volkshochschule Leipzig", "with its city"),
        ("Organisation", "Volkshochschule", "Leipziger Volkshochschule", "with its city"),
        ("Organisation", "Volkshochschule", "Volkshochschule der Stadt Leipzig", "with its city"),
        ("Project", "koopstadt", "Projekt koopstadt", "without descriptor"),
        ("Event", "IBA", "IBA Emscher Park", "begins with acronym"),
    ],
)
def test_a_longer_name_of_one_thing_is_found_by_its_rule(
    rules: Callable[..., set[str]], kind: str, short: str, long: str, rule: str
) -> None:
    assert rule in rules(kind, short, long)
    assert rule in rules(kind, long, short)


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("Organisation", "Universität Leipzig", "Institut für Geographie der Universität Leipzig"),
        ("Organisation", "Stadtwerke Kiel", "Betriebsrat der Stadtwerke Kiel"),
        ("Organisation", "Universität Leipzig", "Universität Kiel"),
        ("Organisation", "Philipps-Universität Marburg", "Technische Universität Marburg"),
        ("Document", "Leipzig-Charta", "Neue Leipzig-Charta"),
        ("Place", "Neustadt", "Äußere Neustadt"),
        ("Person", "Eva Kern", "Eva Kern – Architektin"),
        ("City", "Halle", "Halle (Saale)"),
    ],
)
def test_a_part_a_successor_and_a_neighbour_are_not_the_thing(
    rules: Callable[..., set[str]], kind: str, one: str, other: str
) -> None:
    assert not rules(kind, one, other) & {"subtitle", "quoted name", "without owner", "named after", "head word more"}


def test_a_department_stays_apart_from_its_parent(compared: Callable[..., str]) -> None:
    for part in ("Institut für Geographie der Universität Leipzig", "Fakultät für Architektur der Universität Leipzig"):
        assert compared("Organisation", "Universität Leipzig", part) == "two"


def test_the_rules_name_the_forms_that_they_compared_the_shorter_first(found: Callable[..., list[Variant]]) -> None:
    forms = {v.rule: v.forms for v in found("Project", "KielQuer – Mobilität", "KielQuer")}
    assert forms["subtitle"] == ("KielQuer", "KielQuer – Mobilität")


def test_a_thing_with_its_city_is_the_one_of_an_article_on_that_city(told: Told, united: United) -> None:
    long = told("a.txt", "Die [Organisation|Volkshochschule Kiel] in [City|Kiel] lädt ein.")
    here = told("b.txt", "Neues aus [City|Kiel]", "Die [Organisation|Volkshochschule] lädt ein.")
    there = told("c.txt", "Neues aus [City|Jena]", "Die [Organisation|Volkshochschule] lädt ein.")
    outcome = united(long, here, there)
    assert outcome.verdict(("a.txt", "Volkshochschule Kiel"), ("b.txt", "Volkshochschule")) == "one"
    assert outcome.verdict(("a.txt", "Volkshochschule Kiel"), ("c.txt", "Volkshochschule")) == "two"


def test_local_things_of_two_towns_do_not_meet_in_an_article_that_names_both(told: Told, united: United) -> None:
    both = told("a.txt", "Das [Organisation|Bauamt] berät [City|Kiel] und [City|Jena].")
    kiel = told("b.txt", "Das [Organisation|Bauamt Kiel] in [City|Kiel] baut.")
    jena = told("c.txt", "Das [Organisation|Bauamt Jena] in [City|Jena] baut.")
    outcome = united(both, kiel, jena)
    assert outcome.verdict(("b.txt", "Bauamt Kiel"), ("c.txt", "Bauamt Jena")) == "two"


def test_schools_of_two_towns_do_not_meet_in_the_school_of_an_article_that_names_both(
    told: Told, united: United
) -> None:
    both = told("a.txt", "Neues aus [City|Jena]", "Die [Organisation|Volkshochschule] wirbt in [City|Kiel].")
    kiel = told("b.txt", "Die [Organisation|Volkshochschule Kiel] in [City|Kiel] lädt ein.")
    jena = told("c.txt", "Die [Organisation|Volkshochschule Jena] in [City|Jena] lädt ein.")
    outcome = united(both, kiel, jena)
    assert outcome.verdict(("b.txt", "Volkshochschule Kiel"), ("c.txt", "Volkshochschule Jena")) == "two"


@pytest.mark.parametrize("kind", ["Award", "Event"])
def test_a_prize_with_its_year_is_the_one_of_an_article_of_that_year(told: Told, united: United, kind: str) -> None:
    long = told("a.txt", f"Der [{kind}|River City Award 2021] ist da.", published="2022-01-05")
    then = told("b.txt", f"Der [{kind}|River City Award] ist da.", published="2021-05-05")
    later = told("c.txt", f"Der [{kind}|River City Award] ist da.", published="2023-05-05")
    assert united(long, then).verdict(("a.txt", "River City Award 2021"), ("b.txt", "River City Award")) == "one"
    assert united(long, later).verdict(("a.txt", "River City Award 2021"), ("c.txt", "River City Award")) != "one"


def test_years_of_one_event_are_two(compared: Callable[..., str]) -> None:
    assert compared("Event", "River City Forum 2021", "River City Forum 2022") == "two"
