"""Tokens: every word and sign with its offsets, and what its spelling tells."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koopgraph.annotate.tokens import Token, tokenise

ALPHABET = st.text(alphabet="abzäöüßABZÄÖÜ019 \n\t.,;:!?-–‐'’„“”«»()[]/&+*_|@€%…", max_size=80)


def texts(text: str) -> list[str]:
    return [token.text for token in tokenise(text)]


def token(text: str) -> Token:
    (only,) = tokenise(text)
    return only


@given(ALPHABET)
def test_every_token_is_the_text_at_its_offsets(text: str) -> None:
    assert all(text[t.start : t.end] == t.text for t in tokenise(text))


@given(ALPHABET)
def test_tokens_stand_side_by_side_and_leave_out_white_space_alone(text: str) -> None:
    tokens = tokenise(text)
    assert all(left.end <= right.start for left, right in pairwise(tokens))
    assert "".join(t.text for t in tokens) == "".join(text.split())


@given(st.text(max_size=60))
def test_any_text_at_all_has_tokens_without_white_space(text: str) -> None:
    assert not any(c.isspace() for t in tokenise(text) for c in t.text)


@pytest.mark.parametrize(
    "word",
    [
        "Bürger:innen",
        "Bund-Länder-Programm",
        "Elke-Luise",
        "O’Brien",
        "D'Angelo",
        "sitzplatz+",
        "See:Wege",
        "R&B",
        "Expert*innen",
        "Planer_innen",
        "80/20",
        "Straße",
    ],
)
def test_signs_inside_a_word_do_not_cut_it(word: str) -> None:
    assert texts(f"Die {word} kommen") == ["Die", word, "kommen"]


def test_a_hyphen_that_stands_for_the_rest_of_a_word_stays_with_it() -> None:
    assert texts("Bau- und Raumforschung") == ["Bau-", "und", "Raumforschung"]


def test_quotation_marks_dashes_and_stops_are_tokens_of_their_own() -> None:
    assert texts("„Zollfrei“ – so, 9. Kongress.") == ["„", "Zollfrei", "“", "–", "so", ",", "9", ".", "Kongress", "."]


def test_a_word_tells_itself_from_a_sign() -> None:
    assert [t.is_word for t in tokenise("Wien, 1050!")] == [True, False, True, False]


@pytest.mark.parametrize(("word", "expected"), [("Öl", True), ("öl", False), ("9a", False)])
def test_capitalised_is_an_upper_case_first_letter_umlauts_included(word: str, expected: bool) -> None:
    assert token(word).is_capitalised is expected


@pytest.mark.parametrize(
    ("word", "expected"), [("BBSR", True), ("TU", True), ("ÖBB", True), ("IfL", False), ("X", False), ("A4", False)]
)
def test_an_acronym_has_two_letters_or_more_and_all_of_them_capitals(word: str, expected: bool) -> None:
    assert token(word).is_acronym is expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("KielQuer", True),
        ("See:Wege", True),
        ("puisto+", True),
        ("Leipzig", False),
        ("leipzig", False),
        ("Bürger:innen", False),
        ("Bund-Länder", False),
        ("!", False),
    ],
)
def test_odd_is_a_spelling_that_ordinary_words_do_not_have(word: str, expected: bool) -> None:
    assert token(word).is_odd is expected


def test_an_empty_text_has_no_tokens() -> None:
    assert tokenise("") == tokenise(" \n\t ") == ()
