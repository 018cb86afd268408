"""Whether a passage asserts what it says: denied, cancelled, merely wished or possible things are no facts.

Firmly planned things are asserted ('soll 2027 eröffnen', 'findet am 3. Mai statt'); 'könnte' and 'vielleicht'
are not. The cue must stand in the clause of the match, not in a neighbouring one.
"""

from __future__ import annotations

import re
from functools import cache

from koopgraph.model import Language

CUES: dict[str, tuple[str, ...]] = {
    "de": (
        r"nicht",
        r"kein(?:e[rsnm]?)?",
        r"nie(?:mals)?",
        r"könnte[nt]?",
        r"würde[nt]?",
        r"vielleicht",
        r"womöglich",
        r"möglicherweise",
        r"abgesagt",
        r"abgelehnt",
        r"lehnt(?:e)?[^.;,]{0,30} ab",
        r"gescheitert",
        r"scheiterte",
        r"entfällt",
        r"entfallen",
        r"fällt aus",
        r"fiel aus",
        r"gestrichen",
        r"gestoppt",
        r"fordert(?:e|en)?",
        r"verlangt(?:e|en)?",
        r"wünscht(?:e|en)?",
        r"hofft(?:e|en)?",
        r"hätte[nt]?",
        r"wäre[nt]?",
        r"bewirbt sich",
        r"bewerben sich",
        r"noch offen",
        r"im Gespräch",
        r"statt eine[sr]",
        r"angedacht",
        r"überlegt",
        r"prüft",
        r"Gerücht(?:e)?",
        r"angeblich",
        r"leer aus",
        r"verschoben",
        r"ohne",
    ),
    "en": (
        r"not",
        r"\w+n[’']t",
        r"never",
        r"no",
        r"nor",
        r"might",
        r"could",
        r"would",
        r"perhaps",
        r"possibly",
        r"maybe",
        r"cancelled",
        r"canceled",
        r"rejected",
        r"refused",
        r"abandoned",
        r"scrapped",
        r"demand(?:s|ed)?",
        r"hope[sd]?",
        r"hoped",
        r"wish(?:es|ed)?",
        r"calls? for",
        r"called for",
        r"proposed",
        r"rumou?red",
        r"denied",
        r"denies",
        r"postponed",
        r"dropped",
        r"without",
        r"considering",
    ),
}
# 'nicht nur' and the like assert all the same, and so does 'kein X, wie …' (the signs are names, see shadow.py).
EXCEPTIONS: dict[str, str] = {
    "de": (
        r"keine?\s[\ue000-\ue0ff],\swie|nicht (?:nur|zuletzt|weniger|mehr als|erst)"
        r"|ohne (?:Mikro|Pause)|kein(?:e|er)? (?:Geringere|Wunder)"
    ),
    "en": r"not (?:only|just|least)|no (?:less|fewer) than",
}
_CLAUSE_END = re.compile(r"[;!?\n]|\. |, (?:aber|doch|sondern|und|but|while|während|obwohl|although)\b| – ")


@cache
def _cue(language: str) -> re.Pattern[str]:
    return re.compile(r"(?<![\w-])(?:" + "|".join(CUES[language]) + r")(?![\w-])", re.IGNORECASE)


@cache
def _exception(language: str) -> re.Pattern[str]:
    return re.compile(EXCEPTIONS[language], re.IGNORECASE)


def is_asserted(text: str, start: int, end: int, language: Language) -> bool:
    """Whether the clause of ``text`` around the half-open span ``start``–``end`` asserts what it says.

    >>> is_asserted("Die Messe in Gera wurde abgesagt.", 0, 17, "de")
    False
    >>> is_asserted("Nicht nur Gera, auch Jena nimmt teil.", 0, 37, "de")
    True
    """
    code = "en" if language == "en" else "de"
    begin = 0
    for boundary in _CLAUSE_END.finditer(text, 0, start):
        begin = boundary.end()
    following = _CLAUSE_END.search(text, end)
    clause = text[begin : following.start() if following else len(text)]
    return _cue(code).search(_exception(code).sub(" ", clause)) is None
