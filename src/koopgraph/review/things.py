"""The things of a graph by the names that judgements give them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from koopgraph.curation.judgements import ThingKey
from koopgraph.model import EntityType
from koopgraph.rdf.vocabulary import DCTERMS, KOOP, RDF, RDFS, SKOS
from koopgraph.resolve.names import key

if TYPE_CHECKING:
    from pyoxigraph import BlankNode, Literal, NamedNode, Store, Triple

    Term: TypeAlias = NamedNode | BlankNode | Literal | Triple

_CLASSES = sorted(EntityType, key=lambda kind: kind is EntityType.CITY)
"""Cities last: they are places too, and the special class counts."""


class Things:
    """Classes, names and articles of a graph's things, read once; names are compared by ``resolve.names.key``."""

    def __init__(self, store: Store) -> None:
        """Read classes and names from the default graph."""
        from pyoxigraph import DefaultGraph, NamedNode

        self._store = store
        self._types: dict[str, EntityType] = {}
        for kind in _CLASSES:
            found = store.quads_for_pattern(None, NamedNode(RDF.type), NamedNode(KOOP[kind]), DefaultGraph())
            self._types.update((_value(quad.subject), kind) for quad in found)
        self._labels = {iri: min(names) for iri, names in self._texts(RDFS.label).items()}
        self._others = self._texts(SKOS.altLabel)
        self._articles: dict[str, tuple[str, ...]] = {}

    def __contains__(self, iri: str) -> bool:
        """Whether the graph has a thing with that IRI."""
        return iri in self._types and iri in self._labels

    def type(self, iri: str) -> EntityType:
        """Return the thing's class."""
        return self._types[iri]

    def label(self, iri: str) -> str:
        """Return the thing's preferred name."""
        return self._labels[iri]

    def names(self, iri: str) -> tuple[str, ...]:
        """Return all names of the thing, the preferred one first."""
        label = self._labels[iri]
        return (label, *sorted(set(self._others.get(iri, ())) - {label}))

    def articles(self, iri: str) -> tuple[str, ...]:
        """Return the sources of the articles that have the thing, sorted."""
        if iri not in self._articles:
            self._articles[iri] = tuple(sorted(set(self._read_articles(iri))))
        return self._articles[iri]

    def find(self, thing: ThingKey) -> tuple[str, ...]:
        """Return the IRIs of the things that the key means, sorted."""
        found = self._by_name.get((thing.type, key(thing.name, thing.type)), ())
        if thing.article is None:
            return tuple(found)
        return tuple(iri for iri in found if thing.article in self.articles(iri))

    def ambiguous(self, kind: EntityType, name: str) -> bool:
        """Whether several things of the class bear the name."""
        return len(self._by_name.get((kind, key(name, kind)), ())) > 1

    @cached_property
    def _by_name(self) -> dict[tuple[EntityType, str], list[str]]:
        found: dict[tuple[EntityType, str], list[str]] = defaultdict(list)
        for iri in sorted(self._labels.keys() & self._types.keys()):
            kind = self._types[iri]
            for form in {key(name, kind) for name in (self._labels[iri], *self._others.get(iri, ()))}:
                found[kind, form].append(iri)
        return dict(found)

    def _texts(self, predicate: str) -> dict[str, list[str]]:
        from pyoxigraph import DefaultGraph, NamedNode

        found: dict[str, list[str]] = defaultdict(list)
        for quad in self._store.quads_for_pattern(None, NamedNode(predicate), None, DefaultGraph()):
            found[_value(quad.subject)].append(_value(quad.object))
        return dict(found)

    def _read_articles(self, iri: str) -> Iterator[str]:
        from pyoxigraph import DefaultGraph, NamedNode

        kind = NamedNode(KOOP[self._types[iri]])
        for quad in self._store.quads_for_pattern(NamedNode(iri), NamedNode(RDF.type), kind, None):
            if isinstance(quad.graph_name, NamedNode):
                sources = self._store.quads_for_pattern(
                    quad.graph_name, NamedNode(DCTERMS.source), None, DefaultGraph()
                )
                yield from (_value(source.object) for source in sources)


def _value(term: Term) -> str:
    return str(getattr(term, "value", term))
