"""What a matched pattern says about time: one function for each kind of wording, each returning a point or None.

:mod:`koopgraph.annotate.time_points` has the patterns, whose named groups these functions read.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypeAlias

from koopgraph.annotate.bare_years import is_date_like
from koopgraph.annotate.calendar_words import CalendarWords, Moment, week_month


@dataclass(frozen=True, slots=True)
class Point:
    """A time in the text: ``first`` to ``last`` (the same but for '16.–18. September'), or a weekday to be resolved.

    ``shift`` of a weekday is 1 or -1 where a word says so ('kommenden'); ``begun`` marks 'seit drei Jahren'.
    """

    start: int
    end: int
    first: Moment
    last: Moment
    weekday: int = 0
    shift: int = 0
    begun: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What a builder may ask: the words of the language, the text, and the article's date."""

    words: CalendarWords
    text: str
    anchor: Moment | None
    latest: int | None
    """The year of the article, or else of its first date: years beyond it are plans."""

    @property
    def today(self) -> date | None:
        """The day of publication, if the article has one."""
        anchor = self.anchor
        if anchor is None or anchor.year is None or anchor.month is None or anchor.day is None:
            return None
        return date(anchor.year, anchor.month, anchor.day)


Builder: TypeAlias = Callable[[re.Match[str], Reading], Point | None]


def _point(match: re.Match[str], first: Moment, last: Moment | None = None) -> Point | None:
    last = last or first
    if not (first.is_valid and last.is_valid):
        return None
    return Point(match.start(), match.end(), first, last)


def _year(text: str | None) -> int | None:
    """Return the year of four digits, or of two ('21' is 2021, '87' is 1987)."""
    if not text:
        return None
    return int(text) if len(text) == 4 else int(text) + (2000 if int(text) < 50 else 1900)


def read_day(match: re.Match[str], reading: Reading) -> Point | None:
    """Read '3. Mai 2021', '16.–18. September', '16.-18.09.', 'May 3 to 5, 2021', '2021-05-03'."""
    groups = match.groupdict()
    name = groups["m"]
    month = int(name) if name.isdigit() else reading.words.months.get(name.capitalize(), 0)
    year = _year(groups.get("y"))
    last = Moment(year, month, int(groups["d"]))
    if not groups.get("d0"):
        return _point(match, last)
    first = replace(last, day=int(groups["d0"]))
    return _point(match, first, last) if int(groups["d0"]) < int(groups["d"]) else None


def read_numeric(match: re.Match[str], reading: Reading) -> Point | None:
    """Read '18.09.2015', and '18.09.' where it is no number of a heading ('2.1. Zweck')."""
    before = reading.text[max(0, match.start() - 1) : match.start()]
    heading = before in ("", "\n") and not match["y"] and re.match(r"\s\w", reading.text[match.end() : match.end() + 2])
    return None if heading else read_day(match, reading)


def read_slashed(match: re.Match[str], reading: Reading) -> Point | None:
    """Read '14/03/2021' where only one order of day and month is possible."""
    first, second, year = int(match[1]), int(match[2]), int(match[3])
    if (first > 12) == (second > 12) and first != second:
        return None
    day, month = (first, second) if first > 12 else (second, first)
    return _point(match, Moment(year, month, day))


def read_month(match: re.Match[str], reading: Reading) -> Point | None:
    """Read 'Mai 2020', and 'Mai' after a word that shows that a month is meant ('im', 'seit', 'Mitte')."""
    year, name = match["y"], match["m"]
    if not year:
        short = len(name) <= 3 and name not in ("Mai", "May")
        after_month = _AFTER_WORD.search(reading.text, max(0, match.start() - 24), match.start())
        led = (
            match["stage"]
            or _INTO_MONTH.search(reading.text, max(0, match.start() - 16), match.start())
            or (after_month and after_month[1] in reading.words.months)
        )
        if short or not (led or _INTO_MONTH_AFTER.match(reading.text, match.end())):
            return None
    return _point(match, Moment(_year(year), reading.words.months[name]))


_INTO_MONTH = re.compile(
    r"(?:\b(?:[Ii]m|[Aa]b|[Ss]eit|[Bb]is|[Vv]om|[Vv]on|zum|Monat|nächsten|kommenden|vergangenen|letzten|diesen|"
    r"[Ii]n|[Ss]ince|[Uu]ntil|[Ff]rom|[Bb]y|[Bb]etween|to|last|next|this|of)|[–-])\s?$"
)
_AFTER_WORD = re.compile(r"\b(\w+)(?:\s(?:und|and|oder|or)|,)\s$")
_INTO_MONTH_AFTER = re.compile(r"\s(?:bis|–|-|und|to|until)\s(?:Anfang\s|Mitte\s|Ende\s)?[A-ZÄÖÜ]\w+\s(?:20\d\d)")


def read_season(match: re.Match[str], reading: Reading) -> Point | None:
    """Read 'Herbst 2024' and 'im Herbst': the value is the year, the season only helps to find it."""
    year = _year(match["y"])
    if not year and not match["into"]:
        return None
    start = match.start("name") if year else match.start()
    month = reading.words.seasons[match["name"]]
    if year and month == 1 and "/" in match[0]:
        month = 12
    moment = Moment(year, month, None, season=True)
    return Point(start, match.end(), moment, moment) if moment.is_valid else None


def read_month_number(match: re.Match[str], reading: Reading) -> Point | None:
    """Read '01/2019', which is a month unless it numbers an issue or a paper ('Heft 02/2019')."""
    if _NUMBERED.search(reading.text, max(0, match.start() - 16), match.start()):
        return None
    return _point(match, Moment(int(match["y"]), int(match["m"])))


