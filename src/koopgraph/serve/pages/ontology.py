"""The ontology: a page for people, its terms as RDF for programs."""

from __future__ import annotations

from pyoxigraph import Quad
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from koopgraph.ontology import ontology_page
from koopgraph.ontology.page import POLICY
from koopgraph.rdf.serialise import to_bytes
from koopgraph.rdf.vocabulary import PREFIXES, ontology_file, ontology_triples
from koopgraph.serve.negotiation import HTML, PAGE_OR_GRAPHS, offer_for

_VARY = {"Vary": "Accept"}


def ontology(request: Request) -> Response:
    """Show the ontology."""
    offer = offer_for(request, PAGE_OR_GRAPHS, request.query_params.get("format", ""))
    if offer is HTML:
        return HTMLResponse(ontology_page(), headers={**_VARY, "Content-Security-Policy": POLICY})
    if offer.format == "turtle":
        # The file itself: it has an order and comments.
        return Response(ontology_file("koopgraph.ttl").read_bytes(), 200, _VARY, offer.media_type)
    quads = (Quad(*triple) for triple in ontology_triples("koopgraph.ttl"))
    return Response(to_bytes(quads, format=offer.format, prefixes=PREFIXES), 200, _VARY, offer.media_type)
