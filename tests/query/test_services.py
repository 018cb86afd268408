"""SERVICE: no server is asked but those that were allowed by name, whatever a query looks like."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from threading import Thread

import pytest
from pyoxigraph import Store

from koopgraph.errors import QueryError
from koopgraph.query import Request, run, write_answer

ANSWER = b'{"head":{"vars":["s"]},"results":{"bindings":[{"s":{"type":"literal","value":"K\xc3\xb6ln"}}]}}'


class Endpoint(ThreadingHTTPServer):
    """A SPARQL endpoint on this machine that counts who asks."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[str] = []
        self.iri = f"http://127.0.0.1:{self.server_port}/"


class Handler(BaseHTTPRequestHandler):
    server: Endpoint

    def do_POST(self) -> None:
        self.server.asked.append(self.path)
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(200)
        self.send_header("Content-Type", "application/sparql-results+json")
        self.send_header("Content-Length", str(len(ANSWER)))
        self.end_headers()
        self.wfile.write(ANSWER)

    do_GET = do_POST

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    with Endpoint() as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def answered(query: str, *services: str) -> bytes:
    output = BytesIO()
    write_answer(Store(), Request(query, format="csv"), output, services=services)
    return output.getvalue()


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?s { SERVICE <{iri}sparql> { ?s ?p ?o } }",
        "SELECT ?s { service silent <{iri}sparql> { ?s ?p ?o } }",
        "PREFIX e: <{iri}> SELECT ?s { SERVICE e:sparql { ?s ?p ?o } }",
        "PREFIX e: <{iri}spa> SELECT ?s { SERVICE#x\n e:rql { ?s ?p ?o } }",
    ],
)
def test_an_allowed_endpoint_is_asked_once(endpoint: Endpoint, query: str) -> None:
    text = query.replace("{iri}", endpoint.iri)
    assert answered(text, f"{endpoint.iri}sparql").decode() == "s\r\nKöln\r\n"
    assert endpoint.asked == ["/sparql"]


def test_an_ask_asks_once(endpoint: Endpoint) -> None:
    assert answered(f"ASK {{ SERVICE <{endpoint.iri}a> {{ ?s ?p ?o }} }}", f"{endpoint.iri}a") == b"true"
    assert endpoint.asked == ["/a"]


REFUSED = [
    "SELECT ?s { SERVICE <{iri}x> { ?s ?p ?o } }",
    "SELECT ?s { SERVICE SILENT <{iri}x> { ?s ?p ?o } }",
    "SELECT ?s { SERVICE <{iri}sparql/> { ?s ?p ?o } }",
    "SELECT ?s { SERVICE <{iri}sparql?x> { ?s ?p ?o } }",
    "PREFIX e: <{iri}> SELECT ?s { SERVICE e:x { ?s ?p ?o } }",
    "PREFIX koop: <{iri}> SELECT ?s { SERVICE koop: { ?s ?p ?o } }",
    "BASE <{iri}> SELECT ?s { SERVICE <sparql> { ?s ?p ?o } }",
    "BASE <{iri}> PREFIX e: <x/> SELECT ?s { SERVICE e:sparql { ?s ?p ?o } }",
    "SELECT ?s { VALUES ?x { <{iri}sparql> } SERVICE ?x { ?s ?p ?o } }",
    "SELECT ?s { ?s ?p ?o { SELECT ?s { OPTIONAL { SERVICE <{iri}x> { ?s ?p ?o } } } } }",
    "ASK { FILTER EXISTS { SERVICE <{iri}x> { ?s ?p ?o } } }",
    # What a lexer takes for a name or an IRI, and the engine's grammar, which knows keywords by their place, for SERVICE.
    "PREFIX SERVICE: <{iri}sparql> PREFIX : <{iri}> SELECT ?s { SERVICE:x { ?s ?p ?o } }",
    "PREFIX serviceSILENT: <{iri}sparql> PREFIX : <{iri}> SELECT ?s { serviceSILENT:x { ?s ?p ?o } }",
    "PREFIX SILENT: <{iri}> PREFIX : <{iri}x/> SELECT ?s { SERVICE SILENT:sparql { ?s ?p ?o } }",
    "SELECT ?s { BIND(1 AS ?a) BIND(2 AS ?b) FILTER(?a<?b)SERVICE#>\n <{iri}x> { ?s ?p ?o } }",
    "PREFIX : <{iri}> SELECT ?s { BIND(1 AS ?a) BIND(2 AS ?b) FILTER((?a<?b))SERVICE:x#>)\n { ?s ?p ?o } }",
    "SELECT ?s { \\u0053ERVICE <{iri}x> { ?s ?p ?o } }",
    "LOAD <{iri}x>",
]


@pytest.mark.parametrize("query", REFUSED)
@pytest.mark.parametrize("allowed", [True, False])
def test_no_other_server_is_asked(endpoint: Endpoint, query: str, allowed: bool) -> None:
    services = (f"{endpoint.iri}sparql",) if allowed else ()
    with pytest.raises(QueryError):
        answered(query.replace("{iri}", endpoint.iri), *services)
    assert endpoint.asked == []


def test_a_refusal_names_what_is_allowed() -> None:
    with pytest.raises(QueryError, match=r"column 12: SERVICE would ask <https://x/>; allowed are only <https://e/>"):
        answered("SELECT * { SERVICE <https://x/> {} }", "https://e/")
    with pytest.raises(QueryError, match="whose IRI does not stand here in full"):
        answered("SELECT * { SERVICE ?x {} }", "https://e/")


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?s FROM <{iri}x> { ?s ?p ?o }",
        "SELECT ?s FROM NAMED <{iri}x> { GRAPH ?g { ?s ?p ?o } }",
        "SELECT ?s { GRAPH <{iri}x> { ?s ?p ?o } }",
        "DESCRIBE <{iri}x>",
    ],
)
def test_names_of_graphs_and_things_are_not_fetched(endpoint: Endpoint, query: str) -> None:
    assert not run(Store(), query.replace("{iri}", endpoint.iri))
    assert endpoint.asked == []


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s ?p 'SERVICE <http://x/> {}' } # SERVICE <http://x/> {}",
        "SELECT * { ?s <https://e.org/service#of> ?o ; <https://e.org/a(b)> <https://e.org/service> }",
        "PREFIX service: <https://e.org/> SELECT * { ?service service:SERVICE $SERVICE }",
        "PREFIX service: <https://e.org/> SELECT * { GRAPH service:x { ?s ?p 'SILENT'@service } }",
    ],
)
def test_the_word_is_fine_where_it_asks_nobody(query: str) -> None:
    assert run(Store(), query).rows == ()
