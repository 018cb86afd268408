"""The things that generated articles mention: each with its class, its city and its forms, composed of word lists.

Nothing is stored: a thing follows from its class, its city and a number, so a corpus may have as many as it likes.
Cities are those of the shipped gazetteer, names of people those of the shipped lists, heads of compounds those of the
shipped lexicon; ``mentions.toml`` has the templates.
"""

from __future__ import annotations

import random
import tomllib
from bisect import bisect
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from koopgraph.annotate.gazetteer import Gazetteer, GeoPlace
from koopgraph.annotate.lexicon import load_lexicon
from koopgraph.model import EntityType
from koopgraph.resolve.recurrence import cycle

TABLE = tomllib.loads(Path(__file__).with_name("mentions.toml").read_text(encoding="utf-8"))
GEONAMES = "https://sws.geonames.org/"
NOWHERE = -1  # the city of what belongs to all articles
CITIES = 4000  # how many of the gazetteer's cities articles come from
FOREIGN = 0.1
COMMON_NAME = 0.35  # people with a common first name and surname: namesakes are among them
LEAST_HEAD = 4
# Of the power law: how many things of a city, or of all articles, are about equally frequent, and how it falls.
HEAD, TAIL = {True: 4.0, False: 14.0}, 0.9
_SMALL_WORDS = frozenset(["für", "und", "der", "im", "am", "in", "zu", "e.", "V.", "mbH", "GmbH", "eG"])


class Thing(NamedTuple):
    """One thing: ``key`` tells it from all others, ``forms`` are its names, the fullest first."""

    key: str
    type: EntityType
    forms: tuple[str, ...]
    english: tuple[str, ...] = ()
    authority: str | None = None
    year: int = 0


class Setting(NamedTuple):
    """What an article is about: its own name, the number of its city, its year."""

    source: str
    home: int
    year: int


class Draws:
    """A number that is used up choice by choice: the same choices for the same numbers, on every machine."""

    def __init__(self, *numbers: int) -> None:
        mixed = 0x243F6A8885A308D313198A2E03707344
        for number in numbers:
            mixed = ((mixed ^ (number + 1)) * 0x9E3779B97F4A7C15F39CC0605CEDC835) & ((1 << 128) - 1)
            mixed ^= mixed >> 61
        self._left = mixed

    def one_of(self, options: tuple[str, ...]) -> str:
        """Choose one of the options."""
        self._left, number = divmod(self._left, len(options))
        return options[number]

    def two_of(self, options: tuple[str, ...]) -> tuple[str, str]:
        """Choose two different ones of the options."""
        first = self.below(len(options))
        return options[first], options[(first + 1 + self.below(len(options) - 1)) % len(options)]

    def below(self, end: int) -> int:
        """Choose a number from 0 to ``end``, without it."""
        self._left, number = divmod(self._left, end)
        return number


