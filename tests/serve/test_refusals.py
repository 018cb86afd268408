"""What the server does not do, whoever asks."""

from __future__ import annotations

import http.client
import socket
from urllib.parse import urlencode

import httpx
import pytest

from koopgraph.serve.access import LOOPBACK, Access


def raw(url: str, request: bytes) -> bytes:
    host, port = url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=20) as connection:
        connection.sendall(request)
        return b"".join(iter(lambda: connection.recv(65536), b""))


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8000", "127.0.0.1.evil.example", "", "x>y", "[::1"])
def test_a_name_that_is_not_this_machines_is_refused(client: httpx.Client, host: str) -> None:
    """A page of a stranger whose name resolves to 127.0.0.1 must not read the graph (DNS rebinding)."""
    for path in ("/sparql?query=ASK%7B%7D", "/data?default", "/"):
        response = client.get(path, headers={"Host": host})
        assert (response.status_code, response.text) == (400, "Invalid host header")


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:1", "127.0.0.1"])
def test_the_machines_own_names_are_let_in(client: httpx.Client, host: str) -> None:
    assert client.get("/sparql", params={"query": "ASK {}"}, headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    ("host", "url", "hosts"),
    [
        ("127.0.0.1", "", LOOPBACK),
        ("graph.example.org", "", (*LOOPBACK, "graph.example.org")),
        ("::1", "", LOOPBACK),
        ("fe80::7", "", (*LOOPBACK, "[fe80::7]")),
        ("0.0.0.0", "https://Graph.example.org/", (*LOOPBACK, "graph.example.org")),  # noqa: S104
        ("0.0.0.0", "", ("*",)),  # noqa: S104
        ("::", "", ("*",)),
    ],
)
def test_the_names_follow_from_the_address(host: str, url: str, hosts: tuple[str, ...]) -> None:
    assert set(Access.listening_on(host, url=url).hosts) == set(hosts)


def test_pages_of_others_may_not_read_here(client: httpx.Client) -> None:
    response = client.get("/sparql", params={"query": "ASK {}"}, headers={"Origin": "https://evil.example"})
    assert not [name for name in response.headers if name.startswith("access-control")]


@pytest.mark.parametrize("path", ["/sparql", "/data?default", "/nowhere"])
def test_every_answer_is_safe_to_look_at(client: httpx.Client, path: str) -> None:
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "server" not in headers


@pytest.mark.parametrize("form", [True, False])
def test_a_query_that_is_too_long_is_413(client: httpx.Client, form: bool) -> None:
    query = "ASK {} # " + "x" * 1_000_001
    kind = "application/x-www-form-urlencoded" if form else "application/sparql-query"
    content = urlencode({"query": query}).encode() if form else query.encode()
    response = client.post("/sparql", content=content, headers={"Content-Type": kind})
    assert (response.status_code, response.text) == (413, "The query is longer than 1000000 bytes.")


def test_a_body_without_end_is_not_read_to_its_end(client: httpx.Client) -> None:
    def pieces() -> object:
        while True:
            yield b"#" * 65_536

    try:
        response = client.post("/sparql", content=pieces(), headers={"Content-Type": "application/sparql-query"})  # type: ignore[arg-type]
        assert response.status_code == 413
    except httpx.WriteError:
        pass  # The server has answered and hung up while the client was still writing.
    assert client.get("/sparql", params={"query": "ASK {}"}).status_code == 200


def test_a_long_query_fits_into_a_post(client: httpx.Client) -> None:
    names = " ".join(f'"{number}"' for number in range(50_000))
    query = f"SELECT (COUNT(*) AS ?n) {{ VALUES ?name {{ {names} }} }}"
    assert len(query) > 300_000
    row = client.post("/sparql", data={"query": query}).json()["results"]["bindings"][0]
    assert row["n"]["value"] == "50000"


def test_a_url_that_is_too_long_is_400(client: httpx.Client) -> None:
    connection = http.client.HTTPConnection(client.base_url.host, client.base_url.port, timeout=20)
    connection.request("GET", "/sparql?query=" + "x" * 200_000)
    assert connection.getresponse().status == 400


@pytest.mark.parametrize(
    ("method", "request_"),
    [
        ("GET", {"params": {"query": ""}}),
        ("POST", {"data": {"query": ""}}),
        ("POST", {"data": {"query": "ASK {}", "update": "CLEAR ALL"}}),
        ("POST", {"params": {"query": "ASK {}"}, "data": {"query": "ASK {}"}}),
        ("POST", {"data": {"quarry": "ASK {}"}}),
        ("POST", {"content": b"ASK { ?s ?p '\xfc' }", "headers": {"Content-Type": "application/sparql-query"}}),
        (
            "POST",
            {"content": b"query=ASK%7B%7D&x=\xfc", "headers": {"Content-Type": "application/x-www-form-urlencoded"}},
        ),
        ("POST", {"data": {"query": "INSERT DATA { <a:b> <a:b> <a:b> }"}}),
        ("POST", {"data": {"query": "LOAD <http://127.0.0.1/>"}}),
        ("POST", {"data": {"query": "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"}}),
        ("POST", {"data": {"query": "evidence"}}),
        ("GET", {"params": {"query": "ASK {}", "default-graph-uri": "http://example.org/> <x"}}),
        ("GET", {"params": {"query": "ASK {}", "named-graph-uri": "no iri"}}),
        ("GET", {"params": {"query": "ASK {}", "default-graph-uri": ""}}),
        ("GET", {"params": {"query": "ASK { <http://example.org/\n> ?p ?o }"}}),
        ("GET", {"params": {"query": "ASK { FILTER(\x00) }"}}),
        ("GET", {"params": {"query": "🂡" * 1000}}),
        ("GET", {"params": {"query": "ASK " + "{" * 10_000}}),
    ],
)
def test_a_request_that_breaks_the_rules_is_400_with_a_plain_reason(
    client: httpx.Client, method: str, request_: dict[str, object]
) -> None:
    response = client.request(method, "/sparql", **request_)  # type: ignore[arg-type]
    assert response.status_code == 400, response.text
    assert response.headers["content-type"].startswith("text/plain")
    assert 0 < len(response.text) < 10_000
    assert "Traceback" not in response.text


@pytest.mark.parametrize("encoded", ["%FC", "%ED%A0%80", "%C0%AF"])
def test_parameters_that_are_not_utf8_are_400(client: httpx.Client, encoded: str) -> None:
    url = f"{client.base_url}/sparql?query=ASK%7B%7D%23{encoded}".replace("//sparql", "/sparql")
    assert client.get(url).status_code == 400


def test_a_graphs_name_cannot_break_out_of_the_query(client: httpx.Client) -> None:
    hostile = "http://example.org/> } } ; DROP ALL #"
    response = client.get("/sparql", params={"query": "ASK { ?s ?p ?o }", "default-graph-uri": hostile})
    assert response.status_code == 400
    assert client.get("/sparql", params={"query": "ASK { ?s ?p ?o }"}).json()["boolean"] is True


def test_a_reason_is_never_taken_for_a_page(client: httpx.Client) -> None:
    response = client.get("/sparql", params={"query": "<script>alert(1)</script>"})
    assert response.status_code == 400
    assert response.headers["content-type"] == "text/plain; charset=utf-8"


def test_what_is_no_http_is_refused(client: httpx.Client) -> None:
    url = str(client.base_url).rstrip("/")
    assert raw(url, b"\x16\x03\x01 nonsense\r\n\r\n").startswith(b"HTTP/1.1 400")
    assert client.get("/sparql", params={"query": "ASK {}"}).status_code == 200
