"""The files of a graph: what is asserted, the same per article, the store and the page."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from koopgraph.errors import ExportError
from koopgraph.progress import DONE, Progress
from koopgraph.rdf import serialise
from koopgraph.rdf.iris import data_prefixes
from koopgraph.rdf.vocabulary import PREFIXES
from koopgraph.timings import Timings

if TYPE_CHECKING:
    from pyoxigraph import Quad

    from koopgraph.store import HasArticle

TURTLE = "graph.ttl"
TRIG = "dataset.trig"
PAGE = "network.html"
PLACES = "layout.json"
"""Where things stand in the picture, so that it does not jump when articles are added."""

Output: TypeAlias = tuple[str, Callable[[], object]]
"""The name of a file or folder, and what writes it, complete or not at all."""


def write_outputs(
    folder: Path,
    quads: Collection[Quad],
    articles: Iterable[HasArticle],
    store: Callable[[], None],
    *,
    base: str,
    timings: Timings,
    tell: Progress,
) -> None:
    """Write Turtle, TriG and page of the quads into ``folder``, the store by ``store``; each complete or not at all.

    ``articles`` have the texts that the page shows. Raises :class:`ExportError` as :func:`write_each` does.
    """
    from koopgraph.explorer.page import write_page

    prefixes = {**PREFIXES, **data_prefixes(base)}
    outputs: tuple[Output, ...] = (
        (TURTLE, lambda: serialise.write(quads, folder / TURTLE, format="turtle", prefixes=prefixes)),
        (TRIG, lambda: serialise.write(quads, folder / TRIG, format="trig", prefixes=prefixes)),
        ("store", store),
        (PAGE, lambda: write_page(quads, folder / PAGE, articles=articles, places=folder / PLACES)),
    )
    write_each(folder, outputs, timings=timings, tell=tell)


def write_each(folder: Path, outputs: Sequence[Output], *, timings: Timings, tell: Progress) -> None:
    """Write the outputs into ``folder``, one after the other.

    Raises :class:`ExportError` where one cannot be written; those before it are new then, the others as before.
    """
    for number, (name, write) in enumerate(outputs):
        tell(f"writing {name}", number, len(outputs))
        with timings.of(name), unharmed(folder / name):
            write()
    tell(DONE, len(outputs), len(outputs))


@contextmanager
def unharmed(path: Path) -> Iterator[None]:
    """Turn an :class:`OSError` of the block into an :class:`ExportError` about ``path``, which is as it was."""
    try:
        yield
    except OSError as error:
        raise ExportError(
            f"{path}: cannot be written ({error.strerror or error}). What stood there is unharmed; "
            "make room and build again."
        ) from error
