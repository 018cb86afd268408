"""Measures of candidates: where two things stand to each other, what the article is about, which triggers are near.

:func:`measure` gives one row of numbers a candidate and the names of its columns. Distances count tokens or
sentences and are cut off; a measure that has no meaning for a candidate gets a number outside its range.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from koopgraph.classifier import Bools, Floats, Ints, Table
from koopgraph.model import EntityType, Statement
from koopgraph.weigh.ground import FAR, Ground, ground_of
from koopgraph.weigh.pairs import RELATION, RELATION_NAMES, Candidates, Pairs
from koopgraph.weigh.scene import KIND, KINDS, Scene
from koopgraph.weigh.triggers import trigger_classes

# The trigger class that speaks most for each relation.
OWN_TRIGGER = {
    "affiliatedWith": "role",
    "awardedBy": "award",
    "budget": "cost",
    "cooperatesWith": "cooperate",
    "date": "time",
    "fundedBy": "fund",
    "leads": "lead",
    "locatedIn": "locate",
    "moderates": "moderate",
    "motto": "present",
    "organises": "organise",
    "partOf": "partof",
    "participatesIn": "participate",
    "partner": "partner",
    "partnerCity": "partnercity",
    "presentedAt": "present",
    "receives": "receive",
    "speaksAt": "speak",
    "takesPlaceIn": "held",
    "theme": "locate",
}
_COUNTED = (
    EntityType.PROJECT,
    EntityType.EVENT,
    EntityType.ORGANISATION,
    EntityType.PERSON,
    EntityType.CITY,
)
_UNDERTAKINGS = [KIND[k] for k in (EntityType.PROJECT, EntityType.EVENT, EntityType.PROGRAMME)]


def _place(scene: Scene, ground: Ground, pairs: Pairs) -> dict[str, Floats | Ints | Bools]:
    """How the closest occurrences of a pair stand to each other."""
    x, y = pairs.near_subject, pairs.near_object
    left, right = np.minimum(x, y), np.maximum(x, y)
    sentences = np.abs(scene.sentence[x] - scene.sentence[y])
    gap = scene.start[right] - scene.start[left]
    between = ground.seen_sum[:, right] - ground.seen_sum[:, np.minimum(left + 1, right)]
    return {
        "sentences apart": np.minimum(sentences, 8),
        "subject first": x < y,
        "gap": np.log1p(gap),
        "words apart": np.where(sentences == 0, np.minimum(scene.first_token[right] - scene.last_token[left], 30), 40),
        "subject is reference": scene.is_reference[x],
        "object is reference": scene.is_reference[y],
        "same paragraph": scene.paragraph[x] == scene.paragraph[y],
        "paragraphs apart": np.minimum(np.abs(scene.paragraph[x] - scene.paragraph[y]), 5),
        "things between": np.minimum(between.sum(axis=0), 10),
        "like subject between": np.minimum(between[ground.kind[pairs.subject], np.arange(len(x))], 5),
        "like object between": np.minimum(between[ground.kind[pairs.object], np.arange(len(x))], 5),
        "undertakings between": np.minimum(between[_UNDERTAKINGS].sum(axis=0), 5),
        "subject nearest before": _nearest(ground, pairs.subject, y, backwards=True),
        "subject nearest after": _nearest(ground, pairs.subject, y, backwards=False),
        "object nearest before": _nearest(ground, pairs.object, x, backwards=True),
        "object nearest after": _nearest(ground, pairs.object, x, backwards=False),
        "sentences shared": np.minimum(_shared(ground.presence > 0)[pairs.subject, pairs.object], 5),
        "paragraphs shared": np.minimum(_shared(ground.in_paragraph)[pairs.subject, pairs.object], 5),
        "subject sentence": np.minimum(scene.sentence[x], 30),
        "object sentence": np.minimum(scene.sentence[y], 30),
        "same heading": ground.heading[scene.sentence[x]] == ground.heading[scene.sentence[y]],
    }


def _shared(incidence: Bools) -> Ints:
    table = incidence.astype(np.float32)
    return (table @ table.T).astype(np.int64)


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
    return np.where(missing, 6, np.clip(others, 0, 5))


def _side(
    scene: Scene, ground: Ground, role: str, thing: Ints, near: Ints, other: Ints
) -> dict[str, Floats | Ints | Bools]:
    """What one side of a pair is, by itself and at the place of the ``other`` side's closest occurrence."""
    here, there = scene.sentence[near], scene.sentence[other]
    kind = ground.kind[thing]
    confidence = np.array([t.confidence for t in scene.things])
    focus, best, second = (
        ground.fading[thing, there],
        ground.best_fading[kind, there],
        ground.second_fading[kind, there],
    )
    is_best = focus >= best
    below = ground.heading[there]
    columns: dict[str, Floats | Ints | Bools] = {
        "names": np.log1p(ground.names[thing]),
        "references": np.log1p(ground.references[thing]),
        "in title": ground.in_title[thing],
        "rank": np.minimum(ground.rank[thing], 8),
        "of its kind": np.minimum(ground.kind_size[thing], 15),
        "lead": np.clip(ground.lead[thing], -8, 8),
        "confidence": confidence[thing],
        "first at": scene.start[ground.first[thing]] / (1 + len(scene.annotated.article.text)),
        "like it in its sentence": np.minimum(ground.counts[here, kind], 6),
        "like it in the other's sentence": np.minimum(ground.counts[there, kind], 4),
        "focus": focus,
        "share of focus": focus / (best + 1e-6),
        "is in focus": is_best,
        "focus ahead": focus - np.where(is_best, second, best),
        "in heading": (below >= 0) & (ground.presence[thing, np.maximum(below, 0)] > 0),
        "in the other's paragraph": ground.in_paragraph[thing, scene.paragraph[other]],
        "first paragraph": scene.paragraph[ground.first[thing]],
        "place in sentence": scene.first_token[near] - scene.sentence_tokens[here, 0],
        "to end of sentence": scene.sentence_tokens[here, 1] - scene.last_token[near],
        "sentences below heading": np.minimum(here - ground.heading[here], 9),
    }
    for number, name in enumerate(("heading", "bullet", "label")):
        columns[f"in a {name}"] = ground.lines[here, number]
    for counted in _COUNTED:
        columns[f"{counted} beside"] = np.minimum(ground.counts[here, KIND[counted]], 4)
    return {f"{role}: {name}": column for name, column in columns.items()}


