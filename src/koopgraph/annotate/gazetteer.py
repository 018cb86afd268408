"""Cities and other places by name: who is meant by 'Frankfurt', and is 'Essen' a city at all.

Cities come from GeoNames and the German register of municipalities (``data/places.tsv.gz``), regions,
rivers and continents from ``data/regions.tsv``, countries from ``data/countries.tsv``; ``data/SOURCES.md``
names the sources and licences. A name is looked up as it is written, without inflection.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from koopgraph.annotate.tokens import first_token
from koopgraph.annotate.word_facts import WORDS_KEPT

_DATA = files("koopgraph").joinpath("data")


@dataclass(frozen=True, slots=True)
class GeoPlace:
    """A city, town or village.

    ``id`` is the GeoNames id and ``latitude``/``longitude`` are WGS 84 degrees; all three are None for a
    municipality that GeoNames does not have. ``country`` is ISO 3166 ('DE'), ``admin1`` the German name
    of the Land or Kanton in DE, AT and CH, the code of GeoNames elsewhere. ``ags`` is the Amtlicher
    Gemeindeschlüssel of a German municipality, '' elsewhere. ``names`` are all forms, ``name`` among them.
    """

    id: int | None
    name: str
    names: tuple[str, ...]
    country: str
    admin1: str
    latitude: float | None
    longitude: float | None
    population: int
    ags: str


@dataclass(frozen=True, slots=True)
class Region:
    """A country, state, region, river or continent: ``kind`` says which, ``country`` where (ISO 3166 or '')."""

    german: str
    english: str
    kind: str
    country: str
    names: tuple[str, ...]


class Gazetteer:
    """Looks names up. Use :meth:`load`, which reads the shipped files once a process."""

    def __init__(self, lines: list[str], regions: dict[str, Region], ambiguous: frozenset[str]) -> None:
        """Index ``lines`` of ``places.tsv``, which stand in the order of prominence, by every name."""
        self._lines = lines
        self._regions = regions
        self._ambiguous = ambiguous
        index: dict[str, list[int]] = {}
        for number, line in enumerate(lines):
            for name in line[: line.index("\t")].split("|"):
                if name in index:
                    index[name].append(number)
                else:
                    index[name] = [number]
        self._index = index
        self._found: dict[str, tuple[GeoPlace, ...]] = {}
        self._first_words: set[str] = set()
        self._leads: dict[str, bool] = {}

    @staticmethod
    def load() -> Gazetteer:
        """Return the gazetteer of the shipped files, the same object every time.

        >>> Gazetteer.load().cities("Munich")[0].name
        'München'
        """
        return _load()

    def cities(self, name: str) -> tuple[GeoPlace, ...]:
        """Return the cities of exactly that name, the most populous first; empty where there is none.

        >>> [(city.name, city.admin1) for city in Gazetteer.load().cities("Frankfurt")][:2]
        [('Frankfurt am Main', 'Hessen'), ('Frankfurt (Oder)', 'Brandenburg')]
        """
        numbers = self._index.get(name)
        if numbers is None:
            return ()
        if name not in self._found:
            self._found[name] = tuple(_place(self._lines[number]) for number in numbers)
        return self._found[name]

    def places(self) -> Iterator[GeoPlace]:
        """Yield every city, town and village, the most populous first."""
        return map(_place, self._lines)

    def region(self, name: str) -> Region | None:
        """Return the country, state, region, river or continent of that German or English name, or None.

        >>> Gazetteer.load().region("Saxony").german
        'Sachsen'
        """
        return self._regions.get(name)

    def is_city_name(self, name: str) -> bool:
        """Tell whether any city has that name, without building the places."""
        return name in self._index

    def begins_name(self, word: str) -> bool:
        """Tell whether a city's or region's name of several words begins with ``word``.

        >>> Gazetteer.load().begins_name("Frankfurt"), Gazetteer.load().begins_name("Quartier")
        (True, False)
        """
        if not self._first_words:
            longer = (name for names in (self._index, self._regions) for name in names if not name.isalpha())
            self._first_words.update(first for name in longer if (first := first_token(name)) != name)
        return word in self._first_words

    def may_begin_name(self, word: str) -> bool:
        """Tell whether ``word`` may be or begin a name, also in capitals or with a genitive ending.

        >>> Gazetteer.load().may_begin_name("LEIPZIG"), Gazetteer.load().may_begin_name("Leipzigs")
        (True, True)
        """
        known = self._leads.get(word)
        if known is None:
            if len(self._leads) >= WORDS_KEPT:
                self._leads.clear()
            known = self._leads[word] = self._may_begin_name(word)
        return known

    def _may_begin_name(self, word: str) -> bool:
        forms = [word]
        forms += [word[: -len(ending)] for ending in ("'s", "’s", "s", "'", "’") if word.endswith(ending)]
        forms += [form.capitalize() for form in forms if form.isupper()]
        return any(form in self._index or form in self._regions or self.begins_name(form) for form in forms)

    def is_ambiguous(self, name: str) -> bool:
        """Tell whether the name of a city is often something else: a word, a given name or a surname.

        >>> Gazetteer.load().is_ambiguous("Essen"), Gazetteer.load().is_ambiguous("Leipzig")
        (True, False)
        """
        return name in self._ambiguous

    def larger_than(self, inhabitants: int) -> Iterator[GeoPlace]:
        """Yield the cities of more inhabitants than that, the most populous first."""
        for line in self._lines:
            place = _place(line)
            if place.population <= inhabitants:
                return
            yield place

    def city_names(self) -> tuple[str, ...]:
        """Return every form of every city's name, sorted."""
        return tuple(sorted(self._index))


def _place(line: str) -> GeoPlace:
    joined, id, country, admin1, latitude, longitude, population, ags = line.split("\t")
    names = tuple(joined.split("|"))
    return GeoPlace(
        id=int(id) if id else None,
        name=names[0],
        names=names,
        country=country,
        admin1=admin1,
        latitude=float(latitude) if latitude else None,
        longitude=float(longitude) if longitude else None,
        population=int(population),
        ags=ags,
    )


def data_rows(name: str) -> list[list[str]]:
    """Return the tab-separated rows of a data file, comments left out."""
    text = _DATA.joinpath(name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


def _read_regions() -> dict[str, Region]:
    """Return the regions by every name; the curated file wins over the list of countries."""
    regions: dict[str, Region] = {}
    for kind, german, english, country in data_rows("regions.tsv"):
        _enter(regions, kind, german.split("|"), english.split("|"), country)
    for code, german, english in data_rows("countries.tsv"):
        _enter(regions, "country", [german], [english], code)
    return regions


def _enter(regions: dict[str, Region], kind: str, german: list[str], english: list[str], country: str) -> None:
    names = tuple(dict.fromkeys(name for name in (*german, *english) if name))
    region = Region(german[0], english[0] or german[0], kind, country, names)
    for name in names:
        regions.setdefault(name, region)


@cache
def _load() -> Gazetteer:
    lines = gzip.decompress(_DATA.joinpath("places.tsv.gz").read_bytes()).decode("utf-8").splitlines()
    ambiguous = _DATA.joinpath("ambiguous_names.txt").read_text(encoding="utf-8").split("\n")
    return Gazetteer(lines, _read_regions(), frozenset(ambiguous))
