"""Things get the class that people say they have; what the ontology then forbids is left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from koopgraph.annotate.lexicon import load_lexicon
from koopgraph.curation.judgements import Judgement, Retype, ThingKey
from koopgraph.curation.things import Name, Things, name_of
from koopgraph.model import Article, ArticleGraph, EntityType, Fact
from koopgraph.rdf.iris import entity_iri
from koopgraph.rdf.vocabulary import relation_allowed
from koopgraph.resolve.records import Node
from koopgraph.resolve.rewrite import rewritten


def local_iri(base: str, article: Article, kind: EntityType, name: str) -> str:
    """Return the IRI of a thing in one article; what only describes it ('Richtfest') is that article's own."""
    if load_lexicon(article.language).is_description(name, kind):
        name = f"{name} {article.source}"
    return entity_iri(base, kind, name)


def judged_classes(
    judgements: Iterable[Judgement], things: Things
) -> tuple[dict[Node, tuple[EntityType, int]], set[int]]:
    """Return the class that each thing gets and the position of the judgement, and those that are about anything."""
    found: dict[Node, tuple[EntityType, int]] = {}
    now: dict[Name, set[Node]] = defaultdict(set)  # what has that class by an earlier judgement
    applied = set()
    for number, judgement in enumerate(judgements):
        if isinstance(judgement, Retype):
            thing = judgement.thing
            judged = {n for n in now.get(name_of(thing), ()) if thing.article in (None, things.sources[n[0]])}
            nodes = judged.union(things.nodes(thing))
            found.update((node, (judgement.type, number)) for node in nodes)
            now[name_of(ThingKey(judgement.type, thing.name))] |= nodes
            if nodes:
                applied.add(number)
    return found, applied


def retyped(
    graph: ArticleGraph, classes: Mapping[str, EntityType], *, base: str
) -> tuple[ArticleGraph, dict[str, str], int]:
    """Return the graph with each thing under its judged class, the new IRIs by the old, and how many facts had to go.

    A thing keeps its names; its authority, which is of the other class, goes. Where the article has a thing of that
    class and name, both are one.
    """
    new_iris: dict[str, str] = {}
    entities = []
    for entity in graph.entities:
        kind = classes.get(entity.iri, entity.type)
        if kind is not entity.type:
            new_iris[entity.iri] = local_iri(base, graph.article, kind, entity.name)
            entity = replace(entity, type=kind, authority=None)
        entities.append(entity)
    if not new_iris:
        return graph, {}, 0
    kinds = {e.iri: e.type for e in entities}
    facts = tuple(fact for fact in graph.facts if _allowed(fact, kinds))
    people = tuple(a for a in graph.authors if kinds.get(a, EntityType.PERSON) is EntityType.PERSON)
    changed = replace(graph, entities=tuple(entities), facts=facts, authors=people)
    return rewritten(changed, new_iris), new_iris, len(graph.facts) - len(facts)


def _allowed(fact: Fact, kinds: Mapping[str, EntityType]) -> bool:
    target = kinds[fact.object] if isinstance(fact.object, str) else fact.object.kind
    subject = kinds[fact.subject]
    return relation_allowed(fact.relation, subject, target)
