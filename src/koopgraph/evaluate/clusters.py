"""How well items are put together that name the same thing: B-cubed and pairwise precision, recall and F1.

- B-cubed looks at each item: which share of the items in its cluster names the same thing (precision), which share of
  the items that name its thing is in its cluster (recall); both are means over all items. It satisfies what may be
  asked of a measure of clusterings (homogeneity, completeness, 'rag bag', size and quantity).
- Pairwise counts pairs of items: those that are rightly together, wrongly together, wrongly apart. Large clusters weigh
  more, by the square of their size.

References: Bagga and Baldwin (1998), Algorithms for scoring coreference chains; Amigó, Gonzalo, Artiles and Verdejo
(2009), A comparison of extrinsic clustering evaluation metrics based on formal constraints.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from math import fsum


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far a clustering agrees with the gold; ``number`` is how many items, or pairs of the gold, were looked at."""

    number: int
    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 0 where both are."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def figures(self) -> dict[str, float]:
        """Return precision, recall and F1, to four digits."""
        figures = {"precision": self.precision, "recall": self.recall, "f1": self.f1}
        return {name: round(figure, 4) for name, figure in figures.items()}


def bcubed(gold: Mapping[Hashable, str], found: Mapping[Hashable, Hashable]) -> Agreement:
    """Compare the cluster of each item in ``found`` with its thing in ``gold``, item by item.

    An item that ``found`` lacks is alone; one that the gold lacks does not count. Without items all is perfect.

    >>> bcubed({1: "a", 2: "a", 3: "b"}, {1: 0, 2: 0, 3: 0}).figures()
    {'precision': 0.5556, 'recall': 1.0, 'f1': 0.7143}
    """
    both, things, clusters = _sizes(gold, found)
    if not gold:
        return Agreement(0, 1.0, 1.0)
    # Exact sums: those of floats would depend on the order of the items.
    precision = fsum(size * size / clusters[cluster] for (_, cluster), size in both.items())
    recall = fsum(size * size / things[thing] for (thing, _), size in both.items())
    return Agreement(len(gold), precision / len(gold), recall / len(gold))


def pairwise(gold: Mapping[Hashable, str], found: Mapping[Hashable, Hashable]) -> Agreement:
    """Compare the pairs of items that ``found`` puts together with those that name one thing in ``gold``.

    As in :func:`bcubed`, missing items are alone. Without any pair together precision is 1; without any pair to
    put together recall is 1.

    >>> pairwise({1: "a", 2: "a", 3: "b"}, {1: 0, 2: 0, 3: 0}).figures()
    {'precision': 0.3333, 'recall': 1.0, 'f1': 0.5}
    """
    both, things, clusters = _sizes(gold, found)
    right, wanted, together = _pairs(both), _pairs(things), _pairs(clusters)
    return Agreement(wanted, right / together if together else 1.0, right / wanted if wanted else 1.0)


def _sizes(
    gold: Mapping[Hashable, str], found: Mapping[Hashable, Hashable]
) -> tuple[Counter[tuple[str, Hashable]], Counter[str], Counter[Hashable]]:
    """Return how many items each thing and cluster have in common, and how many each has."""
    cluster_of = {item: (True, found[item]) if item in found else (False, item) for item in gold}
    both: Counter[tuple[str, Hashable]] = Counter((thing, cluster_of[item]) for item, thing in gold.items())
    return both, Counter(gold.values()), Counter(cluster_of.values())


def _pairs(sizes: Counter[tuple[str, Hashable]] | Counter[str] | Counter[Hashable]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes.values())
