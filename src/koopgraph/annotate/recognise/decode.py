"""From the sums of a chain to spans that stand side by side, each with its probability."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from koopgraph.annotate.recognise.chain import Lattice
from koopgraph.model import EntityType

LONGEST = 24  # words of a name
POSSIBLE = 0.04  # spans below this probability are not looked at


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The tokens ``first`` to ``last`` of an article as a name of class ``type``."""

    first: int
    last: int
    type: EntityType
    probability: float


def possible_spans(lattice: Lattice, begin: int) -> Iterator[Span]:
    """Yield the spans of one chunk (whose first token is ``begin``) that are not improbable."""
    if not len(lattice.forward):
        return
    marginals = lattice.marginals()
    count = len(marginals)
    for kind in EntityType:
        column = lattice.labels.get(f"B-{kind}")
        if column is None:
            continue
        inside = lattice.labels.get(f"I-{kind}")
        for first in (marginals[:, column] >= POSSIBLE).nonzero()[0]:
            for last in range(int(first), min(int(first) + LONGEST, count)):
                if last > first and (inside is None or marginals[last, inside] < POSSIBLE):
                    break
                probability = lattice.span(int(first), last, kind)
                if probability >= POSSIBLE:
                    yield Span(begin + int(first), begin + last, kind, probability)


def best_apart(spans: Iterable[Span], floor: float) -> list[Span]:
    """Return the most probable spans from ``floor`` up that do not overlap, in the order of the text."""
    taken: set[int] = set()
    found = []
    for span in sorted(spans, key=lambda s: (-s.probability, s.first, -s.last, s.type)):
        if span.probability < floor:
            break
        tokens = range(span.first, span.last + 1)
        if taken.isdisjoint(tokens):
            taken.update(tokens)
            found.append(span)
    return sorted(found)
