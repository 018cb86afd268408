"""Links into a graph that is built already: its store, Turtle, TriG and page are written again with them."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from pyoxigraph import NamedNode

from koopgraph.link.reconcile.links_file import Link, Links
from koopgraph.link.reconcile.triples import link_triples, not_built, unmatched, without_links
from koopgraph.model import EntityType
from koopgraph.outputs import write_outputs
from koopgraph.progress import Progress
from koopgraph.query import base_of
from koopgraph.rdf.vocabulary import KOOP, RDF
from koopgraph.store import change_store, open_generation, read_articles, stored_quads
from koopgraph.timings import Timings


def apply_links(folder: Path, links: Links, *, tell: Progress) -> tuple[Link, ...]:
    """Put the links into the graph of an output folder, in the place of earlier ones.

    Returns those whose thing is not in the graph. Where nothing changes, nothing is written.
    Raises :class:`StoreError` where there is no graph, and :class:`ExportError` where it cannot be written.
    """
    current = open_generation(folder)
    before = set(stored_quads(current.store))
    base = base_of(current.store)
    built = without_links(before)
    classes = {NamedNode(KOOP[kind]) for kind in EntityType}
    things = {
        quad.subject.value
        for quad in built
        if quad.predicate.value == RDF.type and quad.object in classes and isinstance(quad.subject, NamedNode)
    }
    after = built | set(link_triples(not_built(links, built), things, base=base))
    if after != before:
        articles = tuple(read_articles(current.folder))
        del current  # what is open is not removed when it is replaced
        change = partial(change_store, folder, before - after, after - before)
        write_outputs(folder, after, articles, change, base=base, timings=Timings(), tell=tell)
    return unmatched(links, things)