def _near_triggers(scene: Scene, ground: Ground, near: Ints) -> tuple[Ints, Ints]:
    """Distances in tokens to the nearest trigger of each class left and right in the sentence (classes × pairs)."""
    first, last = scene.first_token[near], scene.last_token[near]
    begin, end = scene.sentence_tokens[scene.sentence[near]].T
    count = ground.trigger_before.shape[1]
    before = ground.trigger_before[:, np.maximum(first - 1, 0)]
    after = ground.trigger_after[:, np.minimum(last, count - 1)]
    left = np.where((before >= begin) & (before < first), np.minimum(first - before, FAR), FAR)
    right = np.where((after < end) & (after >= last), np.minimum(after - last + 1, FAR), FAR)
    return left, right


def _trigger_columns(scene: Scene, ground: Ground, pairs: Pairs) -> dict[str, Ints]:
    x, y = pairs.near_subject, pairs.near_object
    left, right = np.minimum(x, y), np.maximum(x, y)
    same = scene.sentence[x] == scene.sentence[y]
    begin = scene.last_token[left]
    end = np.maximum(scene.first_token[right], begin)
    between = np.where(same, ground.trigger_sum[:, end] - ground.trigger_sum[:, begin], 0)
    tables = {"between": between}
    for role, near in (("subject", x), ("object", y)):
        tables[f"left of {role}"], tables[f"right of {role}"] = _near_triggers(scene, ground, near)
    return {
        f"{name} {place}": table[number]
        for place, table in tables.items()
        for number, name in enumerate(trigger_classes())
    }


