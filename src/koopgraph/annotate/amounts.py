"""Sums of money in an article, as '12500000 EUR': '12,5 Mio. €', 'CHF 48'000'000.–', 'eine halbe Million Euro'.

The words are in ``data/currencies.toml``. A number with 'Millionen' but without a currency counts as money
where a currency or a word such as 'Kosten' stands near and nothing countable follows. Prices
('je Wohnung', 'per square metre') are left out: they are no sum of a project.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from itertools import groupby

from koopgraph.annotate.matches import figures, has_any, matches_at, places_of
from koopgraph.annotate.word_tables import word_table
from koopgraph.model import Amount, Language

_SPACES = (" ", "\u00a0", "\u202f")
_SPACE = f"[{''.join(_SPACES)}]"
_CENTS = r"(?:[.,]\d{1,2}(?!\d))?"
_NUMBER = (
    rf"\d{{1,3}}(?:{_SPACE}\d{{3}}(?!\d))+{_CENTS}"
    rf"|\d{{1,3}}(?:[.,'’]\d{{3}}(?!\d))+{_CENTS}"
    r"|\d{1,12}(?:[.,]\d{1,3}(?!\d))?"
)
_PRICE_AFTER = re.compile(
    r"\s?(?:/|-a-(?:year|month)|[Pp]ro\b|je\b|per\b|im Monat|monatlich|"
    r"an? (?:month|year|night|head)|each\b|Eintritt|Miete|\(?netto kalt)"
    r"(?!\s(?:an\b|zur\b))"
)
_PRICE_BEFORE = re.compile(r"\b(?:je|jeweils|pro \w+)\s$")
# Another number that shares the scale and currency of the next: '9,6 und nicht 6,9 Millionen Euro'.
_SHARING = re.compile(
    rf"(?<![\d.,])(?P<number>{_NUMBER})\s?(?:und nicht|und|oder|bis|statt|to|and|or|[-–])\s?(?:rund |etwa )?$"
)
# A figure whose scale comes with the next one: '$5 to $7 million'.
_SHARED_AFTER = re.compile(
    r"\s?(?:to|-|–|bis|or|oder)\s?(?:[€$£]|EUR |CHF )?\d{1,3}(?:[.,]\d+)?\s?(?:m\b|bn\b|million|billion|Mi[ol]|Mrd)"
)
_COUNTED = re.compile(
    r"\s(?:[A-ZÄÖÜ]|people|square|cubic|visitors|tonnes|trees|homes|passengers|m²|qm|kWh|inhabitants)"
)
# How far from a bare 'Millionen' a currency or a word of money may stand.
_NEAR = 160
# More digits than any budget has: not worth a number, and slow to convert.
_MOST_DIGITS = 15
# Without a currency only millions are money: 'tausend Menschen' is commoner than 'tausend' for a sum.
_MILLION = 6


@dataclass(frozen=True, slots=True)
class _MoneyWords:
    """What one language's patterns are made of."""

    amount: re.Pattern[str]
    spelled: re.Pattern[str]
    bare: re.Pattern[str]
    near: re.Pattern[str]
    codes: dict[str, str]
    shared: dict[str, tuple[tuple[str, str], ...]]
    scales: dict[str, int]
    numbers: dict[str, Decimal]
    spelled_numbers: tuple[str, ...]
    leading: dict[str, tuple[str, ...]]
    """The currencies that may stand before a figure, by their last character."""
    long_scales: tuple[str, ...]


def _split(entries: str) -> list[str]:
    return [entry.replace("_", " ") for entry in entries.split()]


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


def _bounded(words: list[str]) -> str:
    """Alternatives that do not end within a longer word; signs need no boundary."""
    return rf"(?:{_alternatives(words)})(?![^\W\d_])"


def _by_last_character(signs: Iterable[str]) -> dict[str, tuple[str, ...]]:
    return {last: tuple(group) for last, group in groupby(sorted(signs, key=lambda s: (s[-1], s)), lambda s: s[-1])}


