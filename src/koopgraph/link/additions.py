"""Additions: the words right after a city's name in the text that tell which of its namesakes is meant."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TypeAlias

from koopgraph.annotate.gazetteer import Gazetteer, GeoPlace
from koopgraph.link.forms import PlaceForms, around, fold

Addition: TypeAlias = tuple[str, ...]
"""The words of an addition together, and each alone: ('Oder',), ('Bad Kreuznach', 'Bad')."""

NEIGHBOUR_KM = 35.0
"""How far a city may be from one that is its addition: 'Neuenkirchen bei Soltau'."""
_AFTER = 40  # characters after a name in which its addition stands
_ADDITION = re.compile(
    r"\s*(?P<sign>[(/,]?)\s*(?P<links>(?:(?:a|i|b|d|v|an|am|in|im|bei|beim|ob|vor|auf|unter|der|dem|den|upon|on|under|near|(?:Land)?[Kk]reis|"
    r"Lkr|Kr|Bezirk|Kanton|Land)\b\.?\s*)*)(?P<words>[^\W\d_][\w.’'-]*(?:[ -][A-ZÄÖÜ][\w.’'-]*){0,2})"
)


def additions_in(text: str, head: str) -> list[Addition]:
    """Return what follows the name ``head`` in the text, wherever it reads like an addition, each once.

    >>> additions_in("In Frankfurt (Oder) und in Frankfurt am Main.", "Frankfurt")
    [('Oder', 'Oder'), ('Main', 'Main')]
    """
    found: dict[Addition, None] = {}
    begin = text.find(head) if head else -1
    while begin >= 0:
        end = begin + len(head)
        addition = _addition_at(text[end : end + _AFTER].partition("\n")[0])
        if addition and not text[max(0, begin - 1) : begin].isalnum():
            found[addition] = None
        begin = text.find(head, end)
    return list(found)


@lru_cache(maxsize=4096)
def _addition_at(after: str) -> Addition | None:
    match = _ADDITION.match(PlaceForms.load().written_out(after))
    if match is None or not (match["sign"] or match["links"]):
        return None
    words = match["words"].rstrip(".’'")
    return words, words.split()[0]


def named_by(place: GeoPlace, heads: Iterable[str], additions: Iterable[Addition]) -> frozenset[Addition]:
    """Return those of the additions that stand in one of the place's longer names: 'Oder', 'Westf.'."""
    own = frozenset(word for head in heads for word in additions_of(place, head))
    return frozenset(words for words in additions if _folded(words) & own)


def lies_in(place: GeoPlace, heads: Iterable[str], additions: Iterable[Addition]) -> bool:
    """Tell whether an addition names the Kreis, Land or country of ``place``: 'Neustadt, Hessen'."""
    within = around(place) - {fold(head) for head in heads}
    return any(_folded(words) & within for words in additions)


def _folded(words: Addition) -> frozenset[str]:
    return frozenset(fold(word.rstrip(".")) for word in words)


def is_near(place: GeoPlace, additions: Iterable[Addition]) -> bool:
    """Tell whether one of the additions is a city near ``place``."""
    others = (other for words in additions for word in words for other in Gazetteer.load().cities(word)[:1])
    return any(_distance(place, other) <= NEIGHBOUR_KM for other in others if other != place)


def _distance(one: GeoPlace, other: GeoPlace) -> float:
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return math.inf
    return kilometres((one.latitude, one.longitude), (other.latitude, other.longitude))


def kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Return the distance of two points (latitude, longitude) on the sphere.

    >>> round(kilometres((51.34, 12.37), (52.52, 13.41)))
    149
    """
    north, east = math.radians(b[0] - a[0]), math.radians(b[1] - a[1])
    chord = (
        math.sin(north / 2) ** 2 + math.cos(math.radians(a[0])) * math.cos(math.radians(b[0])) * math.sin(east / 2) ** 2
    )
    return 12742.0 * math.asin(math.sqrt(min(1.0, chord)))


def additions_of(place: GeoPlace, head: str) -> frozenset[str]:
    """Return the telling words of the place's own longer names: {'main'} for Frankfurt am Main.

    >>> from koopgraph.link.forms import places_named
    >>> sorted(additions_of(places_named("Frankfurt am Main")[0], "Frankfurt"))
    ['main']
    """
    words = PlaceForms.load()
    longer = (name[len(head) :] for name in place.names if name.startswith(head) and name != head)
    return frozenset(word for addition in longer for word in words.telling(addition))
