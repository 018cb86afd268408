"""Periods told in two places, and open ones that a word of the sentence tells."""

from __future__ import annotations

import pytest

from koopgraph.annotate import annotate
from koopgraph.model import Article
from koopgraph.weigh.periods import periods


def told(text: str, language: str = "de") -> dict[str, list[str]]:
    annotated = annotate(Article("a.txt", text, "", language, published="2023-12-13"))  # type: ignore[arg-type]
    return {edtf: [t.text for t in times] for edtf, times in periods(annotated)}


@pytest.mark.parametrize(
    ("language", "text", "period"),
    [
        ("de", "Baustart ist im April, spätestens im Oktober 2025 muss der Kessel laufen.", "2024-04/2025-10"),
        ("de", "Los geht es im Mai 2024. Fertig ist die Brücke im Jahr 2026.", "2024-05/2026"),
        ("en", "Work begins in April 2024. The boiler has to run by October 2025.", "2024-04/2025-10"),
    ],
)
def test_a_beginning_and_an_end_near_each_other_may_be_one_period(language: str, text: str, period: str) -> None:
    assert len(told(text, language)[period]) == 2


@pytest.mark.parametrize(
    ("language", "text", "period"),
    [
        ("de", "Das Café ist 2026 fertig.", "../2026"),
        ("de", "2024 begann der Umbau.", "2024/.."),
        ("en", "The bridge will be complete in 2026.", "../2026"),
        ("en", "Work starts in May 2024.", "2024-05/.."),
    ],
)
def test_a_word_of_the_sentence_tells_an_open_end(language: str, text: str, period: str) -> None:
    assert list(told(text, language)) == [period]


@pytest.mark.parametrize(
    "text",
    [
        "Im Mai 2026 war es warm.",
        "2026 war es warm, 2024 kalt.",
        "2024 war es kalt. Es regnete. Es schneite. Es hagelte. 2026 war es warm.",
        "Der Verein ruhte von 2024 bis 2026.",
    ],
)
def test_no_period_without_such_a_word_backwards_or_over_a_distance(text: str) -> None:
    assert told(text) == {}
