"""The graph as tables for spreadsheets and network programs: nodes, edges and values, with their sentences."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from koopgraph.export.rows import rows
from koopgraph.files import atomic_write, make_folder
from koopgraph.rdf.vocabulary import GN, KOOP, SCHEMA

if TYPE_CHECKING:
    from pyoxigraph import Store

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
"""What makes a spreadsheet take a cell for a formula (or what :func:`guarded` makes of that)."""

_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?", re.ASCII)
_FACTS = {
    SCHEMA.latitude: "latitude",
    SCHEMA.longitude: "longitude",
    GN.population: "population",
    SCHEMA.startDate: "start_date",
    SCHEMA.endDate: "end_date",
}
"""Columns of things that have exactly one such value; of dates, those that name the day."""

NODE_COLUMNS = ("id", "label", "class", "language", "other_names", *_FACTS.values())
EVIDENCE_COLUMNS = ("role", "confidence", "extractors", "article", "article_title", "begin", "end", "sentence")
EDGE_COLUMNS = ("source", "target", "relation", "source_label", "target_label", *EVIDENCE_COLUMNS)
VALUE_COLUMNS = ("node", "relation", "value", "node_label", *EVIDENCE_COLUMNS)
FRACTIONS = frozenset({"confidence", "latitude", "longitude"})
WHOLE_NUMBERS = frozenset({"begin", "end", "population"})
DAYS = frozenset({"start_date", "end_date"})

_NODES = """
SELECT ?id (SAMPLE(?name) AS ?label) (SAMPLE(?local) AS ?class) (SAMPLE(?tag) AS ?language)
       (GROUP_CONCAT(DISTINCT ?other; SEPARATOR="; ") AS ?other_names)
WHERE {
  { ?id a ?type ; rdfs:label ?name . FILTER(STRSTARTS(STR(?type), STR(koop:)))
    BIND(STRAFTER(STR(?type), "#") AS ?local) BIND(LANG(?name) AS ?tag)
    OPTIONAL { ?id skos:altLabel ?other } }
  UNION
  { ?subject koop:theme ?id . BIND("Theme" AS ?local) BIND("en" AS ?tag)
    OPTIONAL { ?id skos:prefLabel ?name FILTER(LANG(?name) = "en") }
    OPTIONAL { ?id skos:prefLabel ?other FILTER(LANG(?other) != "en") } }
}
GROUP BY ?id
"""

_NODE_FACTS = """
SELECT ?id ?fact ?value
WHERE {
  VALUES ?fact { schema:latitude schema:longitude gn:population schema:startDate schema:endDate } ?id ?fact ?value
  FILTER(?fact NOT IN (schema:startDate, schema:endDate) || DATATYPE(?value) = xsd:date)
}
"""

# The engine takes forty times as long to join these as Python does, key by key.
_TRIPLES = """
SELECT ?subject ?predicate ?object
WHERE { ?subject ?predicate ?object ; rdfs:label ?label . FILTER(STRSTARTS(STR(?predicate), STR(koop:))) }
"""
_LABELS = """
SELECT ?id ?label
WHERE { { ?id rdfs:label ?label } UNION { ?id skos:prefLabel ?label FILTER(LANG(?label) = "en") } }
"""
_PROVENANCE = """
SELECT ?subject ?predicate ?object ?statement ?confidence ?passage
WHERE {
  GRAPH ?provenance {
    ?statement rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object ;
      koop:confidence ?confidence ; prov:wasDerivedFrom ?passage .
  }
}
"""
_NOTES = """
SELECT ?statement ?kind ?note
WHERE { VALUES ?kind { koop:extractor koop:role } GRAPH ?provenance { ?statement a rdf:Statement ; ?kind ?note } }
"""
_PASSAGES = """
SELECT ?passage ?article ?title ?begin ?end ?sentence
WHERE {
  GRAPH ?provenance {
    ?passage nif:referenceContext ?iri ; nif:beginIndex ?begin ; nif:endIndex ?end ; nif:anchorOf ?sentence .
  }
  ?iri dcterms:source ?article ; dcterms:title ?title .
}
"""


def guarded(cell: str) -> str:
    """Return the cell with an apostrophe before what a spreadsheet would take for a formula.

    >>> guarded("=1+1"), guarded("'s-Hertogenbosch")
    ("'=1+1", "'s-Hertogenbosch")
    """
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """Return what :func:`guarded` was given."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


