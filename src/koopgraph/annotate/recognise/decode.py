"""From the sums of a chain to spans that stand side by side, each with its probability."""

from __future__ import annotations

from collections.abc import Iterator
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
