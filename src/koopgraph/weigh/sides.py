"""The sides of a pair: what is known of a thing, and of one of its occurrences, whatever the other side may be.

Columns are named with '{role}' in the place of 'subject' or 'object': both sides are measured alike.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from koopgraph.classifier import Bools, Floats, Ints, Table
from koopgraph.model import EntityType
from koopgraph.weigh.ground import FAR, Ground
from koopgraph.weigh.pairs import RELATION_NAMES
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
_COUNTED_KINDS = [KIND[kind] for kind in _COUNTED]


def of_things(scene: Scene, ground: Ground) -> dict[str, Floats | Ints | Bools]:
    """Return the columns of things, one row each."""
    return {
        "{role}: names": np.log1p(ground.names),
        "{role}: references": np.log1p(ground.references),
        "{role}: in title": ground.in_title,
        "{role}: rank": np.minimum(ground.rank, 8),
        "{role}: of its kind": np.minimum(ground.kind_size, 15),
        "{role}: lead": np.minimum(np.maximum(ground.lead, -8), 8),
        "{role}: confidence": np.array([thing.confidence for thing in scene.things]),
        "{role}: first at": scene.start[ground.first] / (1 + len(scene.annotated.article.text)),
        "{role}: first paragraph": scene.paragraph[ground.first],
        **{f"{{role}} is {kind}": ground.kind == number for number, kind in enumerate(KINDS)},
    }


@cache
def occurrence_columns() -> tuple[str, ...]:
    """Return the names of the columns of :func:`occurrence_table`."""
    return (
        "{role} is reference",
        "{role} sentence",
        "{role}: like it in its sentence",
        "{role}: place in sentence",
        "{role}: to end of sentence",
        "{role}: sentences below heading",
        *(f"{{role}}: in a {name}" for name in ("heading", "bullet", "label")),
        *(f"{{role}}: {counted} beside" for counted in _COUNTED),
        *(f"{name} left of {{role}}" for name in trigger_classes()),
        *(f"{name} right of {{role}}" for name in trigger_classes()),
    )


def occurrence_table(scene: Scene, ground: Ground) -> Table:
    """Return the measures of occurrences, one row each."""
    here = scene.sentence
    begin, end = scene.sentence_tokens[here].T
    left, right = _near_triggers(scene, ground, begin, end)
    single = (
        scene.is_reference,
        np.minimum(here, 30),
        np.minimum(ground.counts[here, ground.kind[scene.thing]], 6),
        scene.first_token - begin,
        end - scene.last_token,
        np.minimum(here - ground.heading[here], 9),
    )
    beside = np.minimum(ground.counts[here][:, _COUNTED_KINDS], 4)
    return np.column_stack((*single, ground.lines[here], beside, left.T, right.T)).astype(np.float32)


def _near_triggers(scene: Scene, ground: Ground, begin: Ints, end: Ints) -> tuple[Ints, Ints]:
    """Distances in tokens to the nearest trigger of each class left and right in the sentence (classes × rows)."""
    first, last = scene.first_token, scene.last_token
    before = ground.trigger_before[:, np.maximum(first - 1, 0)]
    after = ground.trigger_after[:, np.minimum(last, ground.trigger_after.shape[1] - 1)]
    left = np.where((before >= begin) & (before < first), np.minimum(first - before, FAR), FAR)
    right = np.where((after < end) & (after >= last), np.minimum(after - last + 1, FAR), FAR)
    return left, right


@cache
def own_triggers() -> tuple[Ints, Ints, Ints]:
    """Return for each relation the number of its own trigger class, and its columns in :func:`occurrence_table`."""
    classes = np.array([trigger_classes().index(OWN_TRIGGER[name]) for name in RELATION_NAMES])
    begin = len(occurrence_columns()) - 2 * len(trigger_classes())
    return classes, begin + classes, begin + len(trigger_classes()) + classes
