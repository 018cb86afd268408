"""Fitting the relation model: which candidates of the gold articles are true.

The candidates are made twice an article: once with the mentions that a name model finds which has not seen the
article, since those are what the model will meet; once with the gold's own mentions, since they show more relations
whole. Whether the model is any good is asked of the first kind alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from koopgraph.annotate import complete, view_of
from koopgraph.classifier import Part, columns_of, table_of
from koopgraph.errors import TrainError
from koopgraph.evaluate.gold import GoldArticle
from koopgraph.evaluate.matching import match_entities, value
from koopgraph.evaluate.predictions import PredictedEntity
from koopgraph.extract import Extractor, gather, select
from koopgraph.model import Annotated, Mention, Value
from koopgraph.progress import Progress, silent
from koopgraph.train.classifier import Example, Fit, fit
from koopgraph.train.projection import project
from koopgraph.weigh import RULES
from koopgraph.weigh.claims import claims_of
from koopgraph.weigh.pairs import RELATION_NAMES, candidates_of
from koopgraph.weigh.rows import rows_of
from koopgraph.weigh.scene import Scene, make_scene


def fit_relations(held_out: Sequence[tuple[GoldArticle, Annotated]], progress: Progress = silent) -> Fit:
    """Return the relation model fitted on gold articles, each annotated by a model that had not seen it."""
    rules = select(sorted(RULES))
    found, shown = [], []
    for gold, annotated in held_out:
        one = _example(gold, annotated, rules)
        other = _example(gold, with_gold_mentions(gold, annotated), rules)
        known = one or other
        if known is not None:
            found.append(one or _without_candidates(known))
            shown.append(other or _without_candidates(known))
    if not any(len(example.label) for example in (*found, *shown)):
        raise TrainError("no gold article names two things; relations cannot be learnt from them")
    return fit(found, shown, labels=len(RELATION_NAMES), progress=progress)


def with_gold_mentions(gold: GoldArticle, annotated: Annotated) -> Annotated:
    """Return the article with the gold's mentions in the place of those found, each under its entity's name."""
    view = view_of(annotated.article)
    names = {(form, entity.type): entity.name for entity in gold.entities for form in (*entity.mentions, entity.name)}
    mentions = []
    for first, last, kind in project(view, gold.entities):
        mention = view.mention(first, last, kind, "gold", 1.0)
        mentions.append(replace(mention, name=names[mention.text, kind]))
    return complete(annotated.article, view, tuple(mentions))


def _example(gold: GoldArticle, annotated: Annotated, rules: Sequence[Extractor]) -> Example | None:
    """Return an article's candidates, or None where it has no things; a long one counts by its first block."""
    statements = list(gather(annotated, rules).statements)
    scene = next(make_scene(annotated, statements).blocks(), None)
    if scene is None:
        return None
    (rows,) = rows_of(scene, [candidates_of(scene)], claims_of(scene, statements))
    wanted = {_key(r.subject, r.relation, r.object or value(r.relation, r.value or "")) for r in gold.relations}
    ends = _gold_ends(gold, scene)
    pairs = rows.candidates.pairs
    label = rows.candidates.relation
    true = [
        _key(ends.get(int(pairs.subject[p]), ""), RELATION_NAMES[r], ends.get(int(pairs.object[p]), "")) in wanted
        for p, r in zip(rows.candidates.pair, label, strict=True)
    ]
    return Example(
        columns_of(rows.blocks), table_of(rows.blocks), rows.parts, label, np.array(true, dtype=bool), len(wanted)
    )


def _without_candidates(example: Example) -> Example:
    """Return what stands beside ``example`` where the article's other mentions make no candidates."""
    parts = tuple(Part({}, part.of[:0]) for part in example.parts)
    return replace(example, table=example.table[:0], parts=parts, label=example.label[:0], true=example.true[:0])


def _key(subject: str, relation: str, target: str) -> tuple[str, str, str]:
    if relation == "cooperatesWith":
        subject, target = sorted((subject, target))
    return subject, relation, target


def _gold_ends(gold: GoldArticle, scene: Scene) -> dict[int, str]:
    """Return what each thing of the scene is in the gold: an entity's id, or a value in its normal form."""
    names: dict[int, set[str]] = defaultdict(set)
    for mention in scene.annotated.mentions:
        number = scene.number_of(mention)
        if number is not None:
            names[number] |= {mention.name, mention.text}
    things = [
        PredictedEntity(str(number), target.type, frozenset(names[number]))
        for number, target in enumerate(thing.object for thing in scene.things)
        if isinstance(target, Mention)
    ]
    ends = {int(number): id for id, number in match_entities(gold.entities, things).items()}
    for number, thing in enumerate(scene.things):
        if isinstance(thing.object, Value):
            ends[number] = value(thing.object.kind, thing.object.text)
    return ends
