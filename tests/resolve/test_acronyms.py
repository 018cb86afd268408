"""Short names: what an article calls a thing beside its full name, and acronyms that only their letters explain."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from koopgraph.model import ArticleGraph
from koopgraph.resolve.acronyms import acronym_in_front, all_initials, only_looks_alike
from koopgraph.resolve.variant import SCORES, Variant

Told = Callable[..., ArticleGraph]
United = Callable[..., Any]
Rules = Callable[..., set[str]]
Found = Callable[..., list[Variant]]


def introducing(told: Told, source: str = "a.txt") -> ArticleGraph:
    return told(
        source,
        "Die [Organisation|Wohnbau Gera Nord] (WGX) baut in [City|Gera].",
        also={"Wohnbau Gera Nord": ("WGX",)},
    )


def test_an_acronym_that_one_article_introduces_is_understood_in_another(told: Told, united: United) -> None:
    outcome = united(introducing(told), told("b.txt", "Die [Organisation|WGX] baut in [City|Gera]."))
    assert outcome.verdict(("a.txt", "Wohnbau Gera Nord"), ("b.txt", "WGX")) == "one"
    assert {m.rule for m in outcome.merges} >= {"acronym introduced"}


def test_an_introduced_acronym_is_not_understood_of_another_class(told: Told, united: United) -> None:
    outcome = united(introducing(told), told("b.txt", "Das [Project|WGX] ist in [City|Gera]."))
    assert outcome.verdict(("a.txt", "Wohnbau Gera Nord"), ("b.txt", "WGX")) == "two"


def test_an_acronym_that_two_articles_introduce_for_two_things_is_not_guessed(told: Told, united: United) -> None:
    other = told("c.txt", "Der [Organisation|Wiener Gärtnerkreis] (WGX) gräbt.", also={"Wiener Gärtnerkreis": ("WGX",)})
    outcome = united(introducing(told), told("b.txt", "Die [Organisation|WGX] ist da."), other)
    assert outcome.verdict(("a.txt", "Wohnbau Gera Nord"), ("c.txt", "Wiener Gärtnerkreis")) == "two"
    assert outcome.verdict(("a.txt", "Wohnbau Gera Nord"), ("b.txt", "WGX")) != "one"
    assert outcome.verdict(("c.txt", "Wiener Gärtnerkreis"), ("b.txt", "WGX")) != "one"


def test_company_tells_which_reading_of_an_acronym_is_meant(told: Told, united: United) -> None:
    other = told("c.txt", "Der [Organisation|Wiener Gärtnerkreis] (WGX) gräbt.", also={"Wiener Gärtnerkreis": ("WGX",)})
    short = told("b.txt", "Die [Organisation|WGX] baut in [City|Gera].")
    outcome = united(introducing(told), short, other)
    assert outcome.verdict(("a.txt", "Wohnbau Gera Nord"), ("b.txt", "WGX")) == "one"
    assert outcome.verdict(("c.txt", "Wiener Gärtnerkreis"), ("b.txt", "WGX")) == "two"


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("IfL", "Institut für Länderkunde"),
        ("BVV", "Bürgerverein Vorstadt Viertel"),
        ("ASG", "Amt für Stadtgrün und Gewässer"),
    ],
)
def test_initials_are_looked_at_without_any_article_that_introduces_them(rules: Rules, short: str, long: str) -> None:
    found = rules("Organisation", short, long)
    assert ("initials" in found) == (short.casefold() in all_initials(long))


def test_initials_alone_are_not_enough_to_join(told: Told, united: United) -> None:
    one = told("a.txt", "Das [Organisation|Institut für Länderkunde] forscht.")
    far = told("b.txt", "Das [Organisation|IFL] tagt.")
    near = told("c.txt", "[Person|Tjark Petermöller] leitet das [Organisation|IFL].")
    known = told("d.txt", "[Person|Tjark Petermöller] leitet das [Organisation|Institut für Länderkunde].")
    far_away = united(one, far).verdict(("a.txt", "Institut für Länderkunde"), ("b.txt", "IFL"))
    assert SCORES["initials"] >= 0.7 or far_away != "one"
    assert united(known, near).verdict(("d.txt", "Institut für Länderkunde"), ("c.txt", "IFL")) == "one"


def test_two_letters_are_short_for_too_much(found: Found) -> None:
    assert all(v.rule != "initials" for v in found("Organisation", "IL", "Institut Länderkunde"))


def test_an_introduced_acronym_of_two_letters_counts_less(told: Told, united: United) -> None:
    long = told("a.txt", "Die [Organisation|Wohnbau Gera Nord] (WG) baut.", also={"Wohnbau Gera Nord": ("WG",)})
    outcome = united(long, told("b.txt", "Die [Organisation|WG] kocht in [City|Jena]."))
    assert outcome.verdict(("a.txt", "Wohnbau Gera Nord"), ("b.txt", "WG")) != "one"


def test_a_word_that_only_looks_like_an_acronym_is_none() -> None:
    assert only_looks_alike("BUND", "Bund")
    assert not only_looks_alike("BUND", "BUND")
    assert not only_looks_alike("IfL", "Ifl")


def test_the_society_bund_is_not_the_state(compared: Callable[..., str]) -> None:
    assert compared("Organisation", "BUND", "Bund") != "one"


def test_initials_of_names_with_hyphens_and_compounds() -> None:
    assert "dstgb" not in all_initials("Verein")
    assert "ifl" in all_initials("Institut für Länderkunde")
    assert all(len(letters) > 2 for letters in all_initials("Amt Bau"))
    assert all_initials("") == ()


def test_longer_names_begin_with_an_acronym_or_what_it_stands_for() -> None:
    assert acronym_in_front("IBA Hamburg") == acronym_in_front("Internationale Bauausstellung Hamburg") == ("iba",)
    assert acronym_in_front("IBA") == ()
    assert acronym_in_front("Hamburg") == ()


def test_iba_of_an_article_on_hamburg_is_that_of_hamburg(told: Told, united: United) -> None:
    graphs = [
        told("a.txt", "Die [Event|IBA Hamburg] baut in [City|Hamburg]."),
        told("b.txt", "Die [Event|IBA Thüringen] baut in [City|Apolda]."),
        told("c.txt", "Die [Event|IBA] baut in [City|Hamburg]."),
    ]
    outcome = united(*graphs)
    assert outcome.verdict(("a.txt", "IBA Hamburg"), ("c.txt", "IBA")) == "one"
    assert outcome.verdict(("b.txt", "IBA Thüringen"), ("c.txt", "IBA")) == "two"
