"""Sentences of an article, as offsets: headings and list items are sentences of their own.

1. Lines: a blank line ends a sentence, and so does a line break, unless the text was wrapped by hand:
   there the next line begins in lower case, this line ends in a word like 'und', or the next word had no
   room left on it.
2. Full stops: within such a piece every run of ``.!?…`` before white space is judged by the word
   before it (abbreviation, initial, ordinal number) and the word after it.

The lists of words are in ``data/abbreviations.toml``. Every step looks at a bounded stretch of text,
so the time is linear in its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from koopgraph.annotate.matches import places_of
from koopgraph.annotate.word_tables import word_table
from koopgraph.model import Language, Sentence

# Text that was wrapped by hand has lines of 55 to 110 characters; longer lines are whole paragraphs.
_LEAST_WIDTH, _MOST_WIDTH = 55, 110
# A document counts as wrapped if at most this share of its lines is longer.
_LONG_LINES = 0.05
# Fewer full lines than that prove no width.
_LEAST_FULL_LINES = 3
# A line that continues in lower case must be at least that long to be running text, not a label.
_LEAST_CONTINUED = 30
# Brackets and quoted titles longer than this are text with sentences of its own.
_MOST_BRACKET = 150
_MOST_TITLE = 60
_LOOK_BACK = 40
# No sentence of prose is longer; what stands in one is compared with all else in it, and each statement quotes it.
_MOST_SENTENCE = 3_000

_LIST_ITEM = re.compile(r"[-–—•·*+#>|▪►→✓👉]|\(?\d{1,2}[.)]\s|\(?[a-zA-Z]\)\s|\d{1,2}[.:]\d\d\b|\S+@\S+$|www\.|https?:")
_TABLE_GAP = re.compile(r"\S(?: {3,}|\t)\S")
_STOP = re.compile(r"(?<![.!?…])[.!?…]++(?:[\"'”“’»«›‹)\]]|\[\d{1,3}\]){0,4}(?=\s)")
_WORD_BEFORE = re.compile(r"(?:(?<![^\W_])[^\W\d_]{1,4}\.[ \u00a0\u202f]?)*[\w'’/\u2010‑-]+$")
_PREVIOUS = re.compile(r"([^\s\d]+)\s+\S*$")
_DAY_AND_MONTH = re.compile(r"\d\.(?:\s?[-–/]\s?\d{1,2}\.)?\s?\d{1,2}$")
_WORD_AFTER = re.compile(r"\s*[\"'„“”»«›‹‚‘(\[–—-]*\s?([^\W_]+)?")
_ROMAN = re.compile(r"[IVX]{1,5}$")
_BRACKET = re.compile(rf"[(\[][^()\[\]\n]{{0,{_MOST_BRACKET}}}[)\]]")
_SAID = re.compile(r"\s*(?:[\w.’'-]+ ){0,4}(?:said|says|asked|asks|added|adds|told|wrote|writes|explained)\b")
_STREET = ("str", "Str")
_DATE_GOES_ON = re.compile(r"\s*(?:[+&/–-]\s*\d|\d{1,2}\.\s?\d{4})")
_OPENING = "„“\"»«›‹‚‘'"
_CLOSING = "“”\"»«›‹‘’'"


@dataclass(frozen=True, slots=True)
class _Words:
    """The lists of one language, ready for lookup."""

    never: frozenset[str]
    may_end: frozenset[str]
    before_number: frozenset[str]
    goes_on: frozenset[str]
    starters: frozenset[str]
    before_ordinal: frozenset[str]
    months: frozenset[str]
    ordinals: bool


@cache
def _words(language: Language) -> _Words:
    """Return the word lists of ``language``; those of both languages for 'und'."""
    table = word_table("abbreviations.toml")
    codes = [language] if language in table else sorted(table)

    def union(key: str) -> frozenset[str]:
        return frozenset(word for code in codes for word in table[code][key].split())

    return _Words(
        union("never"),
        union("may_end"),
        union("before_number"),
        union("goes_on"),
        union("starters"),
        union("before_ordinal"),
        union("months"),
        ordinals="de" in codes,
    )


def split(text: str, language: Language) -> tuple[Sentence, ...]:
    """Return the sentences of ``text`` in order: disjoint, without outer white space, covering all else.

    >>> text = "Der 9. Bundeskongress war am 3. Mai. Prof. Dr. Elke Pahl-Weber sprach."
    >>> [text[s.start:s.end] for s in split(text, "de")]
    ['Der 9. Bundeskongress war am 3. Mai.', 'Prof. Dr. Elke Pahl-Weber sprach.']
    """
    words = _words(language)
    sentences: list[Sentence] = []
    for start, end in _pieces(text, words):
        begin = start
        for stop in _stops(text, start, end, words):
            sentences += _bounded(text, begin, stop)
            begin = stop
        sentences += _bounded(text, begin, end)
    return tuple(s for s in sentences if s.start < s.end)


def _bounded(text: str, start: int, end: int) -> Iterator[Sentence]:
    """Yield the sentence, cut into several where it is longer than any is, behind words where there are some."""
    while end - start > _MOST_SENTENCE:
        space = text.rfind(" ", start, start + _MOST_SENTENCE)
        cut = space if space > start else start + _MOST_SENTENCE
        yield _trimmed(text, start, cut)
        start = cut
    yield _trimmed(text, start, end)


def _trimmed(text: str, start: int, end: int) -> Sentence:
    piece = text[start:end]
    stripped = piece.strip()
    start += len(piece) - len(piece.lstrip())
    return Sentence(start, start + len(stripped))


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    while start <= len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield start, end
        start = end + 1


def _pieces(text: str, words: _Words) -> Iterator[tuple[int, int]]:
    """Yield the stretches between hard line breaks: paragraphs, headings, list items."""
    lines = list(_lines(text))
    common = _wrapped_at([text[start:end] for start, end in lines])
    begin = 0
    for blank, group in groupby(range(len(lines)), key=lambda index: not text[slice(*lines[index])].strip()):
        block = list(group)
        begin = block[0]
        if blank:
            continue
        width = max(common, *(_running(text[slice(*lines[index])]) for index in block), 0) if common else 0
        for index in block[:-1]:
            if not _continues(text[slice(*lines[index])], text[slice(*lines[index + 1])], width, words):
                yield lines[begin][0], lines[index][1]
                begin = index + 1
        yield lines[begin][0], lines[block[-1]][1]


def _running(line: str) -> int:
    """Return the length of a line of running text, 0 for a row of a table, a rule, a label or a whole paragraph."""
    length = len(line.rstrip())
    if not _LEAST_WIDTH <= length <= _MOST_WIDTH or " " not in line.strip() or _TABLE_GAP.search(line):
        return 0
    return length


def _wrapped_at(lines: list[str]) -> int:
    """Return the usual length of the full lines of text that was wrapped by hand, 0 if it was not."""
    filled = [line for line in lines if line.strip()]
    if sum(1 for line in filled if len(line) > _MOST_WIDTH) > _LONG_LINES * len(filled):
        return 0
    full = sorted(filter(None, map(_running, filled)))
    return full[len(full) // 2] if len(full) >= _LEAST_FULL_LINES else 0


def _continues(line: str, following: str, width: int, words: _Words) -> bool:
    """Tell whether ``following`` goes on with the sentence of ``line``; ``width`` 0: the text is not wrapped."""
    line, following = line.rstrip(), following.rstrip()
    first = following.lstrip()
    if (
        not line.strip()
        or not first
        or _LIST_ITEM.match(first)
        or _TABLE_GAP.search(line)
        or _TABLE_GAP.search(following)
    ):
        return False
    if len(line) >= _LEAST_CONTINUED and len(line) <= _MOST_WIDTH and first[0].islower() and line[-1] not in ".!?:":
        return True
    last = line.rsplit(None, 1)[-1]
    if _LEAST_CONTINUED <= len(line) <= _MOST_WIDTH and last in words.goes_on:
        return True
    return len(line) >= _LEAST_WIDTH - 10 and len(line) + 1 + len(first.split(None, 1)[0]) > width > 0


def _stops(text: str, start: int, end: int, words: _Words) -> Iterator[int]:
    """Yield the offsets between ``start`` and ``end`` where a sentence ends and another one follows."""
    piece = text[start:end]
    brackets = (_BRACKET.match(text, start + place, end) for place in places_of(piece, "(["))
    bracket = next(filter(None, brackets), None)
    stops = (_STOP.match(text, start + place, end) for place in places_of(piece, ".!?…"))
    for match in filter(None, stops):
        while bracket and bracket.end() < match.end():
            bracket = next(filter(None, brackets), None)
        inside = bracket is not None and bracket.start() < match.start() and match.end() < bracket.end()
        if not inside and _ends_here(text, start, match, words):
            yield match.end()


def _ends_here(text: str, start: int, stop: re.Match[str], words: _Words) -> bool:
    """Tell whether the stop is the end of a sentence, by the words on both sides."""
    after = _WORD_AFTER.match(text, stop.end(), stop.end() + _LOOK_BACK)
    word = (after.group(1) or "") if after else ""
    if word[:1].islower() or (_SAID.match(text, stop.end(), stop.end() + 60) and stop.group()[-1] in _CLOSING):
        return False
    begins = word in words.starters
    sign = stop.group()[0]
    if sign in "!?" and text[stop.end() : stop.end() + _LOOK_BACK].lstrip()[:2] in ("– ", "— ", "- "):
        return False
    if sign == "…" or stop.group().startswith("..."):
        return begins or stop.group()[-1] in _CLOSING
    if sign in "!?":
        return begins or not _is_title(text, start, stop)
    if len(stop.group()) > 1:
        return begins or not _is_abbreviated(text, start, stop.start(), word, words)
    return not _is_abbreviated(text, start, stop.start(), word, words)


def _is_title(text: str, start: int, stop: re.Match[str]) -> bool:
    """Tell whether the stop ends a short quoted title within a sentence: mit „Höfe auf!“ Fürth."""
    if stop.group()[-1] not in _CLOSING:
        return False
    before = text[max(start, stop.start() - _MOST_TITLE) : stop.start()]
    opened = max(before.rfind(quote) for quote in _OPENING)
    return opened > 0 and before[:opened].rstrip()[-1:].isalpha()


def _is_abbreviated(text: str, start: int, dot: int, following: str, words: _Words) -> bool:
    """Tell whether the full stop at ``dot`` belongs to the word before it and ends no sentence."""
    before = text[max(start, dot - _LOOK_BACK) : dot]
    match = _WORD_BEFORE.search(before)
    if match is None:
        return False
    whole = re.sub(r"\s", "", match.group())
    last = re.split(r"[.\-/‑\u2010]", whole)[-1]
    begins = following in words.starters
    if whole in words.never or last in words.never:
        return True
    if following.isdigit() and (last in words.before_number or last.endswith(_STREET)):
        return True
    if whole in words.may_end or last in words.may_end:
        return not begins
    if last.isdigit():
        leads = dot - len(last) == start or not before[: match.start()].strip()
        return bool(_DATE_GOES_ON.match(text, dot + 1, dot + _LOOK_BACK)) or _is_ordinal(
            before, last, leads, following, words
        )
    if (len(last) == 1 and last.isalpha()) or _ROMAN.match(last):
        return not begins
    return False


def _is_ordinal(before: str, number: str, leads: bool, following: str, words: _Words) -> bool:
    """Tell whether '3.' is an ordinal, a day or a list number: am 3. Mai, der 9. Kongress, vom 16.-18.09. in."""
    if len(number) > 2:
        return False
    if leads or following in words.months:
        return True
    if not words.ordinals:
        return False
    if following in words.starters:
        return False
    dated = _DAY_AND_MONTH.search(before)
    if dated or not following or following.isdigit():
        return bool(dated)
    previous = _PREVIOUS.search(before)
    if previous is None:
        return True
    word = previous.group(1)
    return word.lower() in words.before_ordinal or not word[0].isupper() or not word.replace("-", "").isalpha()
