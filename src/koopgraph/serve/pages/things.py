"""A thing under its address: a page for people, RDF for programs, by content negotiation."""

from __future__ import annotations

from pyoxigraph import DefaultGraph, NamedNode, Quad, Store
from starlette.requests import Request
from starlette.responses import Response

from koopgraph.query import prefixes_of
from koopgraph.rdf.serialise import to_bytes
from koopgraph.rdf.vocabulary import KOOP, RDF
from koopgraph.serve.negotiation import HTML, PAGE_OR_GRAPHS, Offer, offer_for
from koopgraph.serve.pages.quads import AT_ONCE, Described, describe, stated_by
from koopgraph.serve.pages.rendering import language, page, words
from koopgraph.serve.pages.views import view_of
from koopgraph.serve.site import Site


def thing(request: Request) -> Response:
    """Show what the data's base and the path name: ``/id/city/leipzig``."""
    return _shown(request, request.app.state.site.base + request.path_params["path"])


def resource(request: Request) -> Response:
    """Show anything that the graph speaks of: ``/resource?iri=…``."""
    return _shown(request, request.query_params.get("iri", ""))


def _shown(request: Request, iri: str) -> Response:
    offer = offer_for(request, PAGE_OR_GRAPHS, request.query_params.get("format", ""))
    number = _page_number(request)
    site: Site = request.app.state.site
    graph, base = site.current()
    described = _described(graph.store, iri, base=base, page=number)
    if described is None:
        return _unknown(request, iri, offer)
    pages = -(-described.total // AT_ONCE)
    if offer is HTML:
        chosen = language(request)
        view = view_of(described, chosen, words()[chosen])
        return page(request, "thing.html", view=view, number=number, pages=pages, total=described.total)
    headers = {"Vary": "Accept, Accept-Language"}
    if number < pages:
        headers["Link"] = f'<{request.url.include_query_params(page=number + 1)}>; rel="next"'
    # One graph for a client that asks for one thing: statements and why they are made are told apart by their subjects.
    quads = (Quad(quad.subject, quad.predicate, quad.object) for quad in described.quads)
    content = to_bytes(quads, format=offer.format, prefixes=prefixes_of(graph.store))
    return Response(content, 200, headers, offer.media_type)


def _described(store: Store, iri: str, *, base: str, page: int) -> Described | None:
    try:
        node = NamedNode(iri)
    except ValueError:
        return None
    article = Quad(node, NamedNode(RDF.type), NamedNode(KOOP.Article), DefaultGraph()) in store
    return (stated_by if article else describe)(store, node, base=base, page=page)


def _unknown(request: Request, iri: str, offer: Offer) -> Response:
    if offer is HTML:
        return page(request, "unknown.html", status=404, iri=iri)
    return Response(f"The graph says nothing of {iri}.\n", 404, media_type="text/plain")


def _page_number(request: Request) -> int:
    given = request.query_params.get("page", "1")
    return min(int(given), 1_000_000) if given.isascii() and given.isdigit() and int(given[:9]) > 0 else 1
