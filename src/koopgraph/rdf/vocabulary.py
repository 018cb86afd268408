"""The terms that koopgraph writes, as plain strings, and what the ontology says about its own.

A term is a ``str`` so that both worlds can take it: ``pyoxigraph.NamedNode(KOOP.date)``,
``rdflib.URIRef(KOOP.date)``, ``f"<{KOOP.date}>"`` in a query. The koop terms, the relations' domains and
ranges and the themes are read from ``ontologies/*.ttl`` (about a millisecond), the only place where
they are written down. A misspelt term raises :class:`AttributeError` where it stands.

>>> KOOP.takesPlaceIn
'https://w3id.org/koopgraph/ontology#takesPlaceIn'
>>> sorted(RELATIONS["leads"].domain)
[<EntityType.CITY: 'City'>, <EntityType.ORGANISATION: 'Organisation'>, <EntityType.PERSON: 'Person'>]
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from koopgraph.errors import OntologyError
from koopgraph.model import EntityType, ValueKind


class Namespace:
    """The known terms of one vocabulary: ``SKOS.altLabel``, or ``KOOP["Event"]`` for a name in a variable."""

    __slots__ = ("_terms", "iri")

    def __init__(self, iri: str, *terms: str) -> None:
        """Take the namespace's IRI and the local names that exist in it."""
        self.iri = iri
        self._terms = {term: iri + term for term in terms}

    def __getattr__(self, term: str) -> str:
        """Return the term's IRI; raise ``AttributeError`` where there is no such term."""
        if term.startswith("_"):
            raise AttributeError(term)
        try:
            return self._terms[term]
        except KeyError:
            near = get_close_matches(term, self._terms, n=1)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            raise AttributeError(f"<{self.iri}> has no known term {term!r}{hint}") from None

    def __getitem__(self, term: str) -> str:
        """Return the term's IRI; raise ``KeyError`` where there is no such term."""
        return self._terms[term]

    def __iter__(self) -> Iterator[str]:
        """Yield the IRIs of all terms."""
        return iter(self._terms.values())


@dataclass(frozen=True, slots=True)
class Relation:
    """What the ontology says about one relation of the contract.

    ``range`` is empty where the object is no entity; ``value`` then says what it is. ``parent`` is the
    more general relation that must not be asserted beside this one. ``narrowed`` holds the range of
    those subject types that may not use the whole of it (an organisation is part of organisations only).
    """

    name: str
    iri: str
    domain: frozenset[EntityType]
    range: frozenset[EntityType]
    value: ValueKind | None
    symmetric: bool
    parent: str | None
    narrowed: Mapping[EntityType, frozenset[EntityType]]

    @property
    def literal(self) -> bool:
        """True where the object is an RDF literal (a theme is an IRI)."""
        return self.value is not None and self.value is not ValueKind.THEME

    def allows(self, subject: EntityType, object_: EntityType | ValueKind) -> bool:
        """Tell whether a thing of the one type can stand in this relation to one of the other."""
        if subject not in self.domain:
            return False
        if isinstance(object_, ValueKind):
            return object_ is self.value
        return object_ in self.narrowed.get(subject, self.range)


def ontology_file(name: str) -> Traversable:
    """Find a file that ships in ``ontologies/``: inside the installed package, or beside ``src/`` in a checkout.

    Raises :class:`OntologyError` where neither holds it.
    """
    shipped = files("koopgraph") / "ontologies" / name
    if shipped.is_file():
        return shipped
    checkout = Path(__file__).resolve().parents[3] / "ontologies" / name
    if checkout.is_file():
        return checkout
    raise OntologyError(f"{name}: the ontology file is missing from the installation. Install koopgraph again.")


_Node: TypeAlias = NamedNode | BlankNode
_Index: TypeAlias = dict[tuple[_Node, str], list[NamedNode | BlankNode | Literal]]


@cache
def ontology_triples(name: str) -> tuple[Triple, ...]:
    """Return the triples of a Turtle file of :func:`ontology_file`; raise :class:`OntologyError` where it is broken."""
    try:
        return tuple(quad.triple for quad in parse(ontology_file(name).read_bytes(), format=RdfFormat.TURTLE))
    except SyntaxError as error:
        raise OntologyError(f"{name}: not readable as Turtle ({error}). Install koopgraph again.") from error


@cache
def _read(name: str) -> _Index:
    index: _Index = {}
    for triple in ontology_triples(name):
        if isinstance(triple.subject, Triple) or isinstance(triple.object, Triple):
            raise OntologyError(f"{name}: quoted triples are not expected. Install koopgraph again.")
        index.setdefault((triple.subject, triple.predicate.value), []).append(triple.object)
    return index


