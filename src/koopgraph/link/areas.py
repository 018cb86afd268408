"""What cities lie in: countries, Länder, Kantone and the like with their GeoNames ids, and the Kreise."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from koopgraph.annotate.gazetteer import GeoPlace, Region, data_rows


@dataclass(frozen=True, slots=True)
class Area:
    """A continent, country, nation or state that GeoNames has.

    ``admin1`` is how :class:`GeoPlace` names it where it is the area of the first order that cities lie in,
    '' otherwise. ``german`` is '' where no German name is known.
    """

    id: int
    kind: str
    country: str
    admin1: str
    german: str
    english: str

    @property
    def name(self) -> str:
        """The German name, else the English one."""
        return self.german or self.english


class Areas:
    """The areas by id, by what lies in them and by name. Use :meth:`load`."""

    def __init__(self, areas: tuple[Area, ...]) -> None:
        """Index the areas."""
        self.all = areas
        self.by_id = {area.id: area for area in areas}
        self._countries = {area.country: area for area in areas if area.kind == "country"}
        self._states = {(area.country, area.admin1): area for area in areas if area.admin1}
        self._named = {(area.german, area.country): area for area in areas if area.german}

    @staticmethod
    def load() -> Areas:
        """Return the areas of the shipped file, the same object every time."""
        return _load()

    def state_of(self, place: GeoPlace) -> Area | None:
        """Return the Land, Kanton or other area of the first order that ``place`` lies in.

        >>> from koopgraph.annotate.gazetteer import Gazetteer
        >>> Areas.load().state_of(Gazetteer.load().cities("Leipzig")[0]).german
        'Sachsen'
        """
        return self._states.get((place.country, place.admin1))

    def country_of(self, place: GeoPlace | Area) -> Area | None:
        """Return the country that ``place`` lies in, None for a continent."""
        return self._countries.get(place.country)

    def state(self, country: str, admin1: str) -> Area | None:
        """Return the area of the first order of that country and name ('DE', 'Sachsen')."""
        return self._states.get((country, admin1))

    def of_region(self, region: Region) -> Area | None:
        """Return the area that is a region of the gazetteer; None for rivers, landscapes and states of the past.

        >>> from koopgraph.annotate.gazetteer import Gazetteer
        >>> Areas.load().of_region(Gazetteer.load().region("Bavaria")).german
        'Bayern'
        """
        return self._named.get((region.german, region.country))


@cache
def _load() -> Areas:
    return Areas(tuple(Area(int(id), *rest) for id, *rest in data_rows("areas.tsv")))


@cache
def _districts() -> dict[str, str]:
    return {row[0]: row[1] for row in data_rows("districts.tsv")}


def district_of(place: GeoPlace) -> str:
    """Return the Kreis of a German municipality, '' elsewhere.

    >>> from koopgraph.annotate.gazetteer import Gazetteer
    >>> district_of(Gazetteer.load().cities("Weißenfels")[0])
    'Burgenlandkreis'
    """
    return _districts().get(place.ags[:5], "")
