"""The pages of the sample, asked for without a network."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from koopgraph.query import Request
from koopgraph.serve import Site, create_app


class Nobody:
    """Answers no queries: pages read the graph themselves."""

    def answer(self, request: Request) -> Iterator[bytes]:
        raise AssertionError(request)

    def close(self) -> None:
        pass


def client_of(folder: Path) -> TestClient:
    site = Site(folder, Nobody(), title="Beispiel & Co")
    return TestClient(create_app(site), base_url="http://127.0.0.1", headers={"Accept": "text/html"})


@pytest.fixture(scope="session")
def pages(data: Path) -> TestClient:
    """Return a client of the sample's pages, which asks for HTML."""
    return client_of(data)
