"""Themes: words of a theme beside a project or programme, in the sentence or title that names it.

Other names in the sentence do not count: a ministry of transport makes no project one of mobility.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from koopgraph.annotate.word_tables import word_table
from koopgraph.extract.passages import passages_of
from koopgraph.extract.registry import extractor
from koopgraph.model import Annotated, EntityType, Evidence, Language, Mention, Statement, Value, ValueKind

KINDS = (EntityType.PROJECT, EntityType.PROGRAMME)
CONFIDENCE = 0.4


@cache
def _patterns(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    data = word_table("lexicon/themes.toml")
    return tuple(
        (theme, re.compile(r"\b(?:" + "|".join(words) + r")", re.IGNORECASE)) for theme, words in data[language].items()
    )


def theme_words(text: str, language: Language) -> Iterator[tuple[str, int, int]]:
    """Yield the words of a theme in ``text``: theme id and half-open offsets."""
    for theme, pattern in _patterns("en" if language == "en" else "de"):
        for match in pattern.finditer(text):
            yield theme, match.start(), match.end()


@extractor("themes")
def extract(annotated: Annotated) -> Iterator[Statement]:
    """Yield themes of the projects and programmes that ``annotated`` names, one statement a theme and sentence."""
    language = "en" if annotated.article.language == "en" else "de"
    described: set[tuple[str, str]] = set()
    for shadow in passages_of(annotated).shadows:
        things = [m for m in shadow.marks.values() if isinstance(m, Mention) and m.type in KINDS]
        if len(things) != 1:
            continue
        thing = things[0]
        for theme, pattern in _patterns(language):
            told = pattern.search(shadow.text) or pattern.search(thing.name)
            if told and (thing.name, theme) not in described:
                described.add((thing.name, theme))
                evidence = Evidence.of(annotated.article, shadow.start, shadow.end)
                yield Statement(thing, "theme", Value(ValueKind.THEME, theme), evidence, "themes", CONFIDENCE)
