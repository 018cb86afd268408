"""JSON lines give one article a line, and a bad line spoils no other."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from koopgraph.limits import DEFAULT, Limits
from koopgraph.model import Article, Problem
from koopgraph.read import SourceFile, read_file

TEXT = "In der Nordstadt ist aus einem Parkplatz ein Garten geworden."


def read_lines(tmp_path: Path, *lines: object, limits: Limits = DEFAULT) -> list[Article | Problem]:
    path = tmp_path / "a.jsonl"
    data = (line if isinstance(line, bytes) else json.dumps(line, ensure_ascii=False).encode() for line in lines)
    path.write_bytes(b"\n".join(data) + b"\n")
    return list(read_file(SourceFile(path, "a.jsonl"), limits=limits))


def test_each_line_is_an_article_named_by_its_number(tmp_path):
    first, second = read_lines(tmp_path, {"title": "Hof", "text": TEXT}, b"", {"text": TEXT})[:2]
    assert first == Article(source="a.jsonl#1", text=f"Hof\n\n{TEXT}", title="Hof")
    assert second == Article(source="a.jsonl#3", text=TEXT, title=TEXT)


@pytest.mark.parametrize(
    "record",
    [
        {
            "headline": "Hof",
            "author": "Jana Muster",
            "date": "2020-02-03",
            "publisher": "Blatt",
            "url": "https://a.example/1",
        },
        {
            "Title": "Hof",
            "authors": ["Jana Muster"],
            "published_at": "03.02.2020",
            "source": "Blatt",
            "link": "https://a.example/1",
        },
        {
            "title": "Hof",
            "byline": "Von Jana Muster",
            "date_published": "2020-02-03T10:00:00Z",
            "siteName": "Blatt",
            "canonical_url": "https://a.example/1",
        },
        {
            "title": "Hof",
            "author": {"name": "Jana Muster"},
            "publish-date": "3. Februar 2020",
            "publisher": {"name": "Blatt"},
            "url": "https://a.example/1",
        },
    ],
)
def test_the_usual_names_of_metadata_are_known(tmp_path, record):
    (article,) = read_lines(tmp_path, {**record, "content": TEXT})
    assert article == Article(
        source="a.jsonl#1",
        text=f"Hof\n\n{TEXT}",
        title="Hof",
        authors=("Jana Muster",),
        published="2020-02-03",
        publisher="Blatt",
        url="https://a.example/1",
    )


def test_metadata_of_another_kind_than_its_name_promises_is_passed_over(tmp_path):
    (article,) = read_lines(
        tmp_path, {"text": TEXT, "title": ["x"], "author": 7, "date": {}, "url": "nowhere", "source": None}
    )
    assert article == Article(source="a.jsonl#1", text=TEXT, title=TEXT)


def test_a_page_in_the_field_html_is_read_as_a_page(tmp_path):
    markup = f"<p class='byline'>Von Jana Muster</p><p>{TEXT}</p><p>{TEXT} Es wachsen dort jetzt vierzehn Bäume.</p>"
    (article,) = read_lines(tmp_path, {"title": "Hof", "html": markup})
    assert isinstance(article, Article)
    assert article.text.startswith("Hof\n\n")
    assert "vierzehn Bäume" in article.text
    assert "<" not in article.text


def test_a_bad_line_is_one_problem_and_the_next_line_is_read(tmp_path):
    lines = read_lines(
        tmp_path, b'{"text": "abc', b"[1]", b'{"text": ""}', b'{"title": "x"}', b"\x00\x01\x02\x03\x04", {"text": TEXT}
    )
    assert [type(item) for item in lines] == [Problem] * 5 + [Article]
    assert [item.source for item in lines] == [f"a.jsonl#{n}" for n in range(1, 7)]
    assert "column" in lines[0].reason


def test_a_line_over_the_limit_is_a_problem_and_the_next_line_is_read(tmp_path):
    long, good = read_lines(tmp_path, {"text": "x" * 1000}, {"text": TEXT}, limits=Limits(file_bytes=200))
    assert isinstance(long, Problem)
    assert "longer than 200 bytes" in long.reason
    assert good.source == "a.jsonl#2"


def test_half_of_a_surrogate_pair_in_a_string_can_still_be_written(tmp_path):
    (article,) = read_lines(
        tmp_path, b'{"text": "Hof \\ud83d ' + TEXT.encode() + b'", "url": "https://a.example/\\ud83d"}'
    )
    assert article.text.encode("utf-8")
    assert article.url is None


def test_an_empty_file_and_one_in_utf_16_are_one_problem(tmp_path):
    assert [type(item) for item in read_lines(tmp_path, b"", b"  ")] == [Problem]
    assert [type(item) for item in read_lines(tmp_path, '{"text": "a"}\n{"text": "b"}'.encode("utf-16"))] == [Problem]


def test_a_byte_order_mark_in_front_of_the_first_line_is_no_error(tmp_path):
    (article,) = read_lines(tmp_path, b"\xef\xbb\xbf" + json.dumps({"text": TEXT}).encode())
    assert article.text == TEXT
