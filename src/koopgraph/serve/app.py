"""The application: every route, and what every request passes through."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from koopgraph.errors import AnswerTooLargeError, KoopgraphError, QueryError, QueryTimeoutError, StoreError
from koopgraph.serve import pages
from koopgraph.serve.access import Access, SafetyHeaders
from koopgraph.serve.data import dataset, graph_store
from koopgraph.serve.site import Site
from koopgraph.serve.sparql import sparql

_READ = ["GET", "HEAD", "OPTIONS"]
_ASK = [*_READ, "POST"]


def create_app(site: Site, access: Access | None = None) -> Starlette:
    """Return the application that serves ``site``; handlers reach it as ``request.app.state.site``.

    When the application ends, it closes the site's workers. Without ``access``, only this machine is let in.
    """
    access = access or Access()
    app = Starlette(
        routes=[*_routes(), *pages.routes()],
        middleware=_middleware(access),
        exception_handlers={KoopgraphError: _failed},
        lifespan=_lifespan,
    )
    app.state.site = site
    app.state.access = access
    return app


def _routes() -> list[BaseRoute]:
    return [
        *(Route(path, sparql, methods=_ASK) for path in ("/sparql", "/sparql/")),
        *(Route(path, graph_store, methods=_READ) for path in ("/data", "/data/{path:path}")),
        Route("/dataset.{suffix}", dataset, methods=["GET", "HEAD"]),
    ]


def _middleware(access: Access) -> list[Middleware]:
    cors = Middleware(CORSMiddleware, allow_origins=access.origins, allow_methods=_ASK, allow_headers=["*"])
    return [
        Middleware(SafetyHeaders),
        Middleware(TrustedHostMiddleware, allowed_hosts=access.hosts, www_redirect=False),
        *([cors] if access.origins else []),
    ]


@asynccontextmanager
async def _lifespan(app: Starlette) -> AsyncIterator[None]:
    yield
    app.state.site.workers.close()


def _failed(_: Request, error: Exception) -> Response:
    """Say what went wrong as the command line does, with the status that it has on the web."""
    excerpt = f"{error.excerpt}\n" if isinstance(error, KoopgraphError) and error.excerpt else ""
    return PlainTextResponse(f"{error}\n{excerpt}", _status(error))


def _status(error: Exception) -> int:
    # A refusal to answer is a 500 by the protocol (2.1.7); 503 is what comes right with time, or a lighter query.
    by_class = {QueryTimeoutError: 503, AnswerTooLargeError: 500, QueryError: 400, StoreError: 503}
    return next((status for class_, status in by_class.items() if isinstance(error, class_)), 500)
