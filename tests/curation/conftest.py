"""The graphs of the articles in ``tests/data/articles``, as they are before resolution over all articles."""

from __future__ import annotations

from pathlib import Path

import pytest

from koopgraph.model import Article, ArticleGraph, Options
from koopgraph.read import SourceFile, discover, read_file
from koopgraph.timings import Timings
from koopgraph.work.article_graph import article_graph, chosen_extractors

ARTICLES = Path(__file__).parents[1] / "data" / "articles"


@pytest.fixture(scope="session")
def graphs() -> tuple[ArticleGraph, ...]:
    options = Options()
    extractors = chosen_extractors(options)
    files = [file for file in discover([ARTICLES]) if isinstance(file, SourceFile)]
    articles = [item for file in files for item in read_file(file) if isinstance(item, Article)]
    found = [graph for article in articles for graph in article_graph(article, extractors, options, Timings())]
    return tuple(graph for graph in found if isinstance(graph, ArticleGraph))
