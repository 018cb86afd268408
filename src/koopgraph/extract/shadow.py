"""The shadow of a passage: its text with each name, time and sum replaced by one sign.

A grammar of relations is then a regular expression over that text. Quotation marks and titles beside a
name, and an acronym in brackets after it, are left out of the shadow, so that no rule has to allow for them.
Nominal references ('das Projekt', 'the scheme') stand for the name that they most likely mean.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from koopgraph.model import Amount, Annotated, EntityType, Mention, Sentence, TimeExpression

Marked: TypeAlias = Mention | TimeExpression | Amount

# One sign of Unicode's private use area for each class; what an article holds of that area is blanked.
SIGNS: dict[str, str] = {kind.value: chr(0xE000 + i) for i, kind in enumerate(EntityType)} | {
    "time": "\ue010",
    "money": "\ue011",
    "span": "\ue012",
}
TIMES = SIGNS["time"] + SIGNS["span"]
_PRIVATE = re.compile("[\ue000-\uf8ff]")
# Months or years from … to …, or with an open end: how long an undertaking lasts, not when an event happens.
_LONG_SPAN = re.compile(r"(?:\d{4}(?:-\d\d)?|\.\.)/(?:\d{4}(?:-\d\d)?|\.\.)|\d{4}-\d\d-\d\d/\.\.|\.\./\d{4}-\d\d-\d\d")
_QUOTES = '„“”"»«›‹‚‘'
_TITLE_BEFORE = re.compile(
    r"(?:(?<!\w)(?:Prof(?:essor(?:in)?)?|Dr|Ing|Dipl|Mag|Arch|PD|DI|rer|nat|phil|pol|Herrn?|Frau|Mr|Mrs|Ms|Sir|Dame|Cllr|h|c)"
    r"\b[. -]*)+$"
)
_CITY_BEFORE = re.compile(
    r"(?:\b(?:der|die|the)\s)?\b"
    r"(?:Landeshaupt|Bundeshaupt|Haupt|Hanse|Kreis|Partner|Universitäts|Nachbar|Markt)?"
    r"(?:Stadt|stadt|Gemeinde|gemeinde|Kommune|city of|City of|town of)\s$"
)


@dataclass(frozen=True, slots=True)
class Shadow:
    """A passage's shadow text; ``marks`` are what its signs stand for, by their position in ``text``.

    ``start`` and ``end`` are the passage's half-open offsets in the article.
    """

    text: str
    marks: dict[int, Marked]
    start: int
    end: int
    kinds: frozenset[str]


def sign_of(marked: Marked) -> str:
    """Return the sign that stands for ``marked``."""
    if isinstance(marked, Mention):
        return SIGNS[marked.type.value]
    if isinstance(marked, Amount):
        return SIGNS["money"]
    return SIGNS["span" if _LONG_SPAN.fullmatch(marked.edtf) else "time"]


class ShadowMaker:
    """Makes the shadows of one article's passages."""

    def __init__(self, annotated: Annotated, references: Sequence[Mention] = ()) -> None:
        """Take the article and the nominal references (as mentions of what they mean) found in it."""
        self._text = annotated.article.text
        self._marked = _side_by_side([*annotated.mentions, *references], annotated.times, annotated.amounts)
        self._starts = [m.start for m in self._marked]

    def of(self, first: Sentence, last: Sentence | None = None) -> Shadow:
        """Return the shadow of the passage from ``first`` to ``last`` (the same sentence where None)."""
        start, end = first.start, (last or first).end
        parts: list[str] = []
        marks: dict[int, Marked] = {}
        length = 0
        position = start
        previous: Marked | None = None
        for marked in self._marked[bisect_left(self._starts, start) : bisect_right(self._starts, end - 1)]:
            if marked.end > end:
                continue
            gap = _PRIVATE.sub(" ", self._text[position : marked.start])
            if previous is not None and _is_alias(previous, gap, marked, self._text[marked.end : marked.end + 1]):
                position = marked.end + 1
                continue
            gap = _trim(gap, previous, marked)
            parts += (gap, sign_of(marked))
            length += len(gap)
            marks[length] = marked
            length += 1
            position, previous = marked.end, marked
        tail = _PRIVATE.sub(" ", self._text[position:end])
        parts.append(tail.lstrip(_QUOTES) if previous is not None else tail)
        return Shadow("".join(parts), marks, start, end, frozenset(sign_of(m) for m in marks.values()))


def _side_by_side(
    mentions: Sequence[Mention], times: Sequence[TimeExpression], amounts: Sequence[Amount]
) -> list[Marked]:
    """Names win over times and sums inside them ('Landespreis 2019'); nothing overlaps."""
    taken: list[Marked] = [*mentions]
    taken.sort(key=lambda m: (m.start, -m.end))
    starts = [m.start for m in taken]
    ends = [m.end for m in taken]
    extra: list[Marked] = []
    last_end = -1
    others: list[Marked] = [*amounts, *times]
    for marked in sorted(others, key=lambda m: (m.start, -m.end)):
        place = bisect_right(starts, marked.start) - 1
        inside = place >= 0 and ends[place] > marked.start
        over = place + 1 < len(starts) and starts[place + 1] < marked.end
        if not inside and not over and marked.start >= last_end:
            extra.append(marked)
            last_end = marked.end
    return sorted([*taken, *extra], key=lambda m: m.start)


def _is_alias(previous: Marked, gap: str, marked: Marked, after: str) -> bool:
    """Whether ``marked`` is the short form in brackets after the name ``previous``."""
    return (
        isinstance(previous, Mention)
        and isinstance(marked, Mention)
        and previous.type is marked.type
        and previous.type is not EntityType.PERSON
        and gap.strip(_QUOTES + " ") == "("
        and after == ")"
    )


def _trim(gap: str, previous: Marked | None, marked: Marked) -> str:
    if previous is not None:
        gap = gap.lstrip(_QUOTES)
    gap = gap.rstrip(_QUOTES)
    if isinstance(marked, Mention):
        if marked.type is EntityType.PERSON:
            gap = _TITLE_BEFORE.sub("", gap)
        elif marked.type is EntityType.CITY:
            gap = _CITY_BEFORE.sub("", gap)
    return gap
