"""The start page: what the graph holds, a search by name, and the network that the build drew."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from anyascii import anyascii
from pyoxigraph import DefaultGraph, Literal, NamedNode, Store
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from koopgraph.model import EntityType
from koopgraph.query import run
from koopgraph.rdf.vocabulary import DCTERMS, KOOP, RDF, RDFS, SKOS
from koopgraph.serve.pages.rendering import page
from koopgraph.serve.site import Site

MOST = 100
"""Names that a search lists."""
_COUNTS = "SELECT ?class (COUNT(*) AS ?n) WHERE { ?thing a ?class } GROUP BY ?class"
_DEFAULT = DefaultGraph()
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})


@dataclass(frozen=True, slots=True)
class Found:
    """A thing that a search found; ``matched`` is the name that fits, where it is not the preferred one."""

    iri: str
    name: str
    kind: str
    matched: str


def home(request: Request) -> Response:
    """Show the start page, with what ``?q=`` finds."""
    site: Site = request.app.state.site
    store = site.graph().store
    query = request.query_params.get("q", "").strip()[:200]
    found = search(store, query) if query else []
    return page(
        request,
        "home.html",
        query=query,
        found=found[:MOST],
        more=max(0, len(found) - MOST),
        counts=counts(store),
        network=_network(site) is not None,
    )


def explorer(request: Request) -> Response:
    """Return the build's page of the network, which brings its own policy."""
    file = _network(request.app.state.site)
    if file is None:
        raise HTTPException(404, "There is no network.html beside this graph.")
    headers = {"Content-Security-Policy": "frame-ancestors 'self'", "Cache-Control": "no-cache"}
    return FileResponse(file, media_type="text/html; charset=utf-8", headers=headers)


def counts(store: Store) -> dict[str, int]:
    """Return how many things of each class the graph has, and how many articles; classes without any are left out."""
    found = {str(row["class"]): int(str(row["n"])) for row in run(store, _COUNTS)}
    kinds = (*(str(kind) for kind in EntityType), "Article")
    return {kind: found[KOOP[kind]] for kind in kinds if KOOP[kind] in found}


def search(store: Store, query: str) -> list[Found]:
    """Return the things whose names hold ``query``, the nearest first: whole names, beginnings, then the rest.

    Case, accents and the two ways to write an umlaut ('Nürnberg', 'Nuernberg', 'Nurnberg') make no difference.
    """
    wanted = _folded(query)
    best: dict[str, tuple[int, str]] = {}
    for predicate in (RDFS.label, SKOS.altLabel, DCTERMS.title):
        for quad in store.quads_for_pattern(None, NamedNode(predicate), None, _DEFAULT):
            rank = _rank(wanted, quad.object.value) if isinstance(quad.object, Literal) else None
            if rank is not None and isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal):
                best[quad.subject.value] = min(best.get(quad.subject.value, (9, "")), (rank, quad.object.value))
    found = [(rank, _found(store, iri, matched)) for iri, (rank, matched) in best.items()]
    return [thing for _, thing in sorted(found, key=lambda item: (item[0], item[1].name.casefold(), item[1].iri))]


def _rank(wanted: frozenset[str], name: str) -> int | None:
    ranks = [
        0 if folded == query else 1 if folded.startswith(query) else 2
        for query in wanted
        for folded in _folded(name)
        if query in folded
    ]
    return min(ranks, default=None)


def _folded(text: str) -> frozenset[str]:
    if text.isascii():
        return frozenset({text.casefold().strip()})
    return frozenset(anyascii(form).casefold().strip() for form in (text, text.translate(_UMLAUTS)))


def _found(store: Store, iri: str, matched: str) -> Found:
    node = NamedNode(iri)
    kinds = {
        quad.object.value.removeprefix(KOOP.iri)
        for quad in store.quads_for_pattern(node, NamedNode(RDF.type), None, _DEFAULT)
        if isinstance(quad.object, NamedNode) and quad.object.value.startswith(KOOP.iri)
    }
    names = [
        quad.object.value
        for predicate in (RDFS.label, DCTERMS.title)
        for quad in store.quads_for_pattern(node, NamedNode(predicate), None, _DEFAULT)
        if isinstance(quad.object, Literal)
    ]
    name = names[0] if names else matched
    return Found(iri, name, min(kinds, default=""), matched if matched != name else "")


def _network(site: Site) -> Path | None:
    file = (site.folder if site.folder.is_dir() else site.folder.parent) / "network.html"
    return file if site.folder.is_dir() and file.is_file() else None
