"""Fitting the relation model: which candidates of the gold articles are true.

The candidates are made twice an article: once with the mentions that a name model finds which has not seen the
article, since those are what the model will meet; once with the gold's own mentions, since they show more relations
whole. Whether the model is any good is asked of the first kind alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from koopgraph.annotate import complete, view_of
from koopgraph.evaluate.gold import GoldArticle
from koopgraph.evaluate.matching import match_entities, value
from koopgraph.evaluate.predictions import PredictedEntity
from koopgraph.extract import gather, select
from koopgraph.model import Annotated, Mention, Value
from koopgraph.train.classifier import Example, Fit, fit
from koopgraph.train.progress import Progress, silent
from koopgraph.train.projection import project
from koopgraph.weigh import RULES
from koopgraph.weigh.pairs import RELATION_NAMES, candidates_of
from koopgraph.weigh.rows import rows_of
from koopgraph.weigh.scene import Scene, make_scene


def fit_relations(held_out: Sequence[tuple[GoldArticle, Annotated]], progress: Progress = silent) -> Fit:
    """Return the relation model fitted on gold articles, each annotated by a model that had not seen it."""
    found = list(_examples(held_out))
    shown = list(_examples([(gold, with_gold_mentions(gold, annotated)) for gold, annotated in held_out]))
    return fit(found, shown, progress=progress)


def with_gold_mentions(gold: GoldArticle, annotated: Annotated) -> Annotated:
    """Return the article with the gold's mentions in the place of those found, each under its entity's name."""
    view = view_of(annotated.article)
    names = {(form, entity.type): entity.name for entity in gold.entities for form in (*entity.mentions, entity.name)}
    mentions = []
    for first, last, kind in project(view, gold.entities):
        mention = view.mention(first, last, kind, "gold", 1.0)
        mentions.append(replace(mention, name=names[mention.text, kind]))
    return complete(annotated.article, view, tuple(mentions))


def _examples(articles: Sequence[tuple[GoldArticle, Annotated]]) -> Iterator[Example]:
    """Yield the candidates of each article; one that is too long for one scene counts by its first part."""
    rules = select(sorted(RULES))
    for gold, annotated in articles:
        statements = list(gather(annotated, rules).statements)
        scene = next(make_scene(annotated, statements).blocks(), None)
        if scene is None:
            continue
        rows = rows_of(scene, candidates_of(scene), statements)
        wanted = {_key(r.subject, r.relation, r.object or value(r.relation, r.value or "")) for r in gold.relations}
        ends = _gold_ends(gold, scene)
        pairs = rows.candidates.pairs
        true = [
            _key(ends.get(int(pairs.subject[p]), ""), RELATION_NAMES[r], ends.get(int(pairs.object[p]), "")) in wanted
            for p, r in zip(rows.candidates.pair, rows.candidates.relation, strict=True)
        ]
        label = rows.candidates.relation
        yield Example(rows.columns, rows.table, rows.parts, label, np.array(true, dtype=bool), len(wanted))


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
