"""Which things of which articles a key means: an index over all articles, made once for all judgements.

1. A key means the things that an article gives that name in its base form (:attr:`Entity.forms`).
2. Where there is none of these, those that have it among their other names: inflected, shortened.
3. A surname alone means only people who are called nothing more in an article.
4. Judgements change names and classes: a key also means what an older or newer one of the same thing means.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from koopgraph.curation.judgements import (
    AddedStatement,
    AddedThing,
    AuthorityJudgement,
    Judgement,
    PairJudgement,
    Rename,
    Retype,
    StatementJudgement,
    StatementKey,
    ThingKey,
)
from koopgraph.model import ArticleGraph, Entity, EntityType
from koopgraph.resolve.names import key
from koopgraph.resolve.records import Node

Name: TypeAlias = tuple[EntityType, str]
"""A class, and what equal names of it share."""
_Found: TypeAlias = dict[Name, dict[str, list[Node]]]


def name_of(thing: ThingKey) -> Name:
    """Return what the key has in common with every name that means the same."""
    return thing.type, key(thing.name, thing.type)


def keys_of(judgement: Judgement) -> tuple[ThingKey, ...]:
    """Return the keys of all things that a judgement names."""
    match judgement:
        case PairJudgement(_, things):
            return things
        case StatementJudgement(_, statement) | AddedStatement(statement):
            return _keys_of_statement(statement)
        case Rename(thing) | Retype(thing) | AddedThing(thing) | AuthorityJudgement(_, thing):
            return (thing,)


def _keys_of_statement(statement: StatementKey) -> tuple[ThingKey, ...]:
    return (statement.subject,) if statement.object is None else (statement.subject, statement.object)


class Aliases:
    """What else a key means, since judgements rename things and correct their classes."""

    def __init__(self, judgements: Iterable[Judgement]) -> None:
        """Learn from the renaming and retyping among ``judgements``."""
        found: dict[Name, dict[ThingKey, None]] = defaultdict(dict)
        for judgement in judgements:
            match judgement:
                case Rename(thing, name):
                    found[name_of(ThingKey(thing.type, name))][thing] = None
                case Retype(thing, type_):
                    found[name_of(thing)][ThingKey(type_, thing.name, thing.article)] = None
        self._others = dict(found)

    def of(self, thing: ThingKey) -> tuple[ThingKey, ...]:
        """Return the key and all others that mean the same."""
        if name_of(thing) not in self._others:
            return (thing,)
        found = {thing: None}
        queue = [thing]
        while queue:
            known = queue.pop()
            for other in self._others.get(name_of(known), ()):
                if other.article and known.article and other.article != known.article:
                    continue
                narrowed = ThingKey(other.type, other.name, known.article or other.article)
                if narrowed not in found:
                    found[narrowed] = None
                    queue.append(narrowed)
        return tuple(found)


class Things:
    """Finds the things that the judgements' keys mean, by article and IRI.

    Of the articles only what a judgement names is held: ``sources`` are those of articles that name anything judged,
    ``order`` is where these stand in time, ``kinds`` are the classes of what they name.
    """

    def __init__(self, graphs: Iterable[ArticleGraph], judgements: Sequence[Judgement]) -> None:
        """Index the names of ``graphs`` that any of the ``judgements`` names."""
        self._aliases = Aliases(judgements)
        meant = {k for j in judgements for named in keys_of(j) for k in self._aliases.of(named)}
        self._wanted = {name_of(thing) for thing in meant}
        self._known: dict[EntityType, dict[str, Name | None]] = {kind: {} for kind, _ in self._wanted}
        self._given: _Found = defaultdict(lambda: defaultdict(list))
        self._other: _Found = defaultdict(lambda: defaultdict(list))
        self._nodes: dict[ThingKey, tuple[Node, ...]] = {}
        self.order: dict[str, tuple[str, str]] = {}
        self.sources: dict[str, str] = {}
        self.kinds: dict[Node, EntityType] = {}
        for graph in graphs:
            for entity in graph.entities:
                self._add(graph, entity)

    def _add(self, graph: ArticleGraph, entity: Entity) -> None:
        if entity.type not in self._known:
            return
        node, source = (graph.iri, entity.iri), graph.article.source
        given = {n for form in (entity.name, *entity.forms) if (n := self._name(entity.type, form))}
        surnames = {name for name in given if _is_surname_of(name, entity)}
        for name in given - surnames:
            self._given[name][source].append(node)
        others = {n for form in entity.names if (n := self._name(entity.type, form))}
        for name in (others - given) | surnames:
            self._other[name][source].append(node)
        if given or others:
            self.kinds[node] = entity.type
            self.sources[graph.iri] = source
            self.order[graph.iri] = (graph.article.published or "~", source)

    def _name(self, kind: EntityType, form: str) -> Name | None:
        """Return the name of a form where any judgement is about it; each form's is worked out once."""
        known = self._known[kind]
        if form not in known:
            name = (kind, key(form, kind))
            known[form] = name if name in self._wanted else None
        return known[form]

    def nodes(self, thing: ThingKey) -> tuple[Node, ...]:
        """Return (article IRI, thing's IRI) of everything that the key means, sorted, the earliest article's first."""
        if thing not in self._nodes:
            found = {node for each in self._aliases.of(thing) for node in self._nodes_of(each)}
            self._nodes[thing] = tuple(sorted(found, key=lambda node: (self.order[node[0]], node)))
        return self._nodes[thing]

    def iris(self, thing: ThingKey) -> frozenset[str]:
        """Return the IRIs of the things that the key means."""
        return frozenset(iri for _, iri in self.nodes(thing))

    def _nodes_of(self, thing: ThingKey) -> Iterator[Node]:
        name = name_of(thing)
        for found in (self._given, self._other):
            by_source = found.get(name, {})
            if thing.article is not None:
                nodes = by_source.get(thing.article, [])
            else:
                nodes = [node for source in by_source.values() for node in source]
            if nodes:
                yield from nodes
                return


def _is_surname_of(name: Name, entity: Entity) -> bool:
    return entity.type is EntityType.PERSON and " " not in name[1] and " " in key(entity.name, entity.type)
