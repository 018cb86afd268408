"""When two values of one thing cannot both hold: dates, budgets, mottos.

Values that differ in precision alone agree ('2015' and '2015-09-18', 12 million and 12.4 million), and so do those of
two editions of a thing that comes again. ``docs/graph.md`` tells the rules to users.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from koopgraph.model import Claim, EntityType, Value
from koopgraph.rdf.dates import Days, days
from koopgraph.resolve.names import words_of
from koopgraph.resolve.recurrence import SPANS
from koopgraph.weigh.periods import milestones

ROUNDING = 0.1
"""The most of an amount that rounding explains. An article that says '12 million' for 12.4 rounds to the last figure it
gives, so half of that figure's unit is allowed; but '2 million' for 2.4 or '10 million' for 14 is another amount, not a
rounded one, so never more than a tenth."""

_LEAP_YEAR = 2000


def dates_disagree(one: Claim, other: Claim, kind: EntityType, cycle: str) -> bool:
    """Tell whether two dates of one thing cannot both hold; ``cycle`` is what :func:`cycle` says of it.

    1. Of two periods, the beginnings are compared and the ends; what is open agrees with anything. A period within
       another one agrees too where the thing is no project or programme: who tells of two days of a congress of three.
    2. Of other dates, one that has a day in common with the other one agrees with it.
    3. Of things that come again, dates of other years are other editions.
    4. Two points in the time of a project may be its beginning and its end: they disagree only where both sentences
       speak of the same one.
    """
    texts = _text(one), _text(other)
    first, second = (_days(text) for text in texts)
    if cycle == "often" or first is None or second is None:
        return False
    if cycle == "yearly" and not _in_one_year(first, second):
        return False
    if all("/" in text for text in texts):
        begins, ends = zip(*(_ends(text) for text in texts), strict=True)
        apart = any(a and b and _apart(a, b) for a, b in (begins, ends))
        return apart and (kind in SPANS or not _nested(first, second))
    if not _apart(first, second):
        return False
    if kind not in SPANS or any("/" in text for text in texts):
        return True
    told = milestones(one.evidence.quote)
    return bool(told) and told == milestones(other.evidence.quote)


def budgets_disagree(one: Claim, other: Claim) -> bool:
    """Tell whether two amounts of one currency are different ones, not the same rounded (see :data:`ROUNDING`)."""
    (first, currency), (second, other_currency) = (_amount(_text(claim)) for claim in (one, other))
    if currency != other_currency:
        return False
    return abs(first - second) > max(_tolerance(first), _tolerance(second))


def mottos_disagree(one: Claim, other: Claim) -> bool:
    """Tell whether two mottos of one language are different words, and not one a part of the other.

    Mottos of articles in two languages may be translations of each other.
    """
    first, second = (" ".join(words_of(_text(claim))) for claim in (one, other))
    return one.language == other.language and first not in second and second not in first


def _text(claim: Claim) -> str:
    return claim.object.text if isinstance(claim.object, Value) else claim.object


def _amount(text: str) -> tuple[int, str]:
    digits, _, currency = text.partition(" ")
    return int(digits), currency


def _tolerance(amount: int) -> float:
    """Return half the unit of the last figure that is not 0, at most :data:`ROUNDING` of the amount."""
    figures = str(amount).rstrip("0")
    unit = 10 ** (len(str(amount)) - len(figures))
    return float(min(unit / 2, ROUNDING * amount))


@lru_cache(maxsize=65536)
def _ends(edtf: str) -> tuple[Days | None, Days | None]:
    first, slash, last = edtf.partition("/")
    return days(first), days(last if slash else first)


@lru_cache(maxsize=65536)
def _days(edtf: str) -> Days | None:
    """Return all days of a date or period, an open end as far as the calendar goes; None for what is no date."""
    first, last = _ends(edtf)
    known = first or last
    if known is None:
        return None
    if first is None or last is None:
        # Of a period without a year, one end says nothing about the other.
        return None if known.yearless else Days(first.first if first else date.min, last.last if last else date.max)
    return Days(first.first, last.last, first.yearless) if first.yearless == last.yearless else None


def _apart(one: Days, other: Days) -> bool:
    if one.yearless or other.yearless:
        return _of_the_year(one).isdisjoint(_of_the_year(other))
    return one.last < other.first or other.last < one.first


def _nested(one: Days, other: Days) -> bool:
    if one.yearless or other.yearless:
        first, second = _of_the_year(one), _of_the_year(other)
        return first <= second or second <= first
    return one.holds(other) or other.holds(one)


def _in_one_year(one: Days, other: Days) -> bool:
    """Tell whether both are of one year; dates without a year may be of any."""
    known = not one.yearless and not other.yearless
    return known and one.first.year <= other.last.year and other.first.year <= one.last.year


@lru_cache(maxsize=65536)
def _of_the_year(span: Days) -> frozenset[tuple[int, int]]:
    """Return month and day of each day, whatever the year."""
    first, last = span.first, span.last
    if first > last:  # without a year, from December to January
        last = last.replace(year=_LEAP_YEAR + 1)
    length = min((last - first).days, 366)
    found = (date.fromordinal(first.toordinal() + number) for number in range(length + 1))
    return frozenset((day.month, day.day) for day in found)
