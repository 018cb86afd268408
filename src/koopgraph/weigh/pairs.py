"""Candidates: which two things of a scene may stand in which relation, and where they stand closest together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np

from koopgraph.classifier import Bools, Ints
from koopgraph.model import EntityType
from koopgraph.rdf.vocabulary import RELATIONS, relation_allowed
from koopgraph.weigh.scene import KINDS, Scene

RELATION_NAMES: tuple[str, ...] = tuple(sorted(RELATIONS))
RELATION = {name: number for number, name in enumerate(RELATION_NAMES)}
# One more sentence between two occurrences counts as much as this many characters inside one.
_SENTENCE, _FARTHEST_GAP, _REFERENCE = 10_000, 9_000, 20


@dataclass(frozen=True, slots=True)
class Pairs:
    """Ordered pairs of things; ``near_subject`` and ``near_object`` are their closest occurrences."""

    subject: Ints
    object: Ints
    near_subject: Ints
    near_object: Ints


@dataclass(frozen=True, slots=True)
class Candidates:
    """Possible statements: ``pair`` counts in the pairs, ``relation`` in RELATION_NAMES."""

    pairs: Pairs
    pair: Ints
    relation: Ints

    def chunks(self, size: int) -> Iterator[Candidates]:
        """Yield the candidates in turn, at most ``size`` at once, each chunk with its own pairs."""
        for begin in range(0, len(self.pair), size):
            kept, pair = np.unique(self.pair[begin : begin + size], return_inverse=True)
            near = self.pairs.near_subject[kept], self.pairs.near_object[kept]
            pairs = Pairs(self.pairs.subject[kept], self.pairs.object[kept], *near)
            yield Candidates(pairs, pair, self.relation[begin : begin + size])


@cache
def allowed() -> Bools:
    """Return which relations the ontology allows between which kinds: kinds × kinds × relations."""
    table = np.zeros((len(KINDS), len(KINDS), len(RELATION_NAMES)), dtype=bool)
    for row, subject in enumerate(KINDS):
        for column, target in enumerate(KINDS):
            for number, relation in enumerate(RELATION_NAMES):
                if isinstance(subject, EntityType):
                    table[row, column, number] = relation_allowed(relation, subject, target)
    return table


def candidates_of(scene: Scene) -> Candidates:
    """Return every pair of things with each relation that the ontology allows between them.

    ``cooperatesWith`` is symmetric: it is asked once, with the thing that occurs first as its subject.
    """
    kinds, first = scene.kinds, scene.first
    possible = allowed()[kinds[:, None], kinds[None, :]]
    np.einsum("iij->ij", possible)[:] = False
    possible[:, :, RELATION["cooperatesWith"]] &= first[:, None] < first[None, :]
    subject, target = np.nonzero(possible.any(axis=2))
    pair, relation = np.nonzero(possible[subject, target])
    return Candidates(_closest(scene, subject, target), pair, relation)


def _closest(scene: Scene, subject: Ints, target: Ints) -> Pairs:
    """Return for each pair the two occurrences that stand closest: fewest sentences, then characters apart.

    A table of all occurrences against all, ordered by their things, has a field for each pair of things: its smallest
    number is wanted. Each number says how far apart two occurrences are, and then which ones they are.
    """
    order = np.argsort(scene.thing, kind="stable")
    begins = np.searchsorted(scene.thing[order], np.arange(len(scene.things)))
    penalty = _REFERENCE * scene.is_reference[order]
    sentence, start, count = scene.sentence[order], scene.start[order], len(order)
    cost = np.abs(sentence - sentence[:, None]) * _SENTENCE
    cost += np.minimum(np.abs(start - start[:, None]), _FARTHEST_GAP)
    cost += penalty + penalty[:, None]
    codes = (cost * count + order[:, None]) * count + order
    nearest = np.minimum.reduceat(np.minimum.reduceat(codes, begins, axis=0), begins, axis=1)[subject, target]
    return Pairs(subject, target, nearest // count % count, nearest % count)
