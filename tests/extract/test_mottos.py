"""Mottos: the quoted phrase beside a word such as 'Motto', and whose it is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from koopgraph.extract.mottos import extract
from koopgraph.model import Annotated, Value, ValueKind

Mark = Callable[..., Annotated]


def mottos(annotated: Annotated) -> list[tuple[str, str]]:
    found = list(extract(annotated))
    text = annotated.article.text
    assert all(text[s.evidence.start : s.evidence.end] == s.evidence.quote for s in found)
    assert all(isinstance(s.object, Value) and s.object.kind is ValueKind.MOTTO for s in found)
    return [(s.subject.text, s.object.text) for s in found]


@pytest.mark.parametrize(
    "sentence",
    [
        "Die [Event|Bauwoche] stand unter dem Motto „Stadt am Wasser“.",
        "Die [Event|Bauwoche] hat das Motto «Stadt am Wasser».",
        "„Stadt am Wasser“ ist das Motto der [Event|Bauwoche].",
        "»Stadt am Wasser« lautet die Devise: So beginnt die [Event|Bauwoche].",
        "Der Slogan der [Event|Bauwoche] war “Stadt am Wasser”.",
    ],
)
def test_a_quoted_phrase_before_or_after_the_word_motto_is_one(mark: Mark, sentence: str) -> None:
    assert mottos(mark(sentence)) == [("Bauwoche", "Stadt am Wasser")]


@pytest.mark.parametrize(
    "sentence",
    [
        "The [Event|Harbour Week] had the motto “City by the Water”.",
        "Under the banner “City by the Water” the [Event|Harbour Week] began.",
    ],
)
def test_english_mottos_are_found_too(mark: Mark, sentence: str) -> None:
    assert mottos(mark(sentence, language="en")) == [("Harbour Week", "City by the Water")]


def test_a_line_of_its_own_needs_no_quotation_marks(mark: Mark) -> None:
    annotated = mark("Die [Event|Bauwoche] naht.\nMotto: Stadt am Wasser")
    assert mottos(annotated) == [("Bauwoche", "Stadt am Wasser")]


def test_an_event_in_the_sentence_is_meant_before_a_project(mark: Mark) -> None:
    annotated = mark("Das Motto der [Event|Bauwoche] im [Project|Uferpark] war „Stadt am Wasser“.")
    assert mottos(annotated) == [("Bauwoche", "Stadt am Wasser")]


def test_a_project_has_the_motto_where_no_event_is_named(mark: Mark) -> None:
    assert mottos(mark("[Project|Uferpark] wirbt mit dem Slogan „Stadt am Wasser“.")) == [
        ("Uferpark", "Stadt am Wasser")
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "„Stadt am Wasser“, rief er auf der [Event|Bauwoche].",
        "Das Motto der [Event|Bauwoche] gefiel. Später sagte er „So geht das“.",
        "Das Motto war „Stadt am Wasser“.",
        "Das Motto der [Event|Bauwoche] ist „ab“.",
        "Das Motto der [Event|Bauwoche „Stadt am Wasser“] kennt jeder: „Stadt am Wasser“.",
    ],
    ids=["no word", "full stop between", "nobody's", "too short", "its own name"],
)
def test_other_quotations_are_no_mottos(mark: Mark, sentence: str) -> None:
    assert mottos(mark(sentence)) == []
