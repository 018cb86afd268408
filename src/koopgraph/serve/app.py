"""The application: every route, and what every request passes through."""

from __future__ import annotations

from starlette.applications import Starlette

from koopgraph.serve import pages
from koopgraph.serve.site import Site


def create_app(site: Site) -> Starlette:
    """Return the application that serves ``site``; handlers reach it as ``request.app.state.site``."""
    app = Starlette(routes=[*pages.routes()])
    app.state.site = site
    return app
