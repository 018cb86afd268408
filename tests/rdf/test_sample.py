"""The dataset that other tests read: ``tests/data/sample.trig``.

Write it again after an intended change: ``KOOPGRAPH_UPDATE_GOLDEN=1 pytest tests/rdf/test_sample.py``.
"""

from __future__ import annotations

import os
from pathlib import Path

from koopgraph.model import ArticleGraph
from koopgraph.rdf.assembly import assemble
from koopgraph.rdf.iris import data_prefixes
from koopgraph.rdf.serialise import write
from koopgraph.rdf.vocabulary import PREFIXES

SAMPLE = Path(__file__).resolve().parents[1] / "data" / "sample.trig"


def test_the_sample_dataset_is_what_the_sample_articles_give(
    sample_graphs: tuple[ArticleGraph, ...], sample_base: str, tmp_path: Path
) -> None:
    written = SAMPLE if os.environ.get("KOOPGRAPH_UPDATE_GOLDEN") else tmp_path / "sample.trig"
    prefixes = {**PREFIXES, **data_prefixes(sample_base)}

    write(assemble(sample_graphs, base=sample_base), written, format="trig", prefixes=prefixes)

    assert written.read_bytes() == SAMPLE.read_bytes()
