"""B-cubed and pairwise figures: worked examples of the literature, and what must hold of any clustering."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koopgraph.evaluate.clusters import Agreement, bcubed, pairwise

Clusters = dict[int, str]
clusterings = st.dictionaries(st.integers(0, 30), st.sampled_from("abcdef"), max_size=30)


def of(*groups: str) -> dict[object, str]:
    """Make a clustering whose clusters are the given strings, whose items are their characters."""
    return {item: group for group in groups for item in group}


# Bagga and Baldwin (1998), figures 3 and 4: twelve mentions of three persons, the wrong link joins a small or a large chain.
TRUTH = of("12345", "67", "89ABC")
SMALL = of("12345", "6789ABC")
LARGE = of("1234589ABC", "67")


def test_the_example_of_bagga_and_baldwin() -> None:
    small, large = bcubed(TRUTH, SMALL), bcubed(TRUTH, LARGE)
    assert small.precision == pytest.approx(16 / 21, abs=1e-9)  # 76 %
    assert large.precision == pytest.approx(7 / 12, abs=1e-9)  # 58 %
    assert small.recall == large.recall == 1.0
    assert small.number == 12


def test_the_same_example_counted_in_pairs() -> None:
    small, large = pairwise(TRUTH, SMALL), pairwise(TRUTH, LARGE)
    assert (small.number, small.precision, small.recall) == (21, pytest.approx(21 / 31), 1.0)
    assert large.precision == pytest.approx(21 / 46)


def test_a_thing_in_two_clusters_costs_recall() -> None:
    assert bcubed(of("abcd"), of("ab", "cd")) == Agreement(4, 1.0, 0.5)
    assert pairwise(of("abcd"), of("ab", "cd")) == Agreement(6, 1.0, pytest.approx(2 / 6))


def test_a_stray_item_does_less_harm_among_strays_than_in_a_clean_cluster() -> None:
    """The 'rag bag' constraint of Amigó et al. (2009), which B-cubed satisfies."""
    gold = {**dict.fromkeys("1234", "clean"), **{stray: stray for stray in "wxyz"}}
    among_strays = {**dict.fromkeys("1234", "one"), **dict.fromkeys("wxyz", "bag")}
    in_the_clean_cluster = {**among_strays, "w": "one"}
    assert bcubed(gold, among_strays).f1 > bcubed(gold, in_the_clean_cluster).f1


def test_an_item_that_was_not_found_is_alone_and_one_without_gold_does_not_count() -> None:
    gold = {1: "a", 2: "a", 3: "b"}
    assert bcubed(gold, {1: "x", 9: "x"}) == bcubed(gold, {1: "x", 2: "y", 3: "z"})
    assert pairwise(gold, {1: "x", 9: "x"}).recall == 0.0


def test_a_missing_item_shares_no_cluster_with_one_that_bears_its_name() -> None:
    assert pairwise({1: "a", 2: "b"}, {1: 2}).precision == 1.0


def test_nothing_at_all_is_perfect() -> None:
    assert bcubed({}, {}).f1 == pairwise({}, {}).f1 == 1.0
    assert Agreement(1, 0.0, 0.0).f1 == 0.0


def test_figures_have_four_digits() -> None:
    assert bcubed(TRUTH, SMALL).figures() == {"precision": 0.7619, "recall": 1.0, "f1": 0.8649}


@given(clusterings)
def test_the_gold_itself_is_perfect_whatever_the_clusters_are_called(gold: Clusters) -> None:
    renamed = {item: thing.upper() for item, thing in gold.items()}
    for measure in (bcubed, pairwise):
        found = measure(gold, renamed)
        assert found.precision == pytest.approx(1.0)
        assert found.recall == pytest.approx(1.0)


@given(clusterings)
def test_singletons_are_precise_and_one_cluster_finds_all(gold: Clusters) -> None:
    for measure in (bcubed, pairwise):
        assert measure(gold, {}).precision == 1.0
        assert measure(gold, dict.fromkeys(gold, "all")).recall == pytest.approx(1.0)


@given(clusterings, clusterings)
def test_figures_are_shares(gold: Clusters, found: Clusters) -> None:
    for measure in (bcubed, pairwise):
        result = measure(gold, found)
        assert all(0.0 <= figure <= 1.0 + 1e-9 for figure in (result.precision, result.recall, result.f1))


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("wxyz")), min_size=1, max_size=25))
def test_precision_and_recall_change_places_with_gold_and_found(pairs: list[tuple[str, str]]) -> None:
    one = {i: a for i, (a, _) in enumerate(pairs)}
    other = {i: b for i, (_, b) in enumerate(pairs)}
    for measure in (bcubed, pairwise):
        there, back = measure(one, other), measure(other, one)
        assert there.precision == pytest.approx(back.recall)
        assert there.recall == pytest.approx(back.precision)


@given(clusterings)
def test_the_order_of_items_does_not_matter(gold: Clusters) -> None:
    found = {item: thing if item % 2 else "x" for item, thing in gold.items()}
    backwards = dict(reversed(found.items()))
    assert bcubed(gold, found).figures() == bcubed(dict(reversed(gold.items())), backwards).figures()
