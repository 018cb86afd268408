"""An article to read, and an endpoint of our own that answers as it is told, well and badly."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from koopgraph.annotate import annotate
from koopgraph.model import Annotated, Article

TEXT = (
    "Bilanz in Leipzig\n\n"
    "Vom 16. bis 18. September 2015 fand in Leipzig der 9. Bundeskongress Nationale Stadtentwicklungspolitik statt. "
    "Elke Pahl-Weber, Professorin an der\nTU Berlin, moderierte den Bundeskongress. "
    "Das Vorhaben Flussband Nord kostet 12,5 Millionen Euro. "
    "Es gehört zum Programm Grüne Ufer."
)


@pytest.fixture
def article() -> Annotated:
    """Return a small German article as the pipeline hands it on."""
    return annotate(Article("a.txt", TEXT, "Bilanz in Leipzig", "de"))


Reply = Callable[[BaseHTTPRequestHandler], None]


class FakeEndpoint:
    """A server on this machine. ``replies`` are used up one a request, the last one again and again."""

    def __init__(self) -> None:
        self.replies: list[Reply] = []
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.paths: list[str] = []
        endpoint = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                size = int(self.headers["Content-Length"])
                endpoint.requests.append(json.loads(self.rfile.read(size)))
                endpoint.headers.append(dict(self.headers))
                endpoint.paths.append(self.path)
                reply = endpoint.replies.pop(0) if len(endpoint.replies) > 1 else endpoint.replies[0]
                reply(self)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self.thread.start()
        self.url = f"http://127.0.0.1:{self.server.server_port}/v1"

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


@pytest.fixture
def endpoint(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeEndpoint]:
    """Return a running endpoint that has no replies yet, reached without any proxy."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    fake = FakeEndpoint()
    yield fake
    fake.close()
