"""The scene of an article: its things, and where each of them occurs, as arrays.

A thing is what the mentions of one name (with its inflections, short forms and acronyms) stand for, or a value:
a date, a sum, a theme. Nominal references ('das Projekt') and the ends of periods are occurrences too, marked as
references. One row of the arrays is one occurrence, in the order of the text; offsets and tokens are half-open.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from koopgraph.annotate.tokens import Token, tokenise
from koopgraph.classifier import Bools, Ints
from koopgraph.extract.passages import passages_of
from koopgraph.extract.themes import theme_words
from koopgraph.model import Annotated, EntityType, Mention, Statement, Value, ValueKind
from koopgraph.resolve.article import groups_of
from koopgraph.resolve.names import key
from koopgraph.weigh.periods import periods

KINDS: tuple[EntityType | ValueKind, ...] = (*EntityType, *ValueKind)
KIND = {kind: number for number, kind in enumerate(KINDS)}
# More occurrences than this are looked at in blocks: pairs of things are quadratic in them.
BLOCK = 800
_PARAGRAPH = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class Thing:
    """What may be the subject or object of a statement; ``kind`` counts in KINDS."""

    kind: int
    name: str
    object: Mention | Value
    confidence: float


@dataclass(frozen=True, slots=True)
class Scene:
    """The things of one article and their occurrences, one row of each array an occurrence."""

    annotated: Annotated
    things: tuple[Thing, ...]
    thing: Ints
    start: Ints
    first_token: Ints
    last_token: Ints
    sentence: Ints
    paragraph: Ints
    is_reference: Bools
    tokens: tuple[Token, ...]
    sentence_tokens: Ints
    index: dict[tuple[EntityType | ValueKind, str], int]
    often: list[int] = field(init=False, repr=False)  # how often each thing occurs

    def __post_init__(self) -> None:
        """Count the occurrences of each thing."""
        object.__setattr__(self, "often", np.bincount(self.thing, minlength=len(self.things)).tolist())

    @property
    def kinds(self) -> Ints:
        """The kind of each thing."""
        return np.array([thing.kind for thing in self.things])

    @property
    def first(self) -> Ints:
        """The first occurrence of each thing."""
        return np.asarray(np.unique(self.thing, return_index=True)[1])

    @property
    def span(self) -> tuple[int, int]:
        """The tokens of the sentences in which things occur, as a half-open range."""
        first, last = int(self.sentence.min()), int(self.sentence.max())
        begin = min(int(self.sentence_tokens[first, 0]), int(self.first_token[0]))
        return begin, max(int(self.sentence_tokens[last, 1]), int(self.last_token.max()))

    def number_of(self, target: Mention | Value) -> int | None:
        """Return the number of the thing that ``target`` stands for, or None."""
        if isinstance(target, Value):
            return self.index.get((target.kind, target.text))
        return self.index.get((target.type, key(target.name, target.type)))

    def blocks(self) -> Iterator[Scene]:
        """Yield the scene itself, or, where it is too large, one after the other its parts with their own things."""
        if len(self.thing) <= BLOCK:
            if len(self.thing):
                yield self
            return
        for begin in range(0, len(self.thing), BLOCK):
            yield self._part(slice(begin, begin + BLOCK))

    def _part(self, rows: slice) -> Scene:
        kept = np.unique(self.thing[rows])
        new = {int(old): number for number, old in enumerate(kept)}
        return Scene(
            self.annotated,
            tuple(self.things[i] for i in kept),
            np.array([new[int(t)] for t in self.thing[rows]]),
            self.start[rows],
            self.first_token[rows],
            self.last_token[rows],
            self.sentence[rows],
            self.paragraph[rows],
            self.is_reference[rows],
            self.tokens,
            self.sentence_tokens,
            {name: new[old] for name, old in self.index.items() if old in new},
        )


class _Cast:
    """Collects the things of an article and where they occur."""

    def __init__(self) -> None:
        self.things: list[Thing] = []
        self.index: dict[tuple[EntityType | ValueKind, str], int] = {}
        self.occurrences: list[tuple[int, int, int, bool]] = []

    def name(self, annotated: Annotated) -> None:
        mentions: dict[tuple[EntityType, str], list[Mention]] = defaultdict(list)
        for m in annotated.mentions:
            mentions[m.type, key(m.name, m.type)].append(m)
        for kind, names in groups_of(annotated.mentions):
            forms = sorted({key(name, kind) for name in names})
            named = sorted((m for form in forms for m in mentions[kind, form]), key=lambda m: m.start)
            for form in forms:
                self.index[kind, form] = len(self.things)
            self.occurrences += [(m.start, m.end, len(self.things), False) for m in named]
            self.things.append(Thing(KIND[kind], names[0], named[0], max(m.confidence for m in named)))

    def refer(self, mentions: Iterable[Mention]) -> None:
        for m in mentions:
            self.occurrences.append((m.start, m.end, self.index[m.type, key(m.name, m.type)], True))

    def value(self, value: Value, start: int, end: int, *, inferred: bool = False) -> None:
        number = self.index.setdefault((value.kind, value.text), len(self.things))
        if number == len(self.things):
            self.things.append(Thing(KIND[value.kind], value.text, value, 1.0))
        self.occurrences.append((start, end, number, inferred))

    def values(self, annotated: Annotated, statements: Sequence[Statement]) -> None:
        for time in annotated.times:
            self.value(Value(ValueKind.DATE, time.edtf), time.start, time.end)
        for edtf, times in periods(annotated):
            for time in times:
                self.value(Value(ValueKind.DATE, edtf), time.start, time.end, inferred=True)
        for amount in annotated.amounts:
            self.value(Value(ValueKind.BUDGET, amount.value), amount.start, amount.end)
        for theme, start, end in theme_words(annotated.article.text, annotated.article.language):
            self.value(Value(ValueKind.THEME, theme), start, end)
        for statement in sorted(statements, key=lambda s: (s.evidence.start, s.evidence.end)):
            target = statement.object
            if isinstance(target, Value) and (target.kind, target.text) not in self.index:
                self.value(target, statement.evidence.start, statement.evidence.start + 1)


def make_scene(annotated: Annotated, statements: Sequence[Statement]) -> Scene:
    """Return the scene of ``annotated``; values that only ``statements`` have (mottos) belong to it."""
    text = annotated.article.text
    cast = _Cast()
    cast.name(annotated)
    cast.refer(passages_of(annotated).references)
    cast.values(annotated, statements)
    tokens = tokenise(text)
    begins = [t.start for t in tokens]
    sentences = [s.start for s in annotated.sentences]
    paragraphs = [0, *(m.end() for m in _PARAGRAPH.finditer(text))]
    rows = sorted(set(cast.occurrences))
    columns = [
        (
            number,
            start,
            max(0, bisect_right(begins, start) - 1),
            bisect_left(begins, end),
            max(0, bisect_right(sentences, start) - 1),
            bisect_right(paragraphs, start) - 1,
            is_reference,
        )
        for start, end, number, is_reference in rows
    ]
    table = np.array(columns, dtype=np.int64).reshape(-1, 7).T
    spans = [(bisect_left(begins, s.start), bisect_left(begins, s.end)) for s in annotated.sentences]
    return Scene(
        annotated,
        tuple(cast.things),
        *(table[0], table[1], table[2], table[3], table[4], table[5]),
        table[6].astype(bool),
        tokens,
        np.array(spans, dtype=np.int64).reshape(-1, 2),
        cast.index,
    )