class World:
    """All things there are; ``seed`` changes them."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        words, lexicon = TABLE["words"], load_lexicon("de")
        self._words = {name: tuple(entries) for name, entries in words.items()}
        heads = {
            h.type: tuple(sorted(e for e in h.endings if e.isalpha() and len(e) >= LEAST_HEAD)) for h in lexicon.heads
        }
        self._places, self._projects = heads[EntityType.PLACE], heads[EntityType.PROJECT]
        self._first, self._last = tuple(sorted(lexicon.first_names)), tuple(sorted(lexicon.last_names))
        self._cities = _cities()
        self._sums = list(accumulate(1 / (rank + 10) for rank in range(len(self._cities))))
        self.thing = lru_cache(maxsize=200_000)(self._thing)

    def draw_city(self, chance: random.Random) -> int:
        """Draw a city: a few come in very many articles, most in few (Zipf)."""
        return bisect(self._sums, chance.random() * self._sums[-1])

    def city(self, number: int) -> Thing:
        """Return the city of that number."""
        return self.thing(EntityType.CITY, number, 0)

    def draw(self, kind: EntityType, setting: Setting, chance: random.Random) -> Thing:
        """Draw a thing for an article to name: a few come in very many articles, a long tail once or twice."""
        if kind is EntityType.CITY:
            return self.city(self.draw_city(chance))
        if chance.random() < TABLE["described_share"].get(kind, 0.0):
            name = chance.choice(TABLE["described"][kind])
            # A town has one council, but many openings.
            where = setting.source if kind is EntityType.EVENT else setting.home
            return Thing(f"{kind}|{where}|{name}!", kind, (name,))
        local = chance.random() < TABLE["local"][kind] or not TABLE["templates"]["national"][kind]
        number = int(HEAD[local] * (chance.random() ** (-1 / TAIL) - 1))
        thing = self.thing(kind, setting.home if local else NOWHERE, number)
        if kind is EntityType.EVENT and cycle(kind, thing.forms) != "once":
            # Each year's is another one: articles tell of their own year's.
            return thing._replace(key=f"{thing.key}|{setting.year}", year=setting.year)
        return thing

    def _thing(self, kind: EntityType, city: int, number: int) -> Thing:
        draws = Draws(self._seed, list(EntityType).index(kind), city, number)
        if kind is EntityType.CITY:
            return _city(self._cities[city])
        if kind is EntityType.PERSON:
            name = self._person(draws)
            return Thing(f"{kind}|{city}|{name}", kind, (name, f"{name[0]}. {name.split(' ', 1)[1]}"))
        scope = "local" if city >= 0 else "national"
        template = draws.one_of(tuple(TABLE["templates"][scope][kind]))
        values = self._values(draws, city)
        forms = [form.format(**values) for form in template.split(" | ")]
        german = tuple(_with_initials(f, forms[0]) for f in forms if not f.startswith("en: "))
        english = tuple(form.removeprefix("en: ") for form in forms if form.startswith("en: "))
        known = german or english
        return Thing(f"{kind}|{city}|{known[0]}", kind, known, english, year=int(values["y"]))

    def _person(self, draws: Draws) -> str:
        if draws.below(100) < COMMON_NAME * 100:
            return f"{draws.one_of(self._words['common_first'])} {draws.one_of(self._words['common_last'])}"
        return f"{draws.one_of(self._first)} {draws.one_of(self._last)}"

    def _values(self, draws: Draws, city: int) -> dict[str, str]:
        words = self._words["words"]
        first, second = draws.two_of(self._words["topics"])
        name = self._cities[city].name.split(" (")[0] if city >= 0 else ""
        return {
            "a": first,
            "al": first.lower(),
            "b": second,
            "w": draws.one_of(words),
            "w2": draws.one_of(words),
            "w3": draws.one_of(words).lower(),
            "s": draws.one_of(self._last),
            "n": str(2 + draws.below(20)),
            "y": str(2010 + draws.below(16)),
            "place": draws.one_of(self._places),
            "project": draws.one_of(self._projects),
            "city": name,
            "adj": _adjective(name),
            "i": "{i}",
        }


def role_of(person: Thing, roles: Sequence[str] = TABLE["words"]["roles"]) -> str:
    """Return what the person is in all articles."""
    return roles[sum(map(ord, person.key)) % len(roles)]


def _cities() -> tuple[GeoPlace, ...]:
    """Return cities by their inhabitants, those of German-speaking countries first and a few of the others between."""
    gazetteer = Gazetteer.load()
    places = {p.id: p for name in gazetteer.city_names() for p in gazetteer.cities(name) if p.id is not None}
    ordered = sorted(places.values(), key=lambda p: (-p.population, p.id or 0))
    near = [p for p in ordered if p.country in ("DE", "AT", "CH")][: int(CITIES * (1 - FOREIGN))]
    far = [p for p in ordered if p.country not in ("DE", "AT", "CH")][: int(CITIES * FOREIGN)]
    step = len(near) // len(far)
    return tuple(p for n, one in enumerate(far) for p in (*near[n * step : (n + 1) * step], one))


def _city(place: GeoPlace) -> Thing:
    forms = (place.name, *(name for name in place.names if name != place.name))
    return Thing(f"City|{place.id}", EntityType.CITY, forms, authority=f"{GEONAMES}{place.id}/")


def _adjective(city: str) -> str:
    word = city.split(" ")[0]
    if word.endswith("en"):
        return word[:-1] + "r"
    return word + ("r" if word.endswith("e") else "er")


def _with_initials(form: str, full: str) -> str:
    if "{i}" not in form:
        return form
    words = [w for w in full.replace("-", " ").replace(",", "").split() if w not in _SMALL_WORDS]
    return form.replace("{i}", "".join(word[0].upper() for word in words))
