"""From the sums of a chain to spans that stand side by side, each with its probability."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from koopgraph.annotate.recognise.chain import Lattice
from koopgraph.model import EntityType

LONGEST = 24  # words of a name
POSSIBLE = 0.04  # spans below this probability are not looked at
_BEGINNINGS = {f"B-{kind}": kind for kind in EntityType}


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The tokens ``first`` to ``last`` of an article as a name of class ``type``."""

    first: int
    last: int
    type: EntityType
    probability: float


def possible_spans(lattice: Lattice, begin: int) -> Iterator[Span]:
    """Yield the spans of one chunk (whose first token is ``begin``) that are not improbable."""
    marginals = lattice.marginals
    labels = tuple(lattice.labels)
    rows, columns = (marginals >= POSSIBLE).nonzero()
    for first, column in zip(rows.tolist(), columns.tolist(), strict=True):
        kind = _BEGINNINGS.get(labels[column])
        if kind is None:
            continue
        inside = lattice.labels.get(f"I-{kind}")
        for last in range(first, min(first + LONGEST, len(marginals))):
            if last > first and (inside is None or marginals[last, inside] < POSSIBLE):
                break
            probability = lattice.span(first, last, kind)
            if probability >= POSSIBLE:
                yield Span(begin + first, begin + last, kind, probability)
