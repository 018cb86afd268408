"""Running the command line as a user does, and a build for it to read."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from koopgraph.model import ArticleGraph
from koopgraph.rdf.assembly import assemble
from koopgraph.rdf.iris import data_prefixes
from koopgraph.rdf.serialise import write
from koopgraph.rdf.vocabulary import PREFIXES
from koopgraph.store import write_store

Run = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, sample_graphs: tuple[ArticleGraph, ...], sample_base: str) -> Path:
    """Return a folder with the sample's store and Turtle, which no test changes."""
    folder = tmp_path_factory.mktemp("built")
    quads = list(assemble(sample_graphs, base=sample_base))
    write_store(folder, quads, sample_graphs)
    write(quads, folder / "graph.ttl", format="turtle", prefixes={**PREFIXES, **data_prefixes(sample_base)})
    return folder


@pytest.fixture
def koopgraph(tmp_path: Path) -> Run:
    """Return a function that runs ``koopgraph`` with arguments in an empty folder, on streams that are ASCII."""

    def run(*arguments: object, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-c", "from koopgraph.cli import main; main()", *map(str, arguments)]
        environment = {**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONWARNINGS": "ignore"}
        return subprocess.run(
            command, input=stdin, capture_output=True, check=False, timeout=60, cwd=tmp_path, env=environment
        )

    return run
