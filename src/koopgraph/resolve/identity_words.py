"""What resolution across articles knows of words: ``identity.toml``, and the towns whose names are words as well."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from koopgraph.annotate.gazetteer import Gazetteer
from koopgraph.annotate.word_tables import word_table
from koopgraph.resolve.names import SMALL_WORDS, folded, is_acronym, stem

_TOWN = 20_000  # inhabitants: the adjectives of smaller ones are too often words ('Berger', 'Bauer')
_GERMAN_SPEAKING = ("DE", "AT", "CH", "LI", "LU")
_FOLDED_SMALL_WORDS = frozenset(folded(word) for word in SMALL_WORDS)


@dataclass(frozen=True, slots=True)
class IdentityWords:
    """The word knowledge of ``identity.toml``."""

    abbreviations: dict[str, tuple[str, ...]]
    phrases: dict[str, str]
    equivalents: dict[tuple[str, str], str]
    small: frozenset[str]
    place_descriptors: frozenset[str]
    concepts: dict[str, str]
    parts: frozenset[str]
    generic: frozenset[str]
    place_heads: tuple[str, ...]
    offices: tuple[str, ...]
    supralocal: frozenset[str]
    city_descriptors: frozenset[str]
    titles: frozenset[str]
    common_surnames: frozenset[str]
    common_given: frozenset[str]


@cache
def identity_words() -> IdentityWords:
    """Return the shipped word knowledge, read once a process."""
    table = word_table("lexicon/identity.toml")
    concepts: dict[str, str] = {}
    for first, *others in table["concepts"]["words"]:
        for word in (first, *others):
            concepts.setdefault(word, first)
            concepts.setdefault(stem(word), first)
    persons = table["persons"]
    return IdentityWords(
        abbreviations={short: tuple(long.split()) for short, long in table["abbreviations"].items()},
        phrases=table["phrases"],
        equivalents={
            (kind, as_listed(name)): names[0]
            for kind, groups in table["equivalents"].items()
            for names in groups
            for name in names
        },
        small=_FOLDED_SMALL_WORDS | frozenset(table["small"]["words"]),
        place_descriptors=frozenset(table["small"]["place_descriptors"]),
        concepts=concepts,
        parts=frozenset(concepts) | frozenset(table["generic"]["parts"]),
        generic=frozenset(table["generic"]["parts"]),
        place_heads=tuple(sorted(table["generic"]["place_heads"])),
        offices=tuple(sorted(table["generic"]["offices"])),
        supralocal=frozenset(table["generic"]["supralocal"]),
        city_descriptors=frozenset(table["cities"]["descriptors"]),
        titles=frozenset(persons["titles"]),
        common_surnames=frozenset(persons["common_surnames"]),
        common_given=frozenset(persons["common_given"]),
    )


def as_listed(name: str) -> str:
    """Return the name in one case; acronyms in capitals, for 'BUND' is a society and 'Bund' a state."""
    return name.upper() if is_acronym(name) else name.casefold()


@cache
def large_towns() -> frozenset[str]:
    """Return the names of the larger German-speaking towns as name words have them, without what tells namesakes."""
    places = (p for p in Gazetteer.load().larger_than(_TOWN) if p.country in _GERMAN_SPEAKING)
    return frozenset(folded(name.split(" (")[0]) for place in places for name in place.names)


@cache
def towns_by_adjective() -> Mapping[str, str]:
    """Return the German towns by the adjectives of their names ('dresdner', 'kieler'), the larger town for both."""
    adjectives: dict[str, str] = {}
    for place in Gazetteer.load().larger_than(_TOWN):
        name = folded(place.name)
        if place.country in _GERMAN_SPEAKING and name.isalpha():
            endings = ("er", "er", "ner") if name.endswith("en") else ("er",)
            roots = (name, name[:-2], name[:-2]) if name.endswith("en") else (name.removesuffix("e"),)
            for root, ending in zip(roots, endings, strict=True):
                adjectives.setdefault(root + ending, name)
    words = identity_words()
    return {adjective: name for adjective, name in adjectives.items() if adjective not in words.parts}
