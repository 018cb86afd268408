"""The sample dataset as quads, and as the network that becomes of it."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import pytest
from pyoxigraph import Quad, RdfFormat, parse

from koopgraph.network.convert import to_networkx

SAMPLE = Path(__file__).resolve().parents[1] / "data" / "sample.trig"


@pytest.fixture(scope="session")
def sample_quads() -> tuple[Quad, ...]:
    """Return every quad of the sample: default graph, articles and provenance."""
    return tuple(parse(SAMPLE.read_bytes(), format=RdfFormat.TRIG))


@pytest.fixture(scope="session")
def sample_network(sample_quads: tuple[Quad, ...]) -> nx.MultiDiGraph[str]:
    """Return the sample's network; tests must not change it."""
    return to_networkx(sample_quads)
