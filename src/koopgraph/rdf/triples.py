"""From single nouns of the model to triples: an article's metadata, a fact and what follows from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple, Protocol, TypeAlias

from pyoxigraph import Literal, NamedNode

from koopgraph.model import ArticleGraph, Evidence, Language, Value, ValueKind
from koopgraph.rdf.dates import bounds
from koopgraph.rdf.iris import membership_iri, theme_iri
from koopgraph.rdf.vocabulary import (
    DCTERMS,
    EDTF,
    KOOP,
    NIF,
    ORG,
    RDF,
    RELATIONS,
    SCHEMA,
    SKOS,
    XSD,
    relation,
    themes,
)

CONFIDENCE_STEP = Decimal("0.0001")
"""Confidences are written to four digits: more would pretend to know more."""

Object: TypeAlias = NamedNode | Literal


class Triple(NamedTuple):
    """A triple without blank nodes, which pyoxigraph's own type would allow."""

    subject: NamedNode
    predicate: NamedNode
    object: Object


def triple(subject: str, predicate: str, object_: Object) -> Triple:
    """Make a triple of two IRIs and an object."""
    return Triple(_node(subject), _node(predicate), object_)


# Triples of one subject come one after another, predicates are few, and to check an IRI costs as much as the rest.
_node = lru_cache(maxsize=256)(NamedNode)


def text(value: str, language: Language) -> Literal:
    """Return words of an article as a literal, tagged by its language where that is known."""
    # BCP 47 asks for no tag rather than 'und' where the language is unknown.
    return Literal(value) if language == "und" else Literal(value, language=language)


def typed(value: str, datatype: str) -> Literal:
    """Return a literal of the datatype with that IRI."""
    return Literal(value, datatype=NamedNode(datatype))


def confidence(number: float) -> Literal:
    """Return how sure something is as a decimal of at most four digits after the point.

    >>> confidence(1).value, confidence(0.33333).value
    ('1.0', '0.3333')
    """
    digits = f"{Decimal(str(float(number))).quantize(CONFIDENCE_STEP).normalize():f}"
    return typed(digits if "." in digits else f"{digits}.0", XSD.decimal)


def passage_triples(iri: str, article: str, evidence: Evidence, language: Language) -> Iterator[Triple]:
    """Yield what is known of a passage: its article, its offsets, its words."""
    yield triple(iri, RDF.type, NamedNode(NIF.String))
    yield triple(iri, NIF.referenceContext, NamedNode(article))
    yield triple(iri, NIF.beginIndex, typed(str(evidence.start), XSD.nonNegativeInteger))
    yield triple(iri, NIF.endIndex, typed(str(evidence.end), XSD.nonNegativeInteger))
    yield triple(iri, NIF.anchorOf, text(evidence.quote, language))


def metadata(graph: ArticleGraph) -> Iterator[Triple]:
    """Yield what is known about the article itself."""
    article = graph.article
    yield triple(graph.iri, RDF.type, NamedNode(KOOP.Article))
    yield triple(graph.iri, DCTERMS.title, text(article.title, article.language))
    yield triple(graph.iri, DCTERMS.source, Literal(article.source))
    yield triple(graph.iri, DCTERMS.language, Literal(article.language))
    yield triple(graph.iri, KOOP.contentHash, Literal(article.content_hash))
    for author in graph.authors:
        yield triple(graph.iri, DCTERMS.creator, NamedNode(author))
    if article.published:
        yield triple(graph.iri, DCTERMS.issued, typed(article.published, EDTF))
    if article.publisher:
        yield triple(graph.iri, DCTERMS.publisher, Literal(article.publisher))
    # Anything else, such as 'javascript:', must not become a link in a page made from the graph.
    if article.url and article.url.lower().startswith(("http://", "https://")):
        yield triple(graph.iri, SCHEMA.url, typed(article.url, XSD.anyURI))


class Said(Protocol):
    """What a statement is made of: a :class:`koopgraph.model.Fact`, or its share in what is gathered."""

    @property
    def subject(self) -> str:
        """The IRI of the thing that it is about."""

    @property
    def relation(self) -> str:
        """The name of the relation."""

    @property
    def object(self) -> str | Value:
        """The IRI of the other thing, or the value."""


def statement(fact: Said, language: Language) -> Triple:
    """Return what the fact states; a symmetric relation runs from the smaller IRI to the larger.

    Raises :class:`koopgraph.errors.KoopgraphError` where the relation or theme is unknown.
    """
    known = relation(fact.relation)
    if isinstance(fact.object, Value):
        return triple(fact.subject, known.iri, _value(fact.object, language))
    subject, object_ = fact.subject, fact.object
    if known.symmetric:
        subject, object_ = sorted((subject, object_))
    return triple(subject, known.iri, NamedNode(object_))


def _value(value: Value, language: Language) -> Object:
    match value.kind:
        case ValueKind.DATE:
            return typed(value.text, EDTF)
        case ValueKind.BUDGET:
            return Literal(value.text)
        case ValueKind.MOTTO:
            return text(value.text, language)
        case ValueKind.THEME:
            return NamedNode(theme_iri(value.text))


def implied(statements: Iterable[Triple]) -> set[Triple]:
    """Return the general statements that special ones say already: who moderates takes part."""
    parents = {known.iri: relation(known.parent).iri for known in RELATIONS.values() if known.parent}
    special = (said for said in statements if said.predicate.value in parents)
    return {Triple(s, NamedNode(parents[p.value]), o) for s, p, o in special}


def derived(stated: Triple) -> Iterator[Triple]:
    """Yield what follows from a date (its bounds) or a theme (its labels), for plain SPARQL."""
    if stated.predicate.value == KOOP.date:
        for predicate, bound in zip((SCHEMA.startDate, SCHEMA.endDate), bounds(stated.object.value), strict=True):
            if bound is not None:
                yield triple(stated.subject.value, predicate, bound)
    elif stated.predicate.value == KOOP.theme:
        theme = stated.object.value
        yield triple(theme, RDF.type, NamedNode(SKOS.Concept))
        for language, label in themes()[theme.rpartition("/")[2]].items():
            yield triple(theme, SKOS.prefLabel, Literal(label, language=language))


def membership(stated: Triple, roles: Iterable[Literal], *, base: str) -> Iterator[Triple]:
    """Yield the ``org:Membership`` of an ``affiliatedWith``, with the roles that are known."""
    iri = membership_iri(base, stated.subject.value, stated.object.value)
    yield triple(iri, RDF.type, NamedNode(ORG.Membership))
    yield triple(iri, ORG.member, stated.subject)
    yield triple(iri, ORG.organization, stated.object)
    for role in roles:
        yield triple(iri, KOOP.role, role)
