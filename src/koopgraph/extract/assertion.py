"""Whether a passage asserts what it says: denied, cancelled, merely possible or demanded things are no facts.

1. The text is cut into clauses, and the cues of ``data/lexicon/assertion.toml`` are found in it, but for exceptions
   ('nicht nur').
2. Each cue reaches as far as its scope: the clause, what stands before or after it, the noun phrase that follows. A cue
   in a subordinate clause or a quotation says nothing about what stands around it, but for conditions.
3. 'nicht X, sondern Y' denies the X alone. A question that can be answered by yes or no asserts nothing. What is said
   of a person in passing ('Ada Weiß, Leiterin des Amtes, …') holds, whatever the sentence denies.

Firmly planned things are asserted ('soll 2027 eröffnen', 'is due to open'); 'könnte' and 'perhaps' are not. The
idea of cues with a scope is that of NegEx and ConText: H. Harkema et al. (2009), ConText: an algorithm for
determining negation, experiencer, and temporal status from clinical reports, Journal of Biomedical Informatics 42.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from typing import Any, Literal, TypeAlias, cast

from koopgraph.annotate.word_tables import word_table
from koopgraph.errors import OntologyError
from koopgraph.extract.required import Required, WordFinder, holds, required_words
from koopgraph.extract.shadow import SIGNS
from koopgraph.model import Language

Kind: TypeAlias = Literal["denied", "cancelled", "possible", "demanded", "conditional", "asked"]
KINDS: tuple[Kind, ...] = ("denied", "cancelled", "possible", "demanded", "conditional", "asked")
SCOPES = ("aside", "phrase", "part", "before", "after", "clause")
"""How far a cue reaches; of two that begin at the same place, that of the narrower scope counts."""
_SIGN = "\ue000-\ue0ff"
# A noun phrase: small words, then the capitalised ones, figures and signs (English: words up to a stop word).
_STOP = r"(?:in|at|on|for|from|to|with|by|was|is|were|are|has|had|have|and|or|but|which|that|who|when|will|of)\b"
_NOUN = {
    "de": rf"(?:\s[a-zäöüß][\w-]*){{0,4}}(?:[\s-]*(?:[A-ZÄÖÜ\d]|[{_SIGN}])[\w.&-]*)+",
    "en": rf"(?:\s(?!{_STOP})(?:[\w.&’'-]|[{_SIGN}])+){{1,6}}",
}
# What hangs on a noun by these words belongs to its phrase; by the others only where they are sure to.
_GENITIVE = {"de": ("der", "des", "von", "vom"), "en": ("of",)}
_ATTRIBUTE = {
    "de": ("in", "im", "am", "an", "auf", "bei", "für", "mit", "zu", "zum", "zur", "aus"),
    "en": ("in", "at", "for", "on"),
}
_HARD_END = r"[;!?\n]|\.\s|:\s| – "
_PART_END = re.compile(r"[,;.!?\n]")
_WORDS_OF_A_SENTENCE = 4
_CLOSING = "“”\"'’‘»«›‹"
# Without its last character or two, the comma and the mark: 'said X' may begin with them.
_QUOTATION = re.compile(
    "(?:" + "|".join(rf"{mark}[^„“”«»\"\n]{{10,400}}" for mark in '„“«»"') + ")" + r"(?=..?[“”«»\"])"
)
# What is said of a person in passing: after a comma or in brackets.
_APPOSITION = re.compile(SIGNS["Person"] + r"(?:, | \()[^;:!?\n]*")
_APPOSITION_END = (",", ")", "")


@dataclass(frozen=True, slots=True)
class Modality:
    """Why a passage asserts nothing: the kind of the cue, and where it stands (half-open)."""

    kind: Kind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Cue:
    modality: Modality
    scope: str
    # How far a phrase, part or contrast reaches; a clause's end is found when a passage is judged.
    end: int


@dataclass(frozen=True, slots=True)
class _Language:
    """The compiled cues of one language."""

    cues: re.Pattern[str]
    words: Required  # without which there is no cue
    finder: WordFinder
    boundary: re.Pattern[str]
    subordinate: re.Pattern[str]
    contrast: re.Pattern[str]
    question: re.Pattern[str]
    phrase: re.Pattern[str]
    short_phrase: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Reading:
    """What was found in one text: clause boundaries, cues in order, and enclosed stretches.

    ``enclosed`` are subordinate clauses and quotations: their cues say nothing about what stands around them.
    """

    boundaries: tuple[tuple[int, int], ...]
    cues: tuple[_Cue, ...]
    enclosed: tuple[tuple[int, int], ...]


def is_asserted(text: str, start: int, end: int, language: Language) -> bool:
    """Whether ``text`` asserts what its half-open span ``start``–``end`` says.

    >>> is_asserted("Die Messe in Gera wurde abgesagt.", 0, 17, "de")
    False
    >>> is_asserted("Nicht nur Gera, auch Jena nimmt teil.", 0, 37, "de")
    True
    """
    return modality(text, start, end, language) is None


def modality(text: str, start: int, end: int, language: Language) -> Modality | None:
    """Return the first cue by which ``text`` takes back what its span ``start``–``end`` says; None if it asserts it.

    >>> modality("Gera könnte folgen.", 0, 18, "de")
    Modality(kind='possible', start=5, end=11)
    """
    reading = _read(text, "en" if language == "en" else "de")
    if not reading.cues:
        return None
    begin, stop = _clause(reading.boundaries, start, end, len(text))
    if _APPOSITION.fullmatch(text, start, end) and text[end : end + 1] in _APPOSITION_END:
        begin, stop = start, end
    for cue in reading.cues:
        inside = begin <= cue.modality.start < stop or (cue.modality.kind == "asked" and cue.modality.start == stop)
        if inside and _reaches(cue, text, start, end) and not _is_elsewhere(cue, reading.enclosed, start, end):
            return cue.modality
    return None


def _clause(boundaries: tuple[tuple[int, int], ...], start: int, end: int, length: int) -> tuple[int, int]:
    """Return the clause, or the clauses, that a passage lies in."""
    ends = [b[1] for b in boundaries]
    before = bisect_right(ends, start)
    stop = next((b[0] for b in boundaries[before:] if b[0] >= end), length)
    return (ends[before - 1] if before else 0), stop


def _reaches(cue: _Cue, text: str, start: int, end: int) -> bool:
    """Whether the cue's scope holds the passage, or part of it."""
    first, last = cue.modality.start, cue.end
    match cue.scope:
        case "clause":
            return True
        case "before":
            return start < cue.modality.end
        case "after":
            return end > cue.modality.start
        case "aside" if start <= first and last < end:
            # A passage that runs over an aside is about it only if a name stands there.
            return any("\ue000" <= letter <= "\ue0ff" for letter in text[first:last])
        case "contrast":
            return first <= start < last or first < end <= last
        case _:
            return start < last and end > first


