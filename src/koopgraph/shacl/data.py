"""What is checked: the default graph and the provenance graphs as one, looked up as shapes ask for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from koopgraph.rdf.vocabulary import RDF, RDFS, ontology_triples
from koopgraph.shacl.terms import parts
from koopgraph.store import stored_quads

if TYPE_CHECKING:
    from pyoxigraph import DefaultGraph, NamedNode, Store, Triple

    from koopgraph.shacl.terms import Node, Term


class Data:
    """The triples of those properties that the shapes name, in memory; the rest stays in the store."""

    def __init__(self, store: Store, predicates: frozenset[str]) -> None:
        """Read what the shapes will ask for, in one pass."""
        self.store = store
        self.graphs = checked_graphs(store)
        wanted = predicates | {RDF.type, RDFS.subClassOf}
        self._objects: dict[str, dict[Node, list[Term]]] = {predicate: {} for predicate in wanted}
        for subject, predicate, object in map(parts, checked_triples(store)):
            of = self._objects.get(predicate)
            if of is not None:
                of.setdefault(subject, []).append(object)
        for of in self._objects.values():
            for subject, objects in of.items():
                if len(objects) > 1:  # two graphs may hold one triple
                    of[subject] = list(dict.fromkeys(objects))
        self._subjects: dict[str, dict[Term, list[Node]]] = {}
        self._subclasses: dict[Term, frozenset[Term]] = {}

    def objects(self, subject: Term, predicate: str) -> Sequence[Term]:
        """Return the values of a property at a node."""
        return self._objects[predicate].get(subject, ())  # type: ignore[arg-type]  # a literal is no subject: none is found

    def subjects(self, predicate: str, object: Term) -> Sequence[Node]:
        """Return the nodes at which a property has that value."""
        if predicate not in self._subjects:
            inverse: dict[Term, list[Node]] = defaultdict(list)
            for subject, objects in self._objects[predicate].items():
                for each in objects:
                    inverse[each].append(subject)
            self._subjects[predicate] = dict(inverse)
        return self._subjects[predicate].get(object, ())

    def having(self, predicate: str) -> Mapping[Node, Sequence[Term]]:
        """Return all nodes that have a property, with its values."""
        return self._objects[predicate]

    def instances(self, class_: Term) -> Iterator[Node]:
        """Yield the nodes of a class and of its subclasses."""
        for each in self._classes_below(class_):
            yield from self.subjects(RDF.type, each)

    def is_instance(self, node: Term, class_: Term) -> bool:
        """Tell whether a node is of a class or of one of its subclasses."""
        below = self._classes_below(class_)
        return any(each in below for each in self.objects(node, RDF.type))

    def about(self, node: Node) -> set[tuple[str, Term]]:
        """Return every property and value of a node, as the store holds them."""
        quads = (quad for graph in self.graphs for quad in self.store.quads_for_pattern(node, None, None, graph))
        return {(predicate, object) for _, predicate, object in (parts(quad.triple) for quad in quads)}

    def _classes_below(self, class_: Term) -> frozenset[Term]:
        if class_ not in self._subclasses:
            found, waiting = {class_}, [class_]
            while waiting:
                above = waiting.pop()
                fresh = {*self.subjects(RDFS.subClassOf, above), *self._declared.get(above, ())} - found
                found |= fresh
                waiting.extend(fresh)
            self._subclasses[class_] = frozenset(found)
        return self._subclasses[class_]

    @cached_property
    def _declared(self) -> dict[Term, list[Node]]:
        declared: dict[Term, list[Node]] = defaultdict(list)
        for subject, _, object in map(parts, ontology_subclasses()):
            declared[object].append(subject)
        return declared


def checked_graphs(store: Store) -> list[DefaultGraph | NamedNode]:
    """Return the graphs that are checked: the default graph, and each that holds statements (the provenance)."""
    from pyoxigraph import DefaultGraph, NamedNode

    quads = store.quads_for_pattern(None, NamedNode(RDF.type), NamedNode(RDF.Statement))
    named = {quad.graph_name for quad in quads if isinstance(quad.graph_name, NamedNode)}
    return [DefaultGraph(), *sorted(named, key=str)]


def checked_triples(store: Store) -> Iterator[Triple]:
    """Yield the triples that are checked, as they were written; a triple of two graphs comes twice."""
    for graph in checked_graphs(store):
        for quad in stored_quads(store, graph):
            yield quad.triple


def ontology_subclasses() -> Iterator[Triple]:
    """Yield what the ontology says of classes and their named superclasses: a city is a place."""
    from pyoxigraph import NamedNode

    for triple in ontology_triples("koopgraph.ttl"):
        if triple.predicate.value == RDFS.subClassOf and isinstance(triple.object, NamedNode):
            yield triple
