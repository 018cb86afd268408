"""Who wrote it: the byline of plain text, from the lines at its head and foot.

1. The lines are split into segments at '|', '·', '•' and wide gaps; long lines of the body into sentences.
2. A label ('Text:', 'Es tippte:', 'Verfasst von', 'Interview:') followed by personal names is a byline,
   and so is a short line that begins with 'Von' or 'By' and holds nothing but names.
3. Failing that the text may be signed, or introduce its author (:mod:`koopgraph.read.signature`).

Photographers are no authors, nor are desks, agencies, initials and those responsible in the sense of the press law:
a wrong author is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from koopgraph.read.authors import is_person, names_at
from koopgraph.read.dates import find_dates
from koopgraph.read.signature import introduced_author, lone_name_above, lone_name_below, signed_authors

HEAD_LINES = 7
"""Lines with text below the title in which a byline is looked for."""

FOOT_LINES = 6
"""Last lines with text in which a byline is looked for."""

MAX_LINE = 600
"""Characters of a line that are looked at, from its beginning at the head and its end at the foot of a text."""

_LONG = 160
"""Characters from which a line is a paragraph of the body, in which only labels with a verb or colon count."""

_SENTENCE_LENGTH = 40
"""Characters from which a segment may hold several sentences."""

_PIECE = (
    r"(?:(?:gast)?(?:beitrag|kommentar|artikel)|blog(?:post|beitrag|eintrag)|(?:erfahrungs|reise|werkstatt|erlebnis)?bericht|"
    r"reportage|text|interview|essay|glosse|kolumne|porträt|feature|notizen|rezension|gespräch|nachruf|rückblick|analyse|"
    r"meinung|dokumentation|zusammenfassung|mitschrift|protokoll|recherche)"
)
_PICTURES = r"(?:fotos?|photos?|bild(?:er)?|pictures|photography|interview|recherche|konzept|gestaltung)"
_AND = r"\s*(?:und|and|&|\+|/|,)\s*"
_WITH_COLON = re.compile(
    rf"(?:(?:{_PICTURES}{_AND})?(?:texte?|words|wort|story)(?:{_AND}{_PICTURES})*|"
    rf"(?:interview|recherche|fragen)(?:{_AND}(?:text|protokoll|fotos?))?|"
    r"(?:unsere? )?autor(?:in|en|innen|:innen|\*innen|/-?in)?(?: d(?:ieses|es) \w+)?|"
    r"(?:über|zu[mr]) (?:den |die )?autor(?:in)?|authors?|about the author|written by|posted by|"
    r"reported by|rapporteur|"
    r"reporter(?:in)?|report|from|redaktion|bericht|reportage|(?:sitzungs)?protokoll(?:führung|führer|führerin|ant|antin)?|"
    r"schriftführ(?:ung|er|erin)|niederschrift|mitschrift|aufzeichnung|dokumentation|zusammenfassung|"
    r"notizen|rezension|kommentar|kolumne|nachruf|verfasser(?:in)?|"
    r"es (?:tippte|berichtete?|schrieb)|aufgezeichnet(?: von)?|von|by)\s*:\s*",
    re.IGNORECASE,
)
_WITH_VERB = re.compile(
    rf"(?:(?:geschrieben|verfasst|gepostet|aufgezeichnet|aufgeschrieben|zusammengestellt|protokolliert|notiert|erstellt|"
    rf"eingestellt|veröffentlicht|dokumentiert|mitgeschrieben|interview geführt|"
    rf"(?:{_PICTURES}{_AND})?text(?:{_AND}{_PICTURES})?|"
    rf"written|posted|reported|compiled|words|story|report|interview) (?:von|by)\s+|"
    rf"(?:eine? )?(?:\w+er )?{_PIECE}(?: aus [\w-]+)? (?:von|by)\s+|"
    r"die fragen stellten? |das (?:gespräch|interview) (?:führten?|führte) |es (?:tippte|berichtete?|schrieb) |"
    r"(?:aus|für uns in) [\w-]+ berichtete? |(?:der autor|die autorin|unsere autorin|unser autor|the author) )",
    re.IGNORECASE,
)
# Labels behind which one word may be a name: 'Protokoll: Krahl', but not 'Bericht: Stadtumbau'.
_OF_A_PERSON = re.compile(
    r"(?:\w+ )?(?:von|by)\b|autor|author|verfasser|protokoll|schriftf|es |die fragen|das gespr", re.IGNORECASE
)
_PLAIN = re.compile(r"(?:von|by)\s+", re.IGNORECASE)
_LABEL_ALONE = re.compile(
    r"(?:text|autor(?:in)?|author|writer|words|von|by|written by|verfasser(?:in)?)$", re.IGNORECASE
)
_TABLE_RULE = re.compile(r"[|:\s-]+$")
# 'Veröffentlicht am 3. Mai 2021, 10:15 Uhr von Jana Muster': what may stand between the date and the name.
_BY_AFTER_DATE = re.compile(
    r"[\s,|–-]*(?:(?:um|at)\s+)?(?:\d\d?[:.]\d\d\s*(?:uhr|[ap]m)?)?[\s,|–-]*(?:von|by)\s+", re.IGNORECASE
)
_ROLE_IN_BRACKETS = re.compile(r"[^()]*\(([^()]+)\)?")
_SEGMENTS = re.compile(r"\s+[|·•]\s+|\t+| {3,}")
_SENTENCES = re.compile(r"(?<=[.!?)])(?<!\bDr\.)(?<!\bProf\.)(?<!\bIng\.)(?<!\bMag\.)(?<!\b[A-ZÄÖÜ]\.)\s+(?=[A-ZÄÖÜ])")
# What may follow the names of a bare 'Von …' line; anything else makes it a heading ('Von Jana Muster bis Bo Li').
_AFTER_PLAIN = re.compile(r"(?:$|[,;:|(\[<–—-]|\d|(?:am|im|für|on|in|aus|and|und)\b|\.\s*$)")


def read_authors(text: str) -> tuple[str, ...]:
    """Return the authors that the head or foot of ``text`` names; ``text`` begins with its title.

    >>> read_authors("Brücke fertig\\nVon Moritz Schefers (Text) und Bo Li (Fotos)\\n\\nLeipzig. Seit gestern …")
    ('Moritz Schefers',)
    """
    lines = [line.strip() for line in text.splitlines() if line.strip(" \t-–—_*#~")]
    head = [line[:MAX_LINE] for line in lines[1 : HEAD_LINES + 1]]
    foot = [line[-MAX_LINE:] for line in lines[1:][-FOOT_LINES:]]
    for part in (head, foot):
        authors = tuple(dict.fromkeys(name for line in part for name in labelled_authors(line)))
        if authors:
            return authors
    plain = (_plain(line) for line in (*head[:4], *reversed(foot)))
    return (
        next(filter(None, plain), ())
        or _stacked(head)
        or _stacked(foot)
        or signed_authors(foot)
        or lone_name_above(head, text)
        or lone_name_below(foot, text)
        or introduced_author(foot, text)
    )


def labelled_authors(line: str) -> tuple[str, ...]:
    """Return the persons that a label in ``line`` names as those who wrote the text.

    >>> labelled_authors("Leipzig | Veröffentlicht am 3. Mai 2021 von Jana Muster | Fotos: Bo Li")
    ('Jana Muster',)
    """
    segments = tuple(_segments(line))
    found = [name for segment in segments for name in _labelled(segment)]
    found += [name for label, name in pairwise(segments) if _LABEL_ALONE.match(label) and is_person(name)]
    return tuple(found)


def is_byline(line: str) -> bool:
    """Tell whether the whole ``line`` says who wrote the text: then a date in it is that of the text."""
    return bool(len(line) < _LONG and (labelled_authors(line) or _plain(line)))


def _segments(line: str) -> Iterator[str]:
    for segment in _SEGMENTS.split(line):
        bare = segment.strip(' *_()[]"|')
        yield from _SENTENCES.split(bare) if len(bare) > _SENTENCE_LENGTH else [bare]


def _labelled(segment: str) -> tuple[str, ...]:
    label = _WITH_COLON.match(segment) or _WITH_VERB.match(segment)
    if not label:
        dates = find_dates(segment) if len(segment) < _LONG else ()
        signs = (_BY_AFTER_DATE.match(segment, found.end) for found in dates)
        return next((names_at(segment[sign.end() :])[0] for sign in signs if sign), ())
    rest = segment[label.end() :]
    names, after = names_at(rest, single=bool(_OF_A_PERSON.match(label[0])))
    if names and " " not in names[0] and not _AFTER_PLAIN.match(after):
        names = ()
    if not names and (role := _ROLE_IN_BRACKETS.match(rest)) and "report" in label[0].casefold():
        names, _ = names_at(role[1])
    if not names and label[0].casefold().startswith(("geschrieben", "gepostet", "verfasst", "posted", "written")):
        handle = re.match(r"([a-zäöüß]{2,20}) (?:am|on|um|in)\b", rest)  # bloggers sign in small letters
        names = (handle[1],) if handle else ()
    return names


def _plain(line: str) -> tuple[str, ...]:
    label = _PLAIN.match(line)
    if not label or len(line) >= _LONG:
        return ()
    names, rest = names_at(line[label.end() :], single=True)
    return names if names and _AFTER_PLAIN.match(rest) and (" " in names[0] or not rest) else ()


def _stacked(lines: Sequence[str]) -> tuple[str, ...]:
    """A label on a line of its own and the name on the next one, as copying from a web page leaves them."""
    for label, name in pairwise(line.strip(" |:*") for line in lines if not _TABLE_RULE.match(line)):
        if _LABEL_ALONE.match(label) and is_person(name):
            return (name,)
    return ()
