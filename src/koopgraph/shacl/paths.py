"""Property paths of SHACL: what they reach from a node, and how SPARQL writes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from koopgraph.rdf.vocabulary import RDF
from koopgraph.shacl.terms import SH

if TYPE_CHECKING:
    from koopgraph.shacl.data import Data
    from koopgraph.shacl.shapes import Shapes
    from koopgraph.shacl.terms import Term

    Reach: TypeAlias = Callable[[Data, Iterable[Term]], dict[Term, None]]


@dataclass(frozen=True, slots=True)
class Path:
    """A compiled path: ``reach`` takes nodes and returns what lies at the other end, each once.

    ``written`` is its IRI where it is one property, else a SPARQL property path; ``predicates`` are what it walks.
    """

    written: str
    reach: Reach
    predicates: frozenset[str]
    simple: bool = False

    def within(self) -> str:
        """Return the path as a part of a longer one."""
        return f"<{self.written}>" if self.simple else f"({self.written})"


def compile_path(shapes: Shapes, node: Term, backwards: bool = False) -> Path:
    """Compile the path that a node of the shapes graph stands for; raise :class:`ValueError` where it is none."""
    from pyoxigraph import BlankNode, NamedNode

    if isinstance(node, NamedNode):
        return _property(node.value, backwards)
    if not isinstance(node, BlankNode):
        raise ValueError("a literal is no path")
    if shapes.objects(node, RDF.first):
        return _sequence([compile_path(shapes, item, backwards) for item in shapes.items(node)], backwards)
    (predicate,) = shapes.predicates(node)
    (inner,) = shapes.objects(node, predicate)
    name = predicate.removeprefix(SH)
    if name == "inversePath":
        return compile_path(shapes, inner, not backwards)
    if name == "alternativePath":
        return _alternatives([compile_path(shapes, item, backwards) for item in shapes.items(inner)])
    sign, zero, more = _REPEATED[name]
    return _repeated(compile_path(shapes, inner, backwards), sign, zero=zero, more=more)


_REPEATED = {
    "zeroOrMorePath": ("*", True, True),
    "oneOrMorePath": ("+", False, True),
    "zeroOrOnePath": ("?", True, False),
}
"""Each repetition's sign in SPARQL, whether it reaches the node itself, and whether it goes on."""


def path_text(shapes: Shapes, node: Term) -> str:
    """Return how SPARQL writes the path of that node; '' where it is none."""
    try:
        return compile_path(shapes, node).written
    except (ValueError, KeyError, RecursionError):
        return ""


def _property(predicate: str, backwards: bool) -> Path:
    def forth(data: Data, nodes: Iterable[Term]) -> dict[Term, None]:
        return {term: None for node in nodes for term in data.objects(node, predicate)}

    def back(data: Data, nodes: Iterable[Term]) -> dict[Term, None]:
        return {term: None for node in nodes for term in data.subjects(predicate, node)}

    if backwards:
        return Path(f"^<{predicate}>", back, frozenset({predicate}))
    return Path(predicate, forth, frozenset({predicate}), simple=True)


def _sequence(steps: list[Path], backwards: bool) -> Path:
    if len(steps) < 2:
        raise ValueError("a sequence has two steps or more")
    if backwards:
        steps.reverse()

    def reach(data: Data, nodes: Iterable[Term]) -> dict[Term, None]:
        reached = dict.fromkeys(nodes)
        for step in steps:
            reached = step.reach(data, reached)
        return reached

    return Path("/".join(step.within() for step in steps), reach, _all(steps))


def _alternatives(choices: list[Path]) -> Path:
    if len(choices) < 2:
        raise ValueError("an alternative has two choices or more")

    def reach(data: Data, nodes: Iterable[Term]) -> dict[Term, None]:
        starts = list(nodes)
        return {term: None for choice in choices for term in choice.reach(data, starts)}

    return Path("|".join(choice.within() for choice in choices), reach, _all(choices))


def _repeated(inner: Path, sign: str, *, zero: bool, more: bool) -> Path:
    def reach(data: Data, nodes: Iterable[Term]) -> dict[Term, None]:
        starts = dict.fromkeys(nodes)
        found = dict(starts) if zero else {}
        fresh = inner.reach(data, starts)
        while fresh:
            fresh = {term: None for term in fresh if term not in found}
            found |= fresh
            fresh = inner.reach(data, fresh) if more else {}
        return found

    return Path(inner.within() + sign, reach, inner.predicates)


def _all(paths: list[Path]) -> frozenset[str]:
    return frozenset().union(*(path.predicates for path in paths))
