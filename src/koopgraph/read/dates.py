"""Dates as they are written → EDTF: '21.09.2015', '8. März 2023', 'May 7, 2024', 'Oktober 2022', ISO 8601.

Only what is written counts: a date without a year, with an impossible day, or in the ambiguous form
'3/4/2020' is no date here, because a wrong date of publication shifts every relative date in the article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januar jänner january jan jän",
            "februar feber february feb",
            "märz maerz march mär mrz mar",
            "april apr",
            "mai may",
            "juni june jun",
            "juli july jul",
            "august aug",
            "september sept sep",
            "oktober october okt oct",
            "november nov",
            "dezember december dez dec",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = "(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_YEAR = r"(?:1[89]|20)\d\d"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_PATTERN = re.compile(
    rf"""(?<!\w)(?<!\d[.,/])(?:
      (?P<iso_y>{_YEAR})-(?P<iso_m>0[1-9]|1[0-2])(?:-(?P<iso_d>0[1-9]|[12]\d|3[01]))?(?![\w-])
    | (?P<num_d>{_DAY})\.\s?(?P<num_m>0?[1-9]|1[0-2])\.\s?(?P<num_y>{_YEAR}|\d\d(?!\d))(?!\w)
    | (?P<de_d>{_DAY})(?:\.|st|nd|rd|th)?\s?(?:of\s)?(?P<de_m>{_MONTH}),?\s(?P<de_y>{_YEAR})(?!\w)
    | (?P<us_m>{_MONTH})\s(?P<us_d>{_DAY})(?:st|nd|rd|th)?,\s(?P<us_y>{_YEAR})(?!\w)
    | (?P<my_m>{_MONTH})\s(?P<my_y>{_YEAR})(?!\w)
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_SLASHES = re.compile(rf"({_YEAR})/(\d\d?)/(\d\d?)$|(\d\d?)/(\d\d?)/({_YEAR})$")
_WHOLE = re.compile(rf"({_YEAR})(?:(\d\d)(\d\d))?$")
_TIME_OF_DAY = re.compile(r"(?<=\d)[T ]\d\d?:\d\d.*$")
# What stands before the second date of a range: '16. bis 18.9.2015', '2–3 October 2025', 'Mi 22. bis So 26. Mai 2024'.
_DAY_BEFORE = re.compile(r"\d\.?,?\s*(?:[-–—+&/]|\b(?:bis|und|to|and|until)\b),?\s*(?:\w{2,10}[.,]*\s*)?$")
_RANGE_AFTER = re.compile(
    rf"\s*(?:[-–—]|bis|until|to)\s*(?:[^\W\d]{{2,10}}[.,]*\s+)?"
    rf"(?:\d\d?\.\s?(?:\d|{_MONTH})|\d\d?\s{_MONTH}|{_MONTH}\s\d|{_YEAR}-)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class DateFound:
    """A date at ``text[start:end]`` and its EDTF value. ``in_range`` says that it begins or ends a span of time."""

    start: int
    end: int
    edtf: str
    in_range: bool = False


def to_edtf(value: object) -> str | None:
    """Return the EDTF of a date from metadata, or None where it cannot be told for certain.

    ``value`` is a ``date``, a ``datetime`` (its own local day), a year as ``int`` or a string that holds one date.

    >>> [to_edtf(v) for v in ("2015-09-21T08:00:00+02:00", "21.9.2015", "September 2015", "3/4/2020", "neulich")]
    ['2015-09-21', '2015-09-21', '2015-09', None, None]
    """
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    text = _TIME_OF_DAY.sub("", str(value).strip())
    if whole := _WHOLE.match(text):
        return _edtf(*whole.groups())
    if slashes := _SLASHES.match(text):
        return _from_slashes(slashes)
    found = [match for match in find_dates(text) if not match.in_range]
    return found[0].edtf if len({match.edtf for match in found}) == 1 else None


def find_dates(text: str) -> Iterator[DateFound]:
    """Yield the dates with a year in ``text``, left to right.

    >>> [found.edtf for found in find_dates("Gera, 12.04.2023 (mds). Am 31. Februar 2020 nicht.")]
    ['2023-04-12']
    """
    for match in _PATTERN.finditer(text):
        parts = {key: value for key, value in match.groupdict().items() if value}
        year, month, day = (next((v for k, v in parts.items() if k.endswith(end)), None) for end in ("_y", "_m", "_d"))
        edtf = _edtf(year, month, day)
        if edtf:
            before = text[max(0, match.start() - 40) : match.start()]
            in_range = bool(_DAY_BEFORE.search(before) or _RANGE_AFTER.match(text, match.end()))
            yield DateFound(match.start(), match.end(), edtf, in_range)


def _from_slashes(match: re.Match[str]) -> str | None:
    year, month, day, first, second, last_year = match.groups()
    if year:
        return _edtf(year, month, day)
    if int(first) > 12 or first == second:
        return _edtf(last_year, second, first)
    return _edtf(last_year, first, second) if int(second) > 12 else None


def _edtf(year: str | None, month: str | None, day: str | None) -> str | None:
    if year is None:
        return None
    full_year = int(year) + 2000 if len(year) == 2 else int(year)
    if month is None:
        return f"{full_year:04d}"
    number = int(month) if month.isdigit() else _MONTHS[month.rstrip(".").casefold()]
    if not 1 <= number <= 12:
        return None
    if day is None:
        return f"{full_year:04d}-{number:02d}"
    try:
        return date(full_year, number, int(day)).isoformat()
    except ValueError:
        return None
