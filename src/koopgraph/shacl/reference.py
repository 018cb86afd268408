"""pySHACL, the reference: every part of SHACL, at the price of a copy of the graph in rdflib's memory."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import TYPE_CHECKING

from koopgraph.errors import OntologyError
from koopgraph.shacl.data import checked_triples, ontology_subclasses
from koopgraph.shacl.paths import path_text
from koopgraph.shacl.terms import SH, Result
from koopgraph.shacl.values import to_rdflib

if TYPE_CHECKING:
    import pyoxigraph
    import rdflib

    from koopgraph.shacl.shapes import Shapes
    from koopgraph.shacl.terms import Node, Term


def reference_results(store: pyoxigraph.Store, shapes: Shapes, done: set[Node]) -> Iterator[Result]:
    """Yield what pySHACL finds; the shapes ``done`` check nothing by themselves.

    Raises :class:`OntologyError` for shapes that SHACL does not allow, or data that it cannot speak of.
    """
    import pyshacl

    terms = _Terms()
    data = terms.graph(checked_triples(store))
    for triple in ontology_subclasses():
        data.add(terms.triple(triple))
    # What it logs of shapes that it cannot use, it raises as well.
    logging.getLogger("pyshacl-validate").addFilter(_unlogged)
    try:
        _, results, text = pyshacl.validate(
            data, shacl_graph=terms.graph(shapes.without_targets_of(done)), inplace=True
        )
    # pySHACL has no common base of what it raises for shapes that it cannot use.
    except Exception as error:
        raise OntologyError(f"the shapes cannot be used ({' '.join(str(error).split())}). Correct them.") from error
    if isinstance(results, Exception):
        raise OntologyError(f"the shapes cannot be used ({' '.join(text.split())}). Correct them.")
    yield from _results(results, shapes)


def _unlogged(record: logging.LogRecord) -> bool:
    return False


def _results(report: rdflib.Graph, shapes: Shapes) -> Iterator[Result]:
    from rdflib import URIRef

    # Not every sh:ValidationResult: those in the details of another one are no results of their own.
    for node in report.objects(None, URIRef(SH + "result")):

        def one(name: str, node: rdflib.term.Node = node) -> Term | None:
            found = report.value(node, URIRef(SH + name), any=True)
            return None if found is None else to_oxigraph(found)

        focus, path, shape = one("focusNode"), one("resultPath"), one("sourceShape")
        if focus is None or shape is None:
            continue
        messages = report.objects(node, URIRef(SH + "resultMessage"))
        severity, component = one("resultSeverity"), one("sourceConstraintComponent")
        yield Result(
            focus,
            _written(path, shape, shapes),
            one("value"),
            severity.value if severity else SH + "Violation",
            component.value if component else "",
            shape,  # type: ignore[arg-type]  # a shape is no literal
            tuple(sorted((str(getattr(m, "language", None) or ""), str(m)) for m in messages)),
        )


def _written(path: Term | None, shape: Term, shapes: Shapes) -> str:
    """Return a result's path: its IRI, or (of a path that is a structure) how SPARQL writes the shape's."""
    import pyoxigraph

    if path is None:
        return ""
    if isinstance(path, pyoxigraph.NamedNode):
        return path.value
    return next((text for each in shapes.objects(shape, SH + "path") if (text := path_text(shapes, each))), "")


class _Terms:
    """Terms of rdflib for those of pyoxigraph, each made once."""

    def __init__(self) -> None:
        self._known: dict[object, rdflib.term.Node] = {}

    def graph(self, triples: Iterator[pyoxigraph.Triple]) -> rdflib.Graph:
        from rdflib import Graph

        graph = Graph(bind_namespaces="none")
        for triple in triples:
            graph.add(self.triple(triple))
        return graph

    def triple(self, triple: pyoxigraph.Triple) -> tuple[rdflib.term.Node, rdflib.term.Node, rdflib.term.Node]:
        return self._term(triple.subject), self._term(triple.predicate), self._term(triple.object)

    def _term(self, term: object) -> rdflib.term.Node:
        found = self._known.get(term)
        if found is None:
            found = self._known[term] = self._made(term)
        return found

    @staticmethod
    def _made(term: object) -> rdflib.term.Node:
        import pyoxigraph
        from rdflib import BNode, URIRef

        if isinstance(term, pyoxigraph.NamedNode):
            return URIRef(term.value)
        if isinstance(term, pyoxigraph.BlankNode):
            return BNode(term.value)
        if not isinstance(term, pyoxigraph.Literal):
            raise OntologyError(f"{term}: statements about triple terms cannot be checked by SHACL. Leave them out.")
        return to_rdflib(term)


def to_oxigraph(node: rdflib.term.Node) -> Term:
    """Return pyoxigraph's term for one of rdflib's."""
    import pyoxigraph
    from rdflib import BNode
    from rdflib import Literal as RdflibLiteral

    if isinstance(node, RdflibLiteral):
        datatype = pyoxigraph.NamedNode(str(node.datatype)) if node.datatype and not node.language else None
        return pyoxigraph.Literal(str(node), language=node.language, datatype=datatype)
    return pyoxigraph.BlankNode(str(node)) if isinstance(node, BNode) else pyoxigraph.NamedNode(str(node))
