"""The benchmark's articles: reproducible one by one, as long as they say, and about as dense as real ones."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import likeness
import make_articles
import pytest
from articles import article, declined
from things import World
from wording import wording

from koopgraph import model
from koopgraph.model import EntityType
from koopgraph.read import discover, read_file

WORLD = World(1)


def texts(count: int, seed: int = 1) -> list[str]:
    return [one.text for one in make_articles.made(seed, 0, count)]


def test_an_article_depends_on_its_number_and_the_seed_alone() -> None:
    first = texts(30)
    assert first[17] == article(World(1), 1, 17).text
    assert first == texts(30)
    assert len(set(first)) == 30
    assert not set(first) & set(texts(30, seed=2))


def test_a_changed_article_is_the_same_one_with_an_addition() -> None:
    before, after = article(WORLD, 1, 17), article(WORLD, 1, 17, version=1)
    assert after.text.startswith(before.text.rstrip("\n"))
    assert len(after.text) > len(before.text)
    assert after.title == before.title


def test_articles_are_of_about_600_words_and_one_in_ten_is_english() -> None:
    made = [article(WORLD, 1, number) for number in range(400)]
    assert sum(len(one.text.split()) for one in made) / len(made) == pytest.approx(600, abs=25)
    assert sum(one.language == "en" for one in made) / len(made) == pytest.approx(0.1, abs=0.04)


def test_no_gap_is_left_open_and_every_form_stands_in_its_case() -> None:
    assert not any("{" in text or "}" in text or "  " in text for text in texts(300))
    assert declined("Deutscher Verband für Wohnen", EntityType.ORGANISATION, "von", "de") == (
        "vom Deutschen Verband für Wohnen"
    )
    assert declined("Sparkasse Ulm", EntityType.ORGANISATION, "n", "de") == "die Sparkasse Ulm"
    assert declined("Ulm", EntityType.CITY, "von", "de") == "von Ulm"
    assert declined("Federal Ministry", EntityType.ORGANISATION, "n", "en") == "Federal Ministry"


def test_files_and_lines_hold_the_same_articles_however_many_processes_make_them(tmp_path: Path) -> None:
    make_articles.write_articles(tmp_path / "texts", 12, first=994)
    make_articles.write_lines(tmp_path / "one.jsonl", 12, first=994)
    make_articles.write_lines(tmp_path / "two.jsonl", 12, first=994, jobs=2)
    lines = (tmp_path / "one.jsonl").read_text(encoding="utf-8").splitlines()
    files = sorted((tmp_path / "texts").rglob("*.txt"))
    assert next(path.name for path in files) == "article-0000994.txt"
    assert {path.parent.name for path in files} == {"0000", "0001"}
    assert [json.loads(line)["text"] for line in lines] == [path.read_text(encoding="utf-8") for path in files]
    assert (tmp_path / "one.jsonl").read_bytes() == (tmp_path / "two.jsonl").read_bytes()


def test_only_the_named_articles_are_changed(tmp_path: Path) -> None:
    make_articles.write_articles(tmp_path, 5)
    before = {path: path.read_text(encoding="utf-8") for path in tmp_path.rglob("*.txt")}
    make_articles.write_changed(tmp_path, [3])
    changed = [path.name for path, text in before.items() if path.read_text(encoding="utf-8") != text]
    assert changed == ["article-0000003.txt"]


def test_koopgraph_reads_the_lines(tmp_path: Path) -> None:
    make_articles.write_lines(tmp_path / "articles.jsonl", 3)
    [file] = discover([tmp_path])
    read = [one for one in read_file(file) if isinstance(one, model.Article)]
    assert [one.title for one in read] == [one.title for one in make_articles.made(1, 0, 3)]


def test_few_words_are_frequent_and_new_ones_keep_coming() -> None:
    words = " ".join(texts(60)).split()
    counts = Counter(words)
    assert sum(count for _, count in counts.most_common(50)) > 0.25 * len(words)
    assert len(set(words[20_000:]) - set(words[:20_000])) > 1000


def test_sentences_of_both_languages_end_in_a_full_stop() -> None:
    chance = iter([number / 997 for number in range(1, 997)] * 20).__next__
    assert all(wording(language).sentence(chance).endswith((".", "?")) for language in ("de", "en") for _ in range(50))


def test_likeness_counts_what_koopgraph_finds_and_tabulates_it() -> None:
    samples = likeness.measure("samples", likeness.texts_of(make_articles.SAMPLES))
    made = (model.Article(f"{n}.txt", text, text.split("\n", 1)[0]) for n, text in enumerate(texts(8)))
    found = likeness.measure("made", made)
    assert found.articles == 8
    assert found.of_600_words(found.things.total()) == pytest.approx(18, abs=6)
    assert found.of_600_words(found.statements.total()) == pytest.approx(11, abs=6)
    assert likeness.density_table([samples, found]).row_count > 12
    assert likeness.vocabulary_table([samples, found]).row_count >= 3
