"""Themes: words of a theme beside a project or programme, in the sentence or title that names it.

Other names in the sentence do not count: a ministry of transport makes no project one of mobility.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import TypeAlias

from koopgraph.annotate.word_tables import word_table
from koopgraph.extract.passages import passages_of
from koopgraph.extract.registry import extractor
from koopgraph.extract.required import Required, WordFinder, fold, holds, required_words
from koopgraph.model import Annotated, EntityType, Evidence, Language, Mention, Statement, Value, ValueKind

KINDS = (EntityType.PROJECT, EntityType.PROGRAMME)
CONFIDENCE = 0.4


_Patterns: TypeAlias = tuple[tuple[str, re.Pattern[str]], ...]
_WORD = re.compile(r"\w+")


@cache
def _patterns(language: str, *, of_one_word: bool) -> _Patterns:
    """Return each theme's pattern of the entries that stand in one word, or of those that need more of the text."""
    found = []
    for theme, entries in word_table("lexicon/themes.toml")[language].items():
        chosen = [entry for entry in entries if of_one_word is not bool(re.search(r"[ -]", entry))]
        if chosen:
            found.append((theme, re.compile(r"\b(?:" + "|".join(chosen) + r")", re.IGNORECASE)))
    return tuple(found)


@lru_cache(maxsize=65536)
def _told_by(word: str, language: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """Return the themes that a word tells by itself, and what it holds of the words that longer entries require."""
    themes = tuple(theme for theme, pattern in _patterns(language, of_one_word=True) if pattern.match(word))
    return themes, _word_finder(language).inside(fold(word))


@cache
def _phrases(language: str) -> tuple[tuple[str, re.Pattern[str], Required], ...]:
    """Return each theme's pattern of the entries of several words, and the words without which none can match."""
    patterns = _patterns(language, of_one_word=False)
    return tuple((theme, pattern, required_words(pattern.pattern)) for theme, pattern in patterns)


@cache
def _word_finder(language: str) -> WordFinder:
    return WordFinder(word for _, _, required in _phrases(language) for words in required for word in words)


def theme_words(text: str, language: Language) -> Iterator[tuple[str, int, int]]:
    """Yield the words of a theme in ``text``: theme id and half-open offsets."""
    code = "en" if language == "en" else "de"
    held: set[str] = set()
    for word in _WORD.finditer(text):
        themes, parts = _told_by(word.group(), code)
        held |= parts
        for theme in themes:
            yield theme, word.start(), word.end()
    for theme, pattern, required in _phrases(code):
        if holds(required, held):
            for match in pattern.finditer(text):
                yield theme, match.start(), match.end()


@extractor("themes")
def extract(annotated: Annotated) -> Iterator[Statement]:
    """Yield themes of the projects and programmes that ``annotated`` names, one statement a theme and sentence."""
    described: set[tuple[str, str]] = set()
    language = annotated.article.language
    for shadow in passages_of(annotated).shadows:
        things = [m for m in shadow.marks.values() if isinstance(m, Mention) and m.type in KINDS]
        if len(things) != 1:
            continue
        thing = things[0]
        told = [theme for text in (shadow.text, thing.name) for theme, *_ in theme_words(text, language)]
        for theme in dict.fromkeys(told):
            if (thing.name, theme) not in described:
                described.add((thing.name, theme))
                evidence = Evidence.of(annotated.article, shadow.start, shadow.end)
                yield Statement(thing, "theme", Value(ValueKind.THEME, theme), evidence, "themes", CONFIDENCE)
