"""Builds that replace articles while others ask: each answer is of one state, and none fails."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from textwrap import dedent

import pytest

import koopgraph
from koopgraph import KnowledgeGraph

CLIENTS = 8
BUILDS = 4
VERSIONS = (
    "# Bremen und Leipzig\n\nDas Projekt koopstadt ist eine Kooperation der Städte Bremen, Leipzig und Nürnberg.\n",
    "# Halle zieht nach\n\nDie Stadt Halle (Saale) richtet am 3. Mai 2016 den Stadtkongress Halle aus.\n",
)
STATE = """
    SELECT ?graph ?s ?p ?o WHERE {
      { ?s ?p ?o . BIND("merged" AS ?graph) } UNION { GRAPH ?named { ?s ?p ?o } BIND(STR(?named) AS ?graph) }
    } ORDER BY ?graph ?s ?p ?o
"""


def state(folder: Path) -> tuple[str, tuple[str, ...]]:
    """Return everything that the graph and the stored articles say now."""
    graph = KnowledgeGraph.open(folder)
    return graph.query(STATE).to_text("csv"), tuple(stored.article.text for stored in graph.articles)


@pytest.mark.slow
def test_each_of_eight_clients_sees_one_whole_state_while_builds_replace_an_article(tmp_path: Path) -> None:
    sources = [tmp_path / f"version-{number}" for number in range(len(VERSIONS))]
    for source, text in zip(sources, VERSIONS, strict=True):
        source.mkdir()
        (source / "article.md").write_text(text, encoding="utf-8")
        (source / "same.md").write_text("# Stadtforum\n\nDas Stadtforum Berlin tagt in Berlin.\n", encoding="utf-8")
        koopgraph.build(source, output=tmp_path / f"expected-{source.name}")
    expected = {state(tmp_path / f"expected-{source.name}") for source in sources}
    assert len(expected) == len(VERSIONS)
    koopgraph.build(sources[0], output=tmp_path / "shared")
    builds = f"""
        import koopgraph
        for number in range({BUILDS}):
            koopgraph.build({[str(source) for source in sources]!r}[(number + 1) % 2], output={str(tmp_path / "shared")!r})
    """
    with subprocess.Popen([sys.executable, "-c", dedent(builds)]) as building, ThreadPoolExecutor(CLIENTS) as clients:

        def ask(_: int) -> list[tuple[str, tuple[str, ...]]]:
            answers = [state(tmp_path / "shared")]
            while building.poll() is None:
                answers.append(state(tmp_path / "shared"))
            return answers

        answers = [answer for found in clients.map(ask, range(CLIENTS)) for answer in found]
    assert building.returncode == 0
    assert set(answers) == expected, "both states are seen, and nothing between them"
