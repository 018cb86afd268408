"""Roles: the office in the article's words, without what only leads up to it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koopgraph.extract.grammar import clean_role
from koopgraph.model import Language


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("die neue Baubürgermeisterin", "Baubürgermeisterin"),
        ("der langjährige Geschäftsführer", "Geschäftsführer"),
        ("Professorin für Städtebau", "Professorin für Städtebau"),
        (" als Leiter, ", "Leiter"),
        ("ehemaliger Oberbürgermeister", "Oberbürgermeister"),
        ("– Sprecherin", "Sprecherin"),
    ],
)
def test_articles_and_adjectives_of_time_are_no_part_of_a_german_office(text: str, expected: str) -> None:
    assert clean_role(text, "de") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the former mayor", "mayor"),
        ("head of planning", "head of planning"),
        ("its new director", "director"),
        ("Deputy Mayor", "Deputy Mayor"),
    ],
)
def test_articles_and_adjectives_of_time_are_no_part_of_an_english_office(text: str, expected: str) -> None:
    assert clean_role(text, "en") == expected


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("und das schöne Wetter", "de"),
        ("", "de"),
        ("der", "de"),
        ("leiter", "de"),
        ("Leiter der sehr langen und noch viel längeren Reihe von Worten", "de"),
        ("some fine weather", "en"),
        ("Wetter", "und"),
    ],
)
def test_words_that_name_no_office_give_none(text: str, language: Language) -> None:
    assert clean_role(text, language) is None


@given(st.text(max_size=60), st.sampled_from(["de", "en", "und"]))
def test_a_role_is_a_part_of_what_was_given(text: str, language: Language) -> None:
    role = clean_role(text, language)
    assert role is None or (role and role in text and role == role.strip())
