"""Plain text files become articles, whatever is wrong with one becomes one problem."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koopgraph.errors import ReadError
from koopgraph.limits import Limits
from koopgraph.model import Article, Problem
from koopgraph.read import SourceFile, read, read_file
from koopgraph.read.text import read_text

ARTICLE = (
    "Brücke fertig\nVon Jana Muster\n\nLeipzig, 21.09.2015 – Seit gestern rollt der Verkehr wieder über die Brücke.\n"
)


def only(path: Path) -> Article | Problem:
    (item,) = read_file(SourceFile(path, path.name))
    return item


def test_the_whole_file_is_the_text_and_its_first_line_the_title():
    article = read_text("a.txt", ARTICLE.encode())
    assert article == Article(
        source="a.txt",
        text=ARTICLE.strip(),
        title="Brücke fertig",
        authors=("Jana Muster",),
        published="2015-09-21",
    )


def test_the_language_is_left_to_the_next_stage():
    assert read_text("a.txt", ARTICLE.encode()).language == "und"


@pytest.mark.parametrize("line", ["# Brücke fertig", "Brücke fertig\n=====", "*Brücke fertig*", "== Brücke fertig =="])
def test_marks_around_the_first_line_are_not_part_of_the_title_but_stay_in_the_text(line):
    article = read_text("a.txt", f"\n\n{line}\n\nEin Satz.".encode())
    assert article.title == "Brücke fertig"
    assert article.text == f"{line}\n\nEin Satz."


def test_of_a_text_in_one_line_the_first_sentence_is_the_title():
    text = "Die Brücke ist nach drei Jahren fertig. " + "Es wurde viel gebaut und noch mehr geredet. " * 20
    assert read_text("a.txt", text.encode()).title == "Die Brücke ist nach drei Jahren fertig."


def test_front_matter_of_a_text_file_gives_the_metadata_where_it_is_well_formed():
    article = read_text("a.txt", b"---\ntitle: Hof\nauthor: Jana Muster\n---\n\nEin Satz.")
    assert (article.text, article.authors) == ("Hof\n\nEin Satz.", ("Jana Muster",))
    assert read_text("b.txt", b"---\ntitle: [Hof\n---\nEin Satz.").title == "title: [Hof"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b" \r\n\t\n", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"---\n***\n", "holds no text"),
        (bytes(range(256)) * 10, "is a binary file, not text"),
        (b"%PDF-1.4\n", "is a binary file, not text"),
    ],
)
def test_a_file_without_text_is_one_problem_with_reason_and_remedy(tmp_path, data, reason):
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    problem = only(path)
    assert isinstance(problem, Problem)
    assert (problem.source, problem.reason) == ("a.txt", reason)
    assert problem.remedy.endswith(".")


def test_a_file_that_vanished_is_a_problem(tmp_path):
    problem = only(tmp_path / "gone.txt")
    assert isinstance(problem, Problem)
    assert "cannot be read" in problem.reason


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read every file")
def test_a_file_without_permission_is_a_problem(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    path.chmod(0)
    assert isinstance(only(path), Problem)


def test_a_file_over_the_limit_is_a_problem(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    (problem,) = read_file(SourceFile(path, "a.txt"), limits=Limits(file_bytes=10))
    assert isinstance(problem, Problem)
    assert problem.kind == "limit"
    assert "larger than 10 bytes" in problem.reason


def test_a_bad_file_does_not_keep_its_neighbours_from_being_read(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "b.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "c.pdf").write_bytes(b"%PDF-1.4\n")
    assert [type(item) for item in read([tmp_path])] == [Problem, Article, Problem]


@given(st.text())
def test_the_title_stands_at_the_beginning_of_the_text(text):
    try:
        article = read_text("a.txt", text.encode("utf-8", errors="ignore"))
    except ReadError:
        return
    assert article.title in article.text.split("\n", 1)[0]
    assert "\r" not in article.text


CORPUS = Path(__file__).resolve().parents[2].parent / "shared" / "corpus"


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the shared corpus is not on this machine")
@pytest.mark.parametrize("part", ["real", "dev"])
def test_every_article_of_the_corpora_is_read_without_a_problem(part):
    assert [item for item in read([CORPUS / part]) if isinstance(item, Problem)] == []
