"""Which things come again: the same name with another date is another edition of a congress, not another date of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from koopgraph.annotate.word_tables import word_table
from koopgraph.model import EntityType
from koopgraph.resolve.names import words_of

SPANS = frozenset({EntityType.PROJECT, EntityType.PROGRAMME})
"""Classes whose dates are those of a long time, not of an edition."""
_EDITION = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,3}(?:\.(?!\w)|st\b|nd\b|rd\b|th\b)|[’']\d\d\b|\b[IVXL]{2,6}\b\.?")
_CYCLES = ("once", "often", "yearly")


def cycle(kind: EntityType, names: Iterable[str]) -> str:
    """Return how often a thing of these names comes: "once", "yearly" or "often".

    >>> cycle(EntityType.EVENT, ["9. Bundeskongress"]), cycle(EntityType.EVENT, ["Bundeskongress"])
    ('once', 'yearly')
    >>> cycle(EntityType.EVENT, ["Eröffnung der Messe"]), cycle(EntityType.EVENT, ["Quartiersstammtisch"])
    ('once', 'often')
    """
    names = sorted(names)
    if kind in SPANS or any(_EDITION.search(name) for name in names):
        return "once"
    told = {word for name in names for word in _cycle_words(name)}
    default = "yearly" if kind is EntityType.AWARD else "once"
    return next((word for word in _CYCLES if word in told), default)


@lru_cache(maxsize=65536)
def _cycle_words(name: str) -> frozenset[str]:
    plain = " ".join(words_of(name))
    return frozenset(word for word in _CYCLES if _cycle_pattern(word).search(plain))


@cache
def _cycle_pattern(word: str) -> re.Pattern[str]:
    table = word_table("lexicon/recurrence.toml")
    german, english = ("|".join(re.escape(" ".join(words_of(w))) for w in table[code][word]) for code in ("de", "en"))
    return re.compile(rf"(?:{german})(?:s|es|en|e)?\b|\b(?:{english})\b")