_NUMBERED = re.compile(r"\b(?:Nr|No|Heft|Ausgabe|Newsletter|Drs|Drucksache|Vorlage|Brief|[Ii]ssue)\.?\s$")


def read_in_year(match: re.Match[str], reading: Reading) -> Point | None:
    """Read what counts as its year: 'viertes Quartal 2027', 'Schuljahr 2026/27', 'Ende 2018', 'im Jahr 2015'."""
    year = _year(match["y"])
    return _point(match, Moment(year))


def read_week(match: re.Match[str], reading: Reading) -> Point | None:
    """Read 'KW 23/2020' as the month of its Thursday; without a year it is that of the article."""
    week, year = int(match["w"] or match["w2"]), _year(match["y"] or match["y2"])
    year = year or (reading.anchor.year if reading.anchor else None)
    month = week_month(year, week) if year else None
    return _point(match, Moment(year, month)) if month else None


def read_year_range(match: re.Match[str], reading: Reading) -> Point | None:
    """Read '2007/08' and '2015–18'."""
    first = int(match["y"])
    last = int(match["y1"]) if len(match["y1"]) == 4 else first // 100 * 100 + int(match["y1"])
    if match["sign"] == "/" and last != first + 1:
        return None
    return _point(match, Moment(first), Moment(last)) if first < last <= first + 100 else None


def read_bare_year(match: re.Match[str], reading: Reading) -> Point | None:
    """Read '2015' where it stands like a date: see :mod:`koopgraph.annotate.bare_years`."""
    dated = is_date_like(reading.text, match.start(), match.end(), reading.latest)
    return _point(match, Moment(int(match[0]))) if dated else None


def read_named_day(match: re.Match[str], reading: Reading) -> Point | None:
    """Read 'gestern', 'heute', 'tomorrow'; not 'bis heute' and 'Stadt von morgen', which name no day."""
    today = reading.today
    before, after = reading.text[max(0, match.start() - 7) : match.start()], reading.text[match.end() : match.end() + 6]
    vague = re.search(
        r"\b(?:bis|[Bb]is|[Vv]on|noch|schon|auch|für|nur|of|even|until|as of)\s$", before
    ) or after.startswith((" noch", " schon", " wie", "'s", "’s"))
    word = match["word"].lower()
    if match["word"] == "Morgen" and re.search(
        r"[^.!?:\s]\s+$", reading.text[max(0, match.start() - 7) : match.start()]
    ):
        return None
    if vague and not (word == "morgen" and after.startswith((" bis", " an"))):
        return None
    return _point(match, Moment.of(today + timedelta(days=reading.words.days[word]))) if today else None


def read_weekday(match: re.Match[str], reading: Reading) -> Point | None:
    """Read 'am Freitag', 'am kommenden Freitag', 'last Friday'; which one it is, the sentence decides."""
    name = match["wd"].capitalize()
    shift = 0
    if match["which"]:
        shift = 1 if re.match(r"kommend|nächst|coming|next|this|diese", match["which"]) else -1
    unknown = Moment(None)
    return Point(match.start(), match.end(), unknown, unknown, reading.words.weekdays[name], shift)


def read_relative_year(match: re.Match[str], reading: Reading) -> Point | None:
    """Read 'im vergangenen Jahr', 'heuer', 'next year', 'this month'."""
    anchor, which = reading.anchor, (match["which"] or "this").lower()
    if anchor is None or anchor.year is None:
        return None
    shift = 1 if re.match(r"kommend|nächst|coming|next|folgend", which) else -1
    shift = 0 if re.match(r"dies|this|heuer|laufend|current", which) else shift
    if (match["unit"] or "Jahr").lower() in ("jahr", "jahre", "jahres", "year"):
        return _point(match, Moment(anchor.year + shift))
    if anchor.month is None:
        return None
    month = anchor.year * 12 + anchor.month - 1 + shift
    return _point(match, Moment(month // 12, month % 12 + 1))


def read_distance(match: re.Match[str], reading: Reading) -> Point | None:
    """Read 'vor zwei Jahren', 'seit drei Jahren', 'two years ago', 'in five years', 'vor zwei Tagen'."""
    anchor, word = reading.anchor, match["n"].lower()
    number = int(word) if word.isdigit() else reading.words.numbers[word]
    if anchor is None or anchor.year is None:
        return None
    sense = 1 if (match["sense"] or "").lower() == "in" else -1
    if match["unit"][0].lower() in "jy":
        point = _point(match, Moment(anchor.year + sense * number))
    elif reading.today is None or (match["sense"] or "").lower() == "seit":
        return None
    else:
        point = _point(match, Moment.of(reading.today + timedelta(days=sense * number)))
    return replace(point, begun=True) if point and (match["sense"] or "").lower() in ("seit", "for the last") else point


def with_two_digit_year(builder: Builder) -> Builder:
    """Return ``builder`` for a pattern with a second group 'y2' for a year of two digits."""

    def build(match: re.Match[str], reading: Reading) -> Point | None:
        point = builder(match, reading)
        if point is None or not match["y2"]:
            return point
        year = _year(match["y2"])
        first, last = replace(point.first, year=year), replace(point.last, year=year)
        return replace(point, first=first, last=last) if first.is_valid and last.is_valid else None

    return build


def read_heuer(match: re.Match[str], reading: Reading) -> Point | None:
    """Read a relative year; 'heuer' is this year."""
    if match["heuer"]:
        anchor = reading.anchor
        return _point(match, Moment(anchor.year)) if anchor and anchor.year else None
    return read_relative_year(match, reading)
