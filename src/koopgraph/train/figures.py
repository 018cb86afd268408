"""How well names are found: precision, recall and F1 of entities, article by article."""

from __future__ import annotations

from collections.abc import Iterable

from koopgraph.evaluate.gold import GoldArticle
from koopgraph.evaluate.scores import Tally
from koopgraph.model import Annotated, Entity
from koopgraph.resolve.article import resolve
from koopgraph.train.decision import plain_names

_BASE = "https://w3id.org/koopgraph/id/"


def entity_figures(articles: Iterable[tuple[GoldArticle, Annotated]]) -> dict[str, float]:
    """Return the figures over all ``articles``: an entity is right where class and any name are the gold's."""
    right = found = wanted = 0
    for gold, annotated in articles:
        entities = resolve(annotated, (), base=_BASE).entities
        right += _matches(gold, entities)
        found += len(entities)
        wanted += len(gold.entities)
    return Tally(right, found - right, wanted - right).figures()


def _matches(gold: GoldArticle, entities: Iterable[Entity]) -> int:
    """Return how many gold entities are found, each by an entity of its own."""
    free = [(e.type, plain_names(e.names, e.type)) for e in entities]
    right = 0
    for wanted in gold.entities:
        names = plain_names((wanted.name, *wanted.mentions), wanted.type)
        place = next((n for n, (kind, forms) in enumerate(free) if kind is wanted.type and forms & names), None)
        if place is not None:
            del free[place]
            right += 1
    return right
