"""When two values cannot both hold: precision, rounding, editions, the two ends of a project."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koopgraph.model import Claim, EntityType, Evidence, Language, Value, ValueKind
from koopgraph.resolve.disagreement import budgets_disagree, dates_disagree, mottos_disagree
from koopgraph.resolve.recurrence import cycle

EVENT, PROJECT = EntityType.EVENT, EntityType.PROJECT


def claim(kind: ValueKind, text: str, sentence: str = "Satz.", language: Language = "de") -> Claim:
    evidence = Evidence(0, len(sentence), sentence)
    return Claim(Value(kind, text), "https://example.org/article/a", "a.txt", language, None, evidence, 0.9)


def date(text: str, sentence: str = "Satz.") -> Claim:
    return claim(ValueKind.DATE, text, sentence)


def disagree(one: str, other: str, kind: EntityType = EVENT, comes: str = "once") -> bool:
    found = dates_disagree(date(one), date(other), kind, comes)
    assert found is dates_disagree(date(other), date(one), kind, comes)
    return found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2015", "2015-09-18"),
        ("2015-09", "2015-09-18"),
        ("2015", "2015-09-16/2015-09-18"),
        ("XXXX-09-16", "2015-09-16"),
        ("XXXX-09-17", "2015-09-16/2015-09-18"),
        ("XXXX-09", "2015-09-16"),
        ("XXXX-09-16", "2015"),
        ("XXXX-01-02", "XXXX-12-28/XXXX-01-06"),
        ("2016/..", "2018"),
        ("../2027", "2025-03"),
        ("2015-11/2016", "2015/2016-03"),
        ("2015-09", "2015-08-28/2015-09-03"),
        ("2015-09-16/2015-09-18", "2015-09-17/2015-09-18"),
        ("201X", "2014-05"),
        ("2015-21", "2015-04-03"),
        ("2015", "irgendwann"),
        ("2015/..", "../2015"),
    ],
)
def test_a_date_that_is_less_precise_or_a_part_agrees(one: str, other: str) -> None:
    assert not disagree(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2015-09-18", "2015-09-19"),
        ("2015", "2016"),
        ("2015-09", "2015-10-01"),
        ("XXXX-09-16", "2015-09-17"),
        ("XXXX-09-16", "XXXX-09-17"),
        ("XXXX-09-16", "2015-10"),
        ("2016/..", "2012"),
        ("../2027", "2030"),
        ("2015-09-16/2015-09-18", "2015-09-17/2015-09-19"),
        ("2015-09-16/2015-09-18", "2015-09-23/2015-09-25"),
        ("2014-05", "202X"),
    ],
)
def test_dates_without_a_day_in_common_disagree(one: str, other: str) -> None:
    assert disagree(one, other)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("2007/2015", "2007/2016", True),
        ("2016/..", "2018/2020", True),
        ("2016/..", "2018/..", True),
        ("2007/2015", "2009/2013", True),
        ("2007/2015", "2007-03/2015-10", False),
        ("2007/..", "../2015", False),
        ("2007/2015", "2011", False),
        ("2007/2015", "2019", True),
        ("2016/..", "2018", False),
    ],
)
def test_periods_of_projects_are_compared_end_by_end(one: str, other: str, expected: bool) -> None:
    assert disagree(one, other, PROJECT) is expected


def test_two_points_of_a_project_disagree_where_both_sentences_speak_of_the_same_end() -> None:
    begun, finished = date("2019", "Baubeginn war 2019."), date("2021", "2021 wird das Haus fertig.")
    later, silent = date("2023", "Das Haus ist erst 2023 bezogen."), date("2024", "Das Haus, 2024.")
    assert not dates_disagree(begun, finished, PROJECT, "once")
    assert dates_disagree(finished, later, PROJECT, "once")
    assert not dates_disagree(silent, date("2020", "Das Haus, 2020."), PROJECT, "once")


def test_other_years_of_what_comes_each_year_are_other_editions() -> None:
    assert not disagree("2014-05-10", "2015-05-09", comes="yearly")
    assert disagree("2015-05-09", "2015-05-16", comes="yearly")
    assert not disagree("XXXX-05-09", "2015-05-16", comes="yearly")
    assert not disagree("2015-05-09", "2015-05-16", comes="often")


@pytest.mark.parametrize(
    ("kind", "name", "expected"),
    [
        (EVENT, "Richtfest Lerchenhof", "once"),
        (EVENT, "Opening of the Climate Forum", "once"),
        (EVENT, "Tag der Städtebauförderung", "yearly"),
        (EVENT, "Bundeskongress Nationale Stadtentwicklungspolitik", "yearly"),
        (EVENT, "Bundeskongresses", "yearly"),
        (EVENT, "Stadtforum 2030", "once"),
        (EVENT, "XII. Deutscher Städtetag", "once"),
        (EVENT, "3rd Urban Summit", "once"),
        (EVENT, "Urban Summit", "yearly"),
        (EVENT, "Ratssitzung", "often"),
        (EVENT, "Repair Café Linden", "often"),
        (EntityType.AWARD, "Deutscher Städtebaupreis", "yearly"),
        (EntityType.AWARD, "Deutscher Städtebaupreis 2023", "once"),
        (EntityType.DOCUMENT, "Leipzig-Charta", "once"),
        (EntityType.DOCUMENT, "Wohnungsmarktbericht", "yearly"),
        (PROJECT, "Messequartier", "once"),
    ],
)
def test_a_name_tells_how_often_its_thing_comes(kind: EntityType, name: str, expected: str) -> None:
    assert cycle(kind, [name]) == expected


def test_one_name_that_says_which_edition_it_is_says_so_for_all() -> None:
    assert cycle(EVENT, ["Bundeskongress", "9. Bundeskongress"]) == "once"


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("12000000 EUR", "12400000 EUR", False),
        ("12000000 EUR", "12500000 EUR", False),
        ("12000000 EUR", "12600000 EUR", True),
        ("12000000 EUR", "14000000 EUR", True),
        ("5000000 EUR", "5500000 EUR", False),
        ("2000000 EUR", "2400000 EUR", True),
        ("10000000 EUR", "12000000 EUR", True),
        ("12400000 EUR", "12410000 EUR", False),
        ("12400000 EUR", "12900000 EUR", True),
        ("12000000 EUR", "14000000 CHF", False),
    ],
)
def test_amounts_agree_as_far_as_one_is_the_other_rounded(one: str, other: str, expected: bool) -> None:
    first, second = claim(ValueKind.BUDGET, one), claim(ValueKind.BUDGET, other)
    assert budgets_disagree(first, second) is budgets_disagree(second, first) is expected


def test_mottos_agree_where_one_is_part_of_the_other_or_in_another_language() -> None:
    motto = claim(ValueKind.MOTTO, "Städtische Energien – Integration leben")
    assert not mottos_disagree(motto, claim(ValueKind.MOTTO, "„Städtische Energien“"))
    assert not mottos_disagree(motto, claim(ValueKind.MOTTO, "Urban energies", language="en"))
    assert mottos_disagree(motto, claim(ValueKind.MOTTO, "Stadt von morgen"))


@given(st.dates(), st.dates())
def test_two_days_disagree_unless_they_are_one(one: object, other: object) -> None:
    assert disagree(str(one), str(other)) is (one != other)