def _rule_columns(scene: Scene, candidates: Candidates, statements: Sequence[Statement]) -> dict[str, Floats]:
    """What the rules say of a candidate, and of others with the same subject or object."""
    count, relations = len(scene.things), len(RELATION_NAMES)
    best = np.zeros((relations, count, count))
    times = np.zeros((relations, count, count))
    for statement in statements:
        subject, target = scene.number_of(statement.subject), scene.number_of(statement.object)
        if subject is None or target is None or subject == target:
            continue
        number = RELATION[statement.relation]
        both_ways = statement.relation == "cooperatesWith"
        for cell in ((number, subject, target), (number, target, subject))[: 1 + both_ways]:
            best[cell] = max(best[cell], statement.confidence)
            times[cell] += 1
    a, b = candidates.pairs.subject[candidates.pair], candidates.pairs.object[candidates.pair]
    r = candidates.relation
    own = best[r, a, b]
    second, first = np.partition(best[:, candidates.pairs.subject, candidates.pairs.object], -2, axis=0)[-2:]
    second, first = second[candidates.pair], first[candidates.pair]
    return {
        "rule": own,
        "rules": np.minimum(times[r, a, b], 4),
        "rule of another relation": np.where(own >= first, second, first),
        "rule the other way": best.max(axis=0)[b, a],
        "best rule of subject": best.max(axis=2)[r, a],
        "best rule of object": best.max(axis=1)[r, b],
        "rules of subject": np.minimum((best > 0).sum(axis=2)[r, a], 6),
        "rules of object": np.minimum((best > 0).sum(axis=1)[r, b], 6),
    }


def measure(scene: Scene, candidates: Candidates, statements: Sequence[Statement]) -> tuple[tuple[str, ...], Table]:
    """Return the names of the columns and the table of measures, one row a candidate."""
    ground = ground_of(scene)
    pairs = candidates.pairs
    triggers = _trigger_columns(scene, ground, pairs)
    columns: dict[str, Floats | Ints | Bools] = {
        **_place(scene, ground, pairs),
        **_side(scene, ground, "subject", pairs.subject, pairs.near_subject, pairs.near_object),
        **_side(scene, ground, "object", pairs.object, pairs.near_object, pairs.near_subject),
        "English": np.full(len(pairs.subject), scene.annotated.article.language == "en"),
        "sentences": np.full(len(pairs.subject), np.log1p(len(scene.sentence_tokens))),
        **triggers,
    }
    for number, kind in enumerate(KINDS):
        columns[f"subject is {kind}"] = ground.kind[pairs.subject] == number
        columns[f"object is {kind}"] = ground.kind[pairs.object] == number
    of_candidates = {
        **_rule_columns(scene, candidates, statements),
        **_own_triggers(triggers, candidates),
        **{f"is {name}": candidates.relation == number for number, name in enumerate(RELATION_NAMES)},
    }
    own = _table(of_candidates.values(), len(candidates.pair))
    table = np.concatenate([_table(columns.values(), len(pairs.subject))[candidates.pair], own], axis=1)
    return (*columns, *of_candidates), table


def _table(columns: Collection[Floats | Ints | Bools], rows: int) -> Table:
    table = np.empty((rows, len(columns)), dtype=np.float32)
    for number, column in enumerate(columns):
        table[:, number] = column
    return table


def _own_triggers(triggers: dict[str, Ints], candidates: Candidates) -> dict[str, Ints]:
    places = ("left of subject", "right of subject", "left of object", "right of object", "between")
    own = [OWN_TRIGGER[name] for name in RELATION_NAMES]
    return {
        f"own trigger {place}": np.array([triggers[f"{name} {place}"] for name in own])[
            candidates.relation, candidates.pair
        ]
        for place in places
    }
