"""Which language an article is written in: German, English, or neither of the two.

Counted are function words that only one of the two languages has, and as a check those that only
their neighbours have (French, Dutch, Italian, Polish and others), because a word such as 'in' or
'die' alone proves nothing. The words are in ``data/function_words.toml``.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, lru_cache

from koopgraph.annotate.tokens import tokenise
from koopgraph.annotate.word_tables import word_table
from koopgraph.model import Language

# Text beyond this many characters changes no verdict and only costs time.
_ENOUGH_CHARACTERS = 20_000
# German and English prose have 35–45 % function words of the lists, tables and programmes about 15 %;
# an unrelated language reaches 5 % by chance.
_LEAST_SHARE = 0.10
_LEAST_HITS = 2
# How far the best language must lead the next one: mixed texts (quotations) stay well above it.
_LEAST_LEAD = 1.4
# 'ß', 'ä', 'ö' and 'ü' speak for German as one function word each, capped: Turkish and Swedish have them too.
_UMLAUTS = re.compile(r"[äöüß]")
_MOST_UMLAUT_HITS = 3
_WORD = re.compile(r"[^\W\d_]+")


@cache
def _function_words() -> dict[str, tuple[str, ...]]:
    """Return for each word the languages that have it."""
    table = word_table("function_words.toml")
    languages: dict[str, list[str]] = {}
    for code in sorted(table):
        for word in table[code].split():
            languages.setdefault(word, []).append(code)
    return {word: tuple(codes) for word, codes in languages.items()}


@lru_cache(maxsize=50_000)
def _told(token: str) -> tuple[int, int, tuple[str, ...]]:
    """Return how many words and words with umlauts there are in a token, and the languages they speak for."""
    known = _function_words()
    words = _WORD.findall(token.lower())
    umlauts = sum(1 for word in words if _UMLAUTS.search(word))
    return len(words), umlauts, tuple(code for word in words for code in known.get(word, ()))


def detect(text: str) -> Language:
    """Return 'de' or 'en', or 'und' for text that is too short to tell or in another language.

    >>> detect("Die Stadt hat den Umbau der Halle beschlossen.")
    'de'
    >>> detect("The council has agreed to rebuild the hall.")
    'en'
    >>> detect("De gemeente heeft besloten het gebouw te renoveren.")
    'und'
    """
    words = umlauts = 0
    hits: Counter[str] = Counter()
    for token, times in Counter(token.text for token in tokenise(text[:_ENOUGH_CHARACTERS])).items():
        count, with_umlauts, codes = _told(token)
        words += count * times
        umlauts += with_umlauts * times
        for code in codes:
            hits[code] += times
    if hits["de"]:
        hits["de"] += min(_MOST_UMLAUT_HITS, umlauts)
    ranked = sorted(hits.items(), key=lambda item: (-item[1], item[0]))
    if not ranked:
        return "und"
    best, count = ranked[0]
    second = ranked[1][1] if len(ranked) > 1 else 0
    if count < max(_LEAST_HITS, _LEAST_SHARE * words) or count < _LEAST_LEAD * second:
        return "und"
    return "de" if best == "de" else "en" if best == "en" else "und"
