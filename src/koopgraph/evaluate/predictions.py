"""What a graph states, article by article: read from the quads of a build, as whoever scores a dataset sees it.

An entity's names are those of the whole dataset (articles lend each other their forms), its relations those of
the article's own named graph. Passages and confidence come from the provenance graph; a dataset without one
can be scored too.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Quad
from pyoxigraph import Triple as QuotedTriple

from koopgraph.errors import EvaluationError
from koopgraph.model import EntityType, Evidence, ValueKind
from koopgraph.rdf.vocabulary import DCTERMS, KOOP, NIF, PROV, RDF, RDFS, RELATIONS, SKOS

Node: TypeAlias = NamedNode | BlankNode
Term: TypeAlias = NamedNode | BlankNode | Literal
_Stated: TypeAlias = tuple[Node, NamedNode, Term]

_TYPES = {KOOP[kind]: kind for kind in EntityType}
_RELATIONS = {known.iri: name for name, known in RELATIONS.items()}
_LABELS = frozenset({RDFS.label, SKOS.prefLabel, SKOS.altLabel})
_NOTED = frozenset(
    {RDF.subject, RDF.predicate, RDF.object, KOOP.confidence, KOOP.extractor, PROV.wasDerivedFrom}
    | {NIF.referenceContext, NIF.beginIndex, NIF.endIndex, NIF.anchorOf}
)


@dataclass(frozen=True, slots=True)
class PredictedEntity:
    """One thing of one article. ``passages`` are where the article names it, as far as the dataset tells."""

    iri: str
    type: EntityType
    names: frozenset[str]
    passages: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class PredictedRelation:
    """One statement of one article. ``object`` is an IRI, or the value of a date, budget, motto or theme."""

    subject: str
    relation: str
    object: str
    passages: tuple[Evidence, ...] = ()
    confidence: float | None = None
    extractors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Predicted:
    """What the graph of one article holds: its entities by IRI, and its relations."""

    entities: Mapping[str, PredictedEntity] = field(default_factory=dict)
    relations: tuple[PredictedRelation, ...] = ()


def read_predictions(quads: Iterable[Quad], *, min_confidence: float = 0.0) -> dict[str, Predicted]:
    """Return what each article states, by the bare name of its file.

    Relations below ``min_confidence`` are left out; one without a confidence stays.
    """
    dataset = _Dataset(quads)
    return {source: dataset.article(graph, min_confidence) for source, graph in sorted(dataset.sources.items())}


class _Dataset:
    """The quads of a dataset, sorted by what they are for."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self.sources: dict[str, Node] = {}
        self._names: dict[Term, set[str]] = defaultdict(set)
        self._types: dict[Term, set[EntityType]] = defaultdict(set)
        # What each graph states of things, once each and in order.
        self._graphs: dict[object, dict[_Stated, None]] = defaultdict(dict)
        # What is said about statements and passages, by (subject, predicate).
        self._notes: dict[tuple[Term, str], list[Term]] = defaultdict(list)
        for quad in quads:
            if not isinstance(quad.subject, QuotedTriple) and not isinstance(quad.object, QuotedTriple):
                self._add(quad.subject, quad.predicate, quad.object, quad.graph_name)
        self._statements = self._reified()

    def _add(self, subject: Node, predicate: NamedNode, object_: Term, graph: object) -> None:
        match predicate.value:
            case name if name in _LABELS:
                self._names[subject].add(_text(object_))
            case RDF.type if _text(object_) in _TYPES:
                self._types[subject].add(_TYPES[_text(object_)])
                self._graphs[graph][subject, predicate, object_] = None
            case DCTERMS.source:
                self.sources[PurePosixPath(_text(object_)).name] = subject
            case name if name in _RELATIONS:
                self._graphs[graph][subject, predicate, object_] = None
            case name if name in _NOTED:
                self._notes[subject, name].append(object_)

    def _reified(self) -> dict[tuple[Term, Term, Term], list[Term]]:
        """Return the nodes of the provenance graph that speak of a triple."""
        statements: dict[tuple[Term, Term, Term], list[Term]] = defaultdict(list)
        for node in [node for node, name in self._notes if name == RDF.subject]:
            parts = (self._noted(node, name) for name in (RDF.subject, RDF.predicate, RDF.object))
            for subject, predicate, object_ in zip(*parts, strict=False):
                statements[subject, predicate, object_].append(node)
        return statements

    def _noted(self, node: Term, name: str) -> list[Term]:
        return self._notes.get((node, name), [])

    def article(self, graph: Node, min_confidence: float) -> Predicted:
        """Return what the named graph of one article states."""
        stated = self._graphs.get(graph, {})
        relations = [self._relation(graph, triple) for triple in stated if triple[1].value in _RELATIONS]
        nodes = {term for subject, _, object_ in stated for term in (subject, object_) if term in self._types}
        entities = {_text(node): self._entity(graph, node) for node in sorted(nodes, key=_text)}
        kept = (r for r in relations if r.confidence is None or r.confidence >= min_confidence)
        return Predicted(entities, tuple(sorted(kept, key=lambda r: (r.subject, r.relation, r.object))))

    def _entity(self, graph: Node, node: Term) -> PredictedEntity:
        # Of several classes the special one counts: a city is a place as well.
        kind = min(self._types[node], key=lambda kind: (kind is EntityType.PLACE, kind))
        return PredictedEntity(_text(node), kind, frozenset(self._names[node]), self._passages(graph, [node]))

    def _relation(self, graph: Node, triple: _Stated) -> PredictedRelation:
        subject, predicate, object_ = triple
        nodes = self._statements.get(triple, [])
        confidences = [float(_text(c)) for node in nodes for c in self._noted(node, KOOP.confidence)]
        extractors = {_text(e) for node in nodes for e in self._noted(node, KOOP.extractor)}
        name, value = _RELATIONS[predicate.value], _text(object_)
        if RELATIONS[name].value is ValueKind.THEME:
            value = re.split(r"[/#]", value)[-1]
        passages, surest = self._passages(graph, nodes), max(confidences, default=None)
        return PredictedRelation(_text(subject), name, value, passages, surest, tuple(sorted(extractors)))

    def _passages(self, graph: Node, nodes: Iterable[Term]) -> tuple[Evidence, ...]:
        found = {passage for node in nodes for passage in self._cited(graph, node)}
        return tuple(sorted(found, key=lambda passage: (passage.start, passage.end)))

    def _cited(self, graph: Node, node: Term) -> Iterator[Evidence]:
        """Yield the passages of one article that ``node`` was derived from."""
        for passage in self._noted(node, PROV.wasDerivedFrom):
            if graph not in self._noted(passage, NIF.referenceContext):
                continue
            try:
                begin, end, quote = (
                    _text(self._noted(passage, name)[0]) for name in (NIF.beginIndex, NIF.endIndex, NIF.anchorOf)
                )
                yield Evidence(int(begin), int(end), quote)
            except (IndexError, ValueError) as error:
                raise EvaluationError(f"{_text(passage)}: no passage with offsets and quote ({error})") from error


def _text(term: Term) -> str:
    return term.value
