"""The form of an answer that the client wants: by ``Accept``, or by name in a parameter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request


@dataclass(frozen=True, slots=True)
class Offer:
    """A format that the server can answer in, and one of the media types that ask for it."""

    format: str
    media_type: str
    names: tuple[str, ...] = ()


SOLUTIONS = (
    Offer("json", "application/sparql-results+json", ("json",)),
    Offer("xml", "application/sparql-results+xml", ("xml",)),
    Offer("csv", "text/csv", ("csv",)),
    Offer("tsv", "text/tab-separated-values", ("tsv",)),
    Offer("json", "application/json"),
    Offer("xml", "application/xml"),
    Offer("xml", "text/xml"),
)
"""For rows, and for yes or no; the first is what a client gets that takes anything."""
GRAPHS = (
    Offer("turtle", "text/turtle", ("turtle", "ttl", "n3")),
    Offer("ntriples", "application/n-triples", ("ntriples", "n-triples", "nt")),
    Offer("json-ld", "application/ld+json", ("json-ld", "jsonld", "json")),
    Offer("rdf-xml", "application/rdf+xml", ("rdf-xml", "rdf+xml", "rdf", "xml")),
    Offer("ntriples", "text/plain"),
    Offer("turtle", "application/x-turtle"),
    Offer("json-ld", "application/json"),
    Offer("rdf-xml", "application/xml"),
    Offer("rdf-xml", "text/xml"),
)
"""For triples."""
HTML = Offer("html", "text/html", ("html",))
"""For people."""
PAGE_OR_GRAPHS = (HTML, *(offer for offer in GRAPHS if offer.names))
"""For what has a page and is data as well."""
DATASETS = (
    Offer("trig", "application/trig", ("trig",)),
    Offer("nquads", "application/n-quads", ("nquads", "n-quads", "nq")),
)
"""For all graphs together."""


def offer_for(request: Request, offers: Sequence[Offer], wanted: str = "") -> Offer:
    """Return the offer that ``wanted`` names (a short name or a media type), or else the best for ``Accept``.

    Raises a 406 that lists the media types where none is acceptable, and a 400 for a malformed header.
    """
    if wanted:
        name = wanted.lower().replace(" ", "+")  # 'rdf+xml', where the plus was sent as it is
        found = next((offer for offer in offers if name == offer.media_type or name in offer.names), None)
    else:
        found = _accepted(offers, ", ".join(request.headers.getlist("accept")) or "*/*")
    if found is None:
        known = ", ".join(offer.media_type for offer in offers if offer.names)
        raise HTTPException(406, f"No format that you accept fits this answer. There are: {known}.", {"Vary": "Accept"})
    return found


def _accepted(offers: Sequence[Offer], header: str) -> Offer | None:
    import mimeparse

    try:
        # Of equally good ones the parser takes the last.
        best = mimeparse.best_match([offer.media_type for offer in reversed(offers)], header.lower())
    except mimeparse.MimeTypeParseException as error:
        raise HTTPException(400, f"The Accept header is malformed: {error}.") from error
    return next((offer for offer in offers if offer.media_type == best), None)
