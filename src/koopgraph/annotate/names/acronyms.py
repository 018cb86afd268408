"""Acronyms: short words in capitals are organisations, unless a heading is written so (BBSR, IfL, CDU)."""

from __future__ import annotations

from collections.abc import Iterator

from koopgraph.annotate.names.view import OPENING_QUOTES, TextView
from koopgraph.model import EntityType, Mention

LONGEST_ACRONYM = 6  # longer words in capitals are mostly headings


def find(view: TextView) -> Iterator[Mention]:
    """Yield the acronyms in ``view`` that stand alone; those in brackets after a name are left to ``repeats``."""
    for index, token in enumerate(view.tokens):
        word = token.text
        if (
            not 2 <= len(word) <= LONGEST_ACRONYM
            or word.islower()
            or not token.is_word
            or view.lexicon.is_word("not_acronyms", word)
        ):
            continue
        capitals = sum(c.isupper() for c in word)
        mixed = capitals >= 2 and word[0].isupper() and word[-1].isupper() and capitals >= len(word) - 2
        if not (token.is_acronym or mixed) or any(c.isdigit() for c in word):
            continue
        if view.word(index - 1) in OPENING_QUOTES and view.word(index - 1):
            continue
        if not _in_capitals(view, index) and not view.gazetteer.cities(word.capitalize()):
            yield view.mention(index, index, EntityType.ORGANISATION, "acronyms", 0.6)


def _in_capitals(view: TextView, index: int) -> bool:
    """Whether the words around token ``index`` are written in capitals too: a heading, not an acronym."""
    token = view.tokens[index]
    start = view.text.rfind("\n", 0, token.start) + 1
    end = view.text.find("\n", token.end)
    line = view.text[start : end if end >= 0 else len(view.text)]
    letters = [c for c in line if c.isalpha()]
    if sum(c.isupper() for c in letters) > 0.8 * len(letters):
        return True
    return any(len(t.text) > 3 and t.is_acronym for t in view.tokens[max(0, index - 1) : index + 2] if t is not token)
