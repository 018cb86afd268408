"""The graph of shapes: the ontology's and those of the user's files, looked up by node and property."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from koopgraph.errors import OntologyError
from koopgraph.rdf.vocabulary import RDF, RDFS, ontology_file
from koopgraph.shacl.terms import SH, parts
from koopgraph.store import rdf_format

if TYPE_CHECKING:
    from pyoxigraph import Triple

    from koopgraph.shacl.terms import Node, Term

TARGETS = frozenset(SH + name for name in ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf"))
_CLASSES = frozenset({RDFS.iri + "Class", "http://www.w3.org/2002/07/owl#Class"})
_SHAPES = frozenset({SH + "NodeShape", SH + "PropertyShape", SH + "Shape"})


class Shapes:
    """Triples of shapes, looked up by subject and predicate."""

    def __init__(self, triples: Sequence[Triple]) -> None:
        """Take the triples of all shapes that are to be checked together."""
        self.triples = triples
        self._objects: dict[Node, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
        for subject, predicate, object in map(parts, triples):
            self._objects[subject][predicate].append(object)

    def objects(self, node: Term, predicate: str) -> list[Term]:
        """Return the values of a property at a node."""
        found = self._objects.get(node)  # type: ignore[arg-type]  # a literal is no subject: none is found
        return found.get(predicate, []) if found else []

    def predicates(self, node: Term) -> set[str]:
        """Return the properties that a node has."""
        return set(self._objects.get(node, ()))  # type: ignore[arg-type]

    def items(self, head: Term) -> list[Term]:
        """Return the items of an RDF list; raise :class:`ValueError` where it is none."""
        items: list[Term] = []
        seen = set()
        while getattr(head, "value", None) != RDF.nil:
            first, rest = self.objects(head, RDF.first), self.objects(head, RDF.rest)
            if len(first) != 1 or len(rest) != 1 or head in seen:
                raise ValueError("no RDF list")
            seen.add(head)
            items.append(first[0])
            head = rest[0]
        return items

    def targeted(self) -> list[Node]:
        """Return the shapes that choose what they check, sorted."""
        found = [node for node, of in self._objects.items() if not TARGETS.isdisjoint(of) or SH + "target" in of]
        return sorted(found, key=str)

    def implicit_shapes(self) -> list[Node]:
        """Return the shapes that check the instances of the class that they are."""
        return sorted((node for node in self._objects if self._is(node, _SHAPES) and self._is(node, _CLASSES)), key=str)

    def extends(self) -> bool:
        """Tell whether the shapes bring components of their own."""
        return any(self._is(node, _EXTENSIONS) for node in self._objects)

    def messages(self, node: Term) -> tuple[tuple[str, str], ...]:
        """Return the messages of a shape, each with its language ('' for none)."""
        found = self.objects(node, SH + "message")
        return tuple(sorted((getattr(m, "language", "") or "", m.value) for m in found))

    def without_targets_of(self, nodes: set[Node]) -> Iterator[Triple]:
        """Yield the triples of the graph in which those shapes check nothing by themselves."""
        return (t for t in self.triples if not (t.subject in nodes and t.predicate.value in TARGETS))

    def having(self, predicate: str, value: Term) -> list[Node]:
        """Return the nodes at which a property has that value."""
        return [node for node, of in self._objects.items() if value in of.get(predicate, ())]

    def _is(self, node: Node, classes: frozenset[str]) -> bool:
        return any(kind.value in classes for kind in self.objects(node, RDF.type))


_EXTENSIONS = frozenset(SH + name for name in ("ConstraintComponent", "SPARQLFunction", "JSConstraintComponent"))


def read_shapes(files: Sequence[Path]) -> Shapes:
    """Return the ontology's shapes with those of ``files`` (Turtle, JSON-LD, RDF/XML, N-Triples …).

    Raises :class:`OntologyError` for a file that cannot be read or is malformed.
    """
    from pyoxigraph import RdfFormat, parse

    found = parse(ontology_file("shapes.ttl").read_bytes(), format=RdfFormat.TURTLE, rename_blank_nodes=True)
    triples = {quad.triple: None for quad in found}
    for file in files:
        triples.update((triple, None) for triple in _read(file))
    return Shapes(list(triples))


def _read(file: Path) -> list[Triple]:
    from pyoxigraph import RdfFormat, parse

    format_ = rdf_format(file) or RdfFormat.TURTLE
    try:
        content = file.read_bytes()
        base = file.absolute().as_uri()
        return [quad.triple for quad in parse(content, format=format_, base_iri=base, rename_blank_nodes=True)]
    except OSError as error:
        raise OntologyError(f"{file}: cannot be read ({error.strerror}). Name a file of SHACL shapes.") from error
    except (SyntaxError, ValueError) as error:
        reason = " ".join(str(error).split())[:200]
        raise OntologyError(f"{file}: malformed ({reason}). Correct the file of shapes.") from error
