"""The part of a stored network that a page bears, without ever holding the rest.

1. A first pass over the default graph gathers the bare network (:mod:`koopgraph.network.outline`): of its things the
   most central are chosen, as :func:`koopgraph.network.part.part_of` chooses them.
2. A second pass looks up what concerns these: their names and values, the statements among them, why those stand, the
   sentences that state them or name the things, and the articles of these sentences.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import cast

import networkx as nx
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Store

from koopgraph.collector import collector_off
from koopgraph.errors import KoopgraphError
from koopgraph.network.convert import (
    ARTICLE,
    ENTITY_RELATIONS,
    VALUE_RELATIONS,
    kind_of,
    network_of,
    themes_of,
    to_networkx,
)
from koopgraph.network.outline import most_central, outline, stored_things
from koopgraph.network.part import WHOLE, Part, check, fitting_length, part_of, statements
from koopgraph.network.statements import ASSERTED, PROVENANCE, Properties, StatementIndex, Term, gathered, text_of
from koopgraph.rdf.iris import provenance_graph_iri, statement_iri
from koopgraph.rdf.vocabulary import DCTERMS, NIF, PROV, RDF

_DERIVED = PROV.wasDerivedFrom
_DEFAULT = DefaultGraph()


def stored_part(store: Store, part: Part = WHOLE) -> nx.MultiDiGraph[str]:
    """Return ``part_of(to_networkx(store), part)``, in little memory where that leaves out things or sentences.

    For a focus, classes or a time the whole network is made. Raises :class:`koopgraph.errors.QueryError` as ``part_of``
    does.
    """
    check(part)
    with collector_off():
        shown = None if part.narrow else _shown(store, part)
        return part_of(to_networkx(store), part) if shown is None else shown


def _shown(store: Store, part: Part) -> nx.MultiDiGraph[str] | None:
    """Return the part of a whole network; None where nothing of it is left out."""
    things = stored_things(store)
    everything = len(things)
    if everything <= part.most and _cited_at_most(store) <= part.passages:
        return None
    drawn = outline(store, things)
    kept = most_central(things, drawn, part.most)
    del things
    reader = _Reader(store, kept, part.passages)
    index = reader.index(drawn.themes)
    if len(kept) == everything and not reader.left_out:
        return None
    graph = network_of(index)
    graph.graph["themes"] = themes_of(index, drawn.themes)
    left_out = {"things": everything - len(kept), "statements": drawn.statements - statements(graph)}
    said = {"passages": reader.left_out} if reader.left_out else {}
    graph.graph["left_out"] = (left_out if len(kept) < everything else {}) | said
    return graph


def _cited_at_most(store: Store) -> int:
    """Count what is derived from a passage, of any graph: not one of them is read for that."""
    rows = store.query(f"SELECT (COUNT(*) AS ?n) {{ GRAPH ?g {{ ?s <{_DERIVED}> ?o }} }}")
    return int(next(iter(cast("Iterable[tuple[Literal]]", rows)))[0].value)


class _Reader:
    """Looks up in a store what concerns the things ``kept``, with at most about ``most`` sentences."""

    def __init__(self, store: Store, kept: Collection[str], most: int) -> None:
        self._store, self._kept, self._most = store, dict.fromkeys(kept), most
        self._asserted, self._provenance = gathered(), gathered()
        self._base, self._graph = _base_and_graph(store)
        self._cited: dict[str, list[Term]] = {}
        self._count = self.left_out = 0
        self._bound = 2 * most

    def index(self, themes: Iterable[Term]) -> StatementIndex:
        """Return what was looked up; ``themes`` are told too."""
        for iri in self._kept:
            self._read_thing(iri)
        self._shorten()
        passages = dict.fromkeys(text_of(term) for terms in self._cited.values() for term in terms)
        for iri, terms in self._cited.items():
            self._provenance[iri][_DERIVED] = terms
        for iri in passages:
            self._read_provenance(iri)
        self._read_others(dict.fromkeys((*self._articles(passages), *map(text_of, themes))))
        return StatementIndex(dict(self._asserted), dict(self._provenance))

    def _read_thing(self, iri: str) -> None:
        node = _node(iri)
        properties = self._asserted[iri]
        for quad in self._store.quads_for_pattern(node, None, None, _DEFAULT):
            predicate, value = quad.predicate.value, quad.object
            if predicate in ASSERTED and (predicate not in ENTITY_RELATIONS or text_of(value) in self._kept):
                properties[predicate].append(value)
        self._cite(iri, [quad.object for quad in self._quads(node, _DERIVED)])
        unfound = [
            (predicate, str(value))
            for predicate, values in properties.items()
            if predicate in ENTITY_RELATIONS or predicate in VALUE_RELATIONS
            for value in values
            if not self._read_statement(iri, predicate, value)
        ]
        if unfound:
            self._read_statements_of(node, unfound)

    def _read_statement(self, subject: str, predicate: str, value: Term) -> bool:
        """Look up why a triple is stated where builds say it; tell whether that is there."""
        if not self._base or not isinstance(value, NamedNode | Literal):
            return False
        return self._read_provenance(statement_iri(self._base, NamedNode(subject), NamedNode(predicate), value))

    def _read_statements_of(self, node: NamedNode | BlankNode, wanted: Collection[tuple[str, str]]) -> None:
        """Look through all that is stated of a thing: graphs that others wrote name statements as they like."""
        for quad in self._store.quads_for_pattern(None, NamedNode(RDF.subject), node, self._graph):
            statement = text_of(quad.subject)
            predicates, values = (self._quads(_node(statement), part) for part in (RDF.predicate, RDF.object))
            stated = [(text_of(p.object), str(v.object)) for p, v in zip(predicates, values, strict=False)]
            if not set(stated).isdisjoint(wanted):
                self._read_provenance(statement)

    def _read_provenance(self, iri: str) -> bool:
        cited: list[Term] = []
        found = False
        for quad in self._store.quads_for_pattern(_node(iri), None, None, self._graph):
            predicate = quad.predicate.value
            if predicate == _DERIVED:
                cited.append(quad.object)
            elif predicate in PROVENANCE:
                self._provenance[iri][predicate].append(quad.object)
                found = True
        if cited and iri not in self._cited:
            self._cite(iri, cited)
        return found

    def _quads(self, node: NamedNode | BlankNode, predicate: str) -> Iterator[Quad]:
        return self._store.quads_for_pattern(node, NamedNode(predicate), None, self._graph)

    def _cite(self, iri: str, passages: list[Term]) -> None:
        self._cited[iri] = passages
        self._count += len(passages)
        # The capital of a country stands in every other article: what is too much is forgotten early.
        if self._count > self._bound:
            self._shorten()
            self._bound = 2 * max(self._most, self._count)

    def _shorten(self) -> None:
        """Keep so many passages of each thing and statement that all together are no more than a page bears."""
        longest = fitting_length([len(passages) for passages in self._cited.values()], self._most)
        for iri, passages in self._cited.items():
            if len(passages) > longest:
                self._cited[iri] = sorted(passages, key=_place)[:longest]
        kept = sum(map(len, self._cited.values()))
        self.left_out += self._count - kept
        self._count = kept

    def _articles(self, passages: Iterable[str]) -> list[str]:
        """Return the articles that passages are of, and those that a thing which is shown wrote."""
        contexts = (self._provenance[iri] for iri in passages if iri in self._provenance)
        cited = {text_of(found[NIF.referenceContext][0]) for found in contexts if NIF.referenceContext in found}
        creator = NamedNode(DCTERMS.creator)
        for iri in self._kept:
            written = self._store.quads_for_pattern(None, creator, _node(iri), _DEFAULT)
            cited.update(text_of(quad.subject) for quad in written)
        return sorted(cited - self._kept.keys())

    def _read_others(self, iris: Iterable[str]) -> None:
        """Look up articles and themes; what else has a class is nothing that is shown."""
        for iri in iris:
            properties: Properties = self._asserted[iri]
            for quad in self._store.quads_for_pattern(_node(iri), None, None, _DEFAULT):
                if quad.predicate.value in ASSERTED:
                    properties[quad.predicate.value].append(quad.object)
            if kind_of(StatementIndex({iri: properties}), iri) != ARTICLE:
                properties.pop(RDF.type, None)


def _base_and_graph(store: Store) -> tuple[str, NamedNode | None]:
    """Return what the IRIs of a build begin with and its graph of provenance; nothing for graphs that others wrote."""
    first = next(iter(store.quads_for_pattern(None, NamedNode(RDF.subject), None, None)), None)
    if first is None or isinstance(first.graph_name, DefaultGraph):
        return "", None
    base = text_of(first.subject).rpartition("statement/")[0]
    try:
        known = provenance_graph_iri(base) == first.graph_name.value
    except KoopgraphError:
        known = False
    return (base, NamedNode(first.graph_name.value)) if known else ("", None)


def _node(iri: str) -> NamedNode | BlankNode:
    try:
        return NamedNode(iri)
    except ValueError:  # the graph of somebody else: our own have no blank nodes
        return BlankNode(iri)


def _place(passage: Term) -> tuple[str, int, int, str]:
    """Return article, begin and end of a passage as its IRI tells them: it is sorted before it is read."""
    article, begin, end = (*text_of(passage).rsplit("_", 2), "", "")[:3]
    numbered = begin.isdecimal() and end.isdecimal()
    return article, int(begin) if numbered else 0, int(end) if numbered else 0, text_of(passage)
