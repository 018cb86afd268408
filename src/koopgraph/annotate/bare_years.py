"""Tells years from other numbers of four digits: 'seit 2016', but 'Agenda 2030' and '2000 Euro'."""

from __future__ import annotations

import re
from functools import cache

from koopgraph.annotate.word_tables import word_table

_AFTER = re.compile(r"[)\]“”\"»]?\s?(?:(?P<word>[^\W\d_]+)|(?P<sign>[€%$£]))?")
_BEFORE = re.compile(r"(?P<word>[^\W\d_]+(?:[-’'][^\W\d_]+)*)?(?P<sign>[^\w\s]*)\s*$")
# Things that are counted; a year does not stand before them.
_COUNTED = re.compile(
    r"(?:Euro|EUR|CHF|Franken|Dollar|Uhr|Quadratmeter|Kubikmeter|Meter|Kilometer|Hektar|Tonnen|Liter|Menschen|Personen|Leute|Jahre|Stück|"
    r"Bäume|Kinder|Haushalte|Gäste|Mitglieder|Teile|Meldungen|Namen|m|qm|ha|km|kWh|MW|kW|Mio|Mrd|Millionen|"
    r"\w+(?:ungen|einheiten|plätze|häuser|zimmer|meter|innen|wohner|sitzer|sucher|nehmer|bürger|schriften|arbeiter|studierende|tonnen)|"
    r"Studierende|Beschäftigte|homes|houses|flats|units|people|residents|visitors|jobs|square|metres|meters|trees|pupils|"
    r"students|members|tonnes|km|households|dwellings|apartments|places|spaces|signatures|bikes|beds|seats)$"
)
# Compounds of these happen every year or are given every year: the number is their date.
_YEARLY = re.compile(
    r"(?:preis(?:es)?|messe|kongress(?:es)?|forum|tag(?:es)?|tage|festival|festivals|konferenz|biennale|triennale|woche|gala|kirchweih|award|awards|prize|"
    r"congress|conference|summit|expo|olympics|schau|werkstatt|gipfel|gipfels|fest|wahl|games|festspiele|akademie|treffen|verlag)$",
    re.IGNORECASE,
)
_AFTER_YEAR = re.compile(r"(?:19|20)\d\d\s?[-–/]?\s?$|\.\s$")
_CITED = re.compile(r"[.,:]\s[A-ZÄÖÜ]\w+\s(?:19|20)\d\d[.,;)]$")


@cache
def _words(group: str) -> frozenset[str]:
    """Return the words that may stand before a number: 'about', 'time_nouns' or 'function_words'."""
    table = word_table("calendar.toml")
    return frozenset(table["before_years"][group].split())


def is_date_like(text: str, start: int, end: int, anchor: int | None) -> bool:
    """Tell whether ``text[start:end]``, four digits, stands like a date; ``anchor`` is the article's year, if known.

     1. Before things that are counted, or after 'rund', it is an amount.
     2. After a time noun, a function word, a sign or at the start of a line it is a year.
     3. After another noun it is part of a name ('Agenda 2030'), unless the noun is a yearly event or the
        year is not ahead and running text goes on ('hat die Stadt Augsburg 1999 verliehen'), or it is the
    article's own year, or the end of a citation ('Rohn Verlag, Lemgo 2020.'). Where the article's year is not
    known, round years ('Europa 2030') count as names.
    """
    before = _BEFORE.search(text, max(0, start - 40), start)
    after = _AFTER.match(text, end, end + 40)
    following = (after["word"] or "") if after else ""
    word, sign = (before["word"] or "", before["sign"]) if before else ("", "")
    line_starts = not text[max(0, start - 40) : start].rpartition("\n")[2].strip()
    if (
        (after and after["sign"])
        or (word.lower() in _words("about") and not sign)
        or word in ("Nr", "No", "Nummer", "Zimmer", "Raum", "Tel", "PLZ")
    ):
        return False
    if re.search(r"\d[\s/-]$", text[max(0, start - 2) : start]) and not _AFTER_YEAR.search(
        text, max(0, start - 8), start
    ):
        return False
    if word in _words("time_nouns") and not sign:
        return True
    if following and text[end : end + 1] == " " and _COUNTED.match(following):
        return False
    if line_starts or sign:
        return not sign or sign[-1] not in "-–&/+#" or bool(_AFTER_YEAR.search(text, max(0, start - 8), start))
    if not word or word[0].islower() or word in _words("function_words"):
        return True
    if _YEARLY.search(word):
        return True
    year = int(text[start:end])
    runs_on = text[end : end + 1] == " " and following[:1].islower()
    if anchor is None:
        return (runs_on and year % 5 != 0) or bool(_CITED.search(text, max(0, start - 40), end + 1))
    return year <= anchor and (runs_on or year >= anchor - 1 or bool(_CITED.search(text, max(0, start - 40), end + 1)))
