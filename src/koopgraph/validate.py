"""Checking a graph against SHACL shapes, and saying what is wrong so that one finds and corrects it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from koopgraph.errors import OntologyError
from koopgraph.findings import SH, Finding, Report, Severity
from koopgraph.rdf.vocabulary import DCTERMS, KOOP, NIF, PROV, RDF, RDFS, XSD, ontology_file
from koopgraph.store import stored_quads

if TYPE_CHECKING:
    import pyoxigraph
    import rdflib

    from koopgraph.findings import RdfTerm


def validate(store: pyoxigraph.Store, *, shapes: Iterable[Path] = (), language: str = "en") -> Report:
    """Check the default graph together with the provenance graph against the ontology's shapes and ``shapes``.

    ``shapes`` are files of SHACL shapes (Turtle, JSON-LD, RDF/XML, N-Triples). Classes count as their
    superclasses too (a city is a place). ``language`` ('de', 'en') chooses among the messages of a shape.
    Raises :class:`OntologyError` for a shapes file that cannot be read, or shapes that SHACL does not allow.
    """
    import pyshacl

    from koopgraph.query import prefixes_of

    data = _checked_graph(store)
    shapes_graph = _shapes_graph(list(shapes))
    try:
        _, results, text = pyshacl.validate(data, shacl_graph=shapes_graph, inplace=True)
    # pySHACL has no common base of what it raises for shapes that it cannot use.
    except Exception as error:
        raise OntologyError(f"the shapes cannot be used ({' '.join(str(error).split())}). Correct them.") from error
    if isinstance(results, Exception):
        raise OntologyError(f"the shapes cannot be used ({' '.join(text.split())}). Correct them.")
    # One value can fail several conditions of one shape: one finding says it.
    findings = sorted(set(_findings(results, data, store, language)), key=_order)
    return Report(tuple(findings), language, prefixes_of(store))


def _order(finding: Finding) -> tuple[str, ...]:
    rank = {"Violation": "0", "Warning": "1", "Info": "2"}[finding.severity]
    return (rank, finding.focus, finding.path, finding.value, finding.message, finding.shape)


def _checked_graph(store: pyoxigraph.Store) -> rdflib.Graph:
    """Copy what is checked into rdflib's own memory: over the store, pySHACL's many look-ups take ten times as long."""
    from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, parse
    from rdflib import Graph

    graph = Graph(bind_namespaces="none")
    provenance = {
        quad.graph_name for quad in store.quads_for_pattern(None, NamedNode(RDF.type), NamedNode(RDF.Statement))
    }
    terms = _Terms()
    for graph_name in {DefaultGraph(), *provenance}:
        for quad in stored_quads(store, graph_name):
            graph.add(terms.triple(quad.triple))
    for quad in parse(ontology_file("koopgraph.ttl").read_bytes(), format=RdfFormat.TURTLE):
        if quad.predicate.value == RDFS.subClassOf and isinstance(quad.object, NamedNode):
            graph.add(terms.triple(quad.triple))
    return graph


class _Terms:
    """Terms of rdflib for those of pyoxigraph, each IRI made once."""

    def __init__(self) -> None:
        self._known: dict[object, rdflib.term.Node] = {}

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
        from rdflib import Literal as RdflibLiteral

        if isinstance(term, pyoxigraph.NamedNode):
            return URIRef(term.value)
        if isinstance(term, pyoxigraph.BlankNode):
            return BNode(term.value)
        if not isinstance(term, pyoxigraph.Literal):
            raise OntologyError(f"{term}: statements about triple terms cannot be checked by SHACL. Leave them out.")
        if term.language:
            return RdflibLiteral(term.value, lang=term.language)
        # To rdflib a plain literal and one of xsd:string are two; Turtle's "x" (in a shape) is the plain one.
        datatype = None if term.datatype.value == XSD.string else URIRef(term.datatype.value)
        return RdflibLiteral(term.value, datatype=datatype, normalize=False)


def _shapes_graph(files: Sequence[Path]) -> rdflib.Graph:
    from rdflib import Graph
    from rdflib.util import guess_format

    graph = Graph()
    graph.parse(data=ontology_file("shapes.ttl").read_bytes(), format="turtle")
    for file in files:
        try:
            graph.parse(data=file.read_bytes(), format=guess_format(file.name) or "turtle")
        except OSError as error:
            raise OntologyError(f"{file}: cannot be read ({error.strerror}). Name a file of SHACL shapes.") from error
        # Each of rdflib's parsers raises its own kinds of errors.
        except Exception as error:
            reason = " ".join(str(error).split())[:200]
            raise OntologyError(f"{file}: malformed ({reason}). Correct the file of shapes.") from error
    return graph


def _findings(results: rdflib.Graph, data: rdflib.Graph, store: pyoxigraph.Store, language: str) -> Iterator[Finding]:
    from rdflib import URIRef

    for node in results.subjects(URIRef(RDF.type), URIRef(SH + "ValidationResult")):

        def one(name: str, node: rdflib.term.Node = node) -> rdflib.term.Node | None:
            return results.value(node, URIRef(SH + name), any=True)

        focus, path = one("focusNode"), one("resultPath")
        label = None if focus is None else data.value(focus, URIRef(RDFS.label), any=True)
        yield Finding(
            focus=_written(focus),
            label=_text(label),
            path=_text(path) if isinstance(path, URIRef) else "",
            value=_written(one("value")),
            message=_message(results.objects(node, URIRef(SH + "resultMessage")), language),
            severity=_severity(_text(one("resultSeverity"))),
            shape=_text(one("sourceShape")) if isinstance(one("sourceShape"), URIRef) else "",
            articles=_articles(focus, one("value"), data, store),
        )


def _text(node: rdflib.term.Node | None) -> str:
    return "" if node is None else str(node)


def _written(node: rdflib.term.Node | None) -> str:
    from rdflib import URIRef

    if node is None or isinstance(node, URIRef):
        return _text(node)
    return str(_to_oxigraph(node))


def _to_oxigraph(node: rdflib.term.Node) -> RdfTerm:
    import pyoxigraph
    from rdflib import BNode
    from rdflib import Literal as RdflibLiteral

    if isinstance(node, RdflibLiteral):
        datatype = pyoxigraph.NamedNode(str(node.datatype)) if node.datatype and not node.language else None
        return pyoxigraph.Literal(str(node), language=node.language, datatype=datatype)
    return pyoxigraph.BlankNode(str(node)) if isinstance(node, BNode) else pyoxigraph.NamedNode(str(node))


def _severity(iri: str) -> Severity:
    if iri == SH + "Warning":
        return "Warning"
    return "Info" if iri in {SH + "Info", SH + "Debug", SH + "Trace"} else "Violation"


def _message(messages: Iterable[rdflib.term.Node], language: str) -> str:
    """Choose the message in that language, else the English one, else any."""

    def distance(message: rdflib.term.Node) -> tuple[int, str]:
        tag = str(getattr(message, "language", None) or "")
        return ([language, "en"].index(tag) if tag in {language, "en"} else 2, str(message))

    return " ".join(str(min(messages, key=distance, default="")).split())


def _articles(
    focus: rdflib.term.Node | None, value: rdflib.term.Node | None, data: rdflib.Graph, store: pyoxigraph.Store
) -> tuple[str, ...]:
    """Return the sources that a thing stems from: by its passages, else by the articles' graphs that speak of it.

    Where the focus is a relation (of a triple without evidence), those are the graphs that state it of the value.
    """
    from pyoxigraph import NamedNode
    from rdflib import URIRef

    if not isinstance(focus, URIRef):
        return ()
    source, context = URIRef(DCTERMS.source), URIRef(NIF.referenceContext)
    passages = [focus, *data.objects(focus, URIRef(PROV.wasDerivedFrom))]
    articles = {article for passage in passages for article in data.objects(passage, context)}
    if (focus, URIRef(RDF.type), URIRef(KOOP.Article)) in data:
        articles.add(focus)
    if not articles:
        node = NamedNode(str(focus))
        quads = list(store.quads_for_pattern(node, None, None, None))
        if value is not None and not quads:
            quads = list(store.quads_for_pattern(None, node, _to_oxigraph(value), None))
        graphs = {quad.graph_name for quad in quads}
        articles = {URIRef(graph.value) for graph in graphs if isinstance(graph, NamedNode)}
    return tuple(sorted({str(name) for article in articles for name in data.objects(article, source)}))
