"""The gold for resolution is what its README says: verbatim names, enough things in several articles, two halves apart.

``tune2`` is a second set to tune on. It has the same form, but need not be as large as a half, nor as they are counted.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from koopgraph.evaluate.resolution import GOLD_FILE, ResolutionArticle, base_form, pattern_of, read_resolution
from koopgraph.model import EntityType
from koopgraph.resolve.names import words_of

FOLDER = Path(__file__).resolve().parents[1] / "data" / "resolution"
HALVES = ("tune", "held")
SETS = (*HALVES, "tune2")
SHARED = {"city-berlin"}
SHARED_NAMES = {"Berlin", "IBA"}  # 'IBA' is short for different exhibitions
SHARED_WITH_TUNE2 = {"Stadtwerke", "Bauausschuss", "city council"}  # of different towns


@pytest.fixture(scope="module", params=SETS)
def half(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def gold_of(half: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((FOLDER / half / GOLD_FILE).read_text(encoding="utf-8"))
    return loaded


def articles_of(half: str) -> tuple[ResolutionArticle, ...]:
    return read_resolution(FOLDER / half)


def articles_by_thing(half: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for one in articles_of(half):
        for named in one.named:
            found[named.thing].add(one.article.source)
    return found


def base_forms(half: str) -> dict[str, set[str]]:
    """Return the base forms of each thing, over all articles."""
    forms: dict[str, set[str]] = defaultdict(set)
    for one in articles_of(half):
        for named in one.named:
            forms[named.thing] |= {base_form(named, mention) for mention in named.mentions} | {named.name}
    return forms


def namesakes(half: str) -> set[tuple[str, ...]]:
    """Return the names, in small letters and without hyphens, that several things have."""
    things: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for thing, forms in base_forms(half).items():
        for form in forms:
            things[words_of(form)].add(thing)
    return {name for name, those in things.items() if len(those) > 1}


def counts(half: str) -> list[str | int]:
    """Return the row that the README's table has for a half."""
    articles = articles_of(half)
    english = sum(one.article.language == "en" for one in articles)
    things = articles_by_thing(half)
    words = sum(len(one.article.text.split()) for one in articles)
    several = sum(len(those) > 1 for those in things.values())
    several_forms = sum(len(forms) > 1 for forms in base_forms(half).values())
    entities = sum(len(one.named) for one in articles)
    return [
        f"`{half}/`",
        len(articles),
        english,
        words,
        len(things),
        several,
        several_forms,
        entities,
        len(namesakes(half)),
    ]


def test_every_text_is_in_the_gold_and_the_other_way_round(half: str) -> None:
    texts = {path.name for path in (FOLDER / half).glob("*.txt")}
    assert texts == set(gold_of(half)["articles"])


def test_mentions_stand_verbatim_in_the_article_as_words_of_their_own(half: str) -> None:
    for one in articles_of(half):
        surfaces = [mention for named in one.named for mention in named.mentions]
        found = set(re.findall(pattern_of(surfaces), one.article.text))
        assert found == set(surfaces), one.article.source


def test_within_an_article_a_string_names_one_thing_and_a_thing_has_one_entry(half: str) -> None:
    for one in articles_of(half):
        surfaces = [mention for named in one.named for mention in named.mentions]
        things = [named.thing for named in one.named]
        assert len(surfaces) == len(set(surfaces)), one.article.source
        assert len(things) == len(set(things)), one.article.source


def test_entries_have_the_class_of_their_thing_and_base_forms_of_their_mentions(half: str) -> None:
    things = gold_of(half)["things"]
    assert set(things) == set(articles_by_thing(half))
    for one in articles_of(half):
        for named in one.named:
            assert named.type == things[named.thing]["type"] == named.thing.split("-")[0].capitalize()
            assert set(named.bases) <= set(named.mentions)
    assert all(thing["note"] for thing in things.values())


def test_articles_are_short_and_a_fifth_to_a_third_is_english(half: str) -> None:
    articles = articles_of(half)
    assert all(60 <= len(one.article.text.split()) <= 160 for one in articles)
    assert {one.article.language for one in articles} == {"de", "en"}
    assert 0.2 <= sum(one.article.language == "en" for one in articles) / len(articles) <= 1 / 3


def test_there_are_enough_articles_things_and_forms() -> None:
    assert sum(len(articles_of(half)) for half in HALVES) >= 60
    by_thing = [articles for half in HALVES for thing, articles in articles_by_thing(half).items()]
    assert len(by_thing) >= 150
    assert sum(len(articles) > 1 for articles in by_thing) >= 120
    assert all(set(EntityType) == {EntityType(t["type"]) for t in gold_of(half)["things"].values()} for half in HALVES)
    assert all(sum(len(forms) > 1 for forms in base_forms(half).values()) >= 80 for half in HALVES)
    assert all(len(namesakes(half)) >= 10 for half in HALVES)


def test_the_halves_have_no_thing_and_no_name_in_common_but_those_listed() -> None:
    tune, held = (gold_of(half) for half in HALVES)
    assert set(tune["things"]) & set(held["things"]) <= SHARED
    assert not set(tune["articles"]) & set(held["articles"])
    names = [{words_of(name) for name in _all_names(half)} for half in HALVES]
    assert names[0] & names[1] <= {words_of(name) for name in SHARED_NAMES}


def test_the_second_tuning_set_has_no_thing_and_no_name_of_the_first_but_those_listed() -> None:
    first, second = (gold_of(one) for one in ("tune", "tune2"))
    assert not set(first["things"]) & set(second["things"])
    assert not set(first["articles"]) & set(second["articles"])
    names = [{words_of(name) for name in _all_names(one)} for one in ("tune", "tune2")]
    assert names[0] & names[1] <= {words_of(name) for name in SHARED_WITH_TUNE2}


def _all_names(half: str) -> Iterator[str]:
    for one in articles_of(half):
        for named in one.named:
            yield from (named.name, *named.mentions, *named.bases.values())


def test_the_halves_are_of_about_the_same_size() -> None:
    (_, *tune), (_, *held) = (counts(half) for half in HALVES)
    assert all(abs(a - b) <= 0.25 * max(a, b) for a, b in zip(tune, held, strict=True) if isinstance(a, int))


def test_the_readme_tells_the_counts(half: str) -> None:
    row = "| " + " | ".join(str(cell) for cell in counts(half)) + " |"
    assert row in (FOLDER / "README.md").read_text(encoding="utf-8").splitlines(), f"should be {row}"
