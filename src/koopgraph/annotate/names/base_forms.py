"""The nominative of a German name: 'des Deutschen Städtetags' names the 'Deutscher Städtetag'.

The head noun's ending tells its gender, the gender the ending of the adjectives before it. Where the gender is
not known the name stays as it stands.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache, lru_cache

from koopgraph.annotate.lexicon import Lexicon
from koopgraph.annotate.names.view import TextView
from koopgraph.model import EntityType, Mention

DECLINED = (EntityType.ORGANISATION, EntityType.EVENT, EntityType.PROGRAMME, EntityType.AWARD, EntityType.PROJECT)
_ADJECTIVE_ENDINGS = {"m": "er", "f": "e", "n": "es"}
_ADJECTIVE = re.compile(r"^[\w-]+(?:en|em|er|es|e)$")
_GENITIVE = re.compile(r"(?<=[^s])(?:es|s)$")


@lru_cache(maxsize=16_384)
def nominative(name: str, lexicon: Lexicon) -> str:
    """Return ``name`` with its leading adjectives and its head noun in the nominative.

    >>> from koopgraph.annotate.lexicon import load_lexicon
    >>> nominative("Deutschen Städtetags", load_lexicon("de"))
    'Deutscher Städtetag'
    >>> nominative("Technischen Universität Berlin", load_lexicon("de"))
    'Technische Universität Berlin'
    """
    words = name.split(" ")
    for index, word in enumerate(words):
        gender, noun = _gender(word, lexicon)
        if gender is not None:
            adjectives = [_declined(w, gender, lexicon) for w in words[:index]]
            if None in adjectives:
                return name
            return " ".join([*(a for a in adjectives if a), noun, *words[index + 1 :]])
        if not _ADJECTIVE.match(word) and not word.rstrip(".").isdigit():
            return name
    return name


def _gender(word: str, lexicon: Lexicon) -> tuple[str | None, str]:
    """Return the gender of a head noun and the noun without a genitive ending; None for any other word."""
    for form in (word, _GENITIVE.sub("", word)):
        key = form.casefold()
        for gender in ("f", "m", "n"):
            if key.endswith(_endings(lexicon.words[f"nouns_{gender}"])):
                return gender, form
    return None, word


@cache
def _endings(nouns: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(nouns))


def _declined(word: str, gender: str, lexicon: Lexicon) -> str | None:
    if word.rstrip(".").isdigit():
        return word
    if word.endswith("er") and not word.endswith(("ischer", "licher")) and not lexicon.is_word("name_adjectives", word):
        return word  # 'Leipziger', 'Berliner' do not change
    stem = re.sub(r"(?:en|em|er|es|e)$", "", word)
    return stem + _ADJECTIVE_ENDINGS[gender] if stem else None


def in_base_form(mention: Mention, view: TextView) -> Mention:
    """Return ``mention`` with its name in the nominative, where it is German and of a class that is declined."""
    name = base_name(mention.name, mention.type, mention.annotator, view)
    return mention if name == mention.name else replace(mention, name=name)


def base_name(name: str, kind: EntityType, annotator: str, view: TextView) -> str:
    """Return the base form of a ``name`` of class ``kind`` that ``annotator`` found."""
    if view.lexicon.language != "de" or kind not in DECLINED or annotator == "known":
        return name
    return nominative(name, view.lexicon)
