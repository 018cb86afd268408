"""Acronyms: short words in capitals are organisations, unless a heading is written so (BBSR, IfL, CDU)."""

from __future__ import annotations

from collections.abc import Iterator

from koopgraph.annotate.names.view import OPENING_QUOTES, TextView
from koopgraph.model import EntityType, Mention


def find(view: TextView) -> Iterator[Mention]:
    """Yield the acronyms in ``view`` that stand alone; those in brackets after a name are left to ``repeats``."""
    line, capitals = range(0), False
    for index in [i for i, facts in enumerate(view.facts) if facts.may_be_acronym]:
        if view.word(index - 1) in OPENING_QUOTES and view.word(index - 1):
            continue
        token = view.tokens[index]
        if token.start not in line:
            line = _line_around(view.text, token.start)
            capitals = _in_capitals(view.text[line.start : line.stop])
        if not capitals and not _beside_capitals(view, index) and not view.gazetteer.cities(token.text.capitalize()):
            yield view.mention(index, index, EntityType.ORGANISATION, "acronyms", 0.6)


def _line_around(text: str, place: int) -> range:
    end = text.find("\n", place)
    return range(text.rfind("\n", 0, place) + 1, end if end >= 0 else len(text))


def _in_capitals(line: str) -> bool:
    """Whether a line is written in capitals: a heading, whose words are no acronyms."""
    letters = list(filter(str.isalpha, line))
    return sum(map(str.isupper, letters)) > 0.8 * len(letters)


def _beside_capitals(view: TextView, index: int) -> bool:
    """Whether a neighbour of token ``index`` is a longer word in capitals."""
    return any(
        view.facts[i].is_acronym and len(view.words[i]) > 3 for i in (index - 1, index + 1) if 0 <= i < len(view.words)
    )
