"""The things of a built graph as they are looked up elsewhere: names, and what tells them from namesakes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from koopgraph.annotate.lexicon import load_lexicon
from koopgraph.model import EntityType
from koopgraph.rdf.vocabulary import KOOP, RDF, RDFS, SCHEMA, SKOS

if TYPE_CHECKING:
    from pyoxigraph import Store

GEONAMES = "https://sws.geonames.org/"

_NEIGHBOURS = ("affiliatedWith", "awardedBy", "locatedIn", "partOf", "takesPlaceIn")
"""The relations whose object helps to tell a thing from its namesakes; the object's class names it."""

_ENTITIES = f"""
SELECT ?iri ?class ?property ?name WHERE {{
    ?iri <{RDF.type}> ?class ; ?property ?name .
    FILTER(?property IN (<{RDFS.label}>, <{SKOS.altLabel}>) && STRSTARTS(STR(?class), "{KOOP.iri}"))
}}"""

_AROUND = f"""
SELECT ?iri ?class ?name (MAX(?sure) AS ?confidence) WHERE {{
    ?iri ?relation ?other .
    ?other <{RDF.type}> ?class ; <{RDFS.label}> ?name .
    FILTER(?relation IN ({", ".join(f"<{KOOP[name]}>" for name in _NEIGHBOURS)}))
    OPTIONAL {{
        GRAPH ?provenance {{
            ?statement <{RDF.subject}> ?iri ; <{RDF.predicate}> ?relation ; <{RDF.object}> ?other ;
                <{KOOP.confidence}> ?sure
        }}
    }}
}} GROUP BY ?iri ?class ?name"""

_VALUES = f"""
SELECT ?iri ?property ?value WHERE {{
    ?iri ?property ?value .
    FILTER(?property IN (<{SCHEMA.latitude}>, <{SCHEMA.longitude}>, <{SKOS.exactMatch}>, <{SCHEMA.startDate}>))
}}"""


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing of the graph: ``names`` are all its forms, ``context`` what stands around it, the surest first.

    The keys of ``context`` are those of ``data/reconciliation.toml``: 'city', 'organisation', 'geonames' …
    """

    iri: str
    type: EntityType
    label: str
    names: tuple[str, ...]
    context: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def read_things(store: Store, classes: Collection[EntityType] = ()) -> tuple[Thing, ...]:
    """Return the things of a graph, of those classes (or all), sorted by IRI.

    What is only described ('Richtfest', 'Gemeinderat') is left out: no authority knows it by that name.
    """
    kinds: dict[str, set[EntityType]] = defaultdict(set)
    labels: dict[str, tuple[str, str]] = {}
    names: dict[str, set[str]] = defaultdict(set)
    for iri, kind, predicate, name, language in _entities(store):
        kinds[iri].add(kind)
        names[iri].add(name)
        if predicate == RDFS.label:
            labels[iri] = min(labels.get(iri, (name, language)), (name, language))
    context = _context(store)
    things = []
    for iri, (label, language) in sorted(labels.items()):
        kind = EntityType.CITY if EntityType.CITY in kinds[iri] else min(kinds[iri])
        if (not classes or kind in classes) and not _described(label, language, kind):
            things.append(Thing(iri, kind, label, tuple(sorted(names[iri])), context.get(iri, {})))
    return tuple(things)


def _described(label: str, language: str, kind: EntityType) -> bool:
    return load_lexicon("en" if language == "en" else "de").is_description(label, kind)


def _entities(store: Store) -> Iterator[tuple[str, EntityType, str, str, str]]:
    for iri, kind, predicate, name in _rows(store, _ENTITIES):
        local = kind.value.removeprefix(KOOP.iri)
        if local in set(EntityType):
            yield iri.value, EntityType(local), predicate.value, name.value, name.language or ""


def _context(store: Store) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return, by thing, what stands around it; of several the surest comes first."""
    found: dict[str, dict[str, set[tuple[float, str]]]] = defaultdict(lambda: defaultdict(set))
    for iri, kind, name, sure in _rows(store, _AROUND):
        confidence = float(sure.value) if sure is not None else 0.0
        found[iri.value][kind.value.removeprefix(KOOP.iri).lower()].add((-confidence, name.value))
    values: dict[str, dict[str, str]] = defaultdict(dict)
    for iri, predicate, value in _rows(store, _VALUES):
        known = values[iri.value]
        known[predicate.value] = min(known.get(predicate.value, value.value), value.value)
        if predicate.value == SKOS.exactMatch and value.value.startswith(GEONAMES):
            found[iri.value]["geonames"].add((0.0, value.value.removeprefix(GEONAMES).strip("/")))
    for thing, known in values.items():
        if SCHEMA.latitude in known and SCHEMA.longitude in known:
            found[thing]["coordinates"].add((0.0, f"{known[SCHEMA.latitude]},{known[SCHEMA.longitude]}"))
        if SCHEMA.startDate in known:
            found[thing]["date"].add((0.0, known[SCHEMA.startDate]))
    return {
        iri: {name: tuple(value for _, value in sorted(values)) for name, values in sorted(around.items())}
        for iri, around in found.items()
    }


def _rows(store: Store, query: str) -> Iterator[tuple[Any, ...]]:
    from pyoxigraph import QuerySolutions

    solutions = store.query(query)
    if isinstance(solutions, QuerySolutions):
        yield from map(tuple, solutions)
