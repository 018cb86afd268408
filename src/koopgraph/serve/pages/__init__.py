"""What people see of the server: the start page, things, the query page, the network, the ontology."""

from __future__ import annotations

from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from koopgraph.serve.pages.home import explorer, home
from koopgraph.serve.pages.ontology import ontology
from koopgraph.serve.pages.questions import bound_question, prefixes, query_page
from koopgraph.serve.pages.things import resource, thing

__all__ = ["routes"]


def routes() -> list[BaseRoute]:
    """Return the routes of all pages."""
    read = ["GET", "HEAD"]
    return [
        Route("/", home, methods=read),
        Route("/explorer", explorer, methods=read),
        Route("/id/{path:path}", thing, methods=read),
        Route("/resource", resource, methods=read),
        Route("/query", query_page, methods=read),
        Route("/questions/{name}", bound_question, methods=read),
        Route("/prefixes", prefixes, methods=read),
        Route("/ontology", ontology, methods=read),
        Mount("/static", StaticFiles(packages=[("koopgraph.serve", "static"), ("koopgraph.explorer", "static")])),
    ]