def _is_elsewhere(cue: _Cue, enclosed: tuple[tuple[int, int], ...], start: int, end: int) -> bool:
    """Whether the cue stands in a subordinate clause or quotation that the passage has no part in.

    Conditions reach out of their clause, and so does what cancels a thing right after it ('die Messe, die ausfiel').
    """
    kind, at = cue.modality.kind, cue.modality.start
    if kind == "conditional" and cue.scope == "clause":
        return False
    around = ((first, last) for first, last in enclosed if first <= at < last)
    return any(end <= first or last <= start for first, last in around if kind != "cancelled" or first != end)


@lru_cache(maxsize=1024)
def _read(text: str, code: str) -> _Reading:
    """Find everything in a text once: rules look at the same passage again and again."""
    known = _language(code)
    cues = list(_cues(text, known)) if not known.words or holds(known.words, known.finder.find(text)) else []
    if not cues and "?" not in text:
        return _Reading((), (), ())
    contrasts = list(_contrasts(text, known))
    cues = [*contrasts, *(c for c in cues if not any(_same(c, one) for one in contrasts))]
    boundaries = tuple(_boundaries(text, known))
    cues += _questions(text, boundaries, known)
    enclosed = tuple(found.span() for pattern in (known.subordinate, _QUOTATION) for found in pattern.finditer(text))
    return _Reading(boundaries, tuple(sorted(cues, key=lambda cue: cue.modality.start)), enclosed)


