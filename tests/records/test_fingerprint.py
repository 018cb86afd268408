"""A key changes with whatever may change what is read, and with nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from koopgraph.extract import Extractor, select
from koopgraph.model import Article, Options
from koopgraph.records import fingerprint, key_of_article, key_of_file

ARTICLE = Article("a.jsonl#1", "Titel\n\nIn Köln wird gebaut.", "Titel", "de", published="2020-05")


def test_what_does_not_change_what_is_read_does_not_change_the_fingerprint() -> None:
    chosen = select(None, {})
    assert fingerprint(chosen, Options()) == fingerprint(chosen, Options(curation="x.yaml", links="y", infer=True))


@pytest.mark.parametrize(
    "options",
    [
        Options(base="https://example.org/"),
        Options(min_confidence=0.5),
        Options(settings={"llm": {"model": "other"}}),
    ],
)
def test_options_that_change_what_is_read_change_it(options: Options) -> None:
    chosen = select(None, {})
    assert fingerprint(chosen, options) != fingerprint(chosen, Options())


def test_extractors_and_their_versions_change_it() -> None:
    chosen: tuple[Extractor, ...] = select(None, {})
    assert fingerprint(chosen[:-1], Options()) != fingerprint(chosen, Options())


def test_a_model_changes_it_by_its_content(tmp_path: Path) -> None:
    (tmp_path / "weights.bin").write_bytes(b"1")
    first = fingerprint((), Options(model=str(tmp_path)))
    assert fingerprint((), Options(model=str(tmp_path))) == first
    (tmp_path / "weights.bin").write_bytes(b"2")
    assert fingerprint((), Options(model=str(tmp_path))) != first


def test_name_and_content_cannot_be_taken_for_each_other() -> None:
    assert key_of_file(b"mark", "a", b"b/c") != key_of_file(b"mark", "a/b", b"c")
    assert key_of_file(b"mark", "a", b"") != key_of_file(b"other", "a", b"")


@pytest.mark.parametrize(
    "other",
    [
        {"source": "a.jsonl#2"},
        {"text": "Titel\n\nIn Köln wird gebaut!"},
        {"authors": ("A. B.",)},
        {"published": None},
        {"publisher": "2020-05", "published": None},
        {"url": "https://example.org/"},
    ],
)
def test_an_article_among_others_is_known_by_all_that_is_known_of_it(other: dict[str, object]) -> None:
    changed = Article(**{**{name: getattr(ARTICLE, name) for name in ARTICLE.__slots__}, **other})  # type: ignore[arg-type]
    assert key_of_article(b"", changed) != key_of_article(b"", ARTICLE)
