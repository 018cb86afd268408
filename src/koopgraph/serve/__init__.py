"""A graph over HTTP: a SPARQL endpoint, the graphs as files, and pages to look at. Read-only."""

from koopgraph.serve.app import create_app
from koopgraph.serve.site import Site

__all__ = ["Site", "create_app"]
