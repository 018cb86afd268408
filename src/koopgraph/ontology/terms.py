"""The terms of the ontology, read from ``ontologies/*.ttl``: the only place where they are written down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store

from koopgraph.query.table import shorten
from koopgraph.rdf.vocabulary import DCTERMS, KOOP, OWL, PREFIXES, RDF, RDFS, SKOS, THEMES, ontology_file

_Node: TypeAlias = NamedNode | BlankNode
_ALIGNMENTS = (SKOS.exactMatch, SKOS.closeMatch, SKOS.relatedMatch)
_ONTOLOGY = NamedNode(KOOP.iri.removesuffix("#"))


@dataclass(frozen=True, slots=True)
class Term:
    """A class, a relation or a theme.

    ``name`` is what follows its namespace; texts are by language ('de', 'en'). ``broader`` are superclasses or
    superproperties, ``domain`` and ``range`` classes, ``alignments`` pairs of a SKOS relation and a term of another
    vocabulary; all of them IRIs, or ``inverse of IRI``.
    """

    name: str
    iri: str
    kind: str
    labels: Mapping[str, str]
    definitions: Mapping[str, str]
    examples: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    domain: tuple[str, ...] = ()
    range: tuple[str, ...] = ()
    alignments: tuple[tuple[str, str], ...] = ()
    symmetric: bool = False


@dataclass(frozen=True, slots=True)
class Ontology:
    """The ontology's own description, and its terms by kind, each sorted by name."""

    iri: str
    version: str
    version_iri: str
    titles: Mapping[str, str]
    descriptions: Mapping[str, str]
    licence: str
    classes: tuple[Term, ...]
    relations: tuple[Term, ...]
    values: tuple[Term, ...]
    themes: tuple[Term, ...]

    @property
    def terms(self) -> tuple[Term, ...]:
        """All terms but the themes."""
        return (*self.classes, *self.relations, *self.values)


@cache
def read_ontology() -> Ontology:
    """Return the ontology that ships.

    >>> city = next(term for term in read_ontology().classes if term.name == "City")
    >>> city.labels["de"], city.broader
    ('Stadt', ('https://schema.org/City', 'https://w3id.org/koopgraph/ontology#Place'))
    """
    store = Store()
    for name in ("koopgraph.ttl", "themes.ttl"):
        store.load(ontology_file(name).read_bytes(), format=RdfFormat.TURTLE)
    return Ontology(
        iri=_ONTOLOGY.value,
        version=_text(store, _ONTOLOGY, OWL.versionInfo),
        version_iri=_text(store, _ONTOLOGY, OWL.versionIRI),
        titles=_texts(store, _ONTOLOGY, DCTERMS.title),
        descriptions=_texts(store, _ONTOLOGY, DCTERMS.description),
        licence=_text(store, _ONTOLOGY, DCTERMS.license),
        classes=_terms(store, OWL.Class, KOOP.iri),
        relations=_terms(store, OWL.ObjectProperty, KOOP.iri),
        values=_terms(store, OWL.DatatypeProperty, KOOP.iri),
        themes=_terms(store, SKOS.Concept, THEMES),
    )


def short(iri: str) -> str:
    """Return an IRI with a known prefix, else as it is.

    >>> short("https://schema.org/City"), short("inverse of https://schema.org/organizer")
    ('schema:City', 'inverse of schema:organizer')
    """
    before, space, last = iri.rpartition(" ")
    return before + space + shorten(last, PREFIXES)


def _terms(store: Store, kind: str, namespace: str) -> tuple[Term, ...]:
    nodes = {quad.subject for quad in store.quads_for_pattern(None, NamedNode(RDF.type), NamedNode(kind))}
    found = [_term(store, node, kind, namespace) for node in nodes if isinstance(node, NamedNode)]
    return tuple(sorted((term for term in found if term.iri.startswith(namespace)), key=lambda term: term.name))


def _term(store: Store, node: NamedNode, kind: str, namespace: str) -> Term:
    label = SKOS.prefLabel if kind == SKOS.Concept else RDFS.label
    broader = (RDFS.subClassOf, RDFS.subPropertyOf)
    symmetric = Quad(node, NamedNode(RDF.type), NamedNode(OWL.SymmetricProperty), DefaultGraph()) in store
    return Term(
        name=node.value.removeprefix(namespace),
        iri=node.value,
        kind=kind,
        labels=_texts(store, node, label),
        definitions=_texts(store, node, SKOS.definition),
        examples=tuple(sorted(term.value for term in _objects(store, node, SKOS.example) if isinstance(term, Literal))),
        broader=_named(store, node, *broader),
        domain=_named(store, node, RDFS.domain),
        range=_named(store, node, RDFS.range),
        alignments=tuple((how, iri) for how in _ALIGNMENTS for iri in _named(store, node, how)),
        symmetric=symmetric,
    )


def _objects(store: Store, node: _Node, predicate: str) -> list[_Node | Literal]:
    found = (quad.object for quad in store.quads_for_pattern(node, NamedNode(predicate), None))
    return [term for term in found if isinstance(term, NamedNode | BlankNode | Literal)]


def _named(store: Store, node: _Node, *predicates: str) -> tuple[str, ...]:
    """Return what the objects name: themselves, the members of a union, or what they are the inverse of."""
    found: set[str] = set()
    for predicate in predicates:
        for term in _objects(store, node, predicate):
            if isinstance(term, NamedNode):
                found.add(term.value)
            elif isinstance(term, BlankNode):
                found |= {f"inverse of {iri}" for iri in _named(store, term, OWL.inverseOf)}
                found |= {iri for cell in _objects(store, term, OWL.unionOf) for iri in _members(store, cell)}
    return tuple(sorted(found))


def _members(store: Store, cell: _Node | Literal) -> list[str]:
    if not isinstance(cell, BlankNode):
        return []
    (rest,) = _objects(store, cell, RDF.rest)
    return [*_named(store, cell, RDF.first), *_members(store, rest)]


def _texts(store: Store, node: _Node, predicate: str) -> dict[str, str]:
    found = (term for term in _objects(store, node, predicate) if isinstance(term, Literal) and term.language)
    return dict(sorted((str(term.language), term.value) for term in found))


def _text(store: Store, node: _Node, predicate: str) -> str:
    return next((term.value for term in _objects(store, node, predicate)), "")
