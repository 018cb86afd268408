"""Authors without a label: a sign-off, a line that is nothing but a name, a line that introduces the author.

A name on a line of its own is told from a heading by what a heading does and an author does not: its words come back
in the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from koopgraph.read.authors import names_at
from koopgraph.read.dates import find_dates

_PROSE = 60
"""Characters from which the line beside a lone name is prose, so that the name is not one of a list."""

_MAX_NAME_LINE = 120
"""Characters up to which a line may be a name with a date, an office or a group behind it."""

_MAX_INTRODUCTION = 300
"""Characters up to which a paragraph may introduce the author."""

_SHORT_WORD = 3
"""Letters up to which a word of a name is too short to be recognised in other words."""

_YOURS = re.compile(
    r"(?:.*?(?:gr(?:uß|üße|üsse)n?|herzlich(?:st)?|regards|wishes|bald|dann)[,!]?\s+)?(?:von\s+)?"
    r"(?:(?:es )?grüßt\s+)?(?:eu(?:er|re)|ihre?|deine?|yours),?\s+",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r".*\b(?:gr(?:uß|üße|üsse)n?|herzlich(?:st)?|regards|wishes|sincerely|yours|cheers|bis (?:bald|dann|dahin)|"
    r"eu(?:er|re)|ihre?)\b[^.]{0,25}$",
    re.IGNORECASE,
)
_EDITED = re.compile(
    r"(.+?)(?:\s*\(|,\s+)(?:redaktion|text|autor(?:in)?|protokoll|schriftführ(?:er|erin|ung))\)?\.?$", re.IGNORECASE
)
_POSTED = re.compile(r"\|.*\b(?:gepostet|veröffentlicht|posted|published)\b", re.IGNORECASE)
_FOR_A_GROUP = re.compile(r"(?:für (?:den|die|das)|for the|on behalf of|im namen)\b")
# A foot may close with these below the name of the author.
_BELOW_NAME = re.compile(
    r"\W*(?:erschienen|veröffentlicht|foto|bild|tags|schlagworte|stand|kategorie|mitarbeit|p\.?\s?s\.|©|copyright|"
    r"kommentare|der autor|die autorin)",
    re.IGNORECASE,
)
_INTRODUCES = re.compile(
    r"\s*(?:\([^)]*\)\s*)?,?\s*(?:\d\d,\s*)?(?:ist|is|arbeitet|lebt|schreibt|bloggt|studiert|hat|works|writes|lives)\b"
)
_WRITES = re.compile(
    r"\b(?:(?:autor|redakteur|journalist|reporter|korrespondent|volontär|blogger|kolumnist|publizist|texter|"
    r"kommunikations\W?wissenschaftler)(?:in)?|blog|bloggt|schreibt|berichtet|writer|editor|writes|reports|correspondent|"
    r"columnist|freelance)\b",
    re.IGNORECASE,
)


def signed_authors(foot: Sequence[str]) -> tuple[str, ...]:
    """Read 'Herzlich, Ihre Jana Muster', 'Jana Muster (Redaktion)', or a name below a line of greeting."""
    for index in range(len(foot) - 1, -1, -1):
        line = foot[index]
        if len(line) > _MAX_NAME_LINE:
            continue
        edited, yours = _EDITED.match(line), _YOURS.match(line)
        greeted = index > 0 and len(foot[index - 1]) < _PROSE and _GREETING.match(foot[index - 1])
        names, rest = names_at(edited[1] if edited else line[yours.end() :] if yours else line if greeted else "")
        if names and (not rest.strip(" .!") or ((yours or greeted) and rest[0] in ",(–-|")):
            return names
    return ()


def lone_name_above(head: Sequence[str], text: str) -> tuple[str, ...]:
    """Read a name alone below the title or its subtitle, with prose, a date or a dateline below the name."""
    for index, line in enumerate(head[:2]):
        followed = index + 1 < len(head) and (len(head[index + 1]) > _PROSE or any(find_dates(head[index + 1])))
        if followed and len(line) < _PROSE:
            names, rest = names_at(line)
            # 'Groß Lüsewitz, 3. Mai 2021' is a place: a bar or an 'am' tells a name from it.
            dated = re.match(r"[|·•]|am\b|on\b", rest) and any(find_dates(rest))
            if names and (not rest or dated) and not _come_back(names, line, text):
                return names
    return ()


def lone_name_below(foot: Sequence[str], text: str) -> tuple[str, ...]:
    """Read a name that ends the text: alone, or with a date or a group behind it, before at most two notes."""
    for index, whole in enumerate(reversed(foot[-3:])):
        line = whole.strip(" –—-~*_")
        # Prose above, or words of a platform beside it: so it is not one of a list of names.
        posted = _POSTED.search(line)
        if (len(foot) > index + 1 and len(foot[-index - 2]) > _PROSE) or posted:
            names, rest = names_at(line)
            dated = any(find_dates(rest)) and len(rest) < 40
            fits = not rest or dated or posted or _FOR_A_GROUP.match(rest)
            if len(names) == 1 and len(line) < _MAX_NAME_LINE and fits and not _come_back(names, line, text):
                return names
        if not (_BELOW_NAME.match(line) or any(find_dates(line))) or len(line) > 90:
            break
    return ()


def introduced_author(foot: Sequence[str], text: str) -> tuple[str, ...]:
    """Read 'Jana Muster ist freie Journalistin in Leipzig.' at the very end, of a person the text does not name.

    >>> end = "Jana Muster ist freie Journalistin und lebt in Leipzig."
    >>> introduced_author(["Die Brücke steht.", end], f"Die Brücke steht. {end}")
    ('Jana Muster',)
    """
    for line in foot[-1:]:
        names, rest = names_at(line)
        if len(names) == 1 and len(line) < _MAX_INTRODUCTION and _INTRODUCES.match(rest) and _WRITES.search(rest):
            return names if names[0].split()[-1] not in text.replace(line, " ", 1) else ()
    return ()


def _come_back(names: Sequence[str], line: str, text: str) -> bool:
    """Whether the text uses the words of a supposed name as words: all of them, or one in small letters."""
    others = text.replace(line, " ", 1)
    for name in names:
        others = others.replace(name, " ")  # where the text introduces its author below
    words = [word for name in names for word in name.split() if len(word) > _SHORT_WORD]
    small = any(re.search(rf"\b{re.escape(word.lower())}", others) for word in words)
    return small or all(re.search(rf"\b{re.escape(word)}", others, re.IGNORECASE) for word in words)
