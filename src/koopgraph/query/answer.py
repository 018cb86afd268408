"""An answer as bytes, written while the engine finds it: what pipes, files and HTTP clients get."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, cast

from koopgraph.errors import QueryError
from koopgraph.query.binding import BindingValue
from koopgraph.query.result import results_format
from koopgraph.query.rows import RowLimit, too_many
from koopgraph.query.runner import evaluate, prefixes_of

if TYPE_CHECKING:
    from pyoxigraph import Store, Triple


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
    query's own dataset (SPARQL 1.1 Protocol, 2.1.4), both empty for the store's. ``infer`` answers from what follows by
    the ontology too.
    """

    text: str
    bindings: Mapping[str, BindingValue] = field(default_factory=dict)
    format: str = "json"
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    infer: bool = False


def write_answer(
    store: Store,
    request: Request,
    output: IO[bytes],
    *,
    services: Collection[str] = (),
    max_rows: int | None = None,
) -> None:
    """Write the answer to ``output``, row by row for SELECT; ``services`` are endpoints that SERVICE may ask.

    Raises :class:`QueryError` as :func:`koopgraph.query.run` does, and where the format does not fit the query's form,
    both before the first byte is written; later only where the engine fails, and :class:`AnswerTooLargeError` where
    there are more rows or triples than ``max_rows``.
    """
    import pyoxigraph

    answered = evaluate(
        store,
        request.text,
        request.bindings,
        default_graphs=request.default_graphs,
        named_graphs=request.named_graphs,
        infer=request.infer,
        services=services,
    )
    if isinstance(answered, pyoxigraph.QueryTriples):
        _check(request.format, GRAPH_FORMATS, "this query gives triples")
        from koopgraph.rdf.serialise import to_bytes

        triples = answered if max_rows is None else _at_most(max_rows, answered)
        quads = (pyoxigraph.Quad(triple.subject, triple.predicate, triple.object) for triple in triples)
        output.write(to_bytes(quads, format=request.format, prefixes=prefixes_of(store)))
        return
    _check(request.format, SOLUTION_FORMATS, "this query gives rows, or yes or no")
    if max_rows is not None and isinstance(answered, pyoxigraph.QuerySolutions):
        output = cast("IO[bytes]", RowLimit(output, request.format, max_rows))
    answered.serialize(output, format=results_format(request.format))


def _at_most(limit: int, triples: Iterable[Triple]) -> Iterator[Triple]:
    for number, triple in enumerate(triples):
        if number >= limit:
            raise too_many(limit)
        yield triple


def _check(format: str, fitting: Mapping[str, str], gives: str) -> None:
    if format not in fitting:
        raise QueryError(f"{format} does not fit: {gives}. Choose one of {', '.join(fitting)}.")
