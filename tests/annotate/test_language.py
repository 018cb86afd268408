"""Language: German, English, or honestly neither."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koopgraph.annotate.language import detect

TRAIN = Path(__file__).resolve().parents[2].parent / "shared" / "corpus" / "train"


@pytest.mark.parametrize(
    "text",
    [
        "Der Stadtrat hat gestern beschlossen, die alte Markthalle umzubauen.",
        "Umbau der Halle: Die Bürger:innen sind skeptisch.",
        "Im Mai wird gebaut, und zwar auf dem Areal am Hafen.",
    ],
)
def test_german_prose_is_german(text: str) -> None:
    assert detect(text) == "de"


@pytest.mark.parametrize(
    "text",
    [
        "The council has agreed to rebuild the old market hall.",
        "Work on the new park will begin in May, and it is to be finished by 2027.",
    ],
)
def test_english_prose_is_english(text: str) -> None:
    assert detect(text) == "en"


@pytest.mark.parametrize(
    "text",
    [
        "La ville a décidé de rénover le bâtiment de la gare dans le centre.",
        "De gemeente heeft besloten om het gebouw in het centrum te renoveren.",
        "Il comune ha deciso di ristrutturare la sede nel centro della città.",
        "Miasto zdecydowało o przebudowie hali, która jest w centrum i nie ma dachu.",
        "El ayuntamiento ha decidido reformar el mercado que está en el centro.",
        "Staden har beslutat att bygga om hallen som ligger i centrum.",
    ],
)
def test_another_language_is_neither(text: str) -> None:
    assert detect(text) == "und"


@pytest.mark.parametrize("text", ["", "   \n", "Leipzig", "12.05.2021", "Łódź Kraków Gdańsk"])
def test_too_little_text_is_undecided(text: str) -> None:
    assert detect(text) == "und"


def test_a_quotation_does_not_change_the_language_of_an_article() -> None:
    german = "Die Stadt hat das Projekt vorgestellt, und der Rat wird im Herbst darüber entscheiden. "
    assert detect(german * 3 + "„The city is for all of us“, sagte sie.") == "de"


@given(st.text())
def test_any_text_gets_one_of_three_answers(text: str) -> None:
    assert detect(text) in ("de", "en", "und")


@pytest.mark.skipif(not TRAIN.is_dir(), reason="the annotated articles are not beside this checkout")
def test_every_annotated_article_gets_its_language() -> None:
    wrong = []
    for path in sorted(TRAIN.glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = (TRAIN / gold["file"]).read_text(encoding="utf-8")
        if detect(text) != gold["language"]:
            wrong.append(path.stem)
    assert wrong == []
