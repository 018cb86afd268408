"""From the RDF of a build to a networkx graph of its entities.

Nodes are entities, edges are statements between two of them. Values (dates, budgets, mottos, themes)
are attributes of the node, and articles are no nodes: they stand in ``graph.graph["articles"]`` and in
the evidence of everything that they state.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import isfinite
from typing import TypedDict

import networkx as nx
from pyoxigraph import Literal, NamedNode, Quad

from koopgraph.model import ValueKind
from koopgraph.network.statements import Grounds, Passage, StatementIndex, Term, text_of
from koopgraph.rdf.vocabulary import DCTERMS, KOOP, OWL, RDF, RDFS, RELATIONS, SCHEMA, SKOS

ARTICLE = "Article"
_ENTITY_RELATIONS = {relation.iri: name for name, relation in RELATIONS.items() if relation.value is None}
_VALUE_RELATIONS = {relation.iri: relation.value for relation in RELATIONS.values() if relation.value is not None}


class ArticleRecord(TypedDict):
    """What is known about an article; unknown fields are empty. ``authors`` are IRIs of persons."""

    title: str
    source: str
    language: str
    issued: str
    publisher: str
    url: str
    authors: list[str]


class ValueRecord(TypedDict):
    """A statement about an entity whose object is a text: EDTF date, budget, motto or theme id."""

    relation: str
    value: str
    confidence: float
    extractors: list[str]
    evidence: list[Passage]


def to_networkx(source: Iterable[Quad]) -> nx.MultiDiGraph[str]:
    """Return the entities of ``source`` and the statements between them.

    ``source`` is a ``pyoxigraph.Store`` or any iterable of quads. Each node (an IRI) has ``label``, ``type``
    (local name of its class), ``language`` (of the label), ``names`` (all forms, the label first), ``values``
    (list of :class:`ValueRecord`), ``mentions`` (list of ``Passage``: sentences that name it), where stated ``date``,
    ``budget``, ``motto`` and ``theme`` (sorted lists), and where known ``latitude`` and ``longitude`` (degrees) and
    ``same`` (IRIs of the same thing elsewhere). Each edge is keyed by its relation and has ``relation``,
    ``confidence`` (0–1), ``extractors``, ``evidence`` (list of ``Passage``) and, where stated, ``role``. The graph
    has ``articles`` and ``themes`` (labels by theme id and language).
    Nodes are sorted by IRI, edges by subject, relation and object.
    """
    index = StatementIndex.of(source)
    kinds = {iri: kind for iri in sorted(index.asserted) if (kind := _kind(index, iri))}
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    entities = [iri for iri, kind in kinds.items() if kind != ARTICLE]
    for iri in entities:
        graph.add_node(iri, **_attributes(index, iri, kinds[iri]))
    for iri in entities:
        for relation, other, grounds in _edges(index, iri, graph):
            _add_edge(graph, iri, relation, other, grounds)
    graph.graph["articles"] = {iri: _article(index, iri) for iri, kind in kinds.items() if kind == ARTICLE}
    graph.graph["themes"] = _themes(index, entities)
    return graph


def _kind(index: StatementIndex, iri: str) -> str:
    # A city is a place too: the more special class names it, should both be asserted.
    names = [v.removeprefix(KOOP.iri) for v in index.values(iri, RDF.type) if v.startswith(KOOP.iri)]
    return min(names, key=lambda name: (name == "Place", name), default="")


def _attributes(index: StatementIndex, iri: str, kind: str) -> dict[str, object]:
    labels = sorted(
        (term for term in index.asserted[iri].get(RDFS.label, ()) if isinstance(term, Literal)),
        key=lambda term: (term.value, term.language or ""),
    )
    label = labels[0].value if labels else iri.rstrip("/").rsplit("/", 1)[-1]
    others = [name for name in index.values(iri, SKOS.altLabel) if name != label]
    values = list(_values(index, iri))
    attributes: dict[str, object] = {
        "label": label,
        "type": kind,
        "language": (labels[0].language or "") if labels else "",
        "names": [label, *others],
        "values": values,
        "mentions": index.mentions(iri),
    }
    if (latitude := _degrees(index, iri, SCHEMA.latitude)) is not None:
        longitude = _degrees(index, iri, SCHEMA.longitude)
        attributes |= {} if longitude is None else {"latitude": latitude, "longitude": longitude}
    if same := sorted({*index.values(iri, SKOS.exactMatch), *index.values(iri, OWL.sameAs)}):
        attributes["same"] = same
    for kind in ValueKind:
        if texts := [record["value"] for record in values if record["relation"] == kind]:
            attributes[kind.value] = texts
    return attributes


def _degrees(index: StatementIndex, iri: str, predicate: str) -> float | None:
    """Return the coordinate, None where there is none or the graph (which anybody may have written) holds no number."""
    try:
        degrees = float(index.first(iri, predicate))
    except ValueError:
        return None
    return degrees if isfinite(degrees) else None


def _values(index: StatementIndex, iri: str) -> Iterable[ValueRecord]:
    for predicate, term in index.triples(iri):
        kind = _VALUE_RELATIONS.get(predicate)
        if kind is None:
            continue
        grounds = index.grounds(iri, predicate, term)
        yield ValueRecord(
            relation=kind.value,
            value=_theme_id(term) if kind is ValueKind.THEME else text_of(term),
            confidence=grounds["confidence"],
            extractors=grounds["extractors"],
            evidence=grounds["evidence"],
        )


def _theme_id(term: Term) -> str:
    return text_of(term).rstrip("/").replace("#", "/").rsplit("/", 1)[-1]


def _edges(index: StatementIndex, iri: str, graph: nx.MultiDiGraph[str]) -> Iterable[tuple[str, str, Grounds]]:
    for predicate, term in index.triples(iri):
        relation = _ENTITY_RELATIONS.get(predicate)
        if relation and isinstance(term, NamedNode) and term.value in graph:
            yield relation, term.value, index.grounds(iri, predicate, term)


def _add_edge(graph: nx.MultiDiGraph[str], subject: str, relation: str, other: str, grounds: Grounds) -> None:
    attributes: dict[str, object] = {
        "relation": relation,
        "confidence": grounds["confidence"],
        "extractors": grounds["extractors"],
        "evidence": grounds["evidence"],
    }
    if grounds["roles"]:
        attributes["role"] = "; ".join(grounds["roles"])
    graph.add_edge(subject, other, key=relation, **attributes)


def _article(index: StatementIndex, iri: str) -> ArticleRecord:
    return ArticleRecord(
        title=index.first(iri, DCTERMS.title),
        source=index.first(iri, DCTERMS.source),
        language=index.first(iri, DCTERMS.language),
        issued=index.first(iri, DCTERMS.issued),
        publisher=index.first(iri, DCTERMS.publisher),
        url=index.first(iri, SCHEMA.url),
        authors=index.values(iri, DCTERMS.creator),
    )


def _themes(index: StatementIndex, entities: Iterable[str]) -> dict[str, dict[str, str]]:
    used = {text_of(term): _theme_id(term) for iri in entities for term in index.asserted[iri].get(KOOP.theme, ())}
    themes: dict[str, dict[str, str]] = {}
    for iri, theme in sorted(used.items(), key=lambda item: item[1]):
        terms = [t for name in (SKOS.prefLabel, RDFS.label) for t in index.asserted.get(iri, {}).get(name, ())]
        labels = sorted((t.language or "", t.value) for t in terms if isinstance(t, Literal))
        themes[theme] = dict(reversed(labels))
    return themes
