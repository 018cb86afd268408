"""An answer as bytes, written while the engine finds it: what pipes, files and HTTP clients get."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING

from koopgraph.errors import QueryError
from koopgraph.query.binding import BindingValue
from koopgraph.query.runner import evaluate, prefixes_of

if TYPE_CHECKING:
    from pyoxigraph import Store


SOLUTION_FORMATS: Mapping[str, str] = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
}
"""Formats of rows (SELECT) and of yes or no (ASK), with their media types."""
GRAPH_FORMATS: Mapping[str, str] = {
    "turtle": "text/turtle",
    "ntriples": "application/n-triples",
    "json-ld": "application/ld+json",
    "rdf-xml": "application/rdf+xml",
}
"""Formats of triples (CONSTRUCT, DESCRIBE), with their media types."""


@dataclass(frozen=True, slots=True)
class Request:
    """A question to the graph and the form of its answer.

    ``text`` is SPARQL or a question's name; ``default_graphs`` and ``named_graphs`` are IRIs that stand for the
    query's own dataset (SPARQL 1.1 Protocol, 2.1.4), both empty for the store's.
    """

    text: str
    bindings: Mapping[str, BindingValue] = field(default_factory=dict)
    format: str = "json"
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


def write_answer(store: Store, request: Request, output: IO[bytes], *, services: Collection[str] = ()) -> None:
    """Write the answer to ``output``, row by row for SELECT; ``services`` are endpoints that SERVICE may ask.

    Raises :class:`QueryError` as :func:`koopgraph.query.run` does, and where the format does not fit the query's form,
    both before the first byte is written; later only where the engine fails.
    """
    import pyoxigraph

    answered = evaluate(
        store,
        request.text,
        request.bindings,
        default_graphs=request.default_graphs,
        named_graphs=request.named_graphs,
        services=services,
    )
    if isinstance(answered, pyoxigraph.QueryTriples):
        _check(request.format, GRAPH_FORMATS, "this query gives triples")
        from koopgraph.rdf.serialise import to_bytes

        quads = (pyoxigraph.Quad(triple.subject, triple.predicate, triple.object) for triple in answered)
        output.write(to_bytes(quads, format=request.format, prefixes=prefixes_of(store)))
        return
    _check(request.format, SOLUTION_FORMATS, "this query gives rows, or yes or no")
    known = pyoxigraph.QueryResultsFormat
    formats = {"csv": known.CSV, "tsv": known.TSV, "json": known.JSON, "xml": known.XML}
    answered.serialize(output, format=formats[request.format])


def _check(format: str, fitting: Mapping[str, str], gives: str) -> None:
    if format not in fitting:
        raise QueryError(f"{format} does not fit: {gives}. Choose one of {', '.join(fitting)}.")
