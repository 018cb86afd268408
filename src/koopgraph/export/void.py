"""What the dataset is, for catalogues and crawlers: a VoID and DCAT description, counted by SPARQL.

Whoever holds only this file knows how large the dataset is, which classes, properties and vocabularies it uses, where
it links to, under which licence it stands and which files hold it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING

from koopgraph.export.rows import rows
from koopgraph.link.authorities import GEONAMES, MUNICIPALITY_KEY
from koopgraph.query import base_of
from koopgraph.rdf.vocabulary import DCTERMS, KOOP, PREFIXES, RDF, SKOS, VOID, XSD, Namespace

if TYPE_CHECKING:
    from pyoxigraph import Literal, NamedNode, Quad, Store

DCAT = Namespace(
    "http://www.w3.org/ns/dcat#",
    *("Dataset", "Distribution", "distribution", "downloadURL", "mediaType"),
)
RIGHTS = {
    "de": "Belegstellen sind Zitate aus den Artikeln, deren Rechte bei den Verlagen und Autoren liegen. Orte: "
    "GeoNames, CC BY 4.0; Gemeindeschlüssel: © Statistisches Bundesamt (Destatis), dl-de/by-2-0. Themen: "
    "koopgraph, CC BY 4.0.",
    "en": "Passages are quotations from the articles, the rights of which are their publishers' and authors'. Places: "
    "GeoNames, CC BY 4.0; municipality keys: © Statistisches Bundesamt (Destatis), dl-de/by-2-0. Themes: koopgraph, "
    "CC BY 4.0.",
}
"""What is always true of the rights in the data, whatever licence its makers choose."""
TITLES = {
    "de": "Wissensgraph der Stadtentwicklung aus Artikeln",
    "en": "Knowledge graph of urban development from articles",
}
DESCRIPTIONS = {
    "de": "Was Artikel über Stadtentwicklung aussagen: Projekte, Programme, Städte, Orte, Veranstaltungen, "
    "Organisationen, Personen, Auszeichnungen und Dokumente; zu jeder Aussage die Belegstelle.",
    "en": "What articles on urban development state: projects, programmes, cities, places, events, organisations, "
    "people, awards and documents; with each statement the passage that states it.",
}
AUTHORITIES: Mapping[str, tuple[str, str]] = {
    "ags": (MUNICIPALITY_KEY, "Amtlicher Gemeindeschlüssel (AGS)"),
    "geonames": (GEONAMES, "GeoNames"),
    "gnd": ("https://d-nb.info/gnd/", "Gemeinsame Normdatei (GND)"),
    "wikidata": ("http://www.wikidata.org/entity/", "Wikidata"),
}
"""What things are linked to: the begin of its IRIs, and its name."""
DUMPS: Mapping[str, str] = {"graph.ttl": "text/turtle", "dataset.trig": "application/trig"}
"""The files beside the description, and their media types."""
_NAME = re.compile("[a-z]+-[A-Za-z0-9_]+", re.ASCII)
_HERE = "https://here.invalid/"

_TOTALS = """
SELECT (COUNT(*) AS ?triples) (COUNT(DISTINCT ?s) AS ?distinctSubjects) (COUNT(DISTINCT ?o) AS ?distinctObjects)
       (COUNT(DISTINCT ?p) AS ?properties)
