"""From the sums of a chain to spans that stand side by side, each with its probability."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

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


def possible_spans(sums: Sequence[Lattice], begins: Sequence[int]) -> Iterator[Span]:
    """Yield the spans that are not improbable; ``sums`` are of the chunks of a text, ``begins`` their first tokens."""
    if not sums:
        return
    labels = sums[0].labels
    kinds = [(kind, column) for kind in EntityType if (column := labels.get(f"B-{kind}")) is not None]
    kinds.sort(key=lambda kind: kind[1])
    marginals = np.concatenate([lattice.marginals for lattice in sums])
    places, numbers = (marginals[:, [column for _, column in kinds]] >= POSSIBLE).nonzero()
    for place, number in zip(places.tolist(), numbers.tolist(), strict=True):
        chunk = bisect_right(begins, place) - 1
        yield from _spans_from(sums[chunk], begins[chunk], place - begins[chunk], kinds[number][0])


def _spans_from(lattice: Lattice, begin: int, first: int, kind: EntityType) -> Iterator[Span]:
    """Yield the spans of one class that begin at one word; ``begin`` is the first token of the chunk."""
    inside = lattice.labels.get(f"I-{kind}")
    for last in range(first, min(first + LONGEST, len(lattice.marginals))):
        if last > first and (inside is None or lattice.marginals[last, inside] < POSSIBLE):
            break
        probability = lattice.span(first, last, kind)
        if probability >= POSSIBLE:
            yield Span(begin + first, begin + last, kind, probability)
