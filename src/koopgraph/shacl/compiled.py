"""Compiled shapes, and the check of a node against one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from koopgraph.shacl.terms import SH, Result

if TYPE_CHECKING:
    from koopgraph.shacl.data import Data
    from koopgraph.shacl.paths import Path
    from koopgraph.shacl.terms import Node, Term

    Check: TypeAlias = Callable[[Data, Term, Collection[Term]], Iterable["Failure"]]


class Unsupported(Exception):
    """A shape that the engine leaves to the reference; the text says which part of it."""


class Failure(NamedTuple):
    """What fails a constraint: a value (None where it is their number), and a path where it is not the shape's."""

    value: Term | None
    path: str = ""
    messages: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Constraint:
    """One condition: ``check`` takes the data, a focus node and its value nodes, and yields what fails."""

    component: str
    check: Check
    predicates: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class CompiledShape:
    """A shape: its own conditions on the values of ``path`` (or on the node itself), and its inner shapes."""

    node: Node
    path: Path | None
    severity: str
    constraints: tuple[Constraint, ...]
    properties: tuple[CompiledShape, ...]

    def results(self, data: Data, focus: Term) -> Iterator[Result]:
        """Yield every result of checking a node."""
        values = (focus,) if self.path is None else self.path.reach(data, (focus,))
        path = self.path.written if self.path else ""
        for constraint in self.constraints:
            component = f"{SH}{constraint.component}ConstraintComponent"
            for failure in constraint.check(data, focus, values):
                yield Result(
                    focus, failure.path or path, failure.value, self.severity, component, self.node, failure.messages
                )
        for inner in self.properties:
            for value in values:
                yield from inner.results(data, value)

    def accepts(self, data: Data, node: Term) -> bool:
        """Tell whether a node conforms."""
        return next(self.results(data, node), None) is None

    def predicates(self) -> frozenset[str]:
        """Return every property that a check looks up."""
        own = self.path.predicates if self.path else frozenset()
        inner = (part.predicates() for part in self.properties)
        return own.union(*(constraint.predicates for constraint in self.constraints), *inner)
