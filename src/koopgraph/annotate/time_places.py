"""Where in a text a pattern of times may match: at some words or figures, tried nowhere else."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum
from functools import cache
from typing import NamedTuple, TypeAlias

from koopgraph.annotate.calendar_words import calendar_words
from koopgraph.annotate.matches import figures, has_any, matches_at, runs, starts_of
from koopgraph.model import Language


class At(NamedTuple):
    """A row that is tried only where certain words begin.

    One of the words ``needs`` is in every match, and every match begins with one of ``begins``; None where they begin
    with many things. A word is a whole run of letters and digits.
    """

    needs: frozenset[str]
    begins: frozenset[str] | None = None


class Within(NamedTuple):
    """A row that is tried only in texts that hold one of ``parts`` (of words, case folded)."""

    parts: tuple[str, ...]


class Figures(Enum):
    """A row that matches only at figures, or at figures and the names of weekdays before them."""

    ALONE = "alone"
    OR_WEEKDAYS = "or weekdays"


Place: TypeAlias = At | Within | Figures


@cache
def _weekdays(language: Language) -> frozenset[str]:
    codes: tuple[Language, ...] = (language,) if language in ("de", "en") else ("de", "en")
    return frozenset(name for words in map(calendar_words, codes) for name in (*words.weekdays, *words.full_weekdays))


class Places:
    """Where the rows of the table may match in one text."""

    def __init__(self, text: str, language: Language) -> None:
        """Look for the words and figures of ``text`` that rows begin with."""
        self._text = text
        self._folded = text.casefold()
        self._words = runs(text)
        self._figures = figures(text)
        days = starts_of(text, _weekdays(language)) if self._figures else []
        self._days_and_figures = sorted([*self._figures, *days])

    def matches(self, pattern: re.Pattern[str], at: Place) -> Iterable[re.Match[str]]:
        """Return the matches of ``pattern``, those that ``finditer`` finds."""
        if isinstance(at, Figures):
            places = self._figures if at is Figures.ALONE else self._days_and_figures
            return matches_at(pattern, self._text, places)
        if isinstance(at, Within):
            return pattern.finditer(self._text) if has_any(self._folded, at.parts) else ()
        if self._words.keys().isdisjoint(at.needs):
            return ()
        if at.begins is None:
            return pattern.finditer(self._text)
        return matches_at(pattern, self._text, starts_of(self._text, at.begins))
