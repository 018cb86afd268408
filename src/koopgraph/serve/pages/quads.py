"""What the graph says of one thing: its statements, why they are made, and the names of what they speak of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store, Triple

from koopgraph.rdf.iris import provenance_graph_iri, statement_iri
from koopgraph.rdf.vocabulary import DCTERMS, FOAF, KOOP, NIF, ORG, PROV, RDF, RDFS, RELATIONS, SKOS

AT_ONCE = 200
"""Statements on one page of a thing."""
_DEFAULT = DefaultGraph()
_RELATIONS = frozenset(known.iri for known in RELATIONS.values())
_NAMES = (RDF.type, RDFS.label, SKOS.prefLabel, FOAF.name, DCTERMS.title)
_ARTICLE = (*_NAMES, DCTERMS.source, DCTERMS.issued, DCTERMS.creator, DCTERMS.publisher)


@dataclass(frozen=True, slots=True)
class Described:
    """Quads about one thing; ``statements`` are those of them that relate it to others, or date and cost it.

    ``total`` counts such statements on all pages.
    """

    iri: str
    quads: frozenset[Quad]
    statements: tuple[Triple, ...]
    total: int


def describe(store: Store, iri: NamedNode, *, base: str, page: int = 1) -> Described | None:
    """Return what the graph says of ``iri``, :data:`AT_ONCE` statements a page; None where it says nothing."""
    own = set(store.quads_for_pattern(iri, None, None))
    to_it = set(store.quads_for_pattern(None, None, iri, _DEFAULT))
    if not own and not to_it and not next(store.quads_for_pattern(None, None, iri), None):
        return None
    asserted = {quad.triple for quad in own | to_it if quad.graph_name == _DEFAULT}
    relating = sorted((triple for triple in asserted if triple.predicate.value in _RELATIONS), key=_order(iri))
    own -= {Quad(triple.subject, triple.predicate, triple.object, _DEFAULT) for triple in relating}
    own |= _memberships(store, _shown(relating, page))
    return _described(store, iri, own, relating, base=base, page=page)


def stated_by(store: Store, article: NamedNode, *, base: str, page: int = 1) -> Described | None:
    """Return what an article states, in the order of its text; as :func:`describe` otherwise."""
    passages = {quad.subject for quad in store.quads_for_pattern(None, NamedNode(NIF.referenceContext), article)}
    begins = {passage: _begin(store, passage) for passage in passages if isinstance(passage, NamedNode)}
    statements: dict[Triple, int] = {}
    for passage, begin in begins.items():
        for quad in store.quads_for_pattern(None, NamedNode(PROV.wasDerivedFrom), passage):
            triple = _reified(store, quad.subject) if isinstance(quad.subject, NamedNode) else None
            if triple is not None:
                statements[triple] = min(begin, statements.get(triple, begin))
    ordered = sorted(statements, key=lambda triple: (statements[triple], str(triple)))
    own = set(store.quads_for_pattern(article, None, None, _DEFAULT))
    return _described(store, article, own, ordered, base=base, page=page) if own else None


def _described(
    store: Store, iri: NamedNode, own: set[Quad], statements: list[Triple], *, base: str, page: int
) -> Described:
    """Return a page of the statements, what they rest on, and the other quads of the thing itself."""
    shown = _shown(statements, page)
    found = own | {Quad(triple.subject, triple.predicate, triple.object, _DEFAULT) for triple in shown}
    found |= _names(store, _others(shown, iri))
    found |= set(_provenance(store, shown, base=base))
    found |= set(_passages(store, {q.object for q in found if q.predicate.value == PROV.wasDerivedFrom}))
    return Described(iri.value, frozenset(found), shown, len(statements))


def _shown(statements: list[Triple], page: int) -> tuple[Triple, ...]:
    return tuple(statements[(page - 1) * AT_ONCE : page * AT_ONCE])


def _order(iri: NamedNode) -> Callable[[Triple], tuple[bool, str, str, str]]:
    def key(triple: Triple) -> tuple[bool, str, str, str]:
        return (triple.subject != iri, triple.predicate.value, str(triple.object), str(triple.subject))

    return key


def _others(triples: Iterable[Triple], iri: NamedNode) -> set[NamedNode]:
    terms = {term for triple in triples for term in (triple.subject, triple.object)}
    return {term for term in terms if isinstance(term, NamedNode)} | {iri}


def _names(store: Store, things: Iterable[NamedNode], predicates: Iterable[str] = _NAMES) -> set[Quad]:
    return {
        quad
        for thing in things
        for predicate in predicates
        for quad in store.quads_for_pattern(thing, NamedNode(predicate), None, _DEFAULT)
    }


def _memberships(store: Store, triples: Iterable[Triple]) -> set[Quad]:
    members = {triple.subject for triple in triples if triple.predicate.value == KOOP.affiliatedWith}
    memberships = {
        quad.subject
        for member in members
        for quad in store.quads_for_pattern(None, NamedNode(ORG.member), member, _DEFAULT)
    }
    return {quad for membership in memberships for quad in store.quads_for_pattern(membership, None, None, _DEFAULT)}


def _provenance(store: Store, triples: Iterable[Triple], *, base: str) -> Iterator[Quad]:
    graph = NamedNode(provenance_graph_iri(base))
    for triple in triples:
        if isinstance(triple.subject, NamedNode) and isinstance(triple.object, NamedNode | Literal):
            statement = statement_iri(base, triple.subject, triple.predicate, triple.object)
            yield from store.quads_for_pattern(NamedNode(statement), None, None, graph)


def _passages(store: Store, passages: Iterable[object]) -> Iterator[Quad]:
    articles: set[NamedNode] = set()
    for passage in passages:
        if isinstance(passage, NamedNode):
            for quad in store.quads_for_pattern(passage, None, None):
                yield quad
                if quad.predicate.value == NIF.referenceContext and isinstance(quad.object, NamedNode):
                    articles.add(quad.object)
    known = _names(store, articles, _ARTICLE)
    yield from known
    creators = {quad.object for quad in known if quad.predicate.value == DCTERMS.creator}
    yield from _names(store, (creator for creator in creators if isinstance(creator, NamedNode)))


def _begin(store: Store, passage: NamedNode) -> int:
    found = next(store.quads_for_pattern(passage, NamedNode(NIF.beginIndex), None), None)
    return int(found.object.value) if found and isinstance(found.object, Literal) else 0


def _reified(store: Store, statement: NamedNode) -> Triple | None:
    parts = [
        next((quad.object for quad in store.quads_for_pattern(statement, NamedNode(part), None)), None)
        for part in (RDF.subject, RDF.predicate, RDF.object)
    ]
    subject, predicate, object_ = parts
    if isinstance(subject, NamedNode) and isinstance(predicate, NamedNode) and object_ is not None:
        return Triple(subject, predicate, object_)
    return None
