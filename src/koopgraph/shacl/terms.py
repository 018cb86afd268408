"""Terms of SHACL, and what a check of it yields."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from koopgraph.errors import OntologyError

if TYPE_CHECKING:
    from pyoxigraph import BlankNode, Literal, NamedNode, Triple

    Node: TypeAlias = NamedNode | BlankNode
    Term: TypeAlias = NamedNode | BlankNode | Literal

SH = "http://www.w3.org/ns/shacl#"


def parts(triple: Triple) -> tuple[Node, str, Term]:
    """Return subject, predicate and object; raise :class:`OntologyError` where one of them is a triple itself."""
    from pyoxigraph import Triple

    subject, object = triple.subject, triple.object
    if isinstance(subject, Triple) or isinstance(object, Triple):
        raise OntologyError(f"{triple}: statements about triple terms cannot be checked by SHACL. Leave them out.")
    return subject, triple.predicate.value, object


@dataclass(frozen=True, slots=True)
class Result:
    """One result of a validation, as SHACL counts them: a value that fails one condition of one shape.

    ``path`` is the property, or a SPARQL property path where it is more than one; '' where there is none. ``messages``
    are those that the engine filled in ({?value} …), by language; empty where the shape's own stand as they are.
    """

    focus: Term
    path: str
    value: Term | None
    severity: str
    component: str
    shape: Node
    messages: tuple[tuple[str, str], ...] = ()
