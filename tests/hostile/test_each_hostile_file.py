"""Every hostile file of the catalogue, one by one: no crash, no hang, right offsets, valid IRIs, the result it must have."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hostile_case import Case
from hostile_catalogue import CASES

from koopgraph.model import Article, ArticleGraph, Options, Problem
from koopgraph.read import SourceFile
from koopgraph.timings import Timings
from koopgraph.work.article_graph import article_graph, articles_of, chosen_extractors

OPTIONS = Options()
# RFC 3987 for what koopgraph mints and takes over, in other words than koopgraph's.
IRI = re.compile(r"[a-z][a-z0-9+.-]*:(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/?#\[\]]|%[0-9A-Fa-f]{2}|[\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef\U00010000-\U000efffd])*")  # fmt: skip
SECONDS = 1.0
"""Of processor time for 100 kB (or less), the bound; times FACTOR on a slow machine."""
FACTOR = 5.0


def outcome(file: SourceFile) -> tuple[list[Article], list[ArticleGraph], list[Problem]]:
    """Read the file and what it states."""
    articles: list[Article] = []
    graphs: list[ArticleGraph] = []
    problems: list[Problem] = []
    extractors = chosen_extractors(OPTIONS)
    for item in articles_of(file, OPTIONS.limits):
        found = [item] if isinstance(item, Problem) else [*article_graph(item, extractors, OPTIONS, Timings())]
        articles += [item] if isinstance(item, Article) else []
        graphs += [one for one in found if isinstance(one, ArticleGraph)]
        problems += [one for one in found if isinstance(one, Problem)]
    return articles, graphs, problems


def check(graph: ArticleGraph) -> None:
    """Offsets are right and IRIs valid."""
    text = graph.article.text
    passages = [
        *(fact.evidence for fact in graph.facts),
        *(one for entity in graph.entities for one in entity.mentions),
    ]
    for passage in passages:
        assert text[passage.start : passage.end] == passage.quote
    for iri in (graph.iri, *(entity.iri for entity in graph.entities), *graph.authors):
        assert IRI.fullmatch(iri), iri
    text.encode("utf-8")
    assert "\0" not in text


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_hostile_file_becomes_what_it_must(case: Case, tmp_path: Path) -> None:
    if case.name.endswith((".warc", ".gz", ".pdf", ".docx")):
        pytest.importorskip({"pdf": "pypdf", "docx": "docx"}.get(case.name.rsplit(".", 1)[1], "warcio"))
    data = case.data()
    file = tmp_path / case.name
    file.write_bytes(data)
    chosen_extractors(OPTIONS)
    begun = time.process_time()
    articles, graphs, problems = outcome(SourceFile(file, case.name))
    took = time.process_time() - begun
    for graph in graphs:
        check(graph)
    kinds = {"limit" if problem.kind == "limit" else "problem" for problem in problems}
    kinds |= {"article"} if graphs else set()
    allowed = [set(one.split(" + ")) for one in case.result.split(" | ")]
    assert (kinds or {"nothing"}) in allowed, (sorted(kinds), problems[:2])
    assert len(graphs) == len(articles)
    assert all(problem.kind != "failed" for problem in problems), problems[:1]
    assert took < SECONDS * FACTOR * max(1.0, len(data) / 100_000), took


def test_there_are_enough_of_them() -> None:
    assert len(CASES) >= 200
    assert len({case.name for case in CASES}) == len(CASES)
