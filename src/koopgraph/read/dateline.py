"""When it was published, and by whom: dateline, press marks and credits of plain text.

From the strongest sign to the weakest: a date with a label ('erschienen am', 'Posted on', 'Stand:'), a dateline
('Leipzig, 21.09.2015 –'), a date that fills a line or a segment of one at the head, the same at the foot,
the number of an issue ('Ausgabe 2/2024'). The dates of the article's own events are none of these: where the
head announces an event or records a meeting, unlabelled dates do not count.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from koopgraph.read.byline import MAX_LINE, is_byline
from koopgraph.read.dates import DateFound, find_dates

HEAD_LINES = 5
"""Lines with text, the title among them, in which the date of publication is looked for."""

FOOT_LINES = 4
"""Last lines with text in which it is looked for."""

_LONG = 160
_LABEL = re.compile(
    r"\b(?:veröffentlicht|erschien(?:en)?|publiziert|gepostet|geschrieben|verfasst|abgelegt|online seit|"
    r"eingestellt|zuletzt (?:bearbeitet|geändert|aktualisiert)|aktualisiert|geändert|stand|meldung|mitteilung|"
    r"pressemitteilung|medienmitteilung|presseinformation|presseinfo|bekanntmachung|newsletter|rundbrief|ausgabe|published|posted|"
    r"last (?:edited|modified|updated)|updated|press release|issued)\b",
    re.IGNORECASE,
)
# Between a label and its date: 'am', 'on Sunday,', 'dieser Seite:', 'im Magazin Landpartie vom', 'von Volker am'.
_MAX_GAP = 45
_LABEL_BEHIND = re.compile(r"[^.!?]{0,60}\b(?:erschienen|veröffentlicht|gepostet|geändert|bearbeitet)\b", re.IGNORECASE)
_TEXT_ITSELF = re.compile(
    r"\b(?:text|beitrag|artikel|gespräch|interview|seite|meldung|stand|posted|published|page|article|from|geschrieben)\b",
    re.IGNORECASE,
)
_OTHER_ISSUE = re.compile(r"nächste|next|redaktionsschluss|vorige|letzte|previous", re.IGNORECASE)
# An appointment: 'Donnerstag, 3. Mai 2021, 19 Uhr, Rathaus'; a time stamp has minutes and nothing behind it.
_APPOINTMENT = re.compile(
    r"[,\s]*(?:(?:um|ab|at|from)\s+)?\d\d?(?:[.:]\d\d)?\s*(?:uhr|h\b|bis\b|[–-]|[ap]m\b)", re.IGNORECASE
)
_ISSUE_MONTH = re.compile(r"\b(\w+?)-?ausgabe (\d{4})", re.IGNORECASE)
_WEEKDAY = (
    r"(?:(?:mo|di|mi|do|fr|sa|so|mon|tue|wed|thu|fri|sat|sun)\b\.?|montag|dienstag|mittwoch|donnerstag|freitag|samstag|"
    r"sonnabend|sonntag|monday|tuesday|wednesday|thursday|friday|saturday|sunday),?"
)
# Place in front of a date: one to six words, at least the first capitalised, without a verb's full stop.
_PLACE = re.compile(
    rf"[(]?[A-ZÄÖÜ][^\d.!?:|]{{1,60}}?(?:\([^)\d]{{1,20}}\.?\))?\s*[,/]\s*(?:(?:den|im|am|{_WEEKDAY})\s+)?$",
    re.IGNORECASE,
)
_DATELINE_END = re.compile(r"\s*(?:$|[–—:(|,.)\]/·•-])")
_ONLY_WEEKDAY = re.compile(rf"[(\[]?\s*(?:{_WEEKDAY})?\s*(?:(?:im|den|am|vom)\s+)?$", re.IGNORECASE)
_SEGMENTS = re.compile(r"\s+[|·•]\s+|\t+| {3,}")
_SENTENCES = re.compile(r"(?<=[^\W\d]{2}[.!?])\s+(?=[A-ZÄÖÜ(])|(?<=\d{4}\.)\s+(?=[A-ZÄÖÜ(])")
_TIME = re.compile(
    r"[\s,;|)\].]*(?:\(?\d\d?[:.]\d\d(?:\s*(?:uhr|h))?\)?|seite \d+|s\. \d+|page \d+)?[\s)\].]*$", re.IGNORECASE
)
_EVENT = re.compile(
    r"^\s*[*_]*(?:veranstalter(?:in)?|venue|ort|wo|wann|where|when|zeit|dauer|beginn|datum|date|place|anmeldung|anwesend|present|"
    r"tagesmoderation|sitzungsleitung|auslober)\b[*_]*\s*[:?]|^\s*(?:niederschrift|sitzungsprotokoll|save the date)\b|"
    r"\b(?:programme|programm)\s*$|^programm\b|\bSAVE THE DATE\b",
    re.IGNORECASE,
)
_ISSUE_YEAR = re.compile(
    r"\b(?:ausgabe|nr\.?|no\.?|issue|heft|brief|\w*brief|newsletter|\w*post|\w*bote|magazin|zeitung)\s+(?:[1-9]|[1-4]\d|5[0-3])/((?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_INITIALS = re.compile(r"(?:^|[\s(])(?:[a-z]{1,5}(?:/[a-z]{1,5})?\.?|red\.?|[a-z]{2,3}/red\.?),\s*(?:stand:?\s*)?$")
_PERIODICAL = (
    r"[^\d|:;.!?]*(?:[Kk]urier|[Zz]eitung|[Aa]nzeiger|[Bb]ote|[Bb]lätter|[Bb]latt|[Ee]cho|[Mm]agazin|[Jj]ournal|[Nn]achrichten|"
    r"[Rr]undschau|[Tt]agespost|[Bb]ötle|Post|Presse|Times|Gazette|Herald|Chronicle|Courier|Tribune|Observer)"
)
_PERIODICAL_LINE = re.compile(rf"({_PERIODICAL}),\s")
_ISSUER = re.compile(
    r"(?:press(?:e|emitteilung)?mitteilung|pressemitteilung|medienmitteilung|presseinformation|press release)\s+"
    r"(?:der|von|of(?: the)?|by(?: the)?)\s+([A-ZÄÖÜ][^\d,;:|.]{3,60})$",
    re.IGNORECASE,
)
_CREDIT = re.compile(r"(?:quelle|herausgeber(?:in)?|hrsg\.?|publisher|source)\s*:\s*([^|·:;]{3,70})$", re.IGNORECASE)


def read_published(text: str) -> str | None:
    """Return the date of publication (EDTF) that the head or foot of ``text`` gives, or None.

    >>> read_published("Brücke fertig\\n\\nLeipzig, 21.09.2015 – Seit gestern rollt der Verkehr über die Brücke.")
    '2015-09-21'
    """
    lines = _lines(text)
    head = [line[:MAX_LINE] for line in lines[:HEAD_LINES]]
    foot = [line[-MAX_LINE:] for line in lines[1:][-FOOT_LINES:]]
    labelled = _labelled(head) or _labelled(foot)
    if labelled:
        return labelled
    announced = any(_EVENT.search(line[:MAX_LINE]) for line in lines[: HEAD_LINES + 3])
    if not announced:
        for line in head:
            if found := _dateline(line) or _filled(line):
                return found
    for line in reversed(foot):
        if found := _credit_date(line) or (None if announced else _filled(line) or _last_sentences(line)):
            return found
    issue = next((match[1] for line in (*head, *foot) if (match := _ISSUE_YEAR.search(line))), None)
    return None if announced else issue


def read_publisher(text: str) -> str | None:
    """Return the medium or the office that published ``text``, where its head or foot says so.

    >>> read_publisher("Brücke fertig\\nPressemitteilung der Stadt Leipzig\\n\\nSeit gestern …")
    'Stadt Leipzig'
    """
    lines = _lines(text)
    for line in (*lines[1:4], *lines[4:][-3:]):
        if len(line) < _LONG:
            if match := _ISSUER.match(line) or _CREDIT.match(line):
                return match[1].split(",", 1)[0].strip(" .*_")
            if (match := _PERIODICAL_LINE.match(line)) and any(find_dates(line)):
                return match[1].strip(" *_")
    return None


def _lines(text: str) -> list[str]:
    return [line.strip(" \t*_") for line in text.splitlines() if line.strip(" \t-–—_*#~")]


def _labelled(lines: Sequence[str]) -> str | None:
    for line in lines:
        for found in find_dates(line):
            if not found.in_range and _has_label(line, found):
                return found.edtf
        if (issue := _ISSUE_MONTH.search(line)) and "erschienen" in line.casefold():
            return next((found.edtf for found in find_dates(f"{issue[1]} {issue[2]}")), None)
    return None


def _has_label(line: str, found: DateFound) -> bool:
    before = line[: found.start]
    if _OTHER_ISSUE.search(before[-_MAX_GAP:]):
        return False
    if is_byline(line):
        return True
    labels = list(_LABEL.finditer(before))
    if len(line) > _LONG:
        # In a paragraph of prose the label must speak of the text itself, in the same sentence.
        sentence = _SENTENCES.split(before)[-1]
        behind = _LABEL_BEHIND.match(line, found.end)
        return bool(_TEXT_ITSELF.search(sentence) and len(sentence) < _LONG and (_LABEL.search(sentence) or behind))
    if labels and found.start - labels[-1].end() <= _MAX_GAP:
        return True
    return bool(_TEXT_ITSELF.search(before) and _LABEL_BEHIND.match(line, found.end))


def _dateline(line: str) -> str | None:
    """The date of 'Leipzig, 21.09.2015 – Text', '16. Juli 2022. Text' or '(28.6.2023) Text'."""
    found = next(find_dates(line[:120]), None)
    if found is None or found.in_range:
        return None
    before = line[: found.start]
    placed = _ONLY_WEEKDAY.match(before) or _PLACE.match(before)
    if placed and _DATELINE_END.match(line, found.end) and not _is_appointment(line, found):
        return found.edtf
    return None


def _filled(line: str) -> str | None:
    """The date that a segment of a short line consists of, or ends with: 'Märkischer Kurier, 23. November 2019'."""
    if len(line) > _LONG:
        return None
    for segment in _SEGMENTS.split(line):
        for found in find_dates(segment):
            before = segment[: found.start]
            opens = (
                _ONLY_WEEKDAY.match(before)
                or before.rstrip().endswith((",", "–", "—", "|", "/", "("))
                or (re.search(rf"[,–—/]\s*(?:im|den|{_WEEKDAY})\s+$", before, re.IGNORECASE))
            )
            if not found.in_range and opens and _TIME.match(segment, found.end):
                return found.edtf
    return None


def _last_sentences(line: str) -> str | None:
    """The date that is a sentence of its own at the end: 'Mo, 3. Februar 2025. Es tippte: Ronny Leucht.'."""
    for sentence in _SENTENCES.split(line[-_LONG:])[-2:]:
        for found in find_dates(sentence):
            if not found.in_range and _ONLY_WEEKDAY.match(sentence[: found.start]) and _TIME.match(sentence, found.end):
                return found.edtf
    return None


def _is_appointment(line: str, found: DateFound) -> bool:
    return bool(_APPOINTMENT.match(line, found.end) and not _TIME.match(line, found.end))


def _credit_date(line: str) -> str | None:
    """The date of a mark that ends a paragraph: '(kbr/sda, 22.11.2024)', 'bru, 7. September 2018'."""
    dates = list(find_dates(line))
    if dates and _TIME.match(line, dates[-1].end) and _INITIALS.search(line[: dates[-1].start].casefold()):
        return dates[-1].edtf
    return None
