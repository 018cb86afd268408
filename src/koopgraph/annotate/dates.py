"""Times in an article, as EDTF (ISO 8601-2): '2015-09-16/2015-09-18', '2019/..', 'XXXX-09-16'.

1. ``time_points`` finds single times.
2. Neighbours that a word or sign ties together become a range: 'von 2007 bis 2015', 'March to May 2020'.
3. Years that are left out follow from the article's date, or, where it has none, from the first full date
   in the text; the tense of the sentence helps. Weekdays likewise.
4. A word before the time opens an end: 'seit 2016' is 2016/.., 'bis 2027' is ../2027.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import Enum

from koopgraph.annotate.calendar_words import CalendarWords, Moment, calendar_words, settle_year, weekday_near
from koopgraph.annotate.sentences import split
from koopgraph.annotate.time_points import points
from koopgraph.annotate.time_readers import Point
from koopgraph.model import Language, Sentence, TimeExpression

_TO = re.compile(
    r"\s?(?:[-–—]|,?\s?\bbis(?:\szum|\szur|\seinschließlich|\sin\sden|\sEnde|\sMitte|\sAnfang|\svoraussichtlich|\sins\sJahr)*|"
    r"\bto|\buntil|\btill|\bthrough)\s?(?:the\s|dem\s|early\s|late\s|the\send\sof\s)?$"
)
_AND = re.compile(r"\s?(?:,?\sund|,?\sand|&|\+|/)\s?(?:am\s|dem\s|den\s|the\s)?$")
_BETWEEN = re.compile(r"\b(?:[Zz]wischen|[Bb]etween)\s(?:dem\s|Anfang\s|Ende\s|Mitte\s)?$")
_FILL = (
    r"(?:(?:dem|den|zum|zur|vom|im|Anfang|Mitte|Ende|spätestens|etwa|etwas|voraussichtlich|Jahr|Jahre|Jahres|Jahresende|des|in|ins|early|mid|"
    r"late|the|end|of|at|least|year|around|about|then|start|beginning)[\s-])*$"
)
_SINCE = re.compile(r"\b(?:[Ss]eit|[Ss]ince)\s" + _FILL)
_FROM_ON = re.compile(r"\b(?:[Aa]b|[Ff]rom|[Aa]s of|[Ss]tarting|[Bb]eginning)\s" + _FILL)
_UNTIL = re.compile(r"\b(?:[Bb]is|[Uu]ntil|[Tt]ill|[Bb]y|[Nn]o later than)\s" + _FILL)
_ONWARDS = re.compile(r"\s(?:an\b(?!\s(?:der|die|das|den|dem|einer|einem|[A-ZÄÖÜ]))|onwards?\b)")
_FROM = re.compile(r"\b(?:[Vv]on|[Vv]om|[Ff]rom)\s" + _FILL)
# A month that early in the text ('Rundbrief Winter 2016/17') dates it.
_HEAD = 200
# A text that gives no date so far is not dated by what comes later.
_OWN_DATE_REACH = 20_000
# How far around a time the tense of the sentence is looked for, and how far before it 'seit' or 'bis' may stand.
_TENSE_REACH = 90
_LOOK_BACK = 40
# A range of days that weekdays of a programme ('DONNERSTAG') refer to is a congress, not a building time.
_PROGRAMME_DAYS = 14


class Opening(Enum):
    """How a word before a time opens one of its ends: 'seit', 'ab', 'bis'."""

    SINCE = -1
    FROM = 1
    UNTIL = 2

    @property
    def tense(self) -> int:
        """Whether such a time lies behind (-1) or ahead (1)."""
        return -1 if self is Opening.SINCE else 1


@dataclass(frozen=True, slots=True)
class _Context:
    """What the values of a text are settled by."""

    text: str
    words: CalendarWords
    sentences: tuple[Sentence, ...]
    starts: tuple[int, ...]
    published: Moment | None

    def tense(self, start: int, end: int) -> int:
        """Return -1 or 1 for the past or future word that stands nearest in the sentence, 0 if there is none."""
        if not self.sentences:
            return 0
        sentence = self.sentences[max(0, bisect_right(self.starts, start) - 1)]
        begin, stop = max(sentence.start, start - _TENSE_REACH), min(sentence.end, end + _TENSE_REACH)
        for past, future in self.words.tenses:
            best, sense = _TENSE_REACH + 1, 0
            for sign, pattern in ((-1, past), (1, future)):
                for match in pattern.finditer(self.text, begin, stop):
                    distance = start - match.end() if match.end() <= start else match.start() - end
                    if 0 <= distance < best:
                        best, sense = distance, sign
            if sense:
                return sense
        return 0


def find(
    text: str, language: Language, reference: str | None, sentences: tuple[Sentence, ...] | None = None
) -> tuple[TimeExpression, ...]:
    """Return the times of ``text`` in order; ``reference`` is the date of the article in EDTF, or None.

    ``sentences`` are those of ``text``, which is split where they are not given.

    >>> [time.edtf for time in find("Am 16.-18.09. in Leipzig, seit 2016 gefördert.", "de", "2015-09-21")]
    ['2015-09-16/2015-09-18', '2016/..']
    >>> [time.edtf for time in find("It opens on May 3 and runs until 2030.", "en", None)]
    ['XXXX-05-03', '../2030']
    """
    published = Moment.parse(reference)
    anchor = published or _own_date(text, language)
    if sentences is None:
        sentences = split(text, language)
    context = _Context(text, calendar_words(language), sentences, tuple(s.start for s in sentences), published)
    found = list(_joined(list(points(text, language, published, anchor)), text))
    return tuple(_settled(found, context, anchor))


def _own_date(text: str, language: Language) -> Moment | None:
    """Return the first full date of a text that has no date of publication, or the month in its first lines."""
    head = None
    for point in points(text[:_OWN_DATE_REACH], language, None, None):
        if point.last.year and point.last.day:
            return point.last
        if head is None and point.last.year and point.last.month and point.start < _HEAD:
            head = point.last
    return head


def _joined(found: list[Point], text: str) -> Iterator[Point]:
    """Join neighbours to ranges, the first of which takes its year and month from the second."""
    index = 0
    while index < len(found):
        point = found[index]
        if index + 1 < len(found) and (joined := _join(point, found[index + 1], text)):
            yield joined
            index += 2
            continue
        yield point
        index += 1


def _join(one: Point, two: Point, text: str) -> Point | None:
    between = text[one.end : two.start]
    if (
        len(between) > 32
        or "\n" in between
        or one.first != one.last
        or two.first != two.last
        or two.weekday
        or one.weekday
    ):
        return None
    before = text[max(0, one.start - 24) : one.start]
    to = _TO.match(between)
    tied = _AND.match(between)
    if not to and not (tied and (_BETWEEN.search(before) or _consecutive(one.last, two.first))):
        return None
    first, last = one.first, two.last
    if first.year is None and last.year is not None:
        later = (first.month or 0, first.day or 0) > (last.month or 0, last.day or 32)
        first = replace(first, year=last.year - 1 if later else last.year)
    elif last.year is None and first.year is not None:
        last = replace(last, year=first.year + 1 if (last.month or 13) < (first.month or 0) else first.year)
    if first.year and last.year and first.middle() > last.middle() and first.edtf > last.edtf:
        return None
    return Point(one.start, two.end, first, last)


def _consecutive(one: Moment, two: Moment) -> bool:
    """Tell whether two moments of the same kind follow each other: 2012 und 2013, März und April, 9. und 10. Mai."""
    if (one.month is None) != (two.month is None) or (one.day is None) != (two.day is None) or one.season or two.season:
        return False
    if one.month is None:
        return one.year is not None and two.year is not None and two.year == one.year + 1
    if one.day is None:
        return two.month == one.month + 1 and one.year in (None, two.year)
    year = two.year or one.year or 2000
    return timedelta(0) < two.middle(year) - one.middle(one.year or year) == timedelta(days=1)


def _settled(found: list[Point], context: _Context, anchor: Moment | None) -> Iterator[TimeExpression]:
    """Give years and weekdays their value, open the ends, and yield what then is a time."""
    days: tuple[Moment, Moment] | None = None
    for point in found:
        if point.weekday:
            resolved = _resolved_weekday(point, context, days)
        else:
            resolved = _resolved_year(point, context, anchor)
            if resolved and resolved.first.day and resolved.last.day and resolved.last.year:
                days = (resolved.first, resolved.last)
        if resolved is None:
            continue
        value = _value(resolved, context.text)
        if value:
            yield TimeExpression(point.start, point.end, context.text[point.start : point.end], value)


def _resolved_year(point: Point, context: _Context, anchor: Moment | None) -> Point | None:
    if point.first.year is not None and point.last.year is not None:
        return point
    opener = _opener(point, context.text)
    tense = opener.tense if opener else context.tense(point.start, point.end)
    sure = opener in (Opening.SINCE, Opening.FROM) and context.published is not None
    last = settle_year(point.last, anchor, tense, sure=sure)
    first = point.first if point.first.year else settle_year(point.first, anchor, tense, sure=sure)
    if point.first.year is None and last.year is not None and first.middle() > last.middle():
        first = replace(first, year=last.year - 1)
    if point.first == point.last:
        first = last
    return replace(point, first=first, last=last) if first.is_valid and last.is_valid else None


def _resolved_weekday(point: Point, context: _Context, days: tuple[Moment, Moment] | None) -> Point | None:
    """Find the day of a weekday: in the days that the programme names, else next to the article's date."""
    heading = not context.text[max(0, point.start - 5) : point.start].rpartition("\n")[2].strip(" +*#>-•")
    published = context.published
    if days and (heading or published is None) and not point.shift and days[0].year and days[1].year:
        first, last = days[0].middle(), days[1].middle()
        for offset in range(min((last - first).days, _PROGRAMME_DAYS) + 1):
            day = first + timedelta(days=offset)
            if day.isoweekday() == point.weekday:
                return replace(point, first=Moment.of(day), last=Moment.of(day), weekday=0)
    if published is None or published.day is None:
        return None
    shift = point.shift or context.tense(point.start, point.end)
    if not point.shift and re.match(r",?\s(?:um\s|ab\s|\d\d?[.:]\d\d)", context.text[point.end : point.end + 5]):
        shift = shift or 1
    day = weekday_near(published.middle(), point.weekday, shift)
    if point.shift < 0 and day == published.middle():
        day -= timedelta(days=7)
    return replace(point, first=Moment.of(day), last=Moment.of(day), weekday=0)


def _value(point: Point, text: str) -> str:
    """Return the EDTF value of a point or range, with open ends where a word before it says so."""
    first, last = point.first.edtf, point.last.edtf
    if not first or not last:
        return ""
    if first != last:
        return f"{first}/{last}"
    opener = _opener(point, text)
    if opener is None:
        return first
    return f"../{first}" if opener is Opening.UNTIL else f"{first}/.."


def _opener(point: Point, text: str) -> Opening | None:
    """Return what the words before a time say: since it, from it on, until it, or nothing."""
    before = text[max(0, point.start - _LOOK_BACK) : point.start]
    first = text[point.start : point.start + 6].split(" ", 1)[0].lower()
    if point.begun or _SINCE.search(before) or first in ("seit", "since"):
        return Opening.SINCE
    if _FROM_ON.search(before) or first in ("ab", "from") or (_FROM.search(before) and _ONWARDS.match(text, point.end)):
        return Opening.FROM
    return Opening.UNTIL if _UNTIL.search(before) or first in ("bis", "until", "by") else None
