"""An index of the quads of a build: what is asserted, and the passages that state it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias, TypedDict, cast

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Store, Triple

from koopgraph.rdf.vocabulary import DCTERMS, KOOP, NIF, OWL, PROV, RDF, RDFS, RELATIONS, SCHEMA, SKOS

Term: TypeAlias = NamedNode | BlankNode | Literal | Triple

ASSERTED = frozenset(
    [
        *(relation.iri for relation in RELATIONS.values()),
        *(RDF.type, RDFS.label, SKOS.altLabel, SKOS.prefLabel, SKOS.exactMatch, OWL.sameAs),
        *(SCHEMA.latitude, SCHEMA.longitude, SCHEMA.url),
        *(DCTERMS.title, DCTERMS.source, DCTERMS.language, DCTERMS.issued, DCTERMS.publisher, DCTERMS.creator),
    ]
)
"""The predicates of the default graph that make a network."""

PROVENANCE = frozenset(
    [
        *(RDF.subject, RDF.predicate, RDF.object),
        *(KOOP.confidence, KOOP.extractor, KOOP.role),
        *(NIF.referenceContext, NIF.beginIndex, NIF.endIndex, NIF.anchorOf),
        PROV.wasDerivedFrom,
    ]
)
"""The predicates of any graph that say why a statement stands."""

# Looked up once: a vocabulary finds its terms by name, and there are millions of look-ups.
_CONTEXT, _ANCHOR, _TITLE = NIF.referenceContext, NIF.anchorOf, DCTERMS.title
_BEGIN, _END, _DERIVED = NIF.beginIndex, NIF.endIndex, PROV.wasDerivedFrom
_PARTS = (RDF.subject, RDF.predicate, RDF.object)
_CONFIDENCE, _EXTRACTOR, _ROLE = KOOP.confidence, KOOP.extractor, KOOP.role


class Passage(TypedDict):
    """A sentence of an article: ``begin`` and ``end`` are half-open, in characters of the stored text."""

    article: str
    title: str
    sentence: str
    begin: int
    end: int


class Grounds(TypedDict):
    """Why a statement stands in the graph; ``roles`` are the offices of an ``affiliatedWith``."""

    confidence: float
    extractors: list[str]
    roles: list[str]
    evidence: list[Passage]


Properties: TypeAlias = dict[str, list[Term]]


def gathered() -> defaultdict[str, Properties]:
    """Return an empty table of properties by subject and predicate, which takes what is appended."""
    return defaultdict(lambda: defaultdict(list))


@dataclass(slots=True)
class StatementIndex:
    """Quads by subject and predicate: ``asserted`` (the default graph) and ``provenance`` (any graph).

    Only the predicates :data:`ASSERTED` and :data:`PROVENANCE` are kept.
    """

    asserted: dict[str, Properties] = field(default_factory=dict)
    provenance: dict[str, Properties] = field(default_factory=dict)
    _grounds: dict[tuple[str, str, str], str] = field(default_factory=dict)
    _passages_read: dict[str, Passage | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Find the statements that the provenance speaks of."""
        for iri, properties in self.provenance.items():
            if _PARTS[1] in properties:
                subject, predicate, value = (properties[part][0] for part in _PARTS)
                self._grounds[text_of(subject), text_of(predicate), str(value)] = iri

    @classmethod
    def of(cls, source: Store | Iterable[Quad]) -> StatementIndex:
        """Index a store, or quads in one pass."""
        asserted, provenance = gathered(), gathered()
        if isinstance(source, Store):
            _read_store(source, asserted, provenance)
        else:
            _read_quads(source, asserted, provenance)
        return cls(dict(asserted), dict(provenance))

    def values(self, subject: str, predicate: str) -> list[str]:
        """Return the texts of the asserted objects, sorted and each once."""
        return _texts(self.asserted.get(subject, {}).get(predicate, ()))

    def first(self, subject: str, predicate: str) -> str:
        """Return the first of :meth:`values`, or the empty text."""
        return next(iter(self.values(subject, predicate)), "")

    def grounds(self, subject: str, predicate: str, value: Term) -> Grounds:
        """Return what the provenance says of one triple; without provenance, full confidence and no evidence."""
        statement = self.provenance.get(self._grounds.get((subject, predicate, str(value)), ""), {})
        return Grounds(
            confidence=max(map(float, _texts(statement.get(_CONFIDENCE, ()))), default=1.0),
            extractors=_texts(statement.get(_EXTRACTOR, ())),
            roles=_texts(statement.get(_ROLE, ())),
            evidence=self._passages(statement.get(_DERIVED, ())),
        )

    def mentions(self, entity: str) -> list[Passage]:
        """Return the first sentence of each article that names ``entity``, ordered by article."""
        return self._passages(self.provenance.get(entity, {}).get(_DERIVED, ()))

    def _passages(self, terms: Sequence[Term]) -> list[Passage]:
        found = [passage for iri in _texts(terms) if (passage := self._passage(iri))]
        return sorted(found, key=_place) if len(found) > 1 else found

    def _passage(self, iri: str) -> Passage | None:
        if iri not in self._passages_read:
            self._passages_read[iri] = self._read_passage(iri)
        return self._passages_read[iri]

    def _read_passage(self, iri: str) -> Passage | None:
        properties = self.provenance.get(iri, {})
        if _ANCHOR not in properties or _CONTEXT not in properties:
            return None
        article = text_of(properties[_CONTEXT][0])
        return Passage(
            article=article,
            title=self.first(article, _TITLE),
            sentence=text_of(properties[_ANCHOR][0]),
            begin=_number(properties, _BEGIN),
            end=_number(properties, _END),
        )

    def triples(self, subject: str, predicates: Container[str]) -> Iterator[tuple[str, Term]]:
        """Yield (predicate, object) of what is asserted about ``subject``, of ``predicates``; sorted, each once."""
        properties = self.asserted[subject]
        for predicate in sorted(name for name in properties if name in predicates):
            terms = {str(term): term for term in properties[predicate]}
            for text in sorted(terms):
                yield predicate, terms[text]


