"""The next generation of a store, filled while a build goes on: loaded anew, or changed by what differs."""

from __future__ import annotations

import shutil
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from koopgraph.generations import new_generation, root_of
from koopgraph.rdf.difference import difference
from koopgraph.store import ARTICLES, GRAPH, change_quads, next_state

LOADED = 25_000_000
"""Bytes of TriG that are loaded at once, half a million quads: the engine takes 400 MB for them. Of smaller portions it
makes larger files, which answer more slowly (a scan of 650,000 quads took .6 s after one portion, .95 s after 22)."""
_WAITING = 1
"""Portions that may wait for the engine, or be with it: more would only fill memory."""
MOST_CHANGED = 50_000
"""Subjects that may differ where a store is changed: to change more takes longer than to load all of 2,000 articles."""


class NewStore:
    """The next generation of a store, as long as it is filled: quads are loaded beside whatever else is done.

    The engine works in a thread, and does not hold Python up meanwhile.
    """

    def __init__(self, folder: Path) -> None:
        """Take the generation's folder, which is empty or has a graph."""
        from pyoxigraph import Store

        self._folder = folder
        self._store = Store(str(folder / GRAPH))
        self._articles = (folder / ARTICLES).open("w", encoding="utf-8", newline="\n")
        self._loader = ThreadPoolExecutor(1)
        self._loads: deque[Future[None]] = deque()
        self._held: list[bytes] = []
        self._size = 0
        self.head = b""

    def load(self, trig: bytes) -> None:
        """Load a piece of TriG, whose prefixes are :attr:`head`; raise :class:`OSError` where an earlier one failed."""
        self._held.append(trig)
        self._size += len(trig)
        if self._size >= LOADED:
            self._submit()

    def _submit(self) -> None:
        from pyoxigraph import RdfFormat

        while len(self._loads) >= _WAITING:
            self._wait()
        content = b"\n".join((self.head, *self._held))
        self._held, self._size = [], 0
        self._loads.append(self._loader.submit(self._store.bulk_load, content, RdfFormat.TRIG))

    def _wait(self) -> None:
        try:
            self._loads.popleft().result()
        except RuntimeError as error:
            raise OSError(str(error)) from error

    def add_article(self, line: str) -> None:
        """Store an article, of which :func:`article_line` made a line."""
        self._articles.write(line)

    def finish(self) -> None:
        """Wait until everything is loaded; raise :class:`OSError` where the disk does not take it."""
        self._submit()
        while self._loads:
            self._wait()
        self._store.flush()
        self._articles.close()

    def close(self) -> None:
        """Let go of the files; what is not loaded by then never is."""
        self._loader.shutdown(cancel_futures=True)
        self._articles.close()
        del self._store


class ChangedStore(NewStore):
    """The next generation of a store that begins as the current one, and is changed by what differs in the dataset."""

    def load(self, trig: bytes) -> None:
        """Do nothing: what is written counts where it differs from what was written before."""

    def follow(self, before: Path, dataset: Path) -> None:
        """Make of a store of the dataset in the file ``before`` that of ``dataset``, both as a build writes them.

        Raises :class:`OSError` where the disk does not take it.
        """
        from pyoxigraph import RdfFormat, Store

        with before.open("rb") as old, dataset.open("rb") as new:
            differs = difference(old, new, most=MOST_CHANGED)
        if differs is None:
            del self._store
            shutil.rmtree(self._folder / GRAPH)
            self._store = Store(str(self._folder / GRAPH))
            self._store.bulk_load(path=str(dataset), format=RdfFormat.TRIG)
        else:
            change_quads(self._store, differs.removed, differs.added)


@contextmanager
def new_store(folder: Path) -> Iterator[NewStore]:
    """Give a new store to be filled, which replaces that of the output folder ``folder`` when the block ends.

    Raises :class:`StoreError` where another process is writing the same store; whatever the block raises passes
    through. In both cases the store stays as it was.
    """
    with new_generation(root_of(folder)) as (generation, _):
        store = NewStore(generation)
        try:
            yield store
            store.finish()
        finally:
            store.close()


@contextmanager
def changed_store(folder: Path) -> Iterator[ChangedStore]:
    """Give a store that begins as the current one of the output folder, and replaces it when the block ends.

    Raises :class:`StoreError` as :func:`change_store` does; whatever the block raises passes through.
    """
    with next_state(folder) as generation:
        store = ChangedStore(generation)
        try:
            yield store
            store.finish()
        finally:
            store.close()
