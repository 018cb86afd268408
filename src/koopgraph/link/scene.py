"""What one article says about where it plays, and how well a place fits into it.

The fit is a sum of natural logarithms, as of odds. A place begins with its inhabitants (who speaks of Frankfurt
means the one on the Main as much more often as more people live there) and gains by what the article says:
an addition to the name, a Kreis, Land or country, other places near.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from koopgraph.annotate.gazetteer import Gazetteer, GeoPlace
from koopgraph.link.additions import Addition, additions_in, is_near, kilometres, lies_in, named_by
from koopgraph.link.areas import Area, Areas, district_of
from koopgraph.link.forms import fold, places_named
from koopgraph.model import Entity, Language

# The weights were set by hand and checked on the training articles: halving or doubling any one of them links none of
# their cities to another place, and takes or gives the link of at most two.
ADDITION = 8.0
"""'Frankfurt (Oder)', 'Neustadt in Holstein': the name's own addition, or the Land after it."""
ADDED_NEIGHBOUR = 5.0
"""'Neuenkirchen bei Soltau': a city as the addition, not far away."""
IN_SENTENCE = {"district": 4.0, "state": 3.0, "country": 2.0}
IN_ARTICLE = {"district": 2.0, "state": 1.5, "country": 1.0}
NEAR = 3.0
"""Other places of the article lie near: all of it at no distance, 37 % of it at ``NEAR_KM``."""
COUNTRY = 3.0
"""All other places of the article lie in the country."""
HOME = {"de": ("DE", "AT", "CH", "LI", "LU")}
HOME_WEIGHT = 2.0
"""German articles write about German-speaking countries more often than the inhabitants say."""
OWN_NAME = 2.0
"""The name is the place's own: Görlitz, not 'Görlitz' for Zgorzelec."""
GERMAN_NAME = 1.0
"""The name is the usual German one of a place abroad, in a German article: Straßburg, Posen."""
SAME_PART = 2.0
"""Other places of the article lie in the same part of the world: 37 % of it at ``PART_KM``."""
EUROPE = 1.5
"""Articles in German and English on urban development write about Europe more often than its inhabitants say."""
EUROPE_BOX = ((34.0, -25.0), (72.0, 45.0))
PART_KM = 1500.0
NEAR_KM = 60.0
LEAST_PEOPLE = 500
"""Added to the inhabitants: villages are spoken of more often than their few inhabitants say."""


@dataclass(frozen=True, slots=True)
class Naming:
    """How a text names a Kreis, Land or country: one of ``names``, as the regular expression ``pattern`` has it."""

    kind: str
    names: tuple[str, ...]
    pattern: str

    def stands_in(self, text: str) -> bool:
        """Tell whether the text names it."""
        return any(name in text for name in self.names) and _compiled(self.pattern).search(text) is not None


@lru_cache(maxsize=4096)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