def _read_quads(quads: Iterable[Quad], asserted: dict[str, Properties], provenance: dict[str, Properties]) -> None:
    for quad in quads:
        # Every look at a quad makes a new object: most quads are those of articles, and nothing here.
        predicate = quad.predicate.value
        known, kept = predicate in ASSERTED, predicate in PROVENANCE
        if not (known or kept) or isinstance(subject := quad.subject, Triple):
            continue
        if known and isinstance(quad.graph_name, DefaultGraph):
            asserted[subject.value][predicate].append(quad.object)
        if kept:
            provenance[subject.value][predicate].append(quad.object)


def _read_store(store: Store, asserted: dict[str, Properties], provenance: dict[str, Properties]) -> None:
    # Nine quads of ten are those of articles, or say what follows from others: they are not even read.
    for predicate in sorted(ASSERTED):
        for subject, value in pairs(store, predicate):
            asserted[subject][predicate].append(value)
    for predicate in sorted(PROVENANCE):
        for within in ("", "GRAPH ?g"):
            for subject, value in pairs(store, predicate, within=within):
                provenance[subject][predicate].append(value)


def pairs(store: Store, predicate: str, *, within: str = "") -> Iterator[tuple[str, Term]]:
    """Yield (subject, object) of each triple with that predicate: of the default graph, or ``within`` others.

    A query of one pattern is answered row by row like ``quads_for_pattern``, in half of its time: that looks up
    the predicate and the graph of each quad as well.
    """
    rows = store.query(f"SELECT ?s ?o {{ {within} {{ ?s <{predicate}> ?o }} }}")
    for subject, value in cast("Iterable[tuple[NamedNode, Term]]", rows):
        yield subject.value, value


def _place(passage: Passage) -> tuple[str, int, int]:
    return passage["article"], passage["begin"], passage["end"]


def _texts(terms: Sequence[Term]) -> list[str]:
    """Return the texts, sorted and each once; most are but one."""
    return sorted({text_of(term) for term in terms}) if len(terms) > 1 else [text_of(term) for term in terms]


def _number(properties: Properties, term: str) -> int:
    terms = properties.get(term)
    return int(text_of(terms[0])) if terms else 0


def text_of(term: Term) -> str:
    """Return the IRI, the literal's text, or the N-Triples form of anything else.

    >>> text_of(Literal("Leipzig", language="de"))
    'Leipzig'
    """
    return str(term) if isinstance(term, Triple) else term.value
