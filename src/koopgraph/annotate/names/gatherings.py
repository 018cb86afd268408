"""Events that are described rather than named: programme items, panels, 'Exkursion nach …', 'public meeting'."""

from __future__ import annotations

import re
from collections.abc import Iterator

from koopgraph.annotate.matches import has_any
from koopgraph.annotate.names.view import TextView
from koopgraph.model import EntityType, Mention

# '19:00 Eröffnung mit …', '- 14.30 Uhr: Rundgang': what happens at a time of a programme.
PROGRAMME_ITEM = re.compile(
    r"(?m)^[ \t#*•–-]*\d{1,2}[.:]\d\d(?:\s?[–-]\s?\d{1,2}[.:]\d\d)?(?:\s?(?:Uhr|h|am|pm))?[ \t:|–-]+"
    r"(?P<name>[A-ZÄÖÜ„«»“\"][^\n,:;(|]{3,80}?)(?= mit | with |[,:;(|\n]| [–-] |$)"
)
_TIME_OF_DAY = re.compile(r"\d[.:]\d\d")
MINIMUM_ITEMS = 3  # fewer times at line beginnings make no programme
PAUSE = re.compile(
    r"(?i)pause|kaffee|mittag|einlass|anmeldung|ankommen|gru(?:ß|ss)|begrü(?:ß|ss)|ausklang|ende\b|imbiss|abreise|anreise|"
    r"registration|coffee|lunch|break|welcome|arrival|closing|departure|questions"
)
# 'Panel A: Who owns the heat?', 'Werkstatt C „Jugend baut“', 'Impuls II'.
PANEL = re.compile(
    r"(?<![\w-])(?P<name>(?:Panel|Workshop|Werkstatt|Forum|Impuls|Session|Plenary|AG|Block|Arbeitsgruppe|Stream|Track)"
    r" (?:[A-H]|[IVX]{1,4}|\d{1,2})(?:: [^\n.]{3,80}|,? [„«»“\"(][^\n]{3,80}?[“”»«\")])?)(?![\w])"
)
_MEETINGS = (
    *("Panel ", "Workshop ", "Werkstatt ", "Forum ", "Impuls ", "Session ", "Plenary ", "AG ", "Block "),
    *("Arbeitsgruppe ", "Stream ", "Track "),
)
JOURNEY = re.compile(
    r"(?<![\w-])(?P<name>(?=[A-ZÄÖÜ])\w*"
    r"(?:[Ee]xkursion|[Rr]undgang|[Ss]paziergang|[Rr]adtour|[Ff]ahrradtour|[Ff]ahrt|[Ff]ührung|[Bb]esichtigung"
    r"|[Nn]etzwerktreffen|[Kk]ick-off)"
    r" (?:nach|durch|zum|zur|in|im|de[rs])(?: (?:das|die|den|der|dem))?(?: [A-ZÄÖÜ][\w-]+){1,3})"
)
_JOURNEYS = (
    *("xkursion ", "undgang ", "paziergang ", "adtour ", "ahrt ", "ührung ", "esichtigung ", "etzwerktreffen "),
    "ick-off ",
)
# Without a name, but identified by what they are for.
PLAIN = {
    "de": re.compile(
        r"(?<![\w-])(?P<name>(?:nächsten?|erste[nrs]?|zweite[nrs]?|dritte[nrs]?|öffentliche[nr]?) (?:[A-ZÄÖÜ]\w*)?"
        r"(?:[Ss]itzung|[Tt]reffen|[Vv]ersammlung|[Ff]ührung|[Kk]onferenz|[Ww]erkstatt|[Gg]espräch|[Ss]patenstich"
        r"|[Ww]orkshop|[Ff]orum|(?<=\w\w\w)tag))\b"
    ),
    "en": re.compile(
        r"(?<![\w-])(?P<name>(?:(?:second|first|third|next|final|closing|annual|kick-off|spring|autumn) )?"
        r"(?:public|awards?|opening|street|drop-in|launch|partner|community|press|memorial|town hall|consultation"
        r"|planning|closing|project|steering|prize|ribbon-cutting|ground-breaking|residents'?|council)"
        r" (?:meeting|ceremony|party|event|session|conference|evening|hearing|workshop|fair|walk))\b"
    ),
}
# Each match of a pattern above has one of these: the pattern is not tried on other texts.
_PLAIN_WORDS = {
    "de": ("nächste", "erste", "zweite", "dritte", "öffentliche"),
    "en": (
        *(" meeting", " ceremony", " party", " event", " session", " conference", " evening", " hearing"),
        *(" workshop", " fair", " walk"),
    ),
}


def find(view: TextView) -> Iterator[Mention]:
    """Yield events that are described rather than named."""
    text, language = view.text, view.lexicon.language
    if _TIME_OF_DAY.search(text):
        items = [m for m in PROGRAMME_ITEM.finditer(text) if not PAUSE.search(m["name"])]
        if len(items) >= MINIMUM_ITEMS:
            yield from (_mention(match, 0.65) for match in items if _is_event(view, match["name"]))
    if has_any(text, _MEETINGS):
        yield from (_mention(match, 0.8) for match in PANEL.finditer(text))
    if language == "de" and has_any(text, _JOURNEYS):
        yield from (_mention(match, 0.7) for match in JOURNEY.finditer(text))
    if has_any(text, _PLAIN_WORDS[language]):
        yield from (_mention(match, 0.6) for match in PLAIN[language].finditer(text))


def _is_event(view: TextView, name: str) -> bool:
    """Whether a programme item is more than a speaker or a heading: it holds an event's head noun or a quoted name."""
    words = name.split()
    if any(word in view.lexicon.first_names for word in words[:2]):
        return False
    heads = [view.lexicon.alone(word) or view.lexicon.head(word) for word in words]
    return EntityType.EVENT in heads or name[0] in '„«»“"'


def _mention(match: re.Match[str], confidence: float) -> Mention:
    start, name = match.start("name"), match["name"].rstrip()
    return Mention(start, start + len(name), name, EntityType.EVENT, name, "gatherings", confidence)
