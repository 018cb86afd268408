"""The outputs of a build, written article by article: memory does not grow with their number."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from koopgraph.files import atomic_write
from koopgraph.generations import root_of
from koopgraph.kept import kept_at
from koopgraph.link.reconcile.links_file import Links
from koopgraph.link.reconcile.triples import links_of_build
from koopgraph.new_store import ChangedStore, changed_store, new_store
from koopgraph.outputs import PAGE, PLACES, TRIG, TURTLE, unharmed, write_each
from koopgraph.progress import Progress
from koopgraph.rdf.assembly import Findings
from koopgraph.rdf.dataset_files import DatasetFiles, Group, Taken
from koopgraph.rdf.vocabulary import SKOS
from koopgraph.store import article_line, open_generation, read_articles
from koopgraph.stream import Stream
from koopgraph.timings import Timings

KEPT = "kept.pack"
"""The file in the store's folder with what was worked out for the last build."""
TOLD = 20
"""Articles after which the progress is told."""


def write_build(
    folder: Path,
    groups: Iterable[Group],
    findings: Findings,
    links: Links,
    *,
    articles: int,
    infer: bool,
    base: str,
    mark: bytes,
    dataset_stands: bool,
    timings: Timings,
    tell: Progress,
) -> set[str]:
    """Write Turtle, TriG, store and page of groups of that many ``articles`` in all into ``folder``.

    ``mark`` tells the code that does so: what it worked out for the last build is used again.
    ``links`` are those of earlier runs of ``koopgraph link``; returns the IRIs of the things that they are of,
    where these are in the graph. ``dataset_stands`` says that the store is what is in ``dataset.trig``: then it is
    changed where that changes, and not loaded anew. With ``infer`` a graph of what follows by the ontology is added.
    Raises :class:`ExportError` where a file cannot be written; those before it are new then, the others as before.
    Raises :class:`KoopgraphError` where articles cannot be assembled; then all are as before.
    """
    found = _Found({link.thing for link in links.records})
    with ExitStack() as stack, _scratch(root_of(folder)) as scratch:
        before = _held(folder / TRIG, scratch) if dataset_stands else None
        new = stack.enter_context(ExitStack())
        store = new.enter_context(changed_store(folder) if before else new_store(folder))
        memo = stack.enter_context(kept_at(root_of(folder) / KEPT, mark)).get
        files = DatasetFiles(
            scratch, findings, base=base, articles=articles, load=store.load, stored=article_line, memo=memo
        )
        store.head = files.head
        with timings.of("assemble"), unharmed(folder / TRIG):
            for number, taken in enumerate(files.take(groups)):
                if number % TOLD == 0:
                    tell("assembling", number, articles)
                found.look(taken)
                store.add_article(taken.stored)
            tell("assembling", articles, articles)
            files.gather()
            if links.records:
                matches = {quad for quad in files.asserted() if quad.predicate.value == SKOS.exactMatch}
                refused = {(link.iri, link.authority) for link in findings.links if not link.accepted}
                files.add(links_of_build(links, matches, found.things, base=base, refused=refused))
            files.write_others(infer=infer)

        def write_turtle() -> None:
            with atomic_write(folder / TURTLE) as file:
                files.write_turtle(file)

        def write_trig() -> None:
            with (folder / TURTLE).open("rb") as turtle, atomic_write(folder / TRIG) as file:
                files.write_trig(file, turtle)

        def write_store() -> None:
            if before and isinstance(store, ChangedStore):
                store.follow(before, folder / TRIG)
            new.close()

        outputs = (
            (TURTLE, write_turtle),
            (TRIG, write_trig),
            ("store", write_store),
            (PAGE, lambda: _write_page(folder)),
        )
        write_each(folder, outputs, timings=timings, tell=tell)
    return found.things


def _held(path: Path, scratch: Path) -> Path | None:
    """Return another name of the file, which it keeps when it is replaced; None where none can be."""
    try:
        # A symbolic link is followed when the file is replaced: it is not the link that keeps the old one.
        os.link(os.path.realpath(path), scratch / path.name)
    except OSError:
        return None
    return scratch / path.name


class _Found:
    """Which of some things are in the graph."""

    def __init__(self, wanted: set[str]) -> None:
        self._wanted = wanted
        self.things: set[str] = set()

    def look(self, taken: Taken) -> None:
        if self._wanted:
            self.things |= self._wanted & {entity.iri for entity in taken.share.entities}


def _write_page(folder: Path) -> None:
    from koopgraph.explorer.page import write_page

    generation = open_generation(folder)
    texts = Stream(lambda: read_articles(generation.folder))
    write_page(generation.store, folder / PAGE, articles=texts, places=folder / PLACES)


@contextmanager
def _scratch(root: Path) -> Iterator[Path]:
    """Give an empty folder on the disk of the outputs, which is removed afterwards, by the next build at the latest."""
    folder = root / "scratch"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
