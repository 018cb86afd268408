"""A reconciliation service of our own on this machine, which answers as it is told: well, late, badly or not at all."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest

from koopgraph.answer_cache import AnswerCache
from koopgraph.exchange import Patience
from koopgraph.link.reconcile.service import Service
from koopgraph.model import ArticleGraph
from koopgraph.rdf.assembly import assemble
from koopgraph.store import write_store

Reply = Callable[[BaseHTTPRequestHandler, "FakeService", dict[str, Any]], None]
MANIFEST: dict[str, Any] = {
    "versions": ["0.1", "0.2"],
    "name": "Fake Wikidata",
    "identifierSpace": "http://www.wikidata.org/entity/",
    "schemaSpace": "http://www.wikidata.org/prop/direct/",
    "view": {"url": "https://www.wikidata.org/wiki/{{id}}"},
}


class FakeService:
    """``known`` are candidates by query text; ``replies`` are used up one a request, before it answers from ``known``."""

    def __init__(self) -> None:
        self.manifest: Any = dict(MANIFEST)
        self.known: dict[str, list[dict[str, Any]]] = {}
        self.replies: list[Reply] = []
        self.batches: list[dict[str, Any]] = []
        self.types: list[str] = []
        fake = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                fake.send(self, json.dumps(fake.manifest).encode())

            def do_POST(self) -> None:
                form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
                queries = json.loads(form["queries"][0])
                fake.batches.append(queries)
                fake.types.append(self.headers["Content-Type"])
                if fake.replies:
                    fake.replies.pop(0)(self, fake, queries)
                else:
                    fake.answer(self, queries)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self.thread.start()
        self.url = f"http://127.0.0.1:{self.server.server_port}/api"

    @property
    def asked(self) -> list[str]:
        """The texts of all queries that arrived, in their order."""
        return [query["query"] for batch in self.batches for query in batch.values()]

    @staticmethod
    def send(
        handler: BaseHTTPRequestHandler,
        body: bytes,
        status: int = 200,
        headers: dict[str, str] | None = None,
        announced: int | None = None,
    ) -> None:
        handler.send_response(status)
        for name, value in (headers or {}).items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(announced or len(body)))
        handler.end_headers()
        with suppress(OSError):  # nobody may wait any more
            handler.wfile.write(body)

    def answer(self, handler: BaseHTTPRequestHandler, queries: dict[str, Any]) -> None:
        """Answer as the protocol says."""
        found = {name: {"result": self.known.get(query["query"], [])} for name, query in queries.items()}
        self.send(handler, json.dumps(found).encode())

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeService]:
    """Return a running service that knows nothing yet, reached without any proxy."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    service = FakeService()
    yield service
    service.close()


Connect = Callable[..., Service]
QUICK = Patience(timeout=5.0, attempts=3, first_wait=0.01, longest_wait=2.0)


@pytest.fixture
def connect(fake: FakeService, tmp_path: Path) -> Connect:
    """Return a function that makes a client of the fake service with a cache of its own."""

    def make(*, batch: int = 20, timeout: float = 5.0, attempts: int = 3) -> Service:
        patience = Patience(timeout, attempts, QUICK.first_wait, QUICK.longest_wait)
        return Service(fake.url, AnswerCache(str(tmp_path / "cache")), batch=batch, patience=patience)

    return make


@pytest.fixture
def built(tmp_path: Path, sample_graphs: tuple[ArticleGraph, ...], sample_base: str) -> Path:
    """Return an output folder with the sample's store."""
    folder = tmp_path / "output"
    folder.mkdir()
    write_store(folder, list(assemble(sample_graphs, base=sample_base)), sample_graphs)
    return folder