@dataclass(slots=True)
class Scene:
    """The text, its language, and the places that are known to be meant so far."""

    text: str
    language: Language
    points: list[tuple[float, float]] = field(default_factory=list)
    countries: Counter[str] = field(default_factory=Counter)
    _named: dict[Naming, bool] = field(default_factory=dict)

    def add(self, place: GeoPlace | Area) -> None:
        """Note that the article speaks of ``place``."""
        if place.country:
            self.countries[place.country] += 1
        if isinstance(place, GeoPlace) and place.latitude is not None and place.longitude is not None:
            self.points.append((place.latitude, place.longitude))

    def fits(
        self, namesakes: Iterable[GeoPlace], heads: Iterable[str], sentences: Iterable[str]
    ) -> dict[GeoPlace, float]:
        """Return how well each of the places that bear the names ``heads`` fits."""
        heads, said = tuple(heads), "\n".join(sentences)
        additions = [addition for head in heads for addition in additions_in(self.text, head)]
        named = {place: named_by(place, heads, additions) for place in namesakes}
        fits = {
            place: math.log(place.population + LEAST_PEOPLE)
            + self._home(place)
            + _own_name(place, heads, self.language)
            + (ADDITION if own else _added(place, heads, additions))
            + self._within(place, heads, said)
            + self._near(place)
            for place, own in named.items()
        }
        apart = [
            one for one, own in named.items() if own and any(other and not own & other for other in named.values())
        ]
        # Where the article names several of them in full, its bare name may be any of these.
        return fits | dict.fromkeys(apart, max((fits[place] for place in apart), default=0.0))

    def _home(self, place: GeoPlace) -> float:
        total = sum(self.countries.values())
        share = self.countries[place.country] / total if total else 0.0
        at_home = HOME_WEIGHT if place.country in HOME.get(self.language, ()) else 0.0
        return COUNTRY * share + at_home + (EUROPE if _in_europe(place) else 0.0)

    def _near(self, place: GeoPlace) -> float:
        if place.latitude is None or place.longitude is None or not self.points:
            return 0.0
        here = place.latitude, place.longitude
        far = [kilometres(here, point) for point in self.points]
        close = sum(math.exp(-distance / NEAR_KM) for distance in far)
        part = sum(math.exp(-distance / PART_KM) for distance in far)
        return NEAR * min(1.0, close / math.sqrt(len(far))) + SAME_PART * part / len(far)

    def _within(self, place: GeoPlace, heads: tuple[str, ...], said: str) -> float:
        weight = 0.0
        for naming in _around(place, heads):
            if naming.stands_in(said):
                weight += IN_SENTENCE[naming.kind]
            elif self._names(naming):
                weight += IN_ARTICLE[naming.kind]
        return weight

    def _names(self, naming: Naming) -> bool:
        if naming not in self._named:
            self._named[naming] = naming.stands_in(self.text)
        return self._named[naming]


def sentences_of(entity: Entity) -> tuple[str, ...]:
    """Return the sentences that name the entity."""
    return tuple(evidence.quote for evidence in entity.mentions)


def _added(place: GeoPlace, heads: tuple[str, ...], additions: list[Addition]) -> float:
    if lies_in(place, heads, additions):
        return ADDITION
    return ADDED_NEIGHBOUR if is_near(place, additions) else 0.0


def _in_europe(place: GeoPlace) -> bool:
    if place.latitude is None or place.longitude is None:
        return bool(place.ags)
    (south, west), (north, east) = EUROPE_BOX
    return south <= place.latitude <= north and west <= place.longitude <= east


def _own_name(place: GeoPlace, heads: tuple[str, ...], language: Language) -> float:
    own, folded = fold(place.name), [fold(head) for head in heads]
    if any(own == head or own.startswith(f"{head} ") for head in folded):
        return OWN_NAME
    # The gazetteer has the usual German name of a place abroad right after its own.
    usual = [fold(name) for name in place.names[1:2]]
    return GERMAN_NAME if language == "de" and set(usual) & set(folded) else 0.0


def _around(place: GeoPlace, heads: tuple[str, ...]) -> tuple[Naming, ...]:
    """Return how the text may name what ``place`` lies in: its Kreis, Land and country."""
    return tuple(_namings(place, frozenset(heads)))


def _namings(place: GeoPlace, heads: frozenset[str]) -> Iterator[Naming]:
    district, areas = district_of(place), Areas.load()
    if district and district not in heads:
        whole = re.escape(district)
        plain = whole if district.endswith(("kreis", "Kreis", "land", "mark")) or "-" in district else "(?!)"
        yield Naming("district", (district,), rf"\b(?:{plain}|(?:[Ll]and)?[Kk]reis(?:es)? {whole}|Lkr\.? {whole})\b")
    for kind, area in (("state", areas.state_of(place)), ("country", areas.country_of(place))):
        names = tuple(sorted(set(_names(area)) - heads)) if area else ()
        if names:
            yield Naming(kind, names, rf"\b(?:{'|'.join(map(re.escape, names))})(?:s|es)?\b")


def _names(area: Area) -> Iterator[str]:
    for name in (area.german, area.english):
        region = Gazetteer.load().region(name) if name else None
        yield from region.names if region else ()
        if name:
            yield name


def places_of(names: Iterable[str]) -> tuple[tuple[GeoPlace, ...], tuple[str, ...]]:
    """Return the places that bear the most telling of the names, and the names that lead to them."""
    found = [(name, places) for name in names if (places := places_named(name))]
    if not found:
        return (), ()
    fewest = min((places for _, places in found), key=len)
    return fewest, tuple(name for name, places in found if set(places) & set(fewest))
