"""Trigger words: what single words tell of a relation ('Bauherrin', 'fördert', 'lädt'), by trigger class.

The classes and their words stand in ``data/lexicon/triggers.toml``.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache, lru_cache

from koopgraph.annotate.word_tables import word_table

TABLE = "lexicon/triggers.toml"
# A beginning shorter than this must be the whole word: 'bat', but not 'Batterie'.
SHORTEST_BEGINNING = 4


def trigger_classes() -> tuple[str, ...]:
    """Return the names of the trigger classes, sorted."""
    return tuple(sorted(word_table(TABLE)["de"]))


@cache
def _entries(language: str) -> dict[str, dict[str, frozenset[int]]]:
    """Return a language's entries by sign ('' beginning, '=' whole, '*' part, '-' end), with their classes."""
    found: dict[str, dict[str, set[int]]] = {sign: defaultdict(set) for sign in ("", "=", "*", "-")}
    for number, name in enumerate(trigger_classes()):
        for entry in word_table(TABLE)[language][name]:
            sign = entry[0] if entry[0] in "=*-" else ""
            found[sign][entry.removeprefix(sign)].add(number)
    return {sign: {word: frozenset(n) for word, n in words.items()} for sign, words in found.items()}


@lru_cache(maxsize=65536)
def classes_of(word: str, language: str) -> tuple[int, ...]:
    """Return the trigger classes of a word, upper or lower case, as indices into :func:`trigger_classes`.

    >>> [trigger_classes()[n] for n in classes_of("mitfinanziert", "de")]
    ['fund']
    """
    word = word.lower()
    entries = _entries("en" if language == "en" else "de")
    found = set(entries["="].get(word, ()))
    for length in range(1, len(word) + 1):
        if length >= SHORTEST_BEGINNING or length == len(word):
            found |= entries[""].get(word[:length], frozenset())
    for part, classes in entries["*"].items():
        if part in word:
            found |= classes
    for end, classes in entries["-"].items():
        if word.endswith(end):
            found |= classes
    return tuple(sorted(found))
