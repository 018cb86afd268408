"""Whether a confidence means what it says: of the relations given 0.7, seven in ten should be right.

Reference: M. P. Naeini, G. F. Cooper, M. Hauskrecht (2015), Obtaining well calibrated probabilities using
Bayesian binning, AAAI (expected calibration error); G. W. Brier (1950), Verification of forecasts expressed in
terms of probability, Monthly Weather Review 78.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from koopgraph.evaluate.matching import Comparison

BINS = 10
"""Into how many equal parts the range from 0 to 1 is cut."""


@dataclass(frozen=True, slots=True)
class Bin:
    """The relations whose confidence is at least ``low`` and below ``high`` (the last bin has 1 too)."""

    low: float
    high: float
    number: int
    mean_confidence: float
    correct: float


@dataclass(frozen=True, slots=True)
class Reliability:
    """The bins that have relations; the expected calibration error and the Brier score, both 0 at best.

    The expected error is the mean, over relations, of the distance between a bin's confidence and its share of
    right relations. The Brier score is the mean squared distance between a relation's confidence and 1 or 0.
    """

    bins: tuple[Bin, ...]
    number: int
    expected_error: float
    brier: float


def reliability(comparisons: Iterable[Comparison]) -> Reliability:
    """Compare confidence and outcome of every relation that has a confidence."""
    return of_judged(outcome for comparison in comparisons for outcome in _judged(comparison))


def _judged(comparison: Comparison) -> Iterator[tuple[float, bool]]:
    for key, stated in comparison.found.items():
        confidences = [relation.confidence for relation in stated if relation.confidence is not None]
        if confidences:
            yield max(confidences), key in comparison.wanted


def of_judged(outcomes: Iterable[tuple[float, bool]]) -> Reliability:
    """Make the table of pairs (confidence, whether it was right).

    >>> table = of_judged([(0.8, True), (0.8, False)])
    >>> [(b.low, b.number, b.correct) for b in table.bins], round(table.expected_error, 2), round(table.brier, 2)
    ([(0.8, 2, 0.5)], 0.3, 0.34)
    """
    filled: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for confidence, right in outcomes:
        # Rounded first: 0.7 times ten is a little less than seven.
        filled[min(BINS - 1, int(round(confidence * BINS, 6)))].append((confidence, right))
    bins = tuple(_bin(place, pairs) for place, pairs in enumerate(filled) if pairs)
    number = sum(b.number for b in bins)
    error = sum(b.number * abs(b.mean_confidence - b.correct) for b in bins)
    squares = sum((confidence - right) ** 2 for pairs in filled for confidence, right in pairs)
    return Reliability(bins, number, error / max(1, number), squares / max(1, number))


def _bin(place: int, pairs: list[tuple[float, bool]]) -> Bin:
    mean = sum(confidence for confidence, _ in pairs) / len(pairs)
    return Bin(place / BINS, (place + 1) / BINS, len(pairs), mean, sum(right for _, right in pairs) / len(pairs))