WHERE { ?s ?p ?o }
"""
_CLASSES = "SELECT ?class (COUNT(DISTINCT ?s) AS ?n) (MIN(STR(?s)) AS ?example) WHERE { ?s a ?class } GROUP BY ?class"
_PROPERTIES = "SELECT ?property (COUNT(*) AS ?n) WHERE { ?s ?property ?o } GROUP BY ?property"
_ENTITIES = "SELECT (COUNT(DISTINCT ?s) AS ?n) WHERE { ?s a ?class FILTER(STRSTARTS(STR(?class), STR(koop:))) }"
_LINKS = """
SELECT (COUNT(*) AS ?n)
WHERE { ?thing skos:exactMatch ?entry FILTER(STRSTARTS(STR(?entry), $space)) }
"""
_LANGUAGES = "SELECT DISTINCT ?language WHERE { ?article a koop:Article ; dcterms:language ?language }"


def dataset_iri(base: str) -> str:
    """Return the IRI of the dataset with that base, beside its graphs: ``{base}dataset``."""
    return f"{base}dataset"


def describe(store: Store, *, dumps: Mapping[str, str] = DUMPS, licence: str | None = None) -> bytes:
    """Return the description of the store's default graph as Turtle, the same bytes for the same graph.

    ``dumps`` names the files that hold the data, relative to the description, with their media types; ``licence``
    is the IRI of the one that the makers of the dataset chose.
    """
    from koopgraph.rdf.serialise import to_bytes

    base = base_of(store)
    about = _Description(store, base)
    quads = [*about.head(licence), *about.counts(), *about.partitions(), *about.links()]
    prefixes = {**PREFIXES, "void": VOID.iri, "dcat": DCAT.iri}
    content = to_bytes([*quads, *about.distributions(dumps)], format="turtle", prefixes=prefixes)
    # A relative address has to stay one: no RDF library writes it, so it stands under a base that is cut off here.
    return content.replace(f"<{_HERE}".encode(), b"<")


class _Description:
    """The statements about one dataset."""

    def __init__(self, store: Store, base: str) -> None:
        self.store = store
        self.base = base
        self.iri = dataset_iri(base)

    def head(self, licence: str | None) -> Iterator[Quad]:
        """Yield titles, licence, languages, vocabularies."""
        for kind in (VOID.Dataset, DCAT.Dataset):
            yield _quad(self.iri, RDF.type, _iri(kind))
        for language in sorted(TITLES):
            yield _text(self.iri, DCTERMS.title, TITLES[language], language)
            yield _text(self.iri, DCTERMS.description, DESCRIPTIONS[language], language)
            yield _text(self.iri, DCTERMS.rights, RIGHTS[language], language)
        if licence:
            yield _quad(self.iri, DCTERMS.license, _iri(licence))
        yield _text(self.iri, VOID.uriSpace, self.base)
        for (language,) in self._rows(_LANGUAGES):
            yield _text(self.iri, DCTERMS.language, language)
        used = {iri for iri, *_ in (*self.properties, *self.classes)}
        for namespace in sorted(set(PREFIXES.values())):
            if any(iri.startswith(namespace) for iri in used):
                yield _quad(self.iri, VOID.vocabulary, _iri(namespace))

    def counts(self) -> Iterator[Quad]:
        """Yield how much there is of everything."""
        names = (VOID.triples, VOID.distinctSubjects, VOID.distinctObjects, VOID.properties)
        for row in self._rows(_TOTALS):
            for name, number in zip(names, row, strict=True):
                yield _count(self.iri, name, number)
        yield _count(self.iri, VOID.classes, str(len(self.classes)))
        for (number,) in self._rows(_ENTITIES):
            yield _count(self.iri, VOID.entities, number)

    def partitions(self) -> Iterator[Quad]:
        """Yield each class with the number of its things and an example, each property with that of its triples."""
        for class_, number, example in self.classes:
            part = f"{self.iri}/class/{_local(class_)}"
            yield _quad(self.iri, VOID.classPartition, _iri(part))
            yield _quad(part, VOID["class"], _iri(class_))
            yield _count(part, VOID.entities, number)
            if class_.startswith(KOOP.iri):
                yield _quad(self.iri, VOID.exampleResource, _iri(example))
        for property_, number in self.properties:
            part = f"{self.iri}/property/{_local(property_)}"
            yield _quad(self.iri, VOID.propertyPartition, _iri(part))
            yield _quad(part, VOID.property, _iri(property_))
            yield _count(part, VOID.triples, number)

    def links(self) -> Iterator[Quad]:
        """Yield a linkset for each authority that things are linked to."""
        for name, (space, title) in AUTHORITIES.items():
            ((number,),) = self._rows(_LINKS, space=space)
            if number == "0":
                continue
            links, target = f"{self.iri}/links/{name}", f"{self.iri}/target/{name}"
            yield _quad(self.iri, VOID.subset, _iri(links))
            yield _quad(links, RDF.type, _iri(VOID.Linkset))
            yield _quad(links, VOID.linkPredicate, _iri(SKOS.exactMatch))
            yield _quad(links, VOID.subjectsTarget, _iri(self.iri))
            yield _quad(links, VOID.objectsTarget, _iri(target))
            yield _count(links, VOID.triples, number)
            yield _quad(target, RDF.type, _iri(VOID.Dataset))
            yield _text(target, DCTERMS.title, title)
            yield _text(target, VOID.uriSpace, space)

    def distributions(self, dumps: Mapping[str, str]) -> Iterator[Quad]:
        """Yield the files that hold the dataset."""
        for name, media_type in sorted(dumps.items()):
            file, part = _iri(_HERE + name), f"{self.iri}/file/{name}"
            yield _quad(self.iri, VOID.dataDump, file)
            yield _quad(self.iri, DCAT.distribution, _iri(part))
            yield _quad(part, RDF.type, _iri(DCAT.Distribution))
            yield _quad(part, DCAT.downloadURL, file)
            yield _quad(part, DCAT.mediaType, _iri(f"https://www.iana.org/assignments/media-types/{media_type}"))

    @cached_property
    def classes(self) -> list[list[str]]:
        """Each class with the number of its things and an example."""
        return self._rows(_CLASSES)

    @cached_property
    def properties(self) -> list[list[str]]:
        """Each property with the number of its triples."""
        return self._rows(_PROPERTIES)

    def _rows(self, query: str, **texts: str) -> list[list[str]]:
        return sorted(found for _, found in rows(self.store, query, **texts))


def _local(iri: str) -> str:
    """Return a name for a part of the dataset that no other term has: ``koop-City``, or a hash."""
    from koopgraph.query.table import shorten

    short = shorten(iri, PREFIXES).replace(":", "-", 1)
    return short if _NAME.fullmatch(short) else sha256(iri.encode()).hexdigest()[:20]


def _iri(value: str) -> NamedNode:
    from pyoxigraph import NamedNode

    return NamedNode(value)


def _quad(subject: str, predicate: str, thing: NamedNode | Literal) -> Quad:
    from pyoxigraph import Quad

    return Quad(_iri(subject), _iri(predicate), thing)


def _text(subject: str, predicate: str, text: str, language: str | None = None) -> Quad:
    from pyoxigraph import Literal

    return _quad(subject, predicate, Literal(text, language=language))


def _count(subject: str, predicate: str, number: str) -> Quad:
    from pyoxigraph import Literal

    return _quad(subject, predicate, Literal(number, datatype=_iri(XSD.integer)))
