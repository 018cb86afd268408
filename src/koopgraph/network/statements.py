"""An index of the quads of a build: what is asserted, and the passages that state it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias, TypedDict

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

from koopgraph.rdf.vocabulary import DCTERMS, KOOP, NIF, PROV, RDF

Term: TypeAlias = NamedNode | BlankNode | Literal | Triple

_PROVENANCE = frozenset(
    [
        *(RDF.subject, RDF.predicate, RDF.object),
        *(KOOP.confidence, KOOP.extractor, KOOP.role),
        *(NIF.referenceContext, NIF.beginIndex, NIF.endIndex, NIF.anchorOf),
        PROV.wasDerivedFrom,
    ]
)


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


_Properties: TypeAlias = dict[str, list[Term]]


@dataclass(slots=True)
class StatementIndex:
    """Quads by subject and predicate: ``asserted`` (the default graph) and ``provenance`` (any graph)."""

    asserted: dict[str, _Properties] = field(default_factory=dict)
    provenance: dict[str, _Properties] = field(default_factory=dict)
    _grounds: dict[tuple[str, str, str], str] = field(default_factory=dict)
    _passages_read: dict[str, Passage | None] = field(default_factory=dict)

    @classmethod
    def of(cls, quads: Iterable[Quad]) -> StatementIndex:
        """Index ``quads`` (a ``pyoxigraph.Store`` is an iterable of them) in one pass."""
        asserted: dict[str, _Properties] = defaultdict(lambda: defaultdict(list))
        provenance: dict[str, _Properties] = defaultdict(lambda: defaultdict(list))
        for quad in quads:
            # Every look at a quad makes a new object: most quads are those of articles, and nothing here.
            predicate = quad.predicate.value
            merged, kept = isinstance(quad.graph_name, DefaultGraph), predicate in _PROVENANCE
            if not (merged or kept) or isinstance(subject := quad.subject, Triple):
                continue
            if merged:
                asserted[subject.value][predicate].append(quad.object)
            if kept:
                provenance[subject.value][predicate].append(quad.object)
        index = cls(dict(asserted), dict(provenance))
        index._find_statements()
        return index

    def _find_statements(self) -> None:
        parts = (RDF.subject, RDF.predicate, RDF.object)
        for iri, properties in self.provenance.items():
            if RDF.predicate in properties:
                subject, predicate, value = (properties[part][0] for part in parts)
                self._grounds[text_of(subject), text_of(predicate), str(value)] = iri

    def values(self, subject: str, predicate: str) -> list[str]:
        """Return the texts of the asserted objects, sorted and each once."""
        return sorted({text_of(term) for term in self.asserted.get(subject, {}).get(predicate, ())})

    def first(self, subject: str, predicate: str) -> str:
        """Return the first of :meth:`values`, or the empty text."""
        return next(iter(self.values(subject, predicate)), "")

    def grounds(self, subject: str, predicate: str, value: Term) -> Grounds:
        """Return what the provenance says of one triple; without provenance, full confidence and no evidence."""
        statement = self.provenance.get(self._grounds.get((subject, predicate, str(value)), ""), {})

        def texts(name: str) -> list[str]:
            return sorted({text_of(term) for term in statement.get(name, ())})

        return Grounds(
            confidence=max((float(text) for text in texts(KOOP.confidence)), default=1.0),
            extractors=texts(KOOP.extractor),
            roles=texts(KOOP.role),
            evidence=self._passages(statement.get(PROV.wasDerivedFrom, ())),
        )

    def mentions(self, entity: str) -> list[Passage]:
        """Return the first sentence of each article that names ``entity``, ordered by article."""
        return self._passages(self.provenance.get(entity, {}).get(PROV.wasDerivedFrom, ()))

    def _passages(self, terms: Iterable[Term]) -> list[Passage]:
        found = (self._passage(iri) for iri in {text_of(term) for term in terms})
        return sorted((passage for passage in found if passage), key=lambda p: (p["article"], p["begin"], p["end"]))

    def _passage(self, iri: str) -> Passage | None:
        if iri not in self._passages_read:
            self._passages_read[iri] = self._read_passage(iri)
        return self._passages_read[iri]

    def _read_passage(self, iri: str) -> Passage | None:
        properties = self.provenance.get(iri, {})
        if NIF.anchorOf not in properties or NIF.referenceContext not in properties:
            return None
        article = text_of(properties[NIF.referenceContext][0])
        return Passage(
            article=article,
            title=self.first(article, DCTERMS.title),
            sentence=text_of(properties[NIF.anchorOf][0]),
            begin=_number(properties, NIF.beginIndex),
            end=_number(properties, NIF.endIndex),
        )

    def triples(self, subject: str) -> Iterator[tuple[str, Term]]:
        """Yield (predicate, object) of everything asserted about ``subject``, sorted, each once."""
        pairs = {(predicate, str(term)): term for predicate, terms in self.asserted[subject].items() for term in terms}
        for (predicate, _), term in sorted(pairs.items(), key=lambda item: item[0]):
            yield predicate, term


def _number(properties: _Properties, term: str) -> int:
    terms = properties.get(term)
    return int(text_of(terms[0])) if terms else 0


def text_of(term: Term) -> str:
    """Return the IRI, the literal's text, or the N-Triples form of anything else.

    >>> text_of(Literal("Leipzig", language="de"))
    'Leipzig'
    """
    return str(term) if isinstance(term, Triple) else term.value
