"""Assertion: denied, cancelled, merely possible or wished things are no facts; firmly planned ones are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koopgraph.extract.assertion import CUES, EXCEPTIONS, is_asserted
from koopgraph.model import Language


def asserted(text: str, passage: str, language: Language = "de") -> bool:
    start = text.index(passage)
    return is_asserted(text, start, start + len(passage), language)


@pytest.mark.parametrize(
    "text",
    [
        "Die Tagung in Gera wurde abgesagt.",
        "Die Tagung in Gera findet nicht statt.",
        "Die Tagung in Gera fällt aus.",
        "Keine Tagung in Gera gab es je.",
        "Eine Tagung in Gera könnte folgen.",
        "Vielleicht gibt es eine Tagung in Gera.",
        "Die Tagung in Gera wäre schön.",
        "Die Partei fordert eine Tagung in Gera.",
        "Der Verein hofft auf eine Tagung in Gera.",
        "Angeblich ist die Tagung in Gera.",
        "Die Stadt prüft eine Tagung in Gera.",
        "Statt einer Tagung in Gera gab es Kuchen.",
        "Die Tagung in Gera ist gescheitert.",
    ],
)
def test_german_denied_cancelled_wished_or_possible_things_are_not_asserted(text: str) -> None:
    assert not asserted(text, "Tagung in Gera")


@pytest.mark.parametrize(
    "text",
    [
        "The congress in Leeds was cancelled.",
        "The congress in Leeds did not take place.",
        "The congress in Leeds won't happen.",
        "There was never a congress in Leeds.",
        "A congress in Leeds might follow.",
        "Perhaps a congress in Leeds follows.",
        "Residents called for a congress in Leeds.",
        "The council rejected the congress in Leeds.",
        "She denied the congress in Leeds.",
        "They hope for a congress in Leeds.",
    ],
)
def test_english_denied_cancelled_wished_or_possible_things_are_not_asserted(text: str) -> None:
    assert not asserted(text, "congress in Leeds", "en")


@pytest.mark.parametrize(
    "text",
    [
        "Die Tagung in Gera findet am 3. Mai statt.",
        "Die Tagung in Gera soll 2027 beginnen.",
        "Die Tagung in Gera wird eröffnet.",
        "Die Tagung in Gera ist geplant und finanziert.",
        "Nicht nur die Tagung in Gera war voll.",
        "Nicht zuletzt half die Tagung in Gera.",
    ],
)
def test_german_stated_and_firmly_planned_things_are_asserted(text: str) -> None:
    assert asserted(text, "Tagung in Gera")


@pytest.mark.parametrize(
    "text",
    [
        "The congress in Leeds will open on 3 May.",
        "The congress in Leeds is planned for 2027.",
        "Not only the congress in Leeds was full.",
        "No fewer than 900 came to the congress in Leeds.",
    ],
)
def test_english_stated_and_firmly_planned_things_are_asserted(text: str) -> None:
    assert asserted(text, "congress in Leeds", "en")


@pytest.mark.parametrize(
    "text",
    [
        "Die Messe wurde abgesagt, aber die Tagung in Gera findet statt.",
        "Die Tagung in Gera findet statt; die Messe nicht.",
        "Die Messe war nicht voll. Die Tagung in Gera schon.",
        "Die Tagung in Gera war voll – die Messe nicht.",
        "Keine Messe\nTagung in Gera",
    ],
)
def test_a_cue_in_another_clause_does_not_count(text: str) -> None:
    assert asserted(text, "Tagung in Gera")


@pytest.mark.parametrize("word", ["Nichtraucher", "Ohnemus", "Kleinkeiner", "nicht-öffentlich"])
def test_a_cue_inside_a_longer_word_does_not_count(word: str) -> None:
    assert asserted(f"Der {word} besucht die Tagung in Gera.", "Tagung in Gera")


def test_upper_case_denies_as_well() -> None:
    assert not asserted("NICHT in diesem Jahr ist die Tagung in Gera.", "Tagung in Gera")


def test_german_cues_serve_a_language_that_was_not_recognised() -> None:
    assert not asserted("Die Tagung in Gera wurde abgesagt.", "Tagung in Gera", "und")


@pytest.mark.parametrize("language", ["de", "en"])
def test_both_languages_have_cues_and_exceptions_none_twice(language: Language) -> None:
    assert EXCEPTIONS[language]
    assert len(set(CUES[language])) == len(CUES[language]) > 0


@given(st.text(max_size=60), st.integers(0, 60), st.integers(0, 20), st.sampled_from(["de", "en", "und"]))
def test_any_span_of_any_text_has_an_answer(text: str, start: int, length: int, language: Language) -> None:
    start = min(start, len(text))
    assert is_asserted(text, start, min(start + length, len(text)), language) in (True, False)