def _boundaries(text: str, known: _Language) -> Iterator[tuple[int, int]]:
    """Yield what ends a clause; a colon does so after a whole sentence, not after 'Abgesagt:'."""
    begin = 0
    for found in known.boundary.finditer(text):
        if found.group() == ": " and len(text[begin : found.start()].split()) < _WORDS_OF_A_SENTENCE:
            continue
        yield found.span()
        begin = found.end()


def _same(cue: _Cue, other: _Cue) -> bool:
    return cue.modality.start <= other.modality.start < cue.modality.end


def _cues(text: str, known: _Language) -> Iterator[_Cue]:
    for found in known.cues.finditer(text):
        if found.lastgroup is None or found.lastgroup == "exception":
            continue
        kind, scope = found.lastgroup.split("_")
        reach = found.end()
        if scope in {"phrase", "aside"}:
            pattern = known.phrase if scope == "phrase" else known.short_phrase
            phrase = pattern.match(text, reach)
            reach = phrase.end() if phrase else reach
        elif scope == "part":
            comma = _PART_END.search(text, reach)
            reach = comma.start() if comma else len(text)
        yield _Cue(Modality(cast(Kind, kind), *found.span()), scope, reach)


def _contrasts(text: str, known: _Language) -> Iterator[_Cue]:
    """Yield each 'nicht' of 'nicht X, sondern Y', which reaches up to the 'sondern'."""
    for found in known.contrast.finditer(text):
        yield _Cue(Modality("denied", *found.span("denied")), "contrast", found.start("instead"))


def _questions(text: str, boundaries: tuple[tuple[int, int], ...], known: _Language) -> Iterator[_Cue]:
    """Yield the question mark of each question that can be answered by yes or no."""
    begin = 0
    for start, end in boundaries:
        if text[start] == "?":
            quoted = text[end : end + 1] in _CLOSING and end < len(text)
            if not quoted and not known.question.match(text, begin):
                yield _Cue(Modality("asked", start, end), "clause", end)
        begin = end


@cache
def _language(code: str) -> _Language:
    table = word_table("lexicon/assertion.toml")[code]
    try:
        begins = "(?=(?:" + "|".join(table["contrast"]["begins"]) + r")(?!\w))"
        cues = _words(_alternatives(table))
        words = required_words(cues.pattern, shortest=2)
        return _Language(
            cues=cues,
            words=words,
            finder=WordFinder(chain.from_iterable(words)),
            boundary=re.compile(rf"{_HARD_END}|, (?:{'|'.join(table['boundaries'])})\b", re.IGNORECASE),
            subordinate=re.compile(
                rf"(?:, (?:{'|'.join(table['subordinate'])})|\s(?:{'|'.join(table['embedded']) or '(?!)'}))\b"
                r"(?:[^,;.!?\n]|\.(?!\s))*",
                re.IGNORECASE,
            ),
            contrast=re.compile(
                rf"(?<![\w-])(?P<denied>{table['contrast']['denied']})\s+{begins}[^;.!?\n]{{1,120}}?"
                rf"(?P<instead>{table['contrast']['instead']})\s+{begins}",
                re.IGNORECASE,
            ),
            question=re.compile(rf"[\W\d_]*(?:{'|'.join(table['questions'])})\b", re.IGNORECASE),
            phrase=_phrase(code, (*_GENITIVE[code], *_ATTRIBUTE[code])),
            short_phrase=_phrase(code, _GENITIVE[code]),
        )
    except (re.error, KeyError) as error:
        raise OntologyError(f"lexicon/assertion.toml: {code} is malformed: {error}") from error


def _alternatives(table: Mapping[str, Any]) -> str:
    """Return one expression of all cues, each kind and scope a named group; exceptions come first and win."""
    groups = [f"(?P<exception>{'|'.join(table['exceptions'])})"]
    entries = ((kind, scope, table.get(kind, {}).get(scope)) for scope in SCOPES for kind in KINDS)
    groups += [f"(?P<{kind}_{scope}>{'|'.join(words)})" for kind, scope, words in entries if words]
    return "|".join(groups)


def _words(expression: str) -> re.Pattern[str]:
    spaced = re.sub(r" (?![*+?{])", r"\\s+", expression)
    return re.compile(rf"(?<![\w-])(?:{spaced})(?![\w-])", re.IGNORECASE)


def _phrase(code: str, links: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"{_NOUN[code]}(?:\s(?:{'|'.join(links)})\b{_NOUN[code]})*")
