"""Sums of money: their value, their currency, and what is none."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koopgraph.annotate.amounts import find
from koopgraph.model import Language

TRAIN = Path(__file__).resolve().parents[2].parent / "shared" / "corpus" / "train"
FLOOR = 0.97


def values(text: str, language: Language = "de") -> list[str]:
    return [amount.value for amount in find(text, language)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("4,35 Millionen Euro", "4350000 EUR"),
        ("12,5 Mio. €", "12500000 EUR"),
        ("210.000 Euro", "210000 EUR"),
        ("1 200 000 Euro", "1200000 EUR"),
        ("1.200.000,00 €", "1200000 EUR"),
        ("1,2 Mrd. Euro", "1200000000 EUR"),
        ("27.500 T€", "27500000 EUR"),
        ("€ 16,9 Mio.", "16900000 EUR"),
        ("zwei Millionen Euro", "2000000 EUR"),
        ("eine halbe Million Euro", "500000 EUR"),
        ("einer Viertelmillion Euro", "250000 EUR"),
        ("anderthalb Millionen Euro", "1500000 EUR"),
        ("fünfzigtausend Euro", "50000 EUR"),
        ("150.000-Euro-Zuschuss", "150000 EUR"),
    ],
)
def test_german_sums_in_euro(text: str, value: str) -> None:
    assert values(f"Das sind {text} für die Halle.") == [value]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("CHF 48'000'000.–", "48000000 CHF"),
        ("110'000 Franken", "110000 CHF"),
        ("500.000 DM", "500000 DEM"),
        ("100.000 Mark", "100000 DEM"),
        ("2 Millionen Schilling", "2000000 ATS"),
        ("5 Mio. Zloty", "5000000 PLN"),
        ("3 Millionen norwegische Kronen", "3000000 NOK"),
    ],
)
def test_other_currencies_in_german(text: str, value: str) -> None:
    assert values(f"Das sind {text}, mehr nicht.") == [value]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("€1.2m", "1200000 EUR"),
        ("£450,000", "450000 GBP"),
        ("£15.45 million", "15450000 GBP"),
        ("US$ 3 billion", "3000000000 USD"),
        ("EUR 2.5 million", "2500000 EUR"),
        ("EUR 2,375,000.00", "2375000 EUR"),
        ("two million pounds", "2000000 GBP"),
        ("NOK 180m", "180000000 NOK"),
        ("6.2 billion kronor", "6200000000 SEK"),
        ("9.8 billion Chilean pesos", "9800000000 CLP"),
    ],
)
def test_english_sums(text: str, value: str) -> None:
    assert values(f"It was given {text} last year.", "en") == [value]


def test_dollars_are_those_of_the_country_that_the_text_names() -> None:
    assert values("The path costs $52 million.", "en") == ["52000000 USD"]
    assert values("Wellington, New Zealand: the path costs $52 million.", "en") == ["52000000 NZD"]


def test_two_figures_share_scale_and_currency() -> None:
    assert values("Die Baukosten betragen 9,6 und nicht 6,9 Millionen Euro.") == ["9600000 EUR", "6900000 EUR"]


def test_bare_millions_are_money_where_money_is_spoken_of() -> None:
    assert values("Der Hof wächst: 13,9 Millionen, Städtebauförderung.") == ["13900000 EUR"]
    assert values("Vierzehn Komma zwei Millionen kostet der Umbau.") == ["14200000 EUR"]
    assert values("Der Umbau kostet 380'000 Franken, der Park 2 Millionen.") == ["380000 CHF", "2000000 CHF"]


@pytest.mark.parametrize(
    "text",
    [
        "3,5 Millionen Menschen leben dort.",
        "Die Miete liegt bei 12 Euro pro Quadratmeter.",
        "Dafür gibt es je 5.000 Euro und 3.500 Euro je Wohnung.",
        "Mark Brandenburg, 3. Mai 2015, 12.30 Uhr, Tel. 0341 123456",
        "Der Eintritt kostet 8,50 Euro.",
        "9999999999999999999999 Euro",
        "0 Euro",
    ],
)
def test_counts_prices_and_nonsense_are_no_sums(text: str) -> None:
    assert values(text) == []


@given(st.one_of(st.text(), st.from_regex(r"[€$]? ?[0-9.,' ]{0,30} ?(Mio\.|Millionen|T|m|bn)? ?(Euro|€|Fr\.|CHF)?")))
def test_any_text_gives_well_formed_disjoint_amounts(text: str) -> None:
    end = 0
    for amount in find(text, "und"):
        assert end <= amount.start < amount.end <= len(text)
        assert text[amount.start : amount.end] == amount.text
        assert re.fullmatch(r"[1-9]\d{0,14} [A-Z]{3}", amount.value)
        end = amount.end


@pytest.mark.skipif(not TRAIN.is_dir(), reason="the annotated articles are not beside this checkout")
def test_budgets_of_the_annotated_articles_are_found() -> None:
    total = found = 0
    for path in sorted(TRAIN.glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        budgets = [relation["value"] for relation in gold["relations"] if relation["p"] == "budget"]
        known = set(values((TRAIN / gold["file"]).read_text(encoding="utf-8"), gold["language"])) if budgets else set()
        total += len(budgets)
        found += sum(value in known for value in budgets)
    assert found / total >= FLOOR
