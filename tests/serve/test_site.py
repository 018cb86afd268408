"""What the server shows: the newest state, and the same one as long as nobody builds."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from koopgraph.errors import StoreError
from koopgraph.query import Request
from koopgraph.rdf.vocabulary import KOOP, RDF
from koopgraph.serve import Site
from koopgraph.store import write_store


class Nobody:
    """Answers no queries."""

    def answer(self, request: Request) -> Iterator[bytes]:
        raise AssertionError(request)

    def close(self) -> None:
        pass


def build(folder: Path, base: str) -> None:
    article = NamedNode(f"{base}article/a")
    quads = [Quad(article, NamedNode(RDF.type), NamedNode(KOOP.Article))]
    write_store(folder, [*quads, Quad(article, NamedNode("http://purl.org/dc/terms/title"), Literal("Ä"))])


def test_a_build_is_seen_at_the_next_request_and_never_in_the_middle_of_one(tmp_path: Path) -> None:
    build(tmp_path, "https://example.org/old/")
    site = Site(tmp_path, Nobody())
    before = site.graph()
    assert site.graph() is before
    assert site.base == "https://example.org/old/"
    build(tmp_path, "https://example.org/new/")
    assert site.graph() is not before
    assert site.base == "https://example.org/new/"
    assert before.query("SELECT ?s { ?s a koop:Article }").rows[0]["s"] == "https://example.org/old/article/a"


def test_many_threads_share_one_graph(tmp_path: Path) -> None:
    build(tmp_path, "https://example.org/")
    site = Site(tmp_path, Nobody())
    with ThreadPoolExecutor(8) as threads:
        assert len(set(threads.map(lambda _: id(site.graph()), range(100)))) == 1


def test_the_title_is_the_folders_name_unless_one_is_given(tmp_path: Path) -> None:
    assert Site(tmp_path, Nobody()).title == tmp_path.name
    assert Site(tmp_path, Nobody(), title="Städte").title == "Städte"
    assert Site(tmp_path, Nobody(), url="https://graph.example.org/").url == "https://graph.example.org"


def test_a_folder_without_a_store_says_so(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no store"):
        Site(tmp_path, Nobody()).graph()
