"""Precision, recall and F1: over all, per class and per relation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from koopgraph.evaluate.matching import Comparison
from koopgraph.model import EntityType
from koopgraph.rdf.vocabulary import RELATIONS

ALL = "ALL"
"""The entry that sums up all classes, or all relations."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many were right, how many are there but wrong, how many are missing."""

    correct: int = 0
    spurious: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """The share of what was found that is right; 0 where nothing was found."""
        return self.correct / max(1, self.correct + self.spurious)

    @property
    def recall(self) -> float:
        """The share of what the gold has that was found; 0 where it has nothing."""
        return self.correct / max(1, self.correct + self.missed)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.correct / max(1, 2 * self.correct + self.spurious + self.missed)

    def figures(self) -> dict[str, float]:
        """Return precision, recall and F1, to four digits."""
        figures = {"precision": self.precision, "recall": self.recall, "f1": self.f1}
        return {name: round(figure, 4) for name, figure in figures.items()}

    def __add__(self, other: Tally) -> Tally:
        """Sum both up."""
        return Tally(self.correct + other.correct, self.spurious + other.spurious, self.missed + other.missed)


@dataclass(frozen=True, slots=True)
class Scores:
    """Tallies of entities by class and of relations by name, each with :data:`ALL` first."""

    articles: int
    entities: Mapping[str, Tally]
    relations: Mapping[str, Tally]


def score(comparisons: Iterable[Comparison]) -> Scores:
    """Count over the articles; a relation that neither side has is left out."""
    entities: dict[str, Tally] = dict.fromkeys((ALL, *EntityType), Tally())
    relations: dict[str, Tally] = defaultdict(Tally)
    articles = 0
    for comparison in comparisons:
        articles += 1
        for kind, tally in _entities(comparison).items():
            entities[kind] += tally
            entities[ALL] += tally
        for name, tally in _relations(comparison).items():
            relations[name] += tally
            relations[ALL] += tally
    order = [name for name in (ALL, *sorted(RELATIONS)) if name in relations]
    return Scores(articles, entities, {name: relations[name] for name in order})


def _entities(comparison: Comparison) -> dict[EntityType, Tally]:
    tallies: dict[EntityType, Tally] = defaultdict(Tally)
    for entity in comparison.entities:
        right = entity.id in comparison.matched
        tallies[entity.type] += Tally(correct=1) if right else Tally(missed=1)
    for guess in comparison.spurious_entities:
        tallies[guess.type] += Tally(spurious=1)
    return tallies


def _relations(comparison: Comparison) -> dict[str, Tally]:
    tallies: dict[str, Tally] = defaultdict(Tally)
    for key in comparison.wanted:
        tallies[key[1]] += Tally(correct=1) if key in comparison.found else Tally(missed=1)
    for key in comparison.found.keys() - comparison.wanted.keys():
        tallies[key[1]] += Tally(spurious=1)
    return tallies
