"""What the engine and pySHACL say of one graph, as sets that can be compared."""

from __future__ import annotations

from typing import TypeAlias

from pyoxigraph import Quad, RdfFormat, Store, Triple, parse

from koopgraph.shacl.engine import Checked, check
from koopgraph.shacl.shapes import Shapes
from koopgraph.shacl.terms import Result

PREFIXES = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix e: <https://e.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
"""

Key: TypeAlias = tuple[str, ...]


def triples(turtle: str) -> list[Triple]:
    """Read Turtle with the usual prefixes."""
    return [quad.triple for quad in parse(PREFIXES + turtle, format=RdfFormat.TURTLE)]


def stored(turtle: str) -> Store:
    """Return a store that holds the triples in its default graph."""
    store = Store()
    store.extend(Quad(t.subject, t.predicate, t.object) for t in triples(turtle))
    return store


def key(result: Result) -> Key:
    """Return what both engines have to agree on."""
    parts = (result.focus, result.path, result.value, result.severity, result.component, result.shape)
    return tuple(map(str, parts))


def both(store: Store, shapes: Shapes) -> tuple[set[Key], set[Key], Checked]:
    """Return what the engine finds, what the reference finds, and the engine's whole answer."""
    checked = check(store, shapes)
    return set(map(key, checked.results)), set(map(key, check(store, shapes, engine="reference").results)), checked
