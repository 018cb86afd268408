"""From the graph of shapes to compiled ones; what is not understood to the letter is refused, never skipped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from koopgraph.shacl.compiled import CompiledShape, Unsupported
from koopgraph.shacl.constraints import COMPONENTS, flag, iri
from koopgraph.shacl.logic import LOGIC
from koopgraph.shacl.paths import compile_path
from koopgraph.shacl.select import compile_select
from koopgraph.shacl.terms import SH

if TYPE_CHECKING:
    from koopgraph.shacl.shapes import Shapes
    from koopgraph.shacl.terms import Node, Term

_ALL = {**COMPONENTS, **LOGIC, "sparql": compile_select}
_HANDLED = frozenset(
    """
    path property severity message deactivated name description order group defaultValue flags ignoredProperties
    qualifiedValueShapesDisjoint targetClass targetNode targetSubjectsOf targetObjectsOf
    """.split()  # noqa: SIM905 - twenty quoted words would be twenty lines
)
"""Properties of a shape that are no constraints of their own."""


class Compiler:
    """Compiles shapes one by one, each once."""

    def __init__(self, shapes: Shapes) -> None:
        """Take the graph in which the shapes stand."""
        self.shapes = shapes
        self._known: dict[Term, CompiledShape] = {}
        self._open: set[Term] = set()

    def top(self, node: Node) -> CompiledShape:
        """Return a compiled shape; raise :class:`Unsupported` with the reason where the engine does not check it."""
        try:
            return self.shape(node)
        except (ValueError, KeyError) as error:
            raise Unsupported(f"something unusual ({error})") from error

    def shape(self, node: Term) -> CompiledShape:
        """Return the compiled shape of a node, which may be an inner one."""
        if node not in self._known:
            if node in self._open:
                raise Unsupported("shapes that refer to themselves")
            self._open.add(node)
            try:
                self._known[node] = self._compiled(node)
            finally:
                self._open.discard(node)
        return self._known[node]

    def only(self, node: Node, name: str, *, property_shape: bool = False) -> None:
        """Refuse a second value where a shape may have one alone, and what belongs to properties elsewhere."""
        if len(self.shapes.objects(node, SH + name)) > 1:
            raise Unsupported(f"several sh:{name}")
        if property_shape and not self.shapes.objects(node, SH + "path"):
            raise Unsupported(f"sh:{name} without a path")

    def _compiled(self, node: Term) -> CompiledShape:
        shapes = self.shapes
        predicates = shapes.predicates(node)
        if not predicates:
            raise Unsupported("a shape that is not there")
        names = sorted(each.removeprefix(SH) for each in predicates if each.startswith(SH))
        unknown = [name for name in names if name not in _HANDLED and name not in _ALL]
        if unknown:
            raise Unsupported(", ".join(f"sh:{name}" for name in unknown))
        self.only(node, "path")  # type: ignore[arg-type]
        self.only(node, "severity")  # type: ignore[arg-type]
        self.only(node, "deactivated")  # type: ignore[arg-type]
        paths = [compile_path(shapes, each) for each in shapes.objects(node, SH + "path")]
        severity = ([iri(each) for each in shapes.objects(node, SH + "severity")] or [SH + "Violation"])[0]
        constraints = [_ALL[n](self, node, v) for n in names if n in _ALL for v in shapes.objects(node, SH + n)]  # type: ignore[arg-type]
        inner = tuple(self._property(each) for each in shapes.objects(node, SH + "property"))
        if any(flag(each) for each in shapes.objects(node, SH + "deactivated")):
            constraints, inner = [], ()
        return CompiledShape(node, paths[0] if paths else None, severity, tuple(constraints), inner)  # type: ignore[arg-type]

    def _property(self, node: Term) -> CompiledShape:
        if not self.shapes.objects(node, SH + "path"):
            raise Unsupported("a sh:property without a path")
        return self.shape(node)
