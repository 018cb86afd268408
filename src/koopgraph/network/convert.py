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
from pyoxigraph import Literal, NamedNode, Quad, Store

from koopgraph.collector import collector_off
from koopgraph.model import ValueKind
from koopgraph.network.statements import Grounds, Passage, StatementIndex, Term, text_of
from koopgraph.rdf.vocabulary import DCTERMS, KOOP, OWL, RDF, RDFS, RELATIONS, SCHEMA, SKOS

ARTICLE = "Article"
ENTITY_RELATIONS = {relation.iri: name for name, relation in RELATIONS.items() if relation.value is None}
VALUE_RELATIONS = {relation.iri: relation.value for relation in RELATIONS.values() if relation.value is not None}
"""Our relations between two things, and those of a thing and a text, by their IRIs."""

_VALUE_NAMES = [kind.value for kind in ValueKind]
# Looked up once: a vocabulary finds its terms by name, and there are millions of look-ups.
_OURS, _TYPE, _THEME = KOOP.iri, RDF.type, KOOP.theme
_LABEL, _OTHER_LABEL, _EXACT, _SAME = RDFS.label, SKOS.altLabel, SKOS.exactMatch, OWL.sameAs
_LATITUDE, _LONGITUDE = SCHEMA.latitude, SCHEMA.longitude


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


def to_networkx(source: Store | Iterable[Quad]) -> nx.MultiDiGraph[str]:
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
    with collector_off():
        index = StatementIndex.of(source)
        graph = network_of(index)
        used = {term for iri in graph for term in index.asserted[iri].get(_THEME, ())}
        graph.graph["themes"] = themes_of(index, used)
        return graph


def network_of(index: StatementIndex) -> nx.MultiDiGraph[str]:
    """Return the network of what ``index`` holds, without ``themes``; see :func:`to_networkx`."""
    kinds = {iri: kind for iri in sorted(index.asserted) if (kind := kind_of(index, iri))}
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    entities = [iri for iri, kind in kinds.items() if kind != ARTICLE]
    for iri in entities:
        graph.add_node(iri, **_attributes(index, iri, kinds[iri]))
    for iri in entities:
        for relation, other, grounds in _edges(index, iri, graph):
            _add_edge(graph, iri, relation, other, grounds)
    graph.graph["articles"] = {iri: _article(index, iri) for iri, kind in kinds.items() if kind == ARTICLE}
    return graph


def themes_of(index: StatementIndex, used: Iterable[Term]) -> dict[str, dict[str, str]]:
    """Return the labels by language of each of the themes ``used``, by the theme's id."""
    themes: dict[str, dict[str, str]] = {}
    for theme, iri in sorted({(_theme_id(term), text_of(term)) for term in used}):
        terms = [t for name in (SKOS.prefLabel, RDFS.label) for t in index.asserted.get(iri, {}).get(name, ())]
        labels = sorted((t.language or "", t.value) for t in terms if isinstance(t, Literal))
        themes[theme] = dict(reversed(labels))
    return themes


def kind_of(index: StatementIndex, iri: str) -> str:
    """Return the class of ``iri`` as its local name: empty for what is none of ours."""
    kinds = [kind for name in index.values(iri, _TYPE) if (kind := local_class(name)) is not None]
    return min(kinds, key=speciality, default="")


def local_class(iri: str) -> str | None:
    """Return the local name of one of our classes, None for any other."""
    return iri.removeprefix(_OURS) if iri.startswith(_OURS) else None


def speciality(kind: str) -> tuple[bool, str]:
    """Return what the class that counts has least of, where something has several: a city is a place too."""
    return kind == "Place", kind


def _attributes(index: StatementIndex, iri: str, kind: str) -> dict[str, object]:
    properties = index.asserted[iri]
    labels = sorted(
        (term for term in properties.get(_LABEL, ()) if isinstance(term, Literal)),
        key=lambda term: (term.value, term.language or ""),
    )
    label = labels[0].value if labels else iri.rstrip("/").rsplit("/", 1)[-1]
    others = [name for name in index.values(iri, _OTHER_LABEL) if name != label]
    values = list(_values(index, iri))
    attributes: dict[str, object] = {
        "label": label,
        "type": kind,
        "language": (labels[0].language or "") if labels else "",
        "names": [label, *others],
        "values": values,
        "mentions": index.mentions(iri),
    }
    if _LATITUDE in properties and (latitude := _degrees(index, iri, _LATITUDE)) is not None:
        longitude = _degrees(index, iri, _LONGITUDE)
        attributes |= {} if longitude is None else {"latitude": latitude, "longitude": longitude}
    if same := sorted({*index.values(iri, _EXACT), *index.values(iri, _SAME)}):
        attributes["same"] = same
    for name in _VALUE_NAMES if values else ():
        if texts := [record["value"] for record in values if record["relation"] == name]:
            attributes[name] = texts
    return attributes


def _degrees(index: StatementIndex, iri: str, predicate: str) -> float | None:
    """Return the coordinate, None where there is none or the graph (which anybody may have written) holds no number."""
    try:
        degrees = float(index.first(iri, predicate))
    except ValueError:
        return None
    return degrees if isfinite(degrees) else None


def _values(index: StatementIndex, iri: str) -> Iterable[ValueRecord]:
    for predicate, term in index.triples(iri, VALUE_RELATIONS):
        kind = VALUE_RELATIONS[predicate]
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
    for predicate, term in index.triples(iri, ENTITY_RELATIONS):
        if isinstance(term, NamedNode) and term.value in graph:
            yield ENTITY_RELATIONS[predicate], term.value, index.grounds(iri, predicate, term)


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
