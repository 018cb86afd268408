"""An article's graph with the IRIs that resolution over all articles gave its things."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from koopgraph.model import ArticleGraph, Entity
from koopgraph.resolve.article import surest
from koopgraph.resolve.names import fullness


def rewritten(graph: ArticleGraph, final: Mapping[str, str]) -> ArticleGraph:
    """Return ``graph`` with each thing under its ``final`` IRI, given by its own; a thing that is not there keeps that.

    Things that turned out to be one are one entity with the names of both; what then states something of a thing and
    itself is left out, and of facts that say the same with the same passage the surest stays.
    """
    if all(final.get(e.iri, e.iri) == e.iri for e in graph.entities):
        return graph
    entities: dict[str, Entity] = {}
    for entity in graph.entities:
        iri = final.get(entity.iri, entity.iri)
        entities[iri] = _united(entities[iri], entity) if iri in entities else replace(entity, iri=iri)
    facts = []
    for fact in graph.facts:
        subject = final.get(fact.subject, fact.subject)
        target = final.get(fact.object, fact.object) if isinstance(fact.object, str) else fact.object
        if subject != target:
            facts.append(replace(fact, subject=subject, object=target))
    return replace(
        graph,
        entities=tuple(sorted(entities.values(), key=lambda e: e.iri)),
        facts=surest(facts),
        authors=tuple(dict.fromkeys(final.get(a, a) for a in graph.authors)),
    )


def _united(one: Entity, other: Entity) -> Entity:
    passages = {e.start: e for e in (*other.mentions, *one.mentions)}
    return replace(
        one,
        name=min(one.name, other.name, key=lambda n: fullness(n, one.type)),
        names=tuple(sorted({*one.names, *other.names})),
        forms=tuple(sorted({*one.forms, *other.forms})),
        mentions=tuple(passages[start] for start in sorted(passages)),
        authority=min((a for a in (one.authority, other.authority) if a), default=None),
    )
