"""Checking a graph against SHACL shapes, and saying what is wrong so that one finds and corrects it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from koopgraph.findings import Finding, Report, Severity
from koopgraph.rdf.vocabulary import DCTERMS, KOOP, NIF, PROV, RDF, RDFS
from koopgraph.shacl.messages import message
from koopgraph.shacl.terms import SH, parts

if TYPE_CHECKING:
    import pyoxigraph

    from koopgraph.shacl.shapes import Shapes
    from koopgraph.shacl.terms import Result, Term


def validate(
    store: pyoxigraph.Store, *, shapes: Iterable[Path] = (), language: str = "en", engine: str = "auto"
) -> Report:
    """Check the default graph together with the provenance graph against the ontology's shapes and ``shapes``.

    ``shapes`` are files of SHACL shapes (Turtle, JSON-LD, RDF/XML, N-Triples). Classes count as their
    superclasses too (a city is a place). ``language`` ('de', 'en') chooses among the messages of a shape.
    ``engine`` 'reference' has pySHACL check everything, 'auto' only what the faster engine does not know.
    Raises :class:`OntologyError` for a shapes file that cannot be read, or shapes that SHACL does not allow.
    """
    from koopgraph.query import prefixes_of
    from koopgraph.shacl.engine import check
    from koopgraph.shacl.shapes import read_shapes

    graph = read_shapes(list(shapes))
    checked = check(store, graph, engine=engine)
    traces = _Traces(store)
    # One value can fail several conditions of one shape: one finding says it, and names their components.
    found: dict[Finding, set[str]] = {}
    for result in checked.results:
        found.setdefault(_finding(result, graph, traces, language), set()).add(result.component)
    findings = (replace(finding, components=tuple(sorted(of))) for finding, of in found.items())
    return Report(tuple(sorted(findings, key=_order)), language, prefixes_of(store), checked.left)


def _order(finding: Finding) -> tuple[str, ...]:
    rank = {"Violation": "0", "Warning": "1", "Info": "2"}[finding.severity]
    return (rank, finding.focus, finding.path, finding.value, finding.message, finding.shape)


def _finding(result: Result, shapes: Shapes, traces: _Traces, language: str) -> Finding:
    from pyoxigraph import NamedNode

    return Finding(
        focus=_written(result.focus),
        label=traces.label(result.focus, language),
        path=result.path,
        value=_written(result.value),
        message=message(result, shapes, language),
        severity=_severity(result.severity),
        shape=result.shape.value if isinstance(result.shape, NamedNode) else "",
        articles=traces.articles(result.focus, result.value),
    )


def _written(term: Term | None) -> str:
    from pyoxigraph import NamedNode

    if term is None:
        return ""
    return term.value if isinstance(term, NamedNode) else str(term)


def _severity(iri: str) -> Severity:
    if iri == SH + "Warning":
        return "Warning"
    return "Info" if iri in {SH + "Info", SH + "Debug", SH + "Trace"} else "Violation"


class _Traces:
    """The names of things, and the articles that they stem from."""

    def __init__(self, store: pyoxigraph.Store) -> None:
        from koopgraph.shacl.data import checked_graphs

        self._store = store
        self._graphs = checked_graphs(store)

    def label(self, node: Term, language: str) -> str:
        labels = [label for label in self._objects(node, RDFS.label) if hasattr(label, "language")]
        return min(labels, key=lambda label: (label.language != language, label.value)).value if labels else ""

    def articles(self, focus: Term, value: Term | None) -> tuple[str, ...]:
        """Return the sources that a thing stems from: by its passages, else by the articles' graphs that speak of it.

        Where the focus is a relation (of a triple without evidence), those are the graphs that state it of the value.
        """
        from pyoxigraph import NamedNode

        if not isinstance(focus, NamedNode):
            return ()
        passages = [focus, *self._objects(focus, PROV.wasDerivedFrom)]
        articles: set[Term] = {
            article for passage in passages for article in self._objects(passage, NIF.referenceContext)
        }
        if NamedNode(KOOP.Article) in self._objects(focus, RDF.type):
            articles.add(focus)
        if not articles:
            quads = list(self._store.quads_for_pattern(focus, None, None, None))
            if value is not None and not quads:
                quads = list(self._store.quads_for_pattern(None, focus, value, None))
            articles = {quad.graph_name for quad in quads if isinstance(quad.graph_name, NamedNode)}
        return tuple(sorted({name.value for article in articles for name in self._objects(article, DCTERMS.source)}))

    def _objects(self, node: Term, predicate: str) -> list[Term]:
        return list(dict.fromkeys(self._asked(node, predicate)))

    def _asked(self, node: Term, predicate: str) -> Iterator[Term]:
        from pyoxigraph import Literal, NamedNode

        if isinstance(node, Literal):
            return
        for graph in self._graphs:
            for quad in self._store.quads_for_pattern(node, NamedNode(predicate), None, graph):
                yield parts(quad.triple)[2]
