"""The components of SHACL Core that ask whether values conform to other shapes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from koopgraph.shacl.compiled import CompiledShape, Constraint, Failure, Unsupported
from koopgraph.shacl.constraints import flag, number
from koopgraph.shacl.terms import SH

if TYPE_CHECKING:
    from koopgraph.shacl.compiler import Compiler
    from koopgraph.shacl.constraints import Compile
    from koopgraph.shacl.data import Data
    from koopgraph.shacl.terms import Node, Term


def _shapewise(component: str, shapes: Sequence[CompiledShape], fits: Callable[[Iterator[bool]], bool]) -> Constraint:
    def check(data: Data, focus: Term, values: Collection[Term]) -> Iterator[Failure]:
        return (Failure(value) for value in values if not fits(shape.accepts(data, value) for shape in shapes))

    return Constraint(component, check, _looked_up(shapes))


def _looked_up(shapes: Sequence[CompiledShape]) -> frozenset[str]:
    return frozenset().union(*(shape.predicates() for shape in shapes))


def _listed(component: str, fits: Callable[[Iterator[bool]], bool]) -> Compile:
    def compile_(compiler: Compiler, node: Node, value: Term) -> Constraint:
        shapes = [compiler.shape(item) for item in compiler.shapes.items(value)]
        if not shapes:
            raise ValueError("an empty list of shapes")
        return _shapewise(component, shapes, fits)

    return compile_


def _node(compiler: Compiler, node: Node, value: Term) -> Constraint:
    return _shapewise("Node", [compiler.shape(value)], all)


def _not(compiler: Compiler, node: Node, value: Term) -> Constraint:
    return _shapewise("Not", [compiler.shape(value)], lambda accepted: not any(accepted))


def _qualified(compiler: Compiler, node: Node, value: Term) -> Constraint:
    """Compile the lower and the upper bound as one constraint each; this one is the lower."""
    return _counted(compiler, node, "QualifiedMinCount", "qualifiedMinCount", lambda count, bound: count >= bound)


def _qualified_most(compiler: Compiler, node: Node, value: Term) -> Constraint:
    return _counted(compiler, node, "QualifiedMaxCount", "qualifiedMaxCount", lambda count, bound: count <= bound)


def _counted(compiler: Compiler, node: Node, component: str, name: str, fits: Callable[[int, int], bool]) -> Constraint:
    compiler.only(node, name, property_shape=True)
    compiler.only(node, "qualifiedValueShape")
    bound = number(compiler.shapes.objects(node, SH + name)[0])
    (wanted,) = compiler.shapes.objects(node, SH + "qualifiedValueShape")
    shape = compiler.shape(wanted)
    siblings = [compiler.shape(other) for other in _siblings(compiler, node, wanted)]

    def check(data: Data, focus: Term, values: Collection[Term]) -> Iterator[Failure]:
        fitting = (value for value in values if shape.accepts(data, value))
        count = sum(not any(sibling.accepts(data, value) for sibling in siblings) for value in fitting)
        if not fits(count, bound):
            yield Failure(None)

    return Constraint(component, check, _looked_up([shape, *siblings]))


def _siblings(compiler: Compiler, node: Node, wanted: Term) -> list[Term]:
    """Return the qualified shapes of the properties beside that one, where a value may count for one of them only."""
    shapes = compiler.shapes
    if not any(flag(value) for value in shapes.objects(node, SH + "qualifiedValueShapesDisjoint")):
        return []
    parents = shapes.having(SH + "property", node)
    beside = {prop for parent in parents for prop in shapes.objects(parent, SH + "property")}
    found = {other for prop in beside for other in shapes.objects(prop, SH + "qualifiedValueShape")}
    return sorted(found - {wanted}, key=str)


def _needs_bound(compiler: Compiler, node: Node, value: Term) -> Constraint:
    if not {SH + "qualifiedMinCount", SH + "qualifiedMaxCount"} & compiler.shapes.predicates(node):
        raise Unsupported("sh:qualifiedValueShape without a number")
    return Constraint("QualifiedValueShape", lambda data, focus, values: ())


LOGIC: dict[str, Compile] = {
    "and": _listed("And", all),
    "or": _listed("Or", any),
    "xone": _listed("Xone", lambda accepted: sum(accepted) == 1),
    "not": _not,
    "node": _node,
    "qualifiedValueShape": _needs_bound,
    "qualifiedMinCount": _qualified,
    "qualifiedMaxCount": _qualified_most,
}
"""The parameter that brings in each component, and its compiler."""
