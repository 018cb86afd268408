"""Themes: words of a theme beside a project or programme."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from importlib.resources import files

import pytest

from koopgraph.extract.themes import extract
from koopgraph.model import Annotated, Value, ValueKind
from koopgraph.rdf.vocabulary import themes as known_themes

Mark = Callable[..., Annotated]
WORDS = tomllib.loads((files("koopgraph") / "data" / "lexicon" / "themes.toml").read_text(encoding="utf-8"))


def themes(annotated: Annotated) -> set[tuple[str, str]]:
    found = list(extract(annotated))
    text = annotated.article.text
    assert all(text[s.evidence.start : s.evidence.end] == s.evidence.quote for s in found)
    assert all(isinstance(s.object, Value) and s.object.kind is ValueKind.THEME for s in found)
    return {(s.subject.name, s.object.text) for s in found if isinstance(s.object, Value)}


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_theme_of_the_scheme_has_words_and_no_other_has(language: str) -> None:
    assert WORDS[language].keys() == known_themes().keys()
    assert all(WORDS[language].values())


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_words_are_expressions_that_never_fit_nothing(language: str) -> None:
    assert not any(re.fullmatch(word, "") for words in WORDS[language].values() for word in words)


@pytest.mark.parametrize(
    ("sentence", "theme"),
    [
        ("[Project|Uferpark] schafft 90 Wohnungen.", "housing"),
        ("[Project|Uferpark] hat ein Netz für Fernwärme.", "energy"),
        ("[Project|Uferpark] bekommt eine Schule.", "education"),
        ("[Project|Uferpark] stärkt den Radverkehr.", "mobility"),
        ("[Programme|Grünfonds] dient dem Klimaschutz.", "climate"),
        ("[Project|Uferpark] schützt vor Hochwasser.", "water"),
    ],
)
def test_a_german_sentence_that_names_a_project_tells_its_theme(mark: Mark, sentence: str, theme: str) -> None:
    assert theme in {found for _, found in themes(mark(sentence))}


@pytest.mark.parametrize(
    ("sentence", "theme"),
    [
        ("[Project|Green Seam] brings 90 homes.", "housing"),
        ("[Project|Green Seam] gets solar roofs.", "energy"),
        ("[Project|Green Seam] is a place for young people.", "youth"),
        ("[Programme|Tram Fund] pays for transport.", "mobility"),
    ],
)
def test_an_english_sentence_that_names_a_project_tells_its_theme(mark: Mark, sentence: str, theme: str) -> None:
    assert theme in {found for _, found in themes(mark(sentence, language="en"))}


def test_a_theme_is_told_once_of_each_thing(mark: Mark) -> None:
    annotated = mark("[Project|Uferpark] schafft Wohnungen.\n[Project|Uferpark] hat Wohnungen.")
    assert len([s for s in extract(annotated) if s.object == Value(ValueKind.THEME, "housing")]) == 1


@pytest.mark.parametrize(
    "sentence",
    [
        "[City|Gera] baut Wohnungen.",
        "[Project|Uferpark] steht neben [Project|Netz], beide haben Wohnungen.",
        "[Project|Uferpark] ist da.\nWohnungen fehlen überall.",
    ],
    ids=["no project", "two projects", "another sentence"],
)
def test_a_theme_that_is_not_clearly_one_projects_is_not_told(mark: Mark, sentence: str) -> None:
    assert "housing" not in {found for _, found in themes(mark(sentence))}
