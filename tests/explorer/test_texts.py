"""The texts of articles that a page holds."""

from __future__ import annotations

import random
import weakref
from collections.abc import Iterator

from koopgraph.explorer.texts import held_texts
from koopgraph.model import Article
from koopgraph.store import StoredArticle

LENGTHS = (40, 3, 50, 20, 7, 90, 30, 12)
CITED = {f"id:{number}": 1 + number * 5 % 4 for number in range(len(LENGTHS))}


def stored(number: int) -> StoredArticle:
    return StoredArticle(f"id:{number}", Article(f"{number}.txt", "x" * LENGTHS[number], ""))


def test_which_texts_are_held_does_not_depend_on_their_order() -> None:
    articles = [stored(number) for number in range(len(LENGTHS))]
    expected = held_texts(articles, CITED, most=100)
    assert 50 < sum(map(len, expected.values())) <= 100
    for seed in range(20):
        random.Random(seed).shuffle(articles)
        assert list(held_texts(articles, CITED, most=100).items()) == list(expected.items())
        assert held_texts(iter(articles), CITED, most=100) == expected


def test_articles_that_can_be_read_again_are_not_held() -> None:
    class Held(str):
        __slots__ = ("__weakref__",)

    alive: weakref.WeakSet[Held] = weakref.WeakSet()
    most = 0

    class Read:
        def __iter__(self) -> Iterator[StoredArticle]:
            nonlocal most
            for number in range(1000):
                text = Held("x" * 10 + str(number))
                alive.add(text)
                yield StoredArticle(f"id:{number}", Article("a.txt", text, ""))
                del text
                most = max(most, len(alive))

    held = held_texts(Read(), {f"id:{number}": 1 for number in range(1000)}, most=130)
    assert len(held) == 10
    assert most < 15
