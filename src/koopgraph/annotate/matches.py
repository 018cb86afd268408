"""Matches of a pattern that can only begin at some places of a text, such as its figures or a few words.

Trying a pattern of alternatives at every character takes most of the time that rules take; looking for a word with
``in`` or ``find`` is a hundred times as fast, and most articles have none of the words that a rule is about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import lru_cache

from koopgraph.annotate.tokens import tokenise

_FIGURES = re.compile(r"\d+")
_RUN = re.compile(r"\w+")


@lru_cache(maxsize=2)  # the same text is asked for by one stage after the other
def runs(text: str) -> Mapping[str, Sequence[int]]:
    """Return the runs of letters and digits of ``text``, with the offsets at which each stands.

    >>> runs("EU-Mittel, EU-weit")
    {'EU': [0, 11], 'Mittel': [3], 'weit': [14]}
    """
    found: dict[str, list[int]] = {}
    for token in tokenise(text):
        for start, run in _runs_of(token.text):
            if run in found:
                found[run].append(token.start + start)
            else:
                found[run] = [token.start + start]
    return found


@lru_cache(maxsize=50_000)
def _runs_of(word: str) -> tuple[tuple[int, str], ...]:
    return tuple((match.start(), match.group()) for match in _RUN.finditer(word))


def starts_of(text: str, words: Set[str]) -> list[int]:
    """Return the offsets at which one of ``words`` stands in ``text`` as a run of letters and digits, ascending.

    >>> starts_of("im Mai, ab Maien", {"Mai", "ab"})
    [3, 8]
    """
    index = runs(text)
    return sorted(place for word in index.keys() & words for place in index[word])


def wholes_of(text: str, name: str, endings: Sequence[str] = ("",)) -> Iterator[int]:
    """Yield the offsets at which ``name`` stands in ``text``, side by side, and does not end within a longer run.

    The run that ends the name may have one of ``endings``. It is looked for where its rarest run stands, so the time
    does not depend on the length of the text.
    """
    index = runs(text)
    rarest: list[int] | None = None
    for offset, run in _runs_of(name):
        forms = [run + ending for ending in endings] if offset + len(run) == len(name) else [run]
        places = [place - offset for form in forms for place in index.get(form, ())]
        if rarest is None or len(places) < len(rarest):
            rarest = places
    end = 0
    for place in sorted(places_of(text, (name,)) if rarest is None else rarest):
        if place >= end and text.startswith(name, place):
            yield place
            end = place + len(name)


@lru_cache(maxsize=2)
def figures(text: str) -> tuple[int, ...]:
    """Return the offsets at which figures begin in ``text``, ascending.

    >>> figures("KW23, 2020")
    (2, 6)
    """
    return tuple([token.start + start for token in tokenise(text) for start in _figures_of(token.text)])


@lru_cache(maxsize=50_000)
def _figures_of(word: str) -> tuple[int, ...]:
    return tuple(match.start() for match in _FIGURES.finditer(word))


def has_any(text: str, literals: Iterable[str]) -> bool:
    """Tell whether one of ``literals`` stands anywhere in ``text``, also within a word."""
    return any(literal in text for literal in literals)


def places_of(text: str, literals: Iterable[str]) -> list[int]:
    """Return the offsets at which one of ``literals`` stands in ``text``, ascending, also within words.

    >>> places_of("im Mai, ab Maien", ("Mai", "ab"))
    [3, 8, 11]
    """
    found = []
    for literal in literals:
        place = text.find(literal)
        while place >= 0:
            found.append(place)
            place = text.find(literal, place + len(literal))
    found.sort()
    return found


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
