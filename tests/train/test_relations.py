"""Fitting the relation model: what counts as true, the same bytes every time, and what happens with little to learn."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from koopgraph.annotate import annotate
from koopgraph.classifier import Block
from koopgraph.errors import TrainError
from koopgraph.evaluate.gold import GoldArticle, read_gold
from koopgraph.extract import select
from koopgraph.model import Annotated
from koopgraph.train import classifier
from koopgraph.train.classifier import Example, best_cut, fit
from koopgraph.train.relations import _example, fit_relations, with_gold_mentions
from koopgraph.weigh import RULES
from koopgraph.weigh.pairs import RELATION_NAMES

Pair = tuple[GoldArticle, Annotated]


def examples(articles: list[Pair]) -> list[Example]:
    """Return the candidates of each article."""
    rules = select(sorted(RULES))
    found = [_example(gold, annotated, rules) for gold, annotated in articles]
    return [one for one in found if one is not None]


@pytest.fixture
def articles(gold: Path) -> list[Pair]:
    """Return the tiny gold articles, each with the names that are the gold's."""
    return [(one, with_gold_mentions(one, annotate(one.article))) for one in read_gold(gold)]


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let CatBoost grow a few trees only: what is tested does not need more."""
    pytest.importorskip("catboost", reason="fitting needs koopgraph[train]")
    pytest.importorskip("sklearn", reason="fitting needs koopgraph[train]")
    monkeypatch.setitem(classifier.TREES, "iterations", 20)


def test_the_golds_mentions_take_the_place_of_those_found(articles: list[Pair]) -> None:
    for gold, annotated in articles:
        assert {(m.type, m.name) for m in annotated.mentions} == {(e.type, e.name) for e in gold.entities}
        assert all(m.text == annotated.article.text[m.start : m.end] for m in annotated.mentions)


def test_a_candidate_is_true_where_the_gold_has_its_relation_between_the_same_things(articles: list[Pair]) -> None:
    for (gold, _), example in zip(articles, examples(articles), strict=True):
        true = [RELATION_NAMES[label] for label in example.label[example.true]]
        assert sorted(true) == sorted(r.relation for r in gold.relations)
        assert example.wanted == len(gold.relations)
        assert len(example.true) > len(true)


def test_what_the_gold_has_and_nobody_found_is_wanted_but_no_candidate(articles: list[Pair]) -> None:
    gold, annotated = articles[0]
    blind = replace(annotated, mentions=tuple(m for m in annotated.mentions if m.type != "City"))
    (example,) = examples([(gold, blind)])
    assert example.wanted == len(gold.relations)
    assert example.true.sum() == len(gold.relations) - sum(r.relation == "locatedIn" for r in gold.relations)


@pytest.mark.usefixtures("quick")
def test_the_same_gold_gives_the_same_bytes(articles: list[Pair]) -> None:
    one, two = fit_relations(articles), fit_relations(articles)
    assert one.model.to_bytes() == two.model.to_bytes()
    assert one.figures() == two.figures()


@pytest.mark.usefixtures("quick")
def test_a_model_learns_what_every_article_says_the_same_way(articles: list[Pair]) -> None:
    fitted = fit_relations(articles)
    assert fitted.figures()["f1"] > 0.8
    assert fitted.unseen[fitted.true].min() > np.median(fitted.unseen[~fitted.true])
    assert fitted.wanted == sum(len(gold.relations) for gold, _ in articles)


@pytest.mark.usefixtures("quick")
def test_too_few_relations_still_give_a_model(articles: list[Pair]) -> None:
    bare = [(replace(gold, relations=()), annotated) for gold, annotated in articles[:2]]
    fitted = fit_relations(bare)
    assert fitted.figures() == {"precision": 0.0, "recall": 0.0, "f1": 0.0}
    assert fitted.unseen.max() < 0.5


@pytest.mark.usefixtures("quick")
def test_an_article_in_which_nothing_was_found_stays_beside_its_own_gold(articles: list[Pair]) -> None:
    """Both kinds of candidates of an article are in one fold, even where the one kind is missing."""
    gold, annotated = articles[1]
    empty = gold, replace(annotated, mentions=(), times=(), amounts=())
    assert examples([empty]) == []
    fitted = fit_relations([articles[0], empty, *articles[2:]])
    assert fitted.wanted == sum(len(gold.relations) for gold, _ in articles)


@pytest.mark.usefixtures("quick")
def test_gold_without_any_two_things_is_refused(articles: list[Pair]) -> None:
    bare = [(replace(g, entities=(), relations=()), replace(a, mentions=(), times=(), amounts=())) for g, a in articles]
    with pytest.raises(TrainError, match="relations cannot be learnt"):
        fit_relations(bare[:1])


def test_a_missing_package_is_one_line_that_says_what_to_install(
    articles: list[Pair], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(classifier, "find_spec", lambda name: None)
    with pytest.raises(TrainError, match=r"needs catboost and sklearn; .*koopgraph\[train\]") as error:
        fit_relations(articles)
    assert "\n" not in str(error.value)


@pytest.mark.usefixtures("quick")
def test_what_the_trees_see_while_fitting_is_what_they_see_later(articles: list[Pair]) -> None:
    shown = examples(articles)
    model = fit(shown, labels=len(RELATION_NAMES)).model
    for example in shown:
        rows = Block(example.columns, example.table, np.arange(len(example.label)))
        chance = model.probability((rows,), example.parts, example.label)
        assert chance[example.true].mean() > chance[~example.true].mean()


def test_the_cut_gives_the_best_f1_also_against_what_was_never_found() -> None:
    chance = np.array([0.9, 0.8, 0.6, 0.4, 0.3])
    true = np.array([True, True, False, True, False])
    assert best_cut(chance, true, wanted=3) == 0.4
    assert best_cut(chance, np.array([True, True, False, False, False]), wanted=9) == 0.8


def test_examples_keep_their_article_together() -> None:
    """A fold has all candidates of an article, those with the found and those with the gold's names."""
    none = np.zeros((2, 1))
    labels, true = np.zeros(2, dtype=np.int64), np.zeros(2, dtype=bool)
    example = Example(("a",), none, (), labels, true, 0)
    rows = classifier._Rows([example] * 14, 7, 1)
    assert rows.fold[:14].tolist() == rows.fold[14:].tolist()
    assert rows.asked.sum() == 14


@pytest.mark.usefixtures("quick")
def test_a_model_can_be_asked_for_relations_that_its_gold_never_had(articles: list[Pair]) -> None:
    assert fit_relations(articles).model.linear.weights.shape[1] == len(RELATION_NAMES)
