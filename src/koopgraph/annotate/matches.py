"""Matches of a pattern that can only begin at some places of a text, such as its figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator


def matches_at(pattern: re.Pattern[str], text: str, places: Iterable[int]) -> Iterator[re.Match[str]]:
    """Yield the matches that begin at one of ``places``, which ascend, side by side as ``finditer`` does.

    >>> [match.group() for match in matches_at(re.compile("[0-9]+ m"), "3 m, 12 m", (0, 5))]
    ['3 m', '12 m']
    """
    end = 0
    for place in places:
        if place >= end and (match := pattern.match(text, place)) is not None:
            yield match
            end = match.end()
