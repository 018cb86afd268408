"""Claims: the statements of the rules as a scene sees them, between things that have numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from koopgraph.classifier import Floats, Ints
from koopgraph.model import Statement
from koopgraph.weigh.pairs import RELATION, RELATION_NAMES, Candidates
from koopgraph.weigh.scene import Scene

Cell: TypeAlias = tuple[int, int, int]
"""A relation, a subject and an object: few of these are claimed by any rule."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement whose subject and object are things of a scene; ``relation`` counts in RELATION_NAMES."""

    relation: int
    subject: int
    object: int
    statement: Statement


def claims_of(scene: Scene, statements: Sequence[Statement]) -> tuple[Claim, ...]:
    """Return those of ``statements`` that both have their things in ``scene``, in the same order."""
    numbered = ((s, scene.number_of(s.subject), scene.number_of(s.object)) for s in statements)
    return tuple(
        Claim(RELATION[statement.relation], subject, target, statement)
        for statement, subject, target in numbered
        if subject is not None and target is not None
    )


def rule_measures(things: int, candidates: Candidates, claims: Sequence[Claim]) -> dict[str, Floats]:
    """Return what the rules say of each candidate, and of others with the same subject or object."""
    best, times = _surest(claims)
    first, second = np.zeros((things, things)), np.zeros((things, things))
    of_subject, of_object = (np.zeros((len(RELATION_NAMES), things, 2)) for _ in range(2))
    for (relation, subject, target), confidence in best.items():
        pair = (subject, target)
        second[pair] = max(second[pair], min(confidence, first[pair]))
        first[pair] = max(first[pair], confidence)
        for side, thing in ((of_subject, subject), (of_object, target)):
            most, count = side[relation, thing]
            side[relation, thing] = (max(most, confidence), count + (confidence > 0))
    r = candidates.relation
    a, b = candidates.pairs.subject[candidates.pair], candidates.pairs.object[candidates.pair]
    place = places_of(list(best), candidates)
    own = np.array([*best.values(), 0.0])[place]
    return {
        "rule": own,
        "rules": np.minimum(np.array([*times.values(), 0])[place], 4),
        "rule of another relation": np.where(own >= first[a, b], second[a, b], first[a, b]),
        "rule the other way": first[b, a],
        "best rule of subject": of_subject[r, a, 0],
        "best rule of object": of_object[r, b, 0],
        "rules of subject": np.minimum(of_subject[r, a, 1], 6),
        "rules of object": np.minimum(of_object[r, b, 1], 6),
    }


def _surest(claims: Sequence[Claim]) -> tuple[dict[Cell, float], Counter[Cell]]:
    """Return how sure the surest claim of each cell is, and how many there are; who cooperates does so both ways."""
    best: dict[Cell, float] = {}
    times: Counter[Cell] = Counter()
    for claim in claims:
        cells = [(claim.relation, claim.subject, claim.object)]
        if claim.relation == RELATION["cooperatesWith"]:
            cells.append((claim.relation, claim.object, claim.subject))
        for cell in cells if claim.subject != claim.object else ():
            best[cell] = max(best.get(cell, 0.0), claim.statement.confidence)
            times[cell] += 1
    return best, times


def places_of(cells: Sequence[Cell], candidates: Candidates) -> Ints:
    """Return where each candidate stands among ``cells``, which are all different; -1 for those that do not."""
    a, b = candidates.pairs.subject[candidates.pair], candidates.pairs.object[candidates.pair]
    things = int(max(a.max(initial=0), b.max(initial=0))) + 1
    relation, subject, target = np.array(cells, dtype=np.int64).reshape(-1, 3).T
    codes = (relation * things + subject) * things + target
    codes[np.maximum(subject, target) >= things] = -1
    order = np.argsort(codes)
    wanted = (candidates.relation * things + a) * things + b
    place = np.append(order, -1)[np.searchsorted(codes, wanted, sorter=order)]
    return np.where((place >= 0) & (np.append(codes, -1)[place] == wanted), place, -1)
