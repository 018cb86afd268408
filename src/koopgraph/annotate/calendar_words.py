"""Names of months, weekdays and seasons, and calendar arithmetic on dates that may lack a part."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import MAXYEAR, date, timedelta
from functools import cache

from koopgraph.annotate.word_tables import word_table
from koopgraph.model import Language

# Of a month without a day, and of a year without a month, distances are measured from the middle.
_MIDDLE = 15
# A date without a year that lies this near to the article's date belongs to it whatever the tense says.
_NEAR_DAYS, _NEAR_DAYS_OF_SEASON = 140, 45


_CODES = ("de", "en")


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, month or year; parts may be unknown.

    A ``season`` has a month, which serves for comparing: it is written as its year.
    """

    year: int | None
    month: int | None = None
    day: int | None = None
    season: bool = False

    @property
    def edtf(self) -> str:
        """The moment in EDTF: '2015-09-18', '2015-09', '2015', 'XXXX-09-18'; '' where nothing is known.

        >>> Moment(None, 9, 18).edtf
        'XXXX-09-18'
        """
        year = "XXXX" if self.year is None else f"{self.year:04}"
        if self.month is None or self.season:
            return "" if self.year is None else year
        return f"{year}-{self.month:02}" + (f"-{self.day:02}" if self.day else "")

    @property
    def is_valid(self) -> bool:
        """Whether the calendar has such a day; an unknown year is taken for a leap year."""
        if self.year is not None and not 1000 <= self.year <= 2999:
            return False
        try:
            date(
                2000 if self.year is None else self.year,
                1 if self.month is None else self.month,
                1 if self.day is None else self.day,
            )
        except ValueError:
            return False
        return True

    def middle(self, year: int | None = None) -> date:
        """Return the day that stands for the moment in comparisons; ``year`` fills in an unknown one."""
        known = self.year or year or 1
        try:
            return date(known, self.month or 7, self.day or _MIDDLE)
        except ValueError:
            return date(known, self.month or 7, 28)

    @classmethod
    def of(cls, day: date) -> Moment:
        """Return a calendar day as a moment."""
        return cls(day.year, day.month, day.day)

    @classmethod
    def parse(cls, edtf: str | None) -> Moment | None:
        """Return the (first) date of an EDTF text of the forms that articles are dated with, or None.

        >>> Moment.parse("2015-09")
        Moment(year=2015, month=9, day=None, season=False)
        """
        match = re.match(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?![\d-])", edtf or "")
        if match is None:
            return None
        year, month, day = match.groups()
        moment = cls(int(year), int(month) if month else None, int(day) if day else None)
        return moment if moment.is_valid else None


def settle_year(moment: Moment, anchor: Moment | None, tense: int, *, sure: bool = False) -> Moment:
    """Give ``moment`` the year that ``anchor``, the article's date, suggests; ``tense`` is -1, 0 or 1.

    ``sure`` says that the tense comes from a word like 'seit' or 'ab' and outweighs nearness.

    1. An anchor that is only a year gives that year.
    2. The nearest year wins if that is within 140 days (45 for a season).
    3. Else the tense of the sentence decides, and without one the nearest year again.
    """
    if moment.year is not None or moment.month is None or anchor is None or anchor.year is None:
        return moment
    if anchor.month is None:
        return replace(moment, year=anchor.year)
    origin = anchor.middle()
    years = [y for y in (anchor.year - 1, anchor.year, anchor.year + 1) if 1 <= y <= MAXYEAR]
    distances = {year: (moment.middle(year) - origin).days for year in years}
    nearest = min(years, key=lambda year: (abs(distances[year]), year))
    same_month = moment.day is None and moment.month == anchor.month
    near = 0 if sure else _NEAR_DAYS_OF_SEASON if moment.season else _NEAR_DAYS
    if abs(distances[nearest]) > near and tense and not same_month:
        fitting = [year for year in years if distances[year] * tense >= 0]
        nearest = min(fitting, key=lambda year: abs(distances[year])) if fitting else nearest
    return replace(moment, year=nearest)


def weekday_near(anchor: date, weekday: int, tense: int) -> date:
    """Return the next (``tense`` 1, never the anchor itself) or the last (else, the anchor counts) such weekday."""
    if tense > 0:
        return anchor + timedelta(days=(weekday - 1 - anchor.weekday() - 1) % 7 + 1)
    return anchor - timedelta(days=(anchor.weekday() - (weekday - 1)) % 7)


def week_month(year: int, week: int) -> int | None:
    """Return the month that holds the Thursday of a calendar week, None where the year has no such week."""
    try:
        return date.fromisocalendar(year, week, 4).month
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class CalendarWords:
    """The words of one language (or of both, for 'und'); patterns are alternatives, the longest first."""

    months: dict[str, int]
    weekdays: dict[str, int]
    seasons: dict[str, int]
    days: dict[str, int]
    numbers: dict[str, int]
    tenses: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]
    """Patterns of past and future words: first the sure pair, then the weak one."""

    @property
    def month_pattern(self) -> str:
        """Alternatives for the name of a month."""
        return _alternatives(self.months)

    @property
    def weekday_pattern(self) -> str:
        """Alternatives for the name of a weekday, short ones too."""
        return _alternatives(self.weekdays)

    @property
    def long_weekday_pattern(self) -> str:
        """Alternatives for the full name of a weekday, also in capitals."""
        return _alternatives(self.full_weekdays)

    @property
    def full_weekdays(self) -> tuple[str, ...]:
        """The full names of the weekdays, also in capitals."""
        full = [word for word in self.weekdays if len(word) > 5]
        return (*full, *(word.upper() for word in full))


def _alternatives(words: object) -> str:
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))  # type: ignore[call-overload]


@cache
def calendar_words(language: Language) -> CalendarWords:
    """Return the words of ``language``; 'und' gets both languages'."""
    table = word_table("calendar.toml")
    codes = [language] if language in _CODES else list(_CODES)

    def named(group: str) -> dict[str, int]:
        return {
            word: int(number)
            for code in codes
            for number, words in table[code][group].items()
            for word in words.split()
        }

    def tense(group: str) -> re.Pattern[str]:
        words = "|".join("".join(table[code]["tense"][group].split()) for code in codes)
        return re.compile(rf"\b(?:{words})\b")

    return CalendarWords(
        named("months"),
        named("weekdays"),
        named("seasons"),
        named("days"),
        named("numbers"),
        ((tense("past"), tense("future")), (tense("maybe_past"), tense("maybe_future"))),
    )
