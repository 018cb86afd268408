"""Joins German municipalities with the GeoNames places of their names, by Land, Kreis and inhabitants.

1. A municipality's candidates are the places of its Land that have one of its names, spelt the same or
   loosely ('Bad Boll' is 'Boll', 'Neustadt/Vogtl.' is 'Neustadt Vogtland', 'St. Ingbert' is 'Sankt Ingbert').
2. Where a Kreis lies follows from its municipalities that have one candidate which nobody else has.
   A candidate outside the Kreis is none; that is what tells namesakes in one Land apart.
3. Pairs are joined from the best to the worst: first by name, then by distance from the middle of the
   Kreis and likeness of the inhabitants. A municipality and a place are joined once.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from german_municipalities import Municipality

# GeoNames and the register are of different years and draw outskirts differently; below this share they
# count two places. 0 in GeoNames means unknown.
SIMILAR = 0.4
# Reach of a Kreis: so many times the distance below which nine of ten of its places lie, and so many kilometres.
REACH_FACTOR = 1.5
REACH_KM = 8.0
# An island or a corner of the Kreis may lie so many times farther if the name fits and so do the inhabitants.
FAR_REACH = 3.5
FAR_SIMILAR = 0.75
_SAINT = re.compile(r"\b(?:sankt|st\.)")
_DROPPED = re.compile(r"\b(?:bad|markt|vogtl\.?|vogtland|kurort|ostseebad)\b|[^a-z ]")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "-": " ", "/": " "})

# Where the rules fail and there is no doubt: an island 60 km out at sea, by AGS.
KNOWN = {"01056025": 3208547}

OFFICIAL, SHORT, LOOSE = range(3)
"""How a place's name fits: the municipality's official name, another of its names, a looser spelling."""


def loose(name: str) -> str:
    """Return what loosely equal names share.

    >>> loose("Bad Sankt Ilgen") == loose("St. Ilgen")
    True
    """
    plain = _SAINT.sub("st ", name.casefold()).translate(_UMLAUTS)
    return "".join(_DROPPED.sub("", plain).split())


def kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Return the distance of two points (latitude, longitude), on a plane (good enough below 100 km)."""
    east = (a[1] - b[1]) * math.cos(math.radians((a[0] + b[0]) / 2))
    return math.hypot(a[0] - b[0], east) * 111.2


def similarity(a: int, b: int) -> float:
    """Return the smaller population divided by the larger one."""
    return min(a, b) / max(a, b, 1)


@dataclass(frozen=True)
class Pair:
    """A municipality and a place that may be one; ``fit`` says by which name."""

    municipality: Municipality
    place: dict
    fit: int

    @property
    def position(self) -> tuple[float, float]:
        """Return where the place lies."""
        return self.place["latitude"], self.place["longitude"]

    @property
    def likeness(self) -> float:
        """Return how like the populations are; an unknown one is as good as the least that counts."""
        known = self.place["population"]
        return similarity(known, self.municipality.population) if known else SIMILAR


def join(municipalities: list[Municipality], places: list[dict], laender: dict[str, str]) -> dict[str, dict]:
    """Return the GeoNames place of every municipality that has one, by AGS.

    ``laender`` gives the Land of the places' ``admin1code``.
    """
    pairs = list(_pairs(municipalities, places, laender))
    kreise = _kreise(pairs)
    ranked = sorted((key, i) for i, pair in enumerate(pairs) if (key := _rank(pair, kreise)) is not None)
    joined = {ags: place for ags, id in KNOWN.items() for place in places if place["geonameid"] == id}
    taken = set(KNOWN.values())
    for _, i in ranked:
        ags, id = pairs[i].municipality.ags, pairs[i].place["geonameid"]
        if ags not in joined and id not in taken:
            joined[ags] = pairs[i].place
            taken.add(id)
    return joined


def _pairs(municipalities: list[Municipality], places: list[dict], laender: dict[str, str]) -> Iterator[Pair]:
    exact: dict[tuple[str, str], dict[int, dict]] = defaultdict(dict)
    loosely: dict[tuple[str, str], dict[int, dict]] = defaultdict(dict)
    for place in places:
        land = laender.get(place["admin1code"], "")
        for name in (place["name"], *place["alternatenames"]):
            exact[land, name.casefold()][place["geonameid"]] = place
            loosely[land, loose(name)][place["geonameid"]] = place
    for one in sorted(municipalities, key=lambda m: m.ags):
        fits: dict[int, Pair] = {}
        for fit, index, form in ((SHORT, exact, str.casefold), (LOOSE, loosely, loose)):
            for name in one.names:
                better = OFFICIAL if name == one.names[0] and fit == SHORT else fit
                for id, place in index[one.land, form(name)].items():
                    fits.setdefault(id, Pair(one, place, better))
        yield from (fits[id] for id in sorted(fits))


def _kreise(pairs: list[Pair]) -> dict[str, tuple[tuple[float, float], float]]:
    """Return the middle and reach of every Kreis, by the first five digits of the AGS."""
    rivals: dict[str, int] = defaultdict(int)
    claims: dict[int, int] = defaultdict(int)
    official = [pair for pair in pairs if pair.fit == OFFICIAL]
    for pair in official:
        rivals[pair.municipality.ags] += 1
        claims[pair.place["geonameid"]] += 1
    found: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for pair in official:
        if rivals[pair.municipality.ags] == claims[pair.place["geonameid"]] == 1:
            found[pair.municipality.ags[:5]].append(pair.position)
    return {kreis: _reach(points) for kreis, points in found.items()}


def _reach(points: list[tuple[float, float]]) -> tuple[tuple[float, float], float]:
    middle = median(p[0] for p in points), median(p[1] for p in points)
    distances = sorted(kilometres(middle, p) for p in points)
    return middle, REACH_FACTOR * distances[int(0.9 * (len(distances) - 1))] + REACH_KM


def _rank(pair: Pair, kreise: dict[str, tuple[tuple[float, float], float]]) -> tuple[float, ...] | None:
    """Return what orders the pairs, the best first; None where they cannot be one."""
    middle, reach = kreise.get(pair.municipality.ags[:5], (pair.position, 1.0))
    distance = kilometres(middle, pair.position) / reach
    unlike, far = pair.likeness < SIMILAR, distance > 1.0
    allowed = distance <= FAR_REACH and pair.fit != LOOSE and pair.likeness >= FAR_SIMILAR
    if (far and not allowed) or (unlike and pair.fit != OFFICIAL):
        return None
    return far, pair.fit, unlike, distance - pair.likeness, pair.place["geonameid"]