RDF = Namespace(
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    *("type", "Statement", "subject", "predicate", "object", "first", "rest", "nil", "langString"),
)
RDFS = Namespace(
    "http://www.w3.org/2000/01/rdf-schema#",
    *("label", "comment", "domain", "range", "subClassOf", "subPropertyOf", "seeAlso", "Literal"),
)
OWL = Namespace(
    "http://www.w3.org/2002/07/owl#",
    *("Ontology", "Class", "ObjectProperty", "DatatypeProperty", "SymmetricProperty", "Restriction"),
    *("onProperty", "allValuesFrom", "unionOf", "inverseOf", "sameAs", "versionInfo", "versionIRI"),
)
SKOS = Namespace(
    "http://www.w3.org/2004/02/skos/core#",
    *("Concept", "ConceptScheme", "inScheme", "prefLabel", "altLabel", "definition", "example"),
    *("exactMatch", "closeMatch", "relatedMatch"),
)
DCTERMS = Namespace(
    "http://purl.org/dc/terms/",
    *("title", "description", "source", "language", "issued", "publisher", "creator", "license", "rights"),
)
PROV = Namespace("http://www.w3.org/ns/prov#", "wasDerivedFrom", "wasAttributedTo", "Agent")
NIF = Namespace(
    "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#",
    *("String", "referenceContext", "beginIndex", "endIndex", "anchorOf"),
)
ORG = Namespace("http://www.w3.org/ns/org#", "Membership", "member", "organization")
SCHEMA = Namespace("https://schema.org/", "startDate", "endDate", "url", "latitude", "longitude")
FOAF = Namespace("http://xmlns.com/foaf/0.1/", "name", "homepage")
GEO = Namespace("http://www.opengis.net/ont/geosparql#", "Feature", "hasGeometry", "asWKT", "wktLiteral")
SF = Namespace("http://www.opengis.net/ont/sf#", "Point")
GN = Namespace("http://www.geonames.org/ontology#", "population", "parentADM1", "parentCountry")
"""GeoNames' data writes its properties under http, though the ontology's page has moved to https."""
VOID = Namespace(
    "http://rdfs.org/ns/void#",
    *("Dataset", "Linkset", "triples", "entities", "classes", "properties", "distinctSubjects", "distinctObjects"),
    *("classPartition", "class", "propertyPartition", "property", "vocabulary", "exampleResource", "dataDump"),
    *("sparqlEndpoint", "subset", "subjectsTarget", "objectsTarget", "linkPredicate", "uriSpace"),
)
XSD = Namespace(
    "http://www.w3.org/2001/XMLSchema#",
    *("string", "anyURI", "boolean", "integer", "nonNegativeInteger", "decimal"),
    *("date", "gYear", "gYearMonth", "gMonthDay"),
)
EDTF = "http://id.loc.gov/datatypes/edtf"
"""The datatype of ``koop:date``: Extended Date/Time Format, ISO 8601-2."""

_KOOP = "https://w3id.org/koopgraph/ontology#"
THEMES = "https://w3id.org/koopgraph/themes/"
"""The scheme of themes; a theme's IRI is this followed by its id."""


def _koop_terms() -> list[str]:
    subjects = {node.value for node, _ in _read("koopgraph.ttl") if isinstance(node, NamedNode)}
    return sorted(iri.removeprefix(_KOOP) for iri in subjects if iri.startswith(_KOOP))


KOOP = Namespace(_KOOP, *_koop_terms())

PREFIXES: Mapping[str, str] = MappingProxyType(
    {
        "dcterms": DCTERMS.iri,
        "edtf": EDTF,
        "foaf": FOAF.iri,
        "geo": GEO.iri,
        "gn": GN.iri,
        "koop": KOOP.iri,
        "nif": NIF.iri,
        "org": ORG.iri,
        "owl": OWL.iri,
        "prov": PROV.iri,
        "rdf": RDF.iri,
        "rdfs": RDFS.iri,
        "schema": SCHEMA.iri,
        "sf": SF.iri,
        "skos": SKOS.iri,
        "theme": THEMES,
        "xsd": XSD.iri,
    }
)
"""The prefixes for queries and files; :func:`koopgraph.rdf.iris.data_prefixes` adds those of the data."""


