"""Single times in a text, by a table of patterns: '3. Mai 2021', 'im Herbst', 'gestern', 'last Friday', '2015'.

A row of the table is a pattern and the function that reads its matches. What a row yields may still lack
its year (``settle_year`` gives it) or be a bare weekday; :mod:`koopgraph.annotate.dates` finishes both and
joins points to ranges.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import TypeAlias

from koopgraph.annotate.calendar_words import CalendarWords, Moment, calendar_words
from koopgraph.annotate.time_places import At, Figures, Place, Places, Within
from koopgraph.annotate.time_readers import (
    Builder,
    Point,
    Reading,
    read_bare_year,
    read_day,
    read_distance,
    read_heuer,
    read_in_year,
    read_month,
    read_month_number,
    read_named_day,
    read_numeric,
    read_relative_year,
    read_season,
    read_slashed,
    read_week,
    read_weekday,
    read_year_range,
    with_two_digit_year,
)
from koopgraph.model import Language

_TIMES_OF_DAY = ("früh", "abends", "abend", "morgen", "mittag", "vormittag", "nachmittag", "nacht")
# What a weekday may end in: 'Freitagabend', 'Freitagsabends', 'Freitags'.
_PARTS_OF_DAYS = (*(link + part for link in ("s", "") for part in _TIMES_OF_DAY), "s")
YEAR = r"(?:1[5-9]|20)\d\d"


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# The words without which a row does not match, and those that its matches may begin with; more forms than the pattern
# has do no harm.
_QUARTERS = {
    "de": _set("Quartal Halbjahr Hälfte Jahreshälfte Q1 Q2 Q3 Q4 Schuljahr Studienjahr Spielzeit Saison Jahreswechsel"),
    "en": _set("quarter half Q1 Q2 Q3 Q4 H1 H2 year season"),
}
_SPANS = {
    "de": _set("Jahr Jahre Jahrs Jahres Monat Monate Monats Monates heuer Heuer"),
    "en": _set("year month"),
}
_WHICH = {
    "de": frozenset(
        stem + ending
        for stem in ("kommende", "nächste", "vergangene", "letzte", "vorige", "diese", "laufende")
        for ending in ("", "n", "r", "s", "m")
    ),
    "en": _set("Last last Next next This this coming"),
}
_STAGES = {"de": _set("Anfang Mitte Ende"), "en": _set("Early early Mid mid Late late")}
_INTO_SEASONS = _set("Im im Ab ab Bis bis Seit seit Zum zum Vom vom Dem dem Den den diesen")
_AGO = {"de": _set("Vor vor Seit seit In in"), "en": _set("ago")}


_Row: TypeAlias = tuple[str, Builder, Place]


def _german(words: CalendarWords) -> list[_Row]:
    month, weekday, long = words.month_pattern, words.weekday_pattern, words.long_weekday_pattern
    capital = "|".join(name.upper() for name in words.months if len(name) > 3)
    join = r"(?:[-–—/+&]|bis(?:\szum)?|und)"
    led = rf"(?:\b(?:{weekday}|{long})\.?,?\s+(?:den\s+|dem\s+)?)?"
    first = rf"(?<![\d.,])(?P<d0>\d{{1,2}})\.?,?\s?{join}\s?(?:(?:{weekday})\.?,?\s)?"
    which = r"(?:(?P<which>kommende[nrs]?|nächste[nrs]?|vergangene[nrs]?|letzte[nrs]?|vorige[nrs]?|diese[nrms]?)\s)"
    seasons, days, numbers = ("|".join(sorted(group)) for group in (words.seasons, words.days, words.numbers))
    weekdays = frozenset(day + part for day in words.full_weekdays for part in ("", *_PARTS_OF_DAYS))
    return [
        (
            rf"{led}(?:{first}|(?<![\d.,]))(?<!\d)(?P<d>\d{{1,2}})\.\s?(?P<m>{month}|{capital})\b(?:\.?,?\s(?P<y>{YEAR})\b)?",
            read_day,
            Figures.OR_WEEKDAYS,
        ),
        (
            rf"{led}(?:{first}|(?<![\d.,:/]))(?<!\d)(?P<d>\d{{1,2}})\.\s?(?P<m>\d{{1,2}})\."
            r"(?:\s?(?P<y>\d{4})(?![\d.,]*\d)|(?P<y2>\d\d)(?![\d.:,]\d|\d))?(?!\d)",
            with_two_digit_year(read_numeric),
            Figures.OR_WEEKDAYS,
        ),
        (
            rf"(?<!\d )(?<!\d\. )\b(?:(?P<stage>Anfang|Mitte|Ende)\s)?(?P<m>{month})\b(?:\.?\s(?P<y>{YEAR})\b)?",
            read_month,
            At(frozenset(words.months), _STAGES["de"].union(words.months)),
        ),
        (
            r"\b(?P<into>(?:[Ii]m|[Aa]b|[Bb]is|[Ss]eit|[Zz]um|[Vv]om|[Dd]em|[Dd]en|diesen)"
            r"\s(?:zum\s|dem\s|in den\s|kommenden\s|nächsten\s|"
            rf"vergangenen\s|letzten\s|vorigen\s|frühen\s|späten\s)?)?(?P<name>{seasons})\b(?:\s(?P<y>{YEAR})(?:/\d{{2,4}})?\b)?",
            read_season,
            At(frozenset(words.seasons), _INTO_SEASONS.union(words.seasons)),
        ),
        (
            r"\b(?:(?:(?:erste|zweite|dritte|vierte)[nsrm]?|[1-4]\.|IV|I{1,3})\s(?:Quartal|Halbjahr|Hälfte|Jahreshälfte)|Q[1-4]|"
            rf"Schuljahr|Studienjahr|Spielzeit|Saison|Jahreswechsel)(?:\sdes\sJahres)?\s(?P<y>{YEAR})(?:/\d{{2,4}})?\b",
            read_in_year,
            At(_QUARTERS["de"]),
        ),
        (
            rf"\b(?:KW|Kalenderwoche)\s?(?P<w>\d{{1,2}})(?:\s?[/.,]?\s?(?P<y>{YEAR}))?\b"
            rf"|\b(?P<w2>\d{{1,2}})\.\s?(?:KW|Kalenderwoche)\b(?:\s?[/.,]?\s?(?P<y2>{YEAR})\b)?",
            read_week,
            Within(("kw", "kalenderwoche")),
        ),
        (
            rf"\b(?:{which}?(?P<wd>{long})(?:{'|'.join(_PARTS_OF_DAYS)})?)\b",
            read_weekday,
            At(weekdays, weekdays | _WHICH["de"]),
        ),
        (rf"(?<![\w-])(?P<word>(?i:{days}))(?![\w-])", read_named_day, Within((*words.days,))),
        (
            r"\b(?P<which>kommende[nrs]?|nächste[nrsm]?|vergangene[nrs]?|letzte[nrsm]?|vorige[nrs]?|diese[nrms]?|laufende[nrs]?)\s"
            r"(?P<unit>Jahre?s?|Monate?s?)\b|\b(?P<heuer>[Hh]euer)\b",
            read_heuer,
            At(_SPANS["de"], _WHICH["de"].union(("heuer", "Heuer"))),
        ),
        (
            rf"\b(?P<sense>[Vv]or|[Ss]eit|[Ii]n)\s(?P<n>\d{{1,2}}|{numbers})\s(?P<unit>Jahr(?:en)?|Tag(?:en)?)\b",
            read_distance,
            At(_set("Jahr Jahren Tag Tagen"), _AGO["de"]),
        ),
    ]


def _english(words: CalendarWords) -> list[_Row]:
    month, long = words.month_pattern, words.long_weekday_pattern
    nth, join = r"(?:st|nd|rd|th)?", r"(?:[-–—]|to|and|until|&)"
    led = rf"(?:\b(?:{words.weekday_pattern})\.?,?\s(?:the\s)?)?"
    seasons, days, numbers = ("|".join(sorted(group)) for group in (words.seasons, words.days, words.numbers))
    return [
        (
            rf"{led}(?:(?<![\d.,/])(?P<d0>\d{{1,2}}){nth}\s?{join}\s?(?:(?:{long})\s)?)?(?<![\d.,/])(?P<d>\d{{1,2}}){nth}\s(?:of\s)?"
            rf"(?P<m>{month})\b(?:\.?,?\s(?P<y>{YEAR})\b)?",
            read_day,
            Figures.OR_WEEKDAYS,
        ),
        (
            rf"{led}\b(?P<m>{month})\.?\s(?:(?P<d0>\d{{1,2}}){nth}\s?{join}\s?)?(?P<d>\d{{1,2}}){nth}(?![\w.:]\d|\d)\b(?:,?\s(?P<y>{YEAR})\b)?",
            read_day,
            At(frozenset(words.months), frozenset([*words.months, *words.weekdays, *words.full_weekdays])),
        ),
        (r"(?<![\d./])(\d{1,2})/(\d{1,2})/(\d{4})(?![\d/])", read_slashed, Figures.ALONE),
        (
            rf"(?<!\d )\b(?:(?P<stage>[Ee]arly|[Mm]id|[Ll]ate)[ -])?(?P<m>{month})\b(?:\.?,?\s(?P<y>{YEAR})\b)?",
            read_month,
            At(frozenset(words.months), _STAGES["en"].union(words.months)),
        ),
        (
            r"\b(?P<into>(?:[Ii]n|[Bb]y|[Ss]ince|[Uu]ntil|[Ff]rom|[Tt]his|[Nn]ext|[Ll]ast)\s(?:the\s|early\s|late\s|this\s|next\s)*)?"
            rf"(?P<name>{seasons})\b(?:\s(?:of\s)?(?P<y>{YEAR})\b)?",
            read_season,
            At(frozenset(words.seasons)),
        ),
        (
            r"\b(?:(?:first|second|third|fourth|last)\s(?:quarter|half)(?:\sof)?|Q[1-4]|H[12]|academic\syear|school\syear|season)\s"
            rf"(?P<y>{YEAR})(?:[/–-]\d{{2,4}})?\b",
            read_in_year,
            At(_QUARTERS["en"]),
        ),
        (
            rf"\b(?:(?P<which>[Ll]ast|[Nn]ext|this|coming)\s)?(?P<wd>{long})\b",
            read_weekday,
            At(frozenset(words.full_weekdays), _WHICH["en"].union(words.full_weekdays)),
        ),
        (rf"(?<![\w-])(?P<word>(?i:{days}))(?![\w-])", read_named_day, Within((*words.days,))),
        (
            r"\b(?P<which>[Ll]ast|[Nn]ext|[Tt]his|coming)\s(?P<unit>year|month)\b",
            read_relative_year,
            At(_SPANS["en"], _WHICH["en"]),
        ),
        (
            rf"\b(?P<n>\d{{1,2}}|{numbers})\s(?P<unit>years?|days?)\s(?P<sense>ago)\b",
            read_distance,
            At(_AGO["en"]),
        ),
    ]


@cache
def _table(language: Language) -> tuple[tuple[re.Pattern[str], Builder, Place], ...]:
    words = calendar_words(language)
    rows: list[_Row] = [(r"(?<![\d-])(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)(?![\d-])", read_day, Figures.ALONE)]
    if language != "en":
        rows += _german(words if language == "de" else calendar_words("de"))
    if language != "de":
        rows += _english(words if language == "en" else calendar_words("en"))
    if language == "en":
        rows.append((r"(?<![\d.,:/])(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})(?!\d)", read_day, Figures.ALONE))
    rows += [
        (rf"(?<![\d.,:/-])(?P<m>0[1-9]|1[0-2])/(?P<y>{YEAR})(?![\d/])", read_month_number, Figures.ALONE),
        (
            rf"(?<![\d.,:/-])(?P<y>{YEAR})(?P<sign>[/–-])(?P<y1>\d{{2}}|{YEAR})(?![\d/-]|\.\d)",
            read_year_range,
            Figures.ALONE,
        ),
        (r"(?<![\d.,:/§#$£€’'\w])(?:19|20)\d\d(?![\d\w/]|[.,:]\d)", read_bare_year, Figures.ALONE),
    ]
    return tuple((re.compile(pattern), builder, at) for pattern, builder, at in rows)


def patterns(language: Language) -> Iterator[tuple[re.Pattern[str], Place]]:
    """Yield the pattern of each row of the table with where it may match."""
    yield from ((pattern, at) for pattern, _, at in _table(language))


@lru_cache(maxsize=2)  # a text that has no date is read twice: for its own first date, and with that
def _matches(text: str, language: Language) -> tuple[tuple[int, Builder, re.Match[str]], ...]:
    """Return the matches of each row of the table, with the row's number and builder."""
    places = Places(text, language)
    return tuple(
        (row, builder, match)
        for row, (pattern, builder, at) in enumerate(_table(language))
        for match in places.matches(pattern, at)
    )


def points(text: str, language: Language, published: Moment | None, anchor: Moment | None) -> Iterator[Point]:
    """Yield the times of ``text`` in order; of two that overlap the longer one, or the one of the earlier row.

    ``published`` is what 'gestern' counts from; ``anchor`` is the same, or the text's own first date.
    """
    reading = Reading(calendar_words(language), text, published, anchor.year if anchor else None)
    found = [
        (point.start, -point.end, row, point)
        for row, builder, match in _matches(text, language)
        if (point := builder(match, reading)) is not None
    ]
    end = 0
    for start, _, _, point in sorted(found, key=lambda item: item[:3]):
        if start >= end:
            yield point
            end = point.end
