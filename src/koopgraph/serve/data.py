"""The graphs as they are: SPARQL 1.1 Graph Store HTTP Protocol, for reading.

https://www.w3.org/TR/sparql11-http-rdf-update/
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from pyoxigraph import DefaultGraph, NamedNode, Quad, Store
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from koopgraph.graph import KnowledgeGraph
from koopgraph.query import prefixes_of
from koopgraph.rdf.serialise import to_bytes
from koopgraph.serve.negotiation import DATASETS, GRAPHS, Offer, offer_for
from koopgraph.serve.site import Site
from koopgraph.serve.streaming import Streamed
from koopgraph.store import stored_quads

ALLOWED = {"Allow": "GET, HEAD, OPTIONS"}
_PIECE = 5_000
"""Quads that are written at a time, in formats whose pieces make a whole."""
_IN_PIECES = frozenset({"turtle", "ntriples", "trig", "nquads"})
_PREFIX_LINES = re.compile(rb"\A(?:@prefix [^\n]*\n)*\n*")
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_Name = NamedNode | DefaultGraph


async def graph_store(request: Request) -> Response:
    """Return one graph: ``?default``, ``?graph=IRI``, or by the path that follows the data's base in its name.

    400 where none or several are named, or the name is no absolute IRI; 404 where there is no such graph.
    """
    if request.method == "OPTIONS":
        return Response(status_code=204, headers=ALLOWED)
    site: Site = request.app.state.site
    graph = await run_in_threadpool(site.graph)
    name = _named(request, site)
    if isinstance(name, NamedNode) and not graph.store.contains_named_graph(name):
        raise HTTPException(404, f"There is no graph {name.value}.")
    return await _streamed(graph, [name], offer_for(request, GRAPHS, request.query_params.get("format", "")))


async def dataset(request: Request) -> Response:
    """Return all graphs in one file, whose name says the format."""
    suffix = request.path_params["suffix"]
    offer = next((offer for offer in DATASETS if suffix in offer.names), None)
    if offer is None:
        raise HTTPException(404, "There are dataset.trig and dataset.nq.")
    graph = await run_in_threadpool(request.app.state.site.graph)
    return await _streamed(graph, [DefaultGraph(), *graph.store.named_graphs()], offer)


async def _streamed(graph: KnowledgeGraph, names: Sequence[_Name], offer: Offer) -> Response:
    prefixes = await run_in_threadpool(prefixes_of, graph.store)
    return Streamed(_pieces(graph, names, offer.format, prefixes), offer.media_type, {"Vary": "Accept"})


def _named(request: Request, site: Site) -> _Name:
    given = [(key, value) for key, value in request.query_params.multi_items() if key in {"default", "graph"}]
    if path := request.path_params.get("path", ""):
        given.append(("graph", site.base + path))
    if len(given) != 1:
        raise HTTPException(400, "Name one graph: /data?default, or /data?graph=IRI.")
    ((kind, iri),) = given
    if kind == "default":
        return DefaultGraph()
    try:
        if _ABSOLUTE.match(iri):
            return NamedNode(iri)
    except ValueError:
        pass
    raise HTTPException(400, "The graph's name is no absolute IRI.")


def _pieces(graph: KnowledgeGraph, names: Iterable[_Name], format: str, prefixes: dict[str, str]) -> Iterator[bytes]:
    """Yield the graphs; ``graph`` is held until the end, and with it the state of its opening."""
    quads = _quads(graph.store, names, keep_names=format in {"trig", "nquads"})
    if format not in _IN_PIECES:
        yield to_bytes(quads, format=format, prefixes=prefixes)
        return
    yield (to_bytes(islice(quads, _PIECE), format=format, prefixes=prefixes))
    while batch := list(islice(quads, _PIECE)):
        yield _PREFIX_LINES.sub(b"\n", to_bytes(batch, format=format, prefixes=prefixes))


def _quads(store: Store, names: Iterable[_Name], *, keep_names: bool) -> Iterator[Quad]:
    for name in names:
        for quad in stored_quads(store, name):
            yield quad if keep_names else Quad(quad.subject, quad.predicate, quad.object)
