"""Builds that replace the graph while many clients ask: each answer is of one state, and none fails."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from textwrap import dedent

import httpx
import pytest

from .conftest import Serving

CLIENTS = 8
BUILDS = 25
STATE = """
SELECT ?n (COUNT(*) AS ?times) {
  { ?s <http://example.org/n> ?n } UNION { GRAPH ?g { ?s <http://example.org/n> ?n } }
} GROUP BY ?n
"""
WRITER = """
    import sys, time
    from pathlib import Path
    from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad
    from koopgraph.store import write_store

    def iri(name):
        return NamedNode("http://example.org/" + name)

    def quads(n):
        for graph in (DefaultGraph(), iri("a"), iri("b")):
            for thing in range(200):
                yield Quad(iri(f"thing-{thing}"), iri("n"), Literal(str(n), datatype=NamedNode("http://www.w3.org/2001/XMLSchema#integer")), graph)

    folder, first, last = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    for n in range(first, last):
        write_store(folder, quads(n))
        time.sleep(0.1)
"""
PLACES = 3 * 200


def write(folder: Path, first: int, last: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", dedent(WRITER), str(folder), str(first), str(last)])


def state_by_query(client: httpx.Client) -> int:
    response = client.get("/sparql", params={"query": STATE})
    assert response.status_code == 200, response.text
    (row,) = response.json()["results"]["bindings"]
    assert int(row["times"]["value"]) == PLACES
    return int(row["n"]["value"])


def state_by_file(client: httpx.Client) -> int:
    response = client.get("/dataset.nq")
    assert response.status_code == 200, response.text
    lines = response.text.splitlines()
    assert len(lines) == PLACES
    (n,) = {line.split('"')[1] for line in lines}
    return int(n)


@pytest.mark.slow
def test_each_answer_is_of_one_state_while_builds_replace_the_store(tmp_path: Path, serving: Serving) -> None:
    assert write(tmp_path, 0, 1).wait(60) == 0
    with serving(tmp_path) as served:
        writer = write(tmp_path, 1, BUILDS + 1)

        def ask(number: int) -> list[int]:
            states = []
            with served.client() as client:
                while writer.poll() is None:
                    states.append(state_by_file(client) if number % 4 == 0 else state_by_query(client))
                    assert client.get("/sparql").status_code == 200
                states.append(state_by_query(client))
            return states

        with ThreadPoolExecutor(CLIENTS) as clients:
            seen = list(clients.map(ask, range(CLIENTS)))
        assert writer.returncode == 0
    for states in seen:
        assert states == sorted(states), "nobody sees an older graph after a newer one"
        assert states[-1] == BUILDS
    assert len({state for states in seen for state in states}) > 3
