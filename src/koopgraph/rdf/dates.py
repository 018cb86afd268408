"""From a date in EDTF (ISO 8601-2) to the XSD literals that plain SPARQL can compare.

Level 0 and what the guideline uses of level 1: ``YYYY``, ``YYYY-MM``, ``YYYY-MM-DD``, the year or other
digits unknown (``XXXX-09-16``, ``201X``, ``2015-XX``), seasons (``2015-21``), the marks ``?``, ``~`` and
``%``, and intervals of these, whose ends may be open (``..``) or unknown (nothing).
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from pyoxigraph import Literal, NamedNode

from koopgraph.rdf.vocabulary import XSD

_DATE = re.compile(r"(?P<year>[0-9X]{4})(-(?P<month>[0-9X]{2})(-(?P<day>[0-9X]{2}))?)?[?~%]?", re.ASCII)
_UNKNOWN = "XX"
_LEAP_YEAR = 2000
_SEASONS = range(21, 25)


@dataclass(frozen=True, slots=True)
class Days:
    """The days that one date may mean, first and last one; without a year (``XXXX-09-16``) they are of a leap year."""

    first: date
    last: date
    yearless: bool = False

    def holds(self, other: Days) -> bool:
        """Tell whether every day of ``other`` is one of these."""
        return self.first <= other.first and other.last <= self.last


def days(text: str) -> Days | None:
    """Return the days that a single date of EDTF may mean; None for an interval, an open end, and what is no date.

    >>> str(days("2015-02").last), days("XXXX-09-16").yearless, days("2015/2016")
    ('2015-02-28', True, None)
    """
    parts = _parse(text)
    if parts is None:
        return None
    year, month, day = parts
    yearless = year == "XXXX"
    first = int("2000" if yearless else year.replace("X", "0"))
    last = int("2000" if yearless else year.replace("X", "9"))
    if first == 0:
        return None  # the calendar of Python, as that of the articles, has no year 0
    if month is None or month == _UNKNOWN or int(month) in _SEASONS:
        return Days(date(first, 1, 1), date(last, 12, 31), yearless)
    number, longest = int(month), monthrange(last, int(month))[1]
    if day is None or day == _UNKNOWN:
        return Days(date(first, number, 1), date(last, number, longest), yearless)
    # A decade need not begin and end with leap years.
    earliest = min(int(day), monthrange(first, number)[1])
    return Days(date(first, number, earliest), date(last, number, min(int(day), longest)), yearless)


def bounds(edtf: str) -> tuple[Literal | None, Literal | None]:
    """Return the first and the last day, month or year of a date; None for an open or unknown end.

    Each is an ``xsd:date``, ``xsd:gYearMonth``, ``xsd:gYear`` or ``xsd:gMonthDay`` (unknown year). A single
    date is its own beginning and end. What is no EDTF, or no day of the calendar, has neither.

    >>> [str(bound) for bound in bounds("2015-09-16/2016")]
    ['"2015-09-16"^^<http://www.w3.org/2001/XMLSchema#date>', '"2016"^^<http://www.w3.org/2001/XMLSchema#gYear>']
    >>> bounds("2019/..")[1] is None
    True
    """
    first, slash, last = edtf.partition("/")
    if not slash:
        last = first
    elif not (_is_end(first) and _is_end(last)):
        return None, None
    return _bound(first, "0"), _bound(last, "9")


def is_edtf(text: str) -> bool:
    """Tell whether ``text`` is a date or an interval of the subset that this module describes.

    >>> is_edtf("XXXX-09-16/XXXX-09-18"), is_edtf("16.09.2015"), is_edtf("2015-02-30")
    (True, False, False)
    """
    first, slash, last = text.partition("/")
    if not slash:
        return _parse(first) is not None
    return _is_end(first) and _is_end(last) and not {first, last} <= {"", ".."}


def _is_end(text: str) -> bool:
    return text in ("", "..") or _parse(text) is not None


def _parse(text: str) -> tuple[str, str | None, str | None] | None:
    """Split one date into year, month and day; None where it is malformed or no day of the calendar."""
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    year, month, day = match["year"], match["month"], match["day"]
    if not re.fullmatch(r"[0-9]{2,4}X*|XXXX", year) or (year == "XXXX" and (month or _UNKNOWN) == _UNKNOWN):
        return None
    if month is None or month == _UNKNOWN:
        return (year, month, day) if day in (None, _UNKNOWN) else None
    if not month.isdigit() or not (1 <= int(month) <= 12 or (int(month) in _SEASONS and day is None)):
        return None
    if day is None or day == _UNKNOWN:
        return year, month, day
    longest = monthrange(int(year) if year.isdigit() and int(year) else _LEAP_YEAR, int(month))[1]
    return (year, month, day) if day.isdigit() and 1 <= int(day) <= longest else None


def _bound(text: str, digit: str) -> Literal | None:
    """Return one date as a literal; ``digit`` stands in for the unknown digits of a year."""
    parts = _parse(text)
    if parts is None:
        return None
    year, month, day = parts
    known_day = day is not None and day != _UNKNOWN
    if year == "XXXX":
        return Literal(f"--{month}-{day}", datatype=NamedNode(XSD.gMonthDay)) if known_day else None
    year = year.replace("X", digit)
    if month is None or month == _UNKNOWN or int(month) in _SEASONS:
        return Literal(year, datatype=NamedNode(XSD.gYear))
    if not known_day:
        return Literal(f"{year}-{month}", datatype=NamedNode(XSD.gYearMonth))
    return Literal(f"{year}-{month}-{day}", datatype=NamedNode(XSD.date))