@cache
def _money_words(language: Language) -> _MoneyWords:
    table = word_table("currencies.toml")
    codes_of = [language] if language in ("de", "en") else ["de", "en"]
    codes = {
        word: code for side in ("either_side", "after") for code, words in table[side].items() for word in _split(words)
    }
    shared = {}
    for entry in table["shared"].values():
        countries = tuple((code, pattern) for code, pattern in entry.items() if code != "words")
        shared.update(dict.fromkeys(_split(entry["words"]), countries))
    scales = {
        word: int(power)
        for code in codes_of
        for power, words in table[code]["scales"].items()
        for word in _split(words)
    }
    numbers = {
        word: Decimal(value)
        for code in codes_of
        for value, words in table[code]["numbers"].items()
        for word in _split(words)
    }
    either = [word for words in table["either_side"].values() for word in _split(words)]
    after, scale = _bounded([*codes, *shared]), _bounded(list(scales))
    long_scale = _bounded([word for word in scales if len(word) > 2])
    number = rf"(?<![\d.,/])(?:{_NUMBER})"
    spelled = rf"\b(?:{_alternatives(numbers)})"
    amount = (
        rf"(?<![^\W\d_])(?P<cur1>{_alternatives([*either, '$'])}){_SPACE}?(?P<num1>{_NUMBER})"
        rf"(?:[ -]?(?P<sc1>{scale}))?(?:[.,][–—-]+)?"
        rf"|(?P<num2>{number})(?:[.,][–—-]+)?{_SPACE}?-?(?:(?P<sc2>{scale}|T(?=EUR)){_SPACE}?)?(?P<cur2>{after})"
    )
    words = (
        rf"(?P<word>(?i:{spelled}))(?:\sKomma\s(?P<decimal>{_alternatives(numbers)}))?[\s-]?"
        rf"(?P<sc>(?i:{long_scale}))(?:\s(?P<cur>{after}))?"
    )
    money = "".join(table["money"]["words"].split())
    return _MoneyWords(
        re.compile(amount),
        re.compile(words),
        re.compile(rf"(?P<num>{number}){_SPACE}?(?P<sc>{long_scale})"),
        re.compile(rf"\b(?:{money})\b|(?:{_bounded([*either, *table['after']['CHF'].split()])})"),
        codes,
        shared,
        scales,
        numbers,
        tuple(sorted({word.lower() for word in numbers})),
        _by_last_character({*either, "$"}),
        tuple(sorted({word.lower() for word in scales if len(word) > 2})),
    )


def _number(text: str, language: Language) -> Decimal | None:
    """Return the value of a figure; which of '.' and ',' is the decimal sign, its place and the language tell.

    >>> _number("4.350.000", "de"), _number("4,35", "de"), _number("2,375,000.00", "en"), _number("48'000", "de")
    (Decimal('4350000'), Decimal('4.35'), Decimal('2375000.00'), Decimal('48000'))
    """
    digits = re.sub(r"['’\s]", "", text)
    if len(digits) > _MOST_DIGITS + 4:
        return None
    decimal, thousands = (".", ",") if language == "en" else (",", ".")
    groups = digits.split(thousands)
    if len(groups) > 1 and all(len(group.split(decimal)[0]) == 3 for group in groups[1:]):
        return Decimal("".join(groups).replace(decimal, "."))
    if digits.count(decimal) > 1:
        return Decimal(digits.replace(decimal, ""))
    return Decimal(digits.replace(",", ".")) if digits.count(",") + digits.count(".") < 2 else None


def _value(number: Decimal | None, power: int, code: str) -> str:
    """Return '12500000 EUR', or '' for no sum of money: nothing, or a small price with cents."""
    if number is None:
        return ""
    total = number.scaleb(power)
    whole = int(total)
    if whole <= 0 or whole >= 10**_MOST_DIGITS or (total != whole and whole < 1000):
        return ""
    return f"{whole} {code}"


def find(text: str, language: Language) -> tuple[Amount, ...]:
    """Return the sums of money of ``text`` in order.

    >>> [amount.value for amount in find("Von 4,35 Millionen Euro trägt der Bund 1.200.000 €.", "de")]
    ['4350000 EUR', '1200000 EUR']
    >>> find("US$ 3 billion", "en")[0].value
    '3000000000 USD'
    """
    words = _money_words(language)
    found = list(_with_currency(text, language, words))
    low = text.lower()
    if has_any(low, words.long_scales):
        found += [*_spelled(text, language, words), *_bare(text, language, words)]
    found.sort(key=lambda amount: (amount.start, -amount.end))
    kept: list[Amount] = []
    for amount in found:
        price = _PRICE_AFTER.match(text, amount.end) or _PRICE_BEFORE.search(
            text, max(0, amount.start - 20), amount.start
        )
        if not price and (not kept or amount.start >= kept[-1].end):
            kept.append(amount)
    return tuple(kept)