@dataclass(frozen=True, slots=True)
class Table:
    """A named table, its cells texts: ``""`` where there is no value. Rows are sorted."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, name: str, columns: tuple[str, ...], rows: Iterable[Sequence[str]]) -> Table:
        """Take rows in any order."""
        return cls(name, columns, tuple(sorted(map(tuple, rows), key=_order)))


def tables(store: Store) -> tuple[Table, Table, Table]:
    """Return the graph as three tables: nodes, edges (statements between things) and values (those with a text).

    Edges and values have a row for each passage that states them.
    """
    edges, values = _statements(store)
    return (
        Table.of("nodes", NODE_COLUMNS, _nodes(store)),
        Table.of("edges", EDGE_COLUMNS, edges),
        Table.of("values", VALUE_COLUMNS, values),
    )


def write_tables(store: Store, folder: Path) -> None:
    """Write ``nodes.csv``, ``edges.csv`` and ``values.csv`` (UTF-8, with a header, sorted) into ``folder``.

    A cell that a spreadsheet would take for a formula begins with an apostrophe; numbers stay numbers.
    Raises :class:`ExportError` where the folder cannot be written.
    """
    make_folder(folder)
    for table in tables(store):
        with atomic_write(folder / f"{table.name}.csv", "w") as file:
            file.write(csv_text(table.columns, table.rows))


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table as CSV, each cell harmless in a spreadsheet."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    numeric = [column in FRACTIONS | WHOLE_NUMBERS for column in columns]
    for row in rows:
        cells = zip(row, numeric, strict=True)
        writer.writerow([cell if number and _NUMBER.fullmatch(cell) else guarded(cell) for cell, number in cells])
    return text.getvalue()


def _nodes(store: Store) -> Iterator[list[str]]:
    facts: dict[tuple[str, str], list[str]] = {}
    for _, (thing, fact, value) in rows(store, _NODE_FACTS):
        facts.setdefault((thing, fact), []).append(value)
    for _, row in rows(store, _NODES):
        found = (facts.get((row[0], fact), []) for fact in _FACTS)
        yield [*row, *(values[0] if len(values) == 1 else "" for values in found)]


def _statements(store: Store) -> tuple[list[list[str]], list[list[str]]]:
    """Return the rows of edges and of values, one for each passage (or one without, where there is none)."""
    from pyoxigraph import Literal

    labels = {thing: label for _, (thing, label) in rows(store, _LABELS)}
    evidence = _evidence(store)
    edges, values = [], []
    for terms, (subject, predicate, object_) in rows(store, _TRIPLES):
        relation = predicate.removeprefix(KOOP.iri)
        for found in evidence.get(terms, [[""] * len(EVIDENCE_COLUMNS)]):
            if isinstance(terms[2], Literal):
                values.append([subject, relation, object_, labels[subject], *found])
            else:
                edges.append([subject, object_, relation, labels[subject], labels.get(object_, ""), *found])
    return edges, values


def _evidence(store: Store) -> dict[tuple[object, ...], list[list[str]]]:
    """Return the cells of :data:`EVIDENCE_COLUMNS` for every passage, by the terms of the triple."""
    notes: dict[tuple[str, str], set[str]] = {}
    for _, (statement, kind, note) in rows(store, _NOTES):
        notes.setdefault((statement, kind), set()).add(note)
    passages = {row[0]: row[1:] for _, row in rows(store, _PASSAGES)}
    evidence: dict[tuple[object, ...], list[list[str]]] = {}
    for terms, (*_, statement, confidence, passage) in rows(store, _PROVENANCE):
        roles, extractors = (
            "; ".join(sorted(notes.get((statement, kind), ()))) for kind in (KOOP.role, KOOP.extractor)
        )
        place = passages.get(passage, [""] * 5)
        evidence.setdefault(terms[:3], []).append([roles, confidence, extractors, *place])
    return evidence


def _order(row: Sequence[str]) -> list[tuple[int, str]]:
    # Offsets in the order of numbers: shorter ones first.
    return [(len(cell) if cell.isdecimal() else 0, cell) for cell in row]
