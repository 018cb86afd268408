"""``koopgraph serve`` as a process of its own, on a free port, with the sample and three graphs of the W3C's tests."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from pyoxigraph import NamedNode, Quad

from koopgraph.model import ArticleGraph
from koopgraph.rdf.assembly import assemble
from koopgraph.rdf.vocabulary import RDF
from koopgraph.store import write_store

START = 60
"""Seconds that a server may take to start on a busy machine."""


@dataclass(frozen=True)
class Served:
    """A running server."""

    url: str
    process: subprocess.Popen[str]

    def client(self) -> httpx.Client:
        return httpx.Client(base_url=self.url, trust_env=False, timeout=30)


Serving = Callable[..., AbstractContextManager[Served]]


@contextmanager
def serving_(folder: Path, *options: str) -> Iterator[Served]:
    command = [sys.executable, "-c", "from koopgraph.cli import main; main()"]
    # A group of its own, as a terminal would make it: a signal to all of it is Ctrl-C.
    process = subprocess.Popen(
        [*command, "serve", str(folder), "--port", "0", *options],
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        start_new_session=True,
    )
    try:
        assert process.stderr is not None
        line = process.stderr.readline()
        found = re.search(r"http://\S+:\d+", line)
        assert found, line
        yield Served(found.group(), process)
    finally:
        process.terminate()
        try:
            process.communicate(timeout=START)
        except subprocess.TimeoutExpired:
            process.kill()
            raise


@pytest.fixture(scope="session")
def serving() -> Serving:
    """Return a context manager that runs ``koopgraph serve`` with a folder and options."""
    return serving_


def w3c_graph(number: int) -> NamedNode:
    return NamedNode(f"http://kasei.us/2009/09/sparql/data/data{number}.rdf")


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory, sample_graphs: tuple[ArticleGraph, ...], sample_base: str) -> Path:
    """Return a folder with the sample's store, and the graphs that the W3C's tests ask."""
    folder = tmp_path_factory.mktemp("served")
    document = NamedNode("http://xmlns.com/foaf/0.1/Document")
    graphs = [w3c_graph(number) for number in (1, 2, 3)]
    quads = [Quad(graph, NamedNode(RDF.type), document, graph) for graph in graphs]
    write_store(folder, [*assemble(sample_graphs, base=sample_base), *quads], sample_graphs)
    return folder


@pytest.fixture(scope="session")
def served(data: Path) -> Iterator[Served]:
    """Return a server that all tests of the session ask."""
    with serving_(data, "--timeout", "20") as server:
        yield server


@pytest.fixture
def client(served: Served) -> Iterator[httpx.Client]:
    """Return a client of that server."""
    with served.client() as client:
        yield client
