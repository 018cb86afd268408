"""Measures of candidates: where two things stand to each other, what the article is about, which triggers are near.

:func:`measure` gives blocks of columns. What belongs to one thing or occurrence is measured once for each of them
(:mod:`koopgraph.weigh.sides`), and the candidates share it; what belongs to two things stands here. Distances count
tokens or sentences and are cut off; a measure that has no meaning for a candidate gets a number outside its range.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np

from koopgraph.classifier import Block, Bools, Floats, Ints, Table
from koopgraph.model import EntityType
from koopgraph.weigh.claims import Claim, rule_measures
from koopgraph.weigh.ground import Ground
from koopgraph.weigh.pairs import RELATION_NAMES, Candidates, Pairs
from koopgraph.weigh.scene import KIND, Scene
from koopgraph.weigh.sides import occurrence_columns, occurrence_table, of_things, own_triggers
from koopgraph.weigh.triggers import trigger_classes

_UNDERTAKINGS = [KIND[k] for k in (EntityType.PROJECT, EntityType.EVENT, EntityType.PROGRAMME)]


def measure(scene: Scene, ground: Ground, candidates: Candidates, claims: Sequence[Claim]) -> tuple[Block, ...]:
    """Return the measures of the candidates, given the ``ground`` of their scene and what the rules claim."""
    pairs, pair, relation = candidates.pairs, candidates.pair, candidates.relation
    things, occurrences = of_things(scene, ground), occurrence_table(scene, ground)
    between = _triggers_between(scene, ground, pairs)
    x, y = pairs.near_subject, pairs.near_object
    of_article: dict[str, Floats | Bools] = {
        "English": np.array([scene.annotated.article.language == "en"]),
        "sentences": np.log1p([len(scene.sentence_tokens)]),
    }
    of_pairs = {
        **_place(scene, ground, pairs),
        **_beside(scene, ground, "subject", pairs.subject, y),
        **_beside(scene, ground, "object", pairs.object, x),
        **{f"{name} between": column for name, column in zip(trigger_classes(), between, strict=True)},
    }
    classes, left, right = (of_relation[relation] for of_relation in own_triggers())
    of_candidates: dict[str, Floats | Ints | Table] = {
        **rule_measures(len(scene.things), candidates, claims),
        "own trigger left of subject": occurrences[x[pair], left],
        "own trigger right of subject": occurrences[x[pair], right],
        "own trigger left of object": occurrences[y[pair], left],
        "own trigger right of object": occurrences[y[pair], right],
        "own trigger between": between[classes, pair],
    }
    things_table = _table(things)
    return (
        Block(tuple(of_pairs), _table(of_pairs), pair),
        Block(_named(tuple(things), "subject"), things_table, pairs.subject[pair]),
        Block(_named(tuple(things), "object"), things_table, pairs.object[pair]),
        Block(_named(occurrence_columns(), "subject"), occurrences, x[pair]),
        Block(_named(occurrence_columns(), "object"), occurrences, y[pair]),
        Block(tuple(of_article), _table(of_article), np.zeros_like(pair)),
        Block(tuple(of_candidates), _table(of_candidates), np.arange(len(pair))),
        Block(tuple(f"is {name}" for name in RELATION_NAMES), np.eye(len(RELATION_NAMES), dtype=np.float32), relation),
    )


@cache
def _named(columns: tuple[str, ...], role: str) -> tuple[str, ...]:
    return tuple(column.replace("{role}", role) for column in columns)


def _table(columns: Mapping[str, Any]) -> Table:
    table = np.empty((len(next(iter(columns.values()))), len(columns)), dtype=np.float32)
    for number, column in enumerate(columns.values()):
        table[:, number] = column
    return table


def _place(scene: Scene, ground: Ground, pairs: Pairs) -> dict[str, Floats | Ints | Bools]:
    """How the closest occurrences of a pair stand to each other."""
    x, y = pairs.near_subject, pairs.near_object
    left, right = np.minimum(x, y), np.maximum(x, y)
    sentences = np.abs(scene.sentence[x] - scene.sentence[y])
    paragraphs = np.abs(scene.paragraph[x] - scene.paragraph[y])
    gap = scene.start[right] - scene.start[left]
    between = ground.seen_sum[:, right] - ground.seen_sum[:, np.minimum(left + 1, right)]
    row = np.arange(len(x))
    return {
        "sentences apart": np.minimum(sentences, 8),
        "subject first": x < y,
        "gap": np.log1p(gap),
        "words apart": np.where(sentences == 0, np.minimum(scene.first_token[right] - scene.last_token[left], 30), 40),
        "same paragraph": paragraphs == 0,
        "paragraphs apart": np.minimum(paragraphs, 5),
        "things between": np.minimum(between.sum(axis=0), 10),
        "like subject between": np.minimum(between[ground.kind[pairs.subject], row], 5),
        "like object between": np.minimum(between[ground.kind[pairs.object], row], 5),
        "undertakings between": np.minimum(between[_UNDERTAKINGS].sum(axis=0), 5),
        "subject nearest before": _nearest(ground, pairs.subject, y, backwards=True),
        "subject nearest after": _nearest(ground, pairs.subject, y, backwards=False),
        "object nearest before": _nearest(ground, pairs.object, x, backwards=True),
        "object nearest after": _nearest(ground, pairs.object, x, backwards=False),
        "sentences shared": np.minimum(ground.sentences_shared[pairs.subject, pairs.object], 5),
        "paragraphs shared": np.minimum(ground.paragraphs_shared[pairs.subject, pairs.object], 5),
        "same heading": ground.heading[scene.sentence[x]] == ground.heading[scene.sentence[y]],
    }


def _nearest(ground: Ground, things: Ints, places: Ints, *, backwards: bool) -> Ints:
    """How many others of its kind stand between each place and the nearest occurrence of the thing; 6 for none."""
    kinds = ground.kind[things]
    if backwards:
        found = ground.last_seen[things, places]
        others = ground.seen_sum[kinds, places] - ground.seen_sum[kinds, np.maximum(found, 0) + 1]
        missing = found < 0
    else:
        found = ground.next_seen[things, places]
        missing = found >= ground.next_seen.shape[1]
        others = (
            ground.seen_sum[kinds, np.minimum(found, ground.next_seen.shape[1] - 1)]
            - ground.seen_sum[kinds, places + 1]
        )
    return np.where(missing, 6, np.minimum(np.maximum(others, 0), 5))


def _beside(scene: Scene, ground: Ground, role: str, thing: Ints, other: Ints) -> dict[str, Floats | Ints | Bools]:
    """What one side of a pair is at the place of the ``other`` side's closest occurrence."""
    there = scene.sentence[other]
    kind = ground.kind[thing]
    focus, best = ground.fading[thing, there], ground.best_fading[kind, there]
    is_best = focus >= best
    below = ground.heading[there]
    return {
        f"{role}: like it in the other's sentence": np.minimum(ground.counts[there, kind], 4),
        f"{role}: focus": focus,
        f"{role}: share of focus": focus / (best + 1e-6),
        f"{role}: is in focus": is_best,
        f"{role}: focus ahead": focus - np.where(is_best, ground.second_fading[kind, there], best),
        f"{role}: in heading": (below >= 0) & (ground.presence[thing, np.maximum(below, 0)] > 0),
        f"{role}: in the other's paragraph": ground.in_paragraph[thing, scene.paragraph[other]],
    }


def _triggers_between(scene: Scene, ground: Ground, pairs: Pairs) -> Ints:
    """How many triggers of each class stand between two things of one sentence (classes × pairs)."""
    x, y = pairs.near_subject, pairs.near_object
    begin = scene.last_token[np.minimum(x, y)]
    end = np.maximum(scene.first_token[np.maximum(x, y)], begin)
    count = ground.trigger_sum[:, end] - ground.trigger_sum[:, begin]
    return np.where(scene.sentence[x] == scene.sentence[y], count, 0)
