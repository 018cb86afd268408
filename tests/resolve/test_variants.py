"""The rules, and the page that explains them: every rule has its score and an example there, and finds it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from koopgraph.model import ArticleGraph
from koopgraph.resolve import clusters, typos, variant, weighing
from koopgraph.resolve.reasons import SAME_NAME

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "resolution.md").read_text(encoding="utf-8")
Told = Callable[..., ArticleGraph]


def rows(columns: int) -> Iterator[tuple[str, ...]]:
    """Yield the rows of the page's tables that have so many columns and end in a number."""
    for line in PAGE.splitlines():
        cells = tuple(cell.strip() for cell in line.strip("|").split("|"))
        if line.startswith("| ") and len(cells) == columns and re.fullmatch(r"-?\d\.\d+", cells[-1]):
            yield cells


RULES = list(rows(5))


def test_the_page_has_every_rule_with_its_score() -> None:
    assert {rule: float(score) for rule, *_, score in RULES} == variant.SCORES


def test_the_page_tells_what_company_adds_and_from_which_score_on_things_join() -> None:
    added = [float(number) for _, number in rows(2)]
    assert added == [
        weighing.SHARED_COMPANY,
        weighing.SHARED_ROLE,
        weighing.SHARED_CITY,
        weighing.STATED_CITY,
        weighing.OTHER_CITY,
    ]
    assert f"From {clusters.MERGE} on" in PAGE
    assert f"from {clusters.PROPOSE} on" in PAGE
    assert f"better than the next by {clusters.MARGIN}" in PAGE
    assert f"'other spelling' ({SAME_NAME})" in PAGE
    assert f"from {typos.LONG} letters on" in PAGE


@pytest.mark.parametrize(("rule", "kind", "short", "long"), [row[:4] for row in RULES], ids=[row[0] for row in RULES])
def test_every_rule_finds_its_example(
    told: Told, rules_in: Callable[..., set[tuple[str, frozenset[str]]]], rule: str, kind: str, short: str, long: str
) -> None:
    year = long[-4:] if long[-4:].isdigit() else None
    also = {long: (short,)} if rule in ("acronym introduced", "other form") else {}
    texts = [f"In [City|Leipzig] ist [{kind}|{name}]." for name in (short, long)]
    if rule == "head word alone":
        graphs = [told("a.txt", *texts)]
    else:
        graphs = [told(f"{n}.txt", text, published=year, also=also) for n, text in enumerate(texts)]
    assert (rule, frozenset((short, long))) in rules_in(*graphs)


def test_shortening_rules_and_those_that_one_article_speaks_for_or_against_are_rules() -> None:
    assert variant.SCORES.keys() >= variant.SHORTENING | weighing.TOGETHER | clusters.APART_IN_ONE_ARTICLE


def test_each_of_a_block_is_compared_with_so_many_neighbours_only() -> None:
    pairs = list(variant.neighbours(range(1000)))
    assert len(pairs) < 1000 * variant.MOST_PARTNERS
    assert list(variant.neighbours("abc")) == [("a", "b"), ("a", "c"), ("b", "c")]
