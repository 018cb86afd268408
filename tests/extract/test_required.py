"""Required words: no text is passed over that an expression matches."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koopgraph.extract import rule_sets
from koopgraph.extract.required import WordFinder, fold, holds, required_words

PIECES = ("leit", "et", "führt", "STRASSE", "straße", "ſ", "ı", "İ", "K", " ", "-", "das", "Projekt", "ẞ", "x", "\n")
TEXTS = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)


def may_match(expression: str, text: str) -> bool:
    required = required_words(expression)
    return holds(required, WordFinder(word for words in required for word in words).find(text))


@pytest.mark.parametrize(
    "expression",
    [
        "leitet",
        "(?:leitet|führt) das",
        "straße",
        "stra(?:ss|ß)e",
        "(?:das )?Projekt",
        "(?:das )+x",
        r"\bleit\w*",
        "ski",
    ],
)
@given(text=TEXTS)
def test_whatever_matches_holds_the_required_words(expression: str, text: str) -> None:
    if re.search(expression, text, re.IGNORECASE):
        assert may_match(expression, text)


@pytest.mark.parametrize(
    ("expression", "required"),
    [
        ("leitet das Projekt", [{"projekt"}]),
        ("(?:leitet|führt) Projekte?", [{"leitet", "führt"}, {"projekt"}]),
        ("(?:leitet|[a-z]+) x", []),
        ("(?:leitet)? (?:das){0,2}", []),
        ("(?=leitet)in", []),
    ],
)
def test_what_may_be_left_out_is_not_required(expression: str, required: list[set[str]]) -> None:
    longest = [set(words) for words in required_words(expression)]
    assert longest == required


def test_letters_that_an_expression_holds_for_equal_are_found() -> None:
    for written in ("taksim", "TAKSIM", "Taksım", "TAKSİM", "takſim"):
        assert re.search("taksim", written, re.IGNORECASE)
        assert may_match("taksim", written)
    assert fold("STRASSE") == fold("Straße")


def test_a_malformed_expression_is_refused() -> None:
    with pytest.raises(re.error):
        required_words("(")


@pytest.mark.parametrize("language", ["de", "en"])
def test_many_rules_require_words(language: rule_sets.Language) -> None:
    rules = [rule for family in rule_sets.FAMILIES for rule in rule_sets.load(family, language)]
    assert sum(bool(rule.words) for rule in rules) > len(rules) / 3
