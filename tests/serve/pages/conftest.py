"""The pages of the sample, asked for without a network."""

from __future__ import annotations

from collections.abc import Callable, Iterator
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


def client_of(folder: Path, title: str = "Beispiel & Co") -> TestClient:
    """Return a client of a folder's pages, which asks for HTML."""
    site = Site(folder, Nobody(), title=title)
    return TestClient(create_app(site), base_url="http://127.0.0.1", headers={"Accept": "text/html"})


@pytest.fixture
def pages_of() -> Callable[..., TestClient]:
    """Return a function that returns a client of a folder's pages."""
    return client_of


@pytest.fixture(scope="session")
def pages(data: Path) -> TestClient:
    """Return a client of the sample's pages."""
    return client_of(data)
