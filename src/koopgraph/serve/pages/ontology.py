"""The ontology: a page for people, its terms as RDF for programs."""

from __future__ import annotations

from pyoxigraph import RdfFormat, parse
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from koopgraph.ontology import ontology_page
from koopgraph.ontology.page import POLICY
from koopgraph.rdf.serialise import to_bytes
from koopgraph.rdf.vocabulary import PREFIXES, ontology_file
from koopgraph.serve.negotiation import GRAPHS, offer_for
from koopgraph.serve.pages.things import HTML

_VARY = {"Vary": "Accept"}


def ontology(request: Request) -> Response:
    """Show the ontology."""
    offers = (HTML, *(offer for offer in GRAPHS if offer.names))
    offer = offer_for(request, offers, request.query_params.get("format", ""))
    if offer is HTML:
        return HTMLResponse(ontology_page(), headers={**_VARY, "Content-Security-Policy": POLICY})
    text = ontology_file("koopgraph.ttl").read_bytes()
    if offer.format == "turtle":
        # The file itself: it has an order and comments.
        return Response(text, 200, _VARY, offer.media_type)
    quads = parse(text, format=RdfFormat.TURTLE)
    return Response(to_bytes(quads, format=offer.format, prefixes=PREFIXES), 200, _VARY, offer.media_type)
