"""What the server shows: one build, in the state of its newest generation."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Lock
from typing import Protocol

from koopgraph.generations import current_generation
from koopgraph.graph import KnowledgeGraph
from koopgraph.query import Request, base_of
from koopgraph.store import open_generation


class Answers(Protocol):
    """What answers queries: :class:`koopgraph.query.workers.Workers`."""

    def answer(self, request: Request) -> Iterator[bytes]:
        """Return the answer's pieces, whose ``close`` any thread may call.

        Taking them raises :class:`koopgraph.errors.QueryError` where there is none, or no rest of it.
        """

    def close(self) -> None:
        """End what answers."""


class Site:
    """A build's folder (or a file of RDF) and what answers queries to it; every handler's ``app.state.site``.

    ``url`` is where the site is reached, without a slash at its end; empty where the requests' own host is meant.
    """

    def __init__(self, folder: Path, workers: Answers, *, title: str = "", url: str = "") -> None:
        """Take the folder, the workers that answer queries, a title for the pages, and the site's public URL."""
        self.folder = folder
        self.workers = workers
        self.title = title or folder.resolve().name
        self.url = url.rstrip("/")
        self._lock = Lock()
        self._graph: KnowledgeGraph | None = None
        self._generation: Path | None = None
        self._base = ""

    @property
    def base(self) -> str:
        """What the IRIs of the graph's data begin with."""
        return self.current()[1]

    def graph(self) -> KnowledgeGraph:
        """Return the graph of the current generation, which stays as it is while one holds it.

        Raises :class:`koopgraph.errors.StoreError` where there is none.
        """
        return self.current()[0]

    def current(self) -> tuple[KnowledgeGraph, str]:
        """Return :meth:`graph` and :attr:`base` of one generation."""
        with self._lock:
            if self._graph is None or (self._generation and self._generation != current_generation(self.folder)):
                self._graph, self._generation = self._open()
                self._base = base_of(self._graph.store)
            return self._graph, self._base

    def _open(self) -> tuple[KnowledgeGraph, Path | None]:
        if not self.folder.is_dir():
            return KnowledgeGraph.open(self.folder), None
        generation = open_generation(self.folder)
        return KnowledgeGraph(generation.store, self.folder, generation), generation.folder
