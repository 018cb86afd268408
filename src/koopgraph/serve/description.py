"""What the service is, in RDF: SPARQL 1.1 Service Description, with the sizes of its graphs as VoID.

https://www.w3.org/TR/sparql11-service-description/
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from koopgraph.graph import KnowledgeGraph
from koopgraph.rdf.serialise import to_bytes
from koopgraph.rdf.vocabulary import DCTERMS, PREFIXES, RDF, VOID, XSD, Namespace

SD = Namespace(
    "http://www.w3.org/ns/sparql-service-description#",
    *("Service", "Dataset", "Graph", "NamedGraph", "SPARQL11Query", "endpoint", "supportedLanguage", "resultFormat"),
    *("defaultDataset", "availableGraphs", "defaultGraph", "namedGraph", "name", "graph"),
)
_FORMATS = Namespace(
    "http://www.w3.org/ns/formats/",
    *("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"),
    *("Turtle", "N-Triples", "JSON-LD", "RDF_XML"),
)
_Triple = tuple[str, str, NamedNode | Literal]


def describe(opened: Callable[[], KnowledgeGraph], title: str, endpoint: str, format: str) -> bytes:
    """Return the description of the service at ``endpoint``, which asks the graph that ``opened`` returns."""
    triples = _service(title, endpoint, _sizes(opened()))
    quads = (Quad(NamedNode(subject), NamedNode(predicate), object_) for subject, predicate, object_ in triples)
    return to_bytes(quads, format=format, prefixes={**PREFIXES, "sd": SD.iri, "void": VOID.iri})


def _service(title: str, endpoint: str, sizes: tuple[tuple[str, int], ...]) -> Iterator[_Triple]:
    """Yield the triples; the parts of the description are named below the endpoint, since there are no blank nodes."""
    dataset = f"{endpoint}#dataset"
    yield endpoint, RDF.type, NamedNode(SD.Service)
    yield endpoint, SD.endpoint, NamedNode(endpoint)
    yield endpoint, SD.supportedLanguage, NamedNode(SD.SPARQL11Query)
    yield from ((endpoint, SD.resultFormat, NamedNode(format)) for format in _FORMATS)
    yield endpoint, SD.defaultDataset, NamedNode(dataset)
    yield endpoint, SD.availableGraphs, NamedNode(dataset)
    yield dataset, RDF.type, NamedNode(SD.Dataset)
    yield dataset, RDF.type, NamedNode(VOID.Dataset)
    yield dataset, DCTERMS.title, Literal(title)
    yield dataset, VOID.sparqlEndpoint, NamedNode(endpoint)
    for number, (name, size) in enumerate(sizes):
        graph = f"{endpoint}#graph-{number}" if name else f"{endpoint}#default-graph"
        if name:
            named = f"{endpoint}#named-graph-{number}"
            yield dataset, SD.namedGraph, NamedNode(named)
            yield named, RDF.type, NamedNode(SD.NamedGraph)
            yield named, SD.name, NamedNode(name)
            yield named, SD.graph, NamedNode(graph)
        else:
            yield dataset, SD.defaultGraph, NamedNode(graph)
        yield graph, RDF.type, NamedNode(SD.Graph)
        yield graph, VOID.triples, Literal(str(size), datatype=NamedNode(XSD.integer))


@lru_cache(maxsize=1)
def _sizes(graph: KnowledgeGraph) -> tuple[tuple[str, int], ...]:
    """Return how many triples each graph has: the default one first, under an empty name, then the others by name."""
    store = graph.store
    merged = sum(1 for _ in store.quads_for_pattern(None, None, None, DefaultGraph()))
    counted = graph.query("SELECT ?graph (COUNT(*) AS ?n) WHERE { GRAPH ?graph { ?s ?p ?o } } GROUP BY ?graph")
    return ("", merged), *sorted((str(row["graph"]), int(str(row["n"]))) for row in counted)
