"""What is beyond a limit is cut or counted, and always said."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from koopgraph.limits import DEFAULT, Limits
from koopgraph.model import Article, Problem
from koopgraph.read import SourceFile, read_file

TEXT = "Richtfest in Zürich\n\nZürich baut einen Hof.\n"


def items(tmp_path: Path, name: str, data: str, limits: Limits) -> Sequence[Article | Problem]:
    (tmp_path / name).write_text(data, encoding="utf-8")
    return list(read_file(SourceFile(tmp_path / name, name), limits=limits))


def test_what_is_within_the_limits_is_read_as_it_is(tmp_path: Path) -> None:
    (article,) = items(tmp_path, "a.txt", TEXT, DEFAULT)
    assert isinstance(article, Article)
    assert article.text == TEXT.strip()


def test_a_text_is_cut_at_the_end_of_a_line_and_the_rest_is_read(tmp_path: Path) -> None:
    article, problem = items(tmp_path, "a.txt", TEXT * 9, Limits(article_characters=50))
    assert isinstance(article, Article)
    assert article.text == TEXT.strip()
    assert problem == Problem(
        "a.txt", "is cut after 50 characters", "The rest was read; correct it, or raise the limit.", "limit"
    )


@pytest.mark.parametrize(
    ("line", "limits", "says"),
    [
        ('"title": "Ein Hof für Leipzig"', Limits(title_characters=7), "has a title of more than 7 characters"),
        ('"author": "Jana Muster"', Limits(name_characters=4), "has a name of more than 4 characters"),
        ('"author": ["Jana Muster", "Max Fall"]', Limits(authors=1), "has more than 1 authors"),
        ('"url": "https://a.example/1"', Limits(url_characters=9), "has an address of more than 9 characters"),
        ('"date": "1898-02-03"', Limits(first_year=1900), "is dated 1898-02-03, not of the years 1900 to 2199"),
    ],
)
def test_what_is_said_of_an_article_is_bounded(tmp_path: Path, line: str, limits: Limits, says: str) -> None:
    article, problem = items(tmp_path, "a.jsonl", f'{{"text": "Zürich baut einen Hof.", {line}}}', limits)
    assert isinstance(article, Article)
    assert "Zürich baut einen Hof." in article.text
    assert isinstance(problem, Problem)
    assert (problem.reason, problem.kind) == (says, "limit")


@pytest.mark.parametrize(
    ("name", "data", "limits"),
    [
        ("a.txt", TEXT, Limits(file_bytes=10)),
        ("a.jsonl", '{"text": "Zürich baut."}', Limits(file_bytes=10)),
        ("a.jsonl", '{"a": [[[["]"]]]], "text": "Zürich baut."}', Limits(json_depth=4)),
        ("a.xml", "<rss><channel><item><a/><a/></item></channel></rss>", Limits(xml_elements=2)),
    ],
)
def test_what_cannot_be_read_in_part_is_one_problem(tmp_path: Path, name: str, data: str, limits: Limits) -> None:
    (problem,) = items(tmp_path, name, data, limits)
    assert isinstance(problem, Problem)
    assert problem.kind == "limit"


def test_brackets_in_a_string_of_json_are_no_nesting(tmp_path: Path) -> None:
    (article,) = items(tmp_path, "a.jsonl", '{"text": "Hof [[[[ \\" [[[["}', Limits(json_depth=1))
    assert isinstance(article, Article)


def test_problems_beyond_the_limit_are_counted(tmp_path: Path) -> None:
    found = items(tmp_path, "a.jsonl", "[\n" * 9 + '{"text": "Zürich baut."}', Limits(file_problems=2))
    assert [type(item) for item in found] == [Problem, Problem, Article, Problem]
    assert isinstance(found[-1], Problem)
    assert (found[-1].reason, found[-1].kind) == ("has 7 further problems, which are not listed", "limit")
