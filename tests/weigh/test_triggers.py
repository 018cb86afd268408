"""Trigger words: the lists are well formed, and a word has the classes whose entries fit it."""

from __future__ import annotations

from collections import Counter

import pytest

from koopgraph.annotate.word_tables import word_table
from koopgraph.rdf.vocabulary import RELATIONS
from koopgraph.weigh.sides import OWN_TRIGGER
from koopgraph.weigh.triggers import TABLE, classes_of, trigger_classes

LISTS = [(language, name) for language in ("de", "en") for name in word_table(TABLE)[language]]


def test_both_languages_have_the_same_classes() -> None:
    table = word_table(TABLE)
    assert sorted(table) == ["de", "en"]
    assert sorted(table["de"]) == sorted(table["en"]) == list(trigger_classes())


@pytest.mark.parametrize(("language", "name"), LISTS)
def test_entries_are_lower_case_and_stand_once(language: str, name: str) -> None:
    entries = word_table(TABLE)[language][name]
    assert [e for e in entries if e != e.lower() or not e.strip("=*-") or e != e.strip()] == []
    assert [e for e, count in Counter(entries).items() if count > 1] == []


def test_every_relation_has_a_class_of_its_own_triggers() -> None:
    assert set(OWN_TRIGGER) == set(RELATIONS)
    assert set(OWN_TRIGGER.values()) <= set(trigger_classes())


@pytest.mark.parametrize(
    ("language", "word", "name", "fits"),
    [
        ("de", "fördert", "fund", True),
        ("de", "mitfinanziert", "fund", True),
        ("de", "städtebauförderung", "fund", True),
        ("de", "bat", "organise", True),
        ("de", "batterie", "organise", False),
        ("de", "lead", "lead", True),
        ("de", "leader", "lead", False),
        ("en", "funded", "fund", True),
        ("en", "fördert", "fund", False),
        ("und", "fördert", "fund", True),
    ],
)
def test_beginnings_ends_parts_and_whole_words(language: str, word: str, name: str, fits: bool) -> None:
    assert (name in [trigger_classes()[n] for n in classes_of(word, language)]) is fits
