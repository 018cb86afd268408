"""From a name as an article writes it to the places that may be meant (``data/place_forms.toml`` holds the words).

1. The gazetteer's own forms: 'Leipzig', 'Munich', 'Frankfurt (Oder)'.
2. Without an official title: 'Freie und Hansestadt Hamburg', 'City of Malmö'.
3. With abbreviations written out: 'Weiden i.d.OPf.', 'Frankfurt a. M.'.
4. Head and addition, where the addition tells which of the namesakes: 'Halle/Saale', 'Neustadt in Holstein'.
5. Other spellings: 'Muenchen', 'ZÜRICH', 'Sankt Ingbert'.
6. The genitive: 'Leipzigs'.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from koopgraph.annotate.gazetteer import Gazetteer, GeoPlace
from koopgraph.link.areas import Areas, district_of

MAX_NAME = 80
"""Longest name in characters that is looked up in more than its own form; no place's name is as long."""
SHORTEST_GENITIVE = 5
"""Letters that a name has at least whose final s is taken for a genitive: 'Ems', 'Wels' keep theirs."""
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "-": " ", "/": " ", "’": "", "'": ""})
_SAINT = re.compile(r"\bsankt\b")
_WORD = re.compile(r"[^\W\d_]+\.?")
_SPLIT = re.compile(
    r"(.{2,}?)(?:\s*/\s*|\s*\(|,\s+|\s+(?=(?:an|am|in|im|bei|beim|ob|vor|auf|unter|near|upon|on)\b))(.+?)\)?"
)


@dataclass(frozen=True, slots=True)
class PlaceForms:
    """The words of ``data/place_forms.toml``."""

    titles: re.Pattern[str]
    tails: re.Pattern[str]
    area_titles: re.Pattern[str]
    abbreviations: tuple[tuple[re.Pattern[str], str], ...]
    links: frozenset[str]
    doubtful_regions: frozenset[str]

    @staticmethod
    @cache
    def load() -> PlaceForms:
        """Return the shipped forms, the same object every time."""
        text = files("koopgraph").joinpath("data", "place_forms.toml").read_text(encoding="utf-8")
        data = tomllib.loads(text)
        return PlaceForms(
            titles=re.compile(f"(?:{_any_of(data['titles'])}) +", re.IGNORECASE),
            tails=re.compile(f"[ ,]*(?:{_any_of(data['tails'])})$", re.IGNORECASE),
            area_titles=re.compile(f"(?:{_any_of(data['area_titles'])}) +", re.IGNORECASE),
            abbreviations=tuple((re.compile(one["pattern"]), one["means"]) for one in data["abbreviations"]),
            links=frozenset(data["links"]),
            doubtful_regions=frozenset(data["doubtful_regions"]),
        )

    def written_out(self, text: str) -> str:
        """Return ``text`` without abbreviations.

        >>> PlaceForms.load().written_out("Weiden i.d.OPf."), PlaceForms.load().written_out("Halle (Westf.)")
        ('Weiden in der Oberpfalz', 'Halle (Westfalen)')
        """
        for pattern, meaning in self.abbreviations:
            text = pattern.sub(meaning, text)
        return text

    def telling(self, addition: str) -> frozenset[str]:
        """Return the words of an addition that tell something, folded: 'an der Oder' → {'oder'}."""
        words = (fold(word) for word in _WORD.findall(self.written_out(addition)))
        return frozenset(word for word in words if word and word not in self.links)


def _any_of(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """Return what other spellings of one name share.

    >>> fold("Muenchen") == fold("MÜNCHEN"), fold("St. Gallen") == fold("Sankt Gallen")
    (True, True)
    """
    plain = unicodedata.normalize("NFKC", name).casefold().translate(_UMLAUTS)
    plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    return _SAINT.sub("st", " ".join(plain.replace(".", " ").split()))


@cache
def _folded() -> dict[str, tuple[str, ...]]:
    """Return the gazetteer's names by their folded form."""
    found: dict[str, list[str]] = defaultdict(list)
    for name in Gazetteer.load().city_names():
        found[fold(name)].append(name)
    return {folded: tuple(names) for folded, names in found.items()}


@lru_cache(maxsize=16384)
def places_named(name: str) -> tuple[GeoPlace, ...]:
    """Return the places that ``name`` may mean, the most populous first; empty where the gazetteer has none.

    >>> [place.admin1 for place in places_named("Halle/Saale")]
    ['Sachsen-Anhalt']
    >>> places_named("Freie und Hansestadt Hamburg")[0].id
    2911298
    """
    plain = " ".join(unicodedata.normalize("NFC", name).split())
    gazetteer = Gazetteer.load()
    if len(plain) > MAX_NAME:
        return ()
    for form in _forms(plain):
        found = gazetteer.cities(form) or _by_addition(form) or _spelt_otherwise(form)
        if found:
            return found
    return ()


def _forms(name: str) -> Iterator[str]:
    words = PlaceForms.load()
    yield name
    bare = (
        words.titles.sub("", words.tails.sub("", name), count=1)
        if words.titles.match(name)
        else words.tails.sub("", name)
    )
    yield bare
    yield words.written_out(bare)
    if len(bare) >= SHORTEST_GENITIVE and bare.endswith("s"):
        yield bare[:-1].rstrip("’'")


def _spelt_otherwise(name: str) -> tuple[GeoPlace, ...]:
    found = {place: None for form in _folded().get(fold(name), ()) for place in Gazetteer.load().cities(form)}
    return tuple(sorted(found, key=lambda p: (-p.population, p.name, p.id or 0, p.ags)))


def _by_addition(name: str) -> tuple[GeoPlace, ...]:
    """Return the places of the head that the addition fits: 'Halle/Saale', 'Neuenkirchen (Kreis Steinfurt)'."""
    split = _SPLIT.fullmatch(PlaceForms.load().written_out(name))
    if split is None:
        return ()
    telling = PlaceForms.load().telling(split[2])
    namesakes = Gazetteer.load().cities(split[1]) or _spelt_otherwise(split[1])
    return tuple(place for place in namesakes if telling and telling <= said_of(place))


@lru_cache(maxsize=4096)
def said_of(place: GeoPlace) -> frozenset[str]:
    """Return the folded words by which additions tell ``place``: of its names, Kreis, Land and country.

    >>> "oder" in said_of(places_named("Frankfurt (Oder)")[0])
    True
    """
    return _words(PlaceForms.load().written_out(name) for name in place.names) | around(place)


@lru_cache(maxsize=4096)
def around(place: GeoPlace) -> frozenset[str]:
    """Return the folded names, and the words of the names, of what ``place`` lies in: Kreis, Land and country.

    >>> "sachsen" in around(places_named("Leipzig")[0])
    True
    """
    areas = Areas.load()
    names = [district_of(place), place.admin1 if not place.admin1.isdigit() else "", place.country]
    for area in (areas.state_of(place), areas.country_of(place)):
        names += [area.german, area.english] if area else []
    return _words(names) | {fold(name) for name in names if name}


def _words(names: Iterable[str]) -> frozenset[str]:
    return frozenset(fold(word) for name in names for word in _WORD.findall(name))