def _types(index: _Index, node: NamedNode | BlankNode | Literal) -> frozenset[EntityType]:
    """Return the entity types that a class, or the union of classes behind a blank node, names."""
    if isinstance(node, NamedNode):
        local = node.value.removeprefix(_KOOP)
        return frozenset({EntityType(local)} if local in set(EntityType) else ())
    found: frozenset[EntityType] = frozenset()
    for cell in index.get((node, OWL.unionOf), []) if isinstance(node, BlankNode) else []:
        while isinstance(cell, BlankNode):
            found |= _types(index, index[cell, RDF.first][0])
            cell = index[cell, RDF.rest][0]
    return found


def _narrowed(index: _Index) -> dict[str, dict[EntityType, frozenset[EntityType]]]:
    """Collect the classes' ``owl:allValuesFrom`` restrictions by relation and subject type."""
    found: dict[str, dict[EntityType, frozenset[EntityType]]] = {}
    for type_ in EntityType:
        for parent in index.get((NamedNode(KOOP[type_]), RDFS.subClassOf), []):
            if isinstance(parent, BlankNode):
                (relation,) = index[parent, OWL.onProperty]
                (values,) = index[parent, OWL.allValuesFrom]
                found.setdefault(str(relation.value), {})[type_] = _types(index, values)
    return found


def _relations() -> dict[str, Relation]:
    index = _read("koopgraph.ttl")
    narrowed = _narrowed(index)
    relations = {}
    for iri in KOOP:
        node, name = NamedNode(iri), iri.removeprefix(_KOOP)
        domain = frozenset[EntityType]().union(*(_types(index, o) for o in index.get((node, RDFS.domain), [])))
        if not domain:
            continue
        parents = [o.value for o in index.get((node, RDFS.subPropertyOf), []) if isinstance(o, NamedNode)]
        relations[name] = Relation(
            name=name,
            iri=iri,
            domain=domain,
            range=frozenset[EntityType]().union(*(_types(index, o) for o in index.get((node, RDFS.range), []))),
            value=ValueKind(name) if name in set(ValueKind) else None,
            symmetric=NamedNode(OWL.SymmetricProperty) in index[node, RDF.type],
            parent=next((p.removeprefix(_KOOP) for p in parents if p.startswith(_KOOP)), None),
            narrowed=MappingProxyType(narrowed.get(iri, {})),
        )
    return relations


RELATIONS: Mapping[str, Relation] = MappingProxyType(_relations())
"""The twenty relations of the contract by name, as ``koopgraph.ttl`` declares them."""


def relation(name: str) -> Relation:
    """Return the relation of that name; raise :class:`OntologyError` naming the known ones otherwise."""
    try:
        return RELATIONS[name]
    except KeyError:
        raise OntologyError(f"unknown relation {name!r}. Known are: {', '.join(sorted(RELATIONS))}") from None


def relation_allowed(name: str, subject_type: EntityType, object_type: EntityType | ValueKind) -> bool:
    """Tell whether the ontology lets the relation hold between these types.

    Raises :class:`OntologyError` for an unknown relation.

    >>> relation_allowed("partOf", EntityType.PROJECT, EntityType.PROGRAMME)
    True
    >>> relation_allowed("partOf", EntityType.ORGANISATION, EntityType.PROGRAMME)
    False
    """
    return relation(name).allows(subject_type, object_type)


def _labels(file: str, namespace: str, label: str) -> dict[str, dict[str, str]]:
    labels: dict[str, dict[str, str]] = {}
    for (node, predicate), objects in sorted(_read(file).items(), key=lambda item: str(item[0][0])):
        if predicate == label and isinstance(node, NamedNode) and node.value.startswith(namespace):
            texts = {o.language: o.value for o in objects if isinstance(o, Literal) and o.language}
            labels[node.value.removeprefix(namespace)] = dict(sorted(texts.items()))
    return labels


@cache
def themes() -> Mapping[str, Mapping[str, str]]:
    """Return the labels of every theme by its id, each by language ('de', 'en').

    >>> themes()["housing"]
    {'de': 'Wohnen', 'en': 'housing'}
    """
    return MappingProxyType(_labels("themes.ttl", THEMES, SKOS.prefLabel))


@cache
def term_labels() -> Mapping[str, Mapping[str, str]]:
    """Return the labels of every class and property by its local name, each by language ('de', 'en').

    >>> term_labels()["takesPlaceIn"]["de"]
    'findet statt in'
    """
    return MappingProxyType(_labels("koopgraph.ttl", _KOOP, RDFS.label))


@cache
def term_definitions() -> Mapping[str, Mapping[str, str]]:
    """Return the definitions of every class and relation by its local name, each by language ('de', 'en').

    >>> term_definitions()["Award"]["en"]
    'A named prize or distinction.'
    """
    return MappingProxyType(_labels("koopgraph.ttl", _KOOP, SKOS.definition))
