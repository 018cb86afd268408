"""Queries that never end, and answers without end."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from .conftest import Served, Serving

ENDLESS = "SELECT (COUNT(*) AS ?n) { " + " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(9)) + " }"
HUGE = ENDLESS.replace("(COUNT(*) AS ?n)", "*")
SECONDS = 3


@pytest.fixture(scope="module")
def limited(data: Path, serving: Serving) -> Iterator[Served]:
    """Return a server with one worker, little time and short answers."""
    with serving(data, "--timeout", str(SECONDS), "--workers", "1", "--max-bytes", "2000000") as served:
        with served.client() as client:
            assert client.get("/sparql", params={"query": "ASK {}"}).status_code == 200
        yield served


def test_a_query_that_never_ends_is_ended_and_the_server_goes_on(limited: Served) -> None:
    with limited.client() as client:
        begun = time.monotonic()
        response = client.get("/sparql", params={"query": ENDLESS})
        assert response.status_code == 503
        assert f"{SECONDS} seconds" in response.text
        assert SECONDS <= time.monotonic() - begun < SECONDS + 10
        assert client.get("/sparql", params={"query": "ASK {}"}).json()["boolean"] is True


def test_who_waits_too_long_for_a_worker_is_told_so(limited: Served) -> None:
    with limited.client() as client, ThreadPoolExecutor(3) as clients:
        responses = list(clients.map(lambda _: client.get("/sparql", params={"query": ENDLESS}), range(3)))
        assert [response.status_code for response in responses] == [503] * 3
        assert any("other queries" in response.text for response in responses)
        assert client.get("/sparql", params={"query": "ASK {}"}).status_code == 200


@pytest.mark.parametrize("accept", ["text/csv", "application/sparql-results+json", "application/sparql-results+xml"])
def test_an_answer_that_is_too_long_never_looks_complete(limited: Served, accept: str) -> None:
    with limited.client() as client:
        with pytest.raises(httpx.RemoteProtocolError, match="incomplete"):
            client.get("/sparql", params={"query": HUGE}, headers={"Accept": accept})
        assert client.get("/sparql", params={"query": "ASK {}"}).status_code == 200


def test_triples_that_are_too_many_are_a_500_with_the_reason(data: Path, serving: Serving) -> None:
    with serving(data, "--max-bytes", "1000") as served, served.client() as client:
        response = client.get("/sparql", params={"query": "CONSTRUCT WHERE { ?s ?p ?o }"})
        assert response.status_code == 500
        assert "1000 bytes" in response.text


def test_a_client_that_leaves_makes_room_for_the_next(limited: Served) -> None:
    with limited.client() as client:
        begun = time.monotonic()
        with pytest.raises(httpx.ReadTimeout):
            client.get("/sparql", params={"query": ENDLESS}, timeout=0.5)
        assert client.get("/sparql", params={"query": "ASK {}"}).status_code == 200
        assert time.monotonic() - begun < SECONDS, "the query was ended when its client left, not by its time limit"


@pytest.mark.parametrize(
    "query", ["ASK " + "{" * 20_000 + "}" * 20_000, "ASK { FILTER(" + "(" * 20_000 + ")" * 20_000 + ") }"]
)
def test_a_query_that_brings_the_engine_down_takes_no_more_than_its_worker(limited: Served, query: str) -> None:
    with limited.client() as client:
        assert client.post("/sparql", data={"query": query}).status_code in {200, 400, 500, 503}
        assert client.get("/sparql", params={"query": "ASK {}"}).json()["boolean"] is True
