"""Articles annotated by models that were fitted without them: all of them, in order, the same every time."""

from __future__ import annotations

from pathlib import Path

import pytest

from koopgraph.evaluate.gold import read_gold
from koopgraph.train.names import cross_annotate, fold_numbers

pytest.importorskip("pycrfsuite", reason="fitting needs koopgraph[train]")


def test_every_article_is_annotated_once_in_the_order_given(gold: Path) -> None:
    articles = list(read_gold(gold))
    result = list(cross_annotate(articles, folds=3))
    assert [g for g, _ in result] == articles
    assert all(a.article.source == g.article.source for g, a in result)
    assert result == list(cross_annotate(articles, folds=3))


def test_folds_are_even_and_depend_on_the_seed_alone() -> None:
    numbers = fold_numbers(12, 5, 1)
    assert sorted(numbers.count(n) for n in range(5)) == [2, 2, 2, 3, 3]
    assert numbers == fold_numbers(12, 5, 1)
    assert numbers != fold_numbers(12, 5, 2)