@lru_cache(maxsize=64)  # a text is searched for its country once, not for each of its sums
def _code(word: str, text: str, language: Language) -> str:
    """Return the ISO code of a currency word; of a shared one by the country that the text names first."""
    words = _money_words(language)
    if word in words.codes:
        return words.codes[word]
    countries = words.shared[word]
    named = [(match.start(), code) for code, pattern in countries if pattern and (match := re.search(pattern, text))]
    return min(named)[1] if named else countries[0][0]


def _amounts(text: str, words: _MoneyWords) -> Iterator[re.Match[str]]:
    """Yield the matches of ``words.amount``: figures with a currency before or behind them."""
    places = [*figures(text), *_signs_before_figures(text, words.leading)]
    return matches_at(words.amount, text, sorted(places))


def _signs_before_figures(text: str, leading: Mapping[str, tuple[str, ...]]) -> Iterator[int]:
    """Yield the offsets of the currencies that stand before a figure, with a space or none between."""
    for figure in figures(text):
        end = figure - 1 if text[figure - 1 : figure] in _SPACES else figure
        for sign in leading.get(text[end - 1 : end], ()):
            if text.endswith(sign, 0, end):
                yield end - len(sign)


def _with_currency(text: str, language: Language, words: _MoneyWords) -> Iterator[Amount]:
    for match in _amounts(text, words):
        figure, scale, sign = (match[f"{group}1"] or match[f"{group}2"] for group in ("num", "sc", "cur"))
        if not scale and _SHARED_AFTER.match(text, match.end()):
            continue
        power, code = words.scales.get(scale or "", 0), _code(sign, text, language)
        value = _value(_number(figure, language), power, code)
        if value:
            yield Amount(match.start(), match.end(), match[0], value)
        shared = _SHARING.search(text, max(0, match.start() - 40), match.start())
        if shared and power and match["num2"]:
            value = _value(_number(shared["number"], language), power, code)
            if value:
                yield Amount(shared.start(), shared.end("number"), shared["number"], value)


def _spelled(text: str, language: Language, words: _MoneyWords) -> Iterator[Amount]:
    """Yield sums in words: 'zwei Millionen Euro', 'Viertelmillion Euro', 'vierzehn Komma zwei Millionen'."""
    low = text.lower()
    # Where a capital has a small letter of another length (İ), offsets in the two texts differ.
    everywhere = len(low) != len(text)
    places = range(len(text)) if everywhere else places_of(low, words.spelled_numbers)
    for match in matches_at(words.spelled, text, places):
        number = words.numbers[match["word"].lower()] if match["word"].lower() in words.numbers else Decimal(1)
        if match["decimal"]:
            number += words.numbers[match["decimal"]] / 10
        scale = match["sc"] if match["sc"] in words.scales else match["sc"].capitalize()
        power = words.scales.get(scale, words.scales.get(scale.lower(), 0))
        if match["cur"]:
            code = _code(match["cur"], text, language)
        elif power >= _MILLION and _is_money(text, match, words):
            code = _usual(text, language)
        else:
            continue
        value = _value(number, power, code)
        if value:
            yield Amount(match.start(), match.end(), match[0], value)


def _bare(text: str, language: Language, words: _MoneyWords) -> Iterator[Amount]:
    for match in matches_at(words.bare, text, figures(text)):
        if words.scales[match["sc"]] >= _MILLION and _is_money(text, match, words):
            value = _value(_number(match["num"], language), words.scales[match["sc"]], _usual(text, language))
            if value:
                yield Amount(match.start(), match.end(), match[0], value)


def _is_money(text: str, match: re.Match[str], words: _MoneyWords) -> bool:
    """Tell whether a number without a currency is a sum: money is spoken of nearby, and nothing countable follows."""
    if _COUNTED.match(text, match.end()):
        return False
    start, end = max(0, match.start() - _NEAR), min(len(text), match.end() + _NEAR)
    return bool(words.near.search(text, start, match.start()) or words.near.search(text, match.end(), end))


@lru_cache(maxsize=2)  # asked for by every sum that names no currency
def _usual(text: str, language: Language) -> str:
    """Return the currency that the text names first, EUR where it names none."""
    match = next(_amounts(text, _money_words(language)), None)
    return _code(match["cur1"] or match["cur2"], text, language) if match else "EUR"
