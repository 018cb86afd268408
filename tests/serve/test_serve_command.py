"""``koopgraph serve`` as a process: how it starts, what it says, how it ends."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from koopgraph.rdf.serialise import to_bytes
from koopgraph.serve.server import listen
from koopgraph.store import open_store, stored_quads

from .conftest import START, Served, Serving

posix = pytest.mark.skipif(os.name != "posix", reason="Windows has neither process groups nor these signals")


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from koopgraph.cli import main; main()", "serve", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=START)


def children(process: int) -> set[int]:
    found = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    pairs = [tuple(map(int, line.split())) for line in found.splitlines()]
    direct = {child for child, parent in pairs if parent == process}
    return direct.union(*(children(child) for child in direct))


def alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_line_says_where_it_serves_what(data: Path, serving: Serving) -> None:
    with serving(data, "--title", "Stadtgespräche") as served:
        assert served.url.startswith("http://127.0.0.1:")
        assert "Stadtgespräche" in httpx.get(f"{served.url}/sparql", trust_env=False, timeout=30).text


def test_a_file_of_rdf_is_served_too(data: Path, tmp_path: Path, serving: Serving) -> None:
    file = tmp_path / "graph.nq"
    file.write_bytes(to_bytes(stored_quads(open_store(data)), format="nquads"))
    with serving(file) as served, served.client() as client:
        assert client.get("/sparql", params={"query": "ASK { ?s a koop:Project }"}).json()["boolean"] is True
        assert client.get("/data?default").status_code == 200


def test_the_public_url_is_where_the_service_says_it_is(data: Path, serving: Serving) -> None:
    with serving(data, "--url", "https://graph.example.org/") as served, served.client() as client:
        assert client.get("/sparql", headers={"Host": "graph.example.org"}).status_code == 200
        assert "<https://graph.example.org/sparql> a sd:Service" in client.get("/sparql").text


def test_pages_of_an_origin_may_read_where_it_is_allowed(data: Path, serving: Serving) -> None:
    with serving(data, "--cors", "https://map.example") as served, served.client() as client:
        for origin, allowed in (("https://map.example", "https://map.example"), ("https://evil.example", None)):
            got = client.get("/sparql", params={"query": "ASK {}"}, headers={"Origin": origin})
            assert got.headers.get("access-control-allow-origin") == allowed
        asked = {"Origin": "https://map.example", "Access-Control-Request-Method": "POST"}
        preflight = client.options("/sparql", headers={**asked, "Access-Control-Request-Headers": "content-type"})
        assert preflight.status_code == 200
        assert "POST" in preflight.headers["access-control-allow-methods"]


def test_an_endpoint_that_is_allowed_can_be_asked_and_no_other(data: Path, served: Served, serving: Serving) -> None:
    other = f"{served.url}/sparql"
    with serving(data, "--allow-service", other) as server, server.client() as client:
        for endpoint, status in ((other, 200), (f"{other}/", 400)):
            query = f"ASK {{ SERVICE <{endpoint}> {{ ?s a <https://w3id.org/koopgraph/ontology#City> }} }}"
            response = client.get("/sparql", params={"query": query})
            assert response.status_code == status, response.text
            assert status != 200 or response.json()["boolean"] is True


def test_small_answers_are_sent_at_once() -> None:
    with listen("127.0.0.1", 0) as listening, socket.create_connection(listening.getsockname()) as _:
        connection, _ = listening.accept()
        with connection:
            assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_a_port_in_use_is_one_line_and_exit_2(data: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run(data, "--port", port)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
    assert f"port {port}" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("nowhere", "--port", "0"), "nowhere"),
        ((".", "--port", "0", "--host", "203.0.113.7"), "203.0.113.7"),
        ((".", "--port", "70000"), "--port"),
        ((".", "--timeout", "-1"), "--timeout"),
        ((".", "--workers", "0"), "--workers"),
        ((".", "--cors", "map.example"), "--cors"),
        ((".", "--url", "graph.example"), "--url"),
    ],
)
def test_wrong_usage_is_one_line_and_exit_2(arguments: tuple[str, ...], says: str) -> None:
    done = run(*arguments)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1), done.stderr
    assert says in done.stderr


@posix
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("to_all", [True, False], ids=["group", "process"])
@pytest.mark.parametrize("busy", [True, False], ids=["busy", "idle"])
def test_a_signal_ends_it_cleanly_with_all_its_processes(
    data: Path, serving: Serving, ending: signal.Signals, to_all: bool, busy: bool
) -> None:
    """Ctrl-C goes to the whole group of processes, ``kill`` to one alone; a query that never ends must not hold it."""
    with serving(data) as served:
        with served.client() as client:
            assert client.get("/sparql", params={"query": "ASK {}"}).status_code == 200
        if busy:
            endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"
            asking = socket.create_connection(("127.0.0.1", int(served.url.rpartition(":")[2])))
            path = str(httpx.URL("/sparql", params={"query": endless}))
            asking.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
            time.sleep(1)
        processes = children(served.process.pid)
        begun = time.monotonic()
        os.killpg(served.process.pid, ending) if to_all else served.process.send_signal(ending)
        _, rest = served.process.communicate(timeout=START)
        assert (served.process.returncode, rest) == (0, "")
        assert time.monotonic() - begun < 15
        deadline = time.monotonic() + 5
        while any(map(alive, processes)) and time.monotonic() < deadline:
            time.sleep(0.1)
        assert [process for process in processes if alive(process)] == []
