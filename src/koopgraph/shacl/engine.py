"""Checking data against shapes: what the engine understands it checks itself, the rest goes to the reference."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from koopgraph.shacl.compiled import CompiledShape, Unsupported
from koopgraph.shacl.compiler import Compiler
from koopgraph.shacl.data import Data
from koopgraph.shacl.reference import reference_results
from koopgraph.shacl.shapes import TARGETS
from koopgraph.shacl.terms import SH

if TYPE_CHECKING:
    import pyoxigraph

    from koopgraph.shacl.shapes import Shapes
    from koopgraph.shacl.terms import Node, Result, Term

ENGINES = ("auto", "reference")


@dataclass(frozen=True, slots=True)
class Checked:
    """The results of a check, and why shapes (by their IRIs) were left to the reference."""

    results: frozenset[Result]
    left: tuple[tuple[str, str], ...] = ()


def check(store: pyoxigraph.Store, shapes: Shapes, *, engine: str = "auto") -> Checked:
    """Check a store's graph with the engine ('auto'), or with pySHACL alone ('reference').

    1. Every shape with targets is compiled. What it uses that the engine does not know to the letter leaves it, and
       it alone, to the reference; where the shapes define components of their own, that is all of them.
    2. The properties that the compiled shapes name are read from the store in one pass.
    3. The nodes that a shape targets are checked one by one; for the rest pySHACL runs over the same graph.
    """
    compiled, left = ({}, {}) if engine == "reference" else _compile(shapes)
    if engine == "reference":
        return Checked(frozenset(reference_results(store, shapes, set())))
    results: set[Result] = set()
    if compiled:
        data = Data(store, _predicates(shapes, compiled))
        for node in list(compiled):
            try:
                results.update(_results(data, shapes, node, compiled[node]))
            except Unsupported as reason:  # only asking shows that the store's engine does not read a query
                left[node] = str(reason)
                del compiled[node]
    if left:
        results.update(reference_results(store, shapes, set(compiled)))
    return Checked(frozenset(results), tuple(sorted((getattr(n, "value", ""), why) for n, why in left.items())))


def _compile(shapes: Shapes) -> tuple[dict[Node, CompiledShape], dict[Node, str]]:
    compiler, compiled, left = Compiler(shapes), {}, {}
    own_components = shapes.extends()
    for node in shapes.targeted():
        try:
            if own_components:
                raise Unsupported("components of the shapes' own")
            compiled[node] = compiler.top(node)
        except Unsupported as reason:
            left[node] = str(reason)
    for node in shapes.implicit_shapes():
        compiled.pop(node, None)
        left[node] = "a class that is a shape"
    return compiled, left


def _predicates(shapes: Shapes, compiled: dict[Node, CompiledShape]) -> frozenset[str]:
    named = {
        target.value for node in compiled for p in TARGETS - {SH + "targetNode"} for target in shapes.objects(node, p)
    }
    return frozenset(named).union(*(shape.predicates() for shape in compiled.values()))


def _results(data: Data, shapes: Shapes, node: Node, shape: CompiledShape) -> Iterator[Result]:
    for focus in dict.fromkeys(_targets(data, shapes, node)):
        yield from shape.results(data, focus)


def _targets(data: Data, shapes: Shapes, node: Node) -> Iterator[Term]:
    for class_ in shapes.objects(node, SH + "targetClass"):
        yield from data.instances(class_)
    yield from shapes.objects(node, SH + "targetNode")
    for predicate in shapes.objects(node, SH + "targetSubjectsOf"):
        yield from data.having(predicate.value)
    for predicate in shapes.objects(node, SH + "targetObjectsOf"):
        for objects in data.having(predicate.value).values():
            yield from objects
