"""What stands around a sentence, from the stored articles."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Quad

from koopgraph.model import ArticleGraph
from koopgraph.review.queue import Queue
from koopgraph.review.texts import AFTER, BEFORE, Texts, around
from koopgraph.store import open_generation, write_store


@pytest.fixture
def built(tmp_path: Path, quads: tuple[Quad, ...], graphs: tuple[ArticleGraph, ...]) -> Path:
    write_store(tmp_path, quads, graphs)
    return tmp_path


def test_each_text_is_found_by_its_article(built: Path, graphs: tuple[ArticleGraph, ...]) -> None:
    generation = open_generation(built)
    texts = Texts(generation)
    assert [texts.of(graph.iri) for graph in graphs] == [graph.article.text for graph in graphs]
    assert texts.of("https://example.org/id/article/none") == ""


def test_the_sentence_stays_what_the_graph_quotes(built: Path) -> None:
    generation = open_generation(built)
    queue, bare = Queue(generation.store, Texts(generation)), Queue(generation.store)
    for entry in queue.entries:
        alone = bare.item(entry).quotes
        quotes = queue.item(entry).quotes
        assert [quote.sentence for quote in quotes] == [quote.text for quote in alone]
        assert all(len(quote.text) > len(quote.sentence) for quote in quotes)
        assert not any(quote.title in quote.text for quote in quotes)


def test_without_stored_articles_the_sentence_stands_alone(built: Path) -> None:
    generation = open_generation(built)
    (generation.folder / "articles.jsonl").unlink()
    queue = Queue(generation.store, Texts(generation))
    assert all(quote.text == quote.sentence for entry in queue.entries for quote in queue.item(entry).quotes)


@given(st.text(max_size=600), st.integers(0, 600), st.integers(0, 600))
def test_surroundings_are_short_and_are_the_articles(text: str, start: int, length: int) -> None:
    start = min(start, len(text))
    end = min(start + length, len(text))
    before, after = around(text, start, end)
    assert len(before) <= BEFORE + 2
    assert len(after) <= AFTER + 2
    assert before.removeprefix("… ") in text
    assert after.removesuffix(" …") in text
