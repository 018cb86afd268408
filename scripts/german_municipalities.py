"""Reads the Gemeindeverzeichnis GV100AD of Destatis: the names that each German municipality goes by."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

LAENDER = {
    "01": "Schleswig-Holstein", "02": "Hamburg", "03": "Niedersachsen", "04": "Bremen", "05": "Nordrhein-Westfalen",
    "06": "Hessen", "07": "Rheinland-Pfalz", "08": "Baden-Württemberg", "09": "Bayern", "10": "Saarland",
    "11": "Berlin", "12": "Brandenburg", "13": "Mecklenburg-Vorpommern", "14": "Sachsen",
    "15": "Sachsen-Anhalt", "16": "Thüringen",
}  # fmt: skip
# Abbreviations of the register; the order matters (the longer ones first).
LONG_FORMS = (
    (r"\bi\. ?d\. ?OPf\.?", "in der Oberpfalz"),
    (r"\bi\. ?OB\b", "in Oberbayern"),
    (r"\bi\. ?NB\b", "in Niederbayern"),
    (r"\bi\. ?OFr\.", "in Oberfranken"),
    (r"\bi\. ?UFr\.", "in Unterfranken"),
    (r"\bi\. ?MFr\.", "in Mittelfranken"),
    (r"\bi\. ?Bay\.?", "in Bayern"),
    (r"\bi\. ?Odw\.", "im Odenwald"),
    (r"\bHl\. ?Blut", "Heilig Blut"),
    (r"\ba\. ?d\. ?", "an der "),
    (r"\bi\. ?d\. ?", "in der "),
    (r"\bv\. ?d\. ?", "vor der "),
    (r"\bo\. ?d\. ?", "ob der "),
    (r"\ba\. ?", "am "),
    (r"\bb\. ?", "bei "),
    (r"\bi\. ?", "im "),
    (r"\bu\. ?", "und "),
    (r"\bHann\. ", "Hannoversch "),
    (r"\(Westf\.\)", "(Westfalen)"),
    (r"\(Rhld\.\)", "(Rheinland)"),
)
_NO_MUNICIPALITY = re.compile(r"gemfr|gemeindefrei|Gutsbezirk|Forstgutsbez")
_HEAD = re.compile(r"(.{2,}?)(?: (?:am|an|in|im|bei|ob|vor|auf|unter|über|vorm|zum|zur|a\.|b\.|i\.|v\.) ?| ?\(| ?/)")
_SORBIAN = re.compile(r"[ćčěłńóřšśźžŕŁŠŽ]")
_COUNTS = re.compile(r"(\d{11})(\d{11})\d{11}")
_TITLES = {"Hansestadt", "Freie und Hansestadt", "Lutherstadt", "Klingenstadt", "Brüder-Grimm-Stadt", "Barlachstadt"}
_PLAIN_SORBIAN = {
    "Grodk",
    "Kalawa",
    "Nowa Niwa",
    "Nowe Wiki",
    "Nowa Jazorina",
    "Derbno",
    "Brjazyna",
    "Hochoza",
    "Picnjo",
}
# Names whose first word alone names nothing: Haus im Wald, Hof bei Salzburg stays 'Hof'.
_NO_HEAD = {"Haus", "Kirche", "Insel", "Dorf", "Markt", "Neue", "Große", "Am", "Bad", "Sankt", "St."}


@dataclass(frozen=True)
class Municipality:
    """A municipality: its names (the official one first, written out), Land, AGS and inhabitants."""

    names: tuple[str, ...]
    land: str
    ags: str
    population: int


def read_municipalities(path: Path) -> list[Municipality]:
    """Return the inhabited municipalities of the register (record type 60)."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        counts = _COUNTS.search(line)
        if not line.startswith("60") or counts is None or _NO_MUNICIPALITY.search(line[22:72]):
            continue
        # The register writes Land, Regierungsbezirk, Kreis and Gemeinde first (the AGS), then the association.
        ars, population = line[10:22], int(counts.group(2))
        if population:
            found.append(Municipality(names_of(line[22:72].strip()), LAENDER[ars[:2]], ars[:8], population))
    return found


def names_of(entry: str) -> tuple[str, ...]:
    """Return the names of a register entry: written out, as printed, and the short form.

    >>> names_of("Mühldorf a.Inn, St")
    ('Mühldorf am Inn', 'Mühldorf a.Inn', 'Mühldorf a. Inn', 'Mühldorf')
    >>> names_of("Cottbus/Chóśebuz, Stadt")
    ('Cottbus', 'Chóśebuz', 'Cottbus/Chóśebuz')
    """
    printed = re.sub(r" ?/ ?", "/", entry.partition(",")[0].strip())
    left, _, right = printed.partition("/")
    sorbian = bool(_SORBIAN.search(right)) or right in _PLAIN_SORBIAN
    official = left if sorbian else printed
    written = official
    for pattern, form in LONG_FORMS:
        written = re.sub(pattern, form, written)
    names = [
        written,
        *([right.split("/")[0]] if sorbian else []),
        official,
        re.sub(r"\.(?=\S)(?!\))", ". ", official),
        printed,
    ]
    head = _HEAD.match(written)
    if head and head.group(1) not in _NO_HEAD:
        names.append(head.group(1))
    if written.startswith("Lutherstadt "):
        names.append(written.removeprefix("Lutherstadt "))
    title = entry.partition(",")[2].strip()
    if title in _TITLES:
        names += (
            [f"{title} {written}", f"Freie Hansestadt {written}"] if written == "Bremen" else [f"{title} {written}"]
        )
    for short, full in (("St. ", "Sankt "), ("Sankt ", "St. ")):
        names += [full + name[len(short) :] for name in names if name.startswith(short)]
    return tuple(dict.fromkeys(name.strip() for name in names))
