"""What might be a name: spans of the chain and of the rules, mended at their ends, grouped by class and name."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from koopgraph.annotate.names.view import TextView
from koopgraph.annotate.recognise.chain import Lattice
from koopgraph.annotate.recognise.decode import Span, possible_spans
from koopgraph.annotate.recognise.domain import Reading
from koopgraph.annotate.recognise.mentions import mentions_of
from koopgraph.model import EntityType, Mention
from koopgraph.resolve.names import key

UNSEEN = 0.001  # the least probability of what only a rule proposes
SET_SMALL, SMALL_PLACES = "typography", 3  # the rule for names with a typography of their own
_OPENING, _CLOSING = "„«»“\"‚‘'", "“”»«\"‘’'"
_BRACKETS = {"(": ")", "[": "]"}
_TRIMMED = frozenset("*|,;:–—-•#/.()[]!?„“”«»\"‚‘’'")
_KEPT_AT_END = frozenset(".!?)”“»«\"’‘'")


@dataclass(frozen=True, slots=True)
class Candidate:
    """All places where an article may name one thing: ``spans`` and ``mentions`` go together."""

    type: EntityType
    key: str
    spans: tuple[Span, ...]
    mentions: tuple[Mention, ...]


def candidates(reading: Reading, sums: Sequence[Lattice]) -> list[Candidate]:
    """Return what may be named in an article, sorted by class and name."""
    probable: dict[tuple[int, int, EntityType], float] = defaultdict(float)
    for span in _all_spans(reading, sums):
        mended = mend(reading.view, span.first, span.last)
        if mended is not None:
            probable[(*mended, span.type)] += span.probability
    spans = [Span(first, last, kind, min(p, 0.999)) for (first, last, kind), p in sorted(probable.items())]
    groups: dict[tuple[EntityType, str], list[tuple[Span, Mention]]] = defaultdict(list)
    for span, mention in zip(spans, mentions_of(reading, spans), strict=True):
        groups[mention.type, key(mention.name, mention.type)].append((span, mention))
    return [
        Candidate(kind, name, tuple(s for s, _ in members), tuple(m for _, m in members))
        for (kind, name), members in sorted(groups.items())
    ]


def set_small(reading: Reading, found: Sequence[Candidate]) -> frozenset[int]:
    """Return the numbers of the candidates that a rule found written small on purpose, in three places or more."""
    ruled = {(m.start, m.type) for m in reading.proposals.settled if m.annotator == SET_SMALL and m.name.islower()}
    if not ruled:
        return frozenset()
    return frozenset(
        number
        for number, candidate in enumerate(found)
        if sum((m.start, m.type) in ruled for m in candidate.mentions) >= SMALL_PLACES
    )


def _all_spans(reading: Reading, sums: Sequence[Lattice]) -> Iterator[Span]:
    seen: set[tuple[int, int, EntityType]] = set()
    begins = [begin for begin, _ in reading.places]
    for span in possible_spans(sums, begins):
        seen.add((span.first, span.last, span.type))
        yield span
    for mention in reading.proposals.settled:
        place = reading.index.tokens(mention.start, mention.end)
        if place is None or (*place, mention.type) in seen:
            continue
        number = bisect_right(begins, place[0]) - 1
        begin, end = reading.places[number]
        whole = place[1] < end
        chance = sums[number].span(place[0] - begin, place[1] - begin, mention.type) if whole else 0.0
        yield Span(*place, mention.type, max(chance, UNSEEN))


def mend(view: TextView, first: int, last: int) -> tuple[int, int] | None:
    """Return the span without stray signs at its ends and with its quotation or bracket closed; None for nothing left.

    A name does not end with the hyphen of an ellipsis ('Sitzung des Bau-'), nor with one half of a pair.
    """
    words = view.words[first : last + 1]
    if _TRIMMED.isdisjoint(words) and not words[-1].endswith(("-", "‐")):
        return first, last
    while first <= last and view.word(first) in _TRIMMED and not _pair(view, first, last):
        first += 1
    while last >= first and _is_stray_end(view, first, last):
        last -= 1
    if last < first:
        return None
    last = _closed(view, first, last)
    if last < first or view.word(last).endswith(("-", "‐")):
        return None
    return first, last


def _is_stray_end(view: TextView, first: int, last: int) -> bool:
    word = view.word(last)
    if word not in _TRIMMED:
        return False
    if word == ")":
        return "(" not in [view.word(i) for i in range(first, last)]
    if word in _CLOSING:
        return not any(view.word(i) in _OPENING for i in range(first, last))
    return word not in _KEPT_AT_END


def _pair(view: TextView, first: int, last: int) -> bool:
    """Whether the quotation that opens at ``first`` closes inside the span, before its end."""
    if view.word(first) not in _OPENING:
        return False
    return any(view.word(i) in _CLOSING for i in range(first + 1, last))


def _closed(view: TextView, first: int, last: int) -> int:
    """Return the last token with an open quotation or bracket taken in to its close, or cut off before its opening."""
    for place in range(first, last + 1):
        word = view.word(place)
        closing = _BRACKETS.get(word) or (_CLOSING if word in "„«‚" else "")
        if not closing or any(view.word(i) in closing for i in range(place + 1, last + 1)):
            continue
        for end in range(last + 1, min(last + 9, len(view.tokens))):
            if not view.adjacent_run(last, end):
                break
            if view.word(end) in closing:
                return end
        return place - 1
    return last
