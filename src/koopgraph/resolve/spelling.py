"""Which spellings are one name: what equal names of all articles share, whatever their umlauts, hyphens and language.

Within an article :mod:`koopgraph.resolve.names` is enough; over many articles one name comes as 'Muellerstr.' and
'Müllerstraße', 'TU Berlin' and 'Technische Universität Berlin', 'University of Leipzig' and 'Universität Leipzig'.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import pairwise

from koopgraph.annotate.gazetteer import Gazetteer
from koopgraph.annotate.word_tables import word_table
from koopgraph.model import EntityType
from koopgraph.resolve.identity_words import as_listed, identity_words, large_towns, towns_by_adjective
from koopgraph.resolve.names import LEGAL_FORMS, folded, stem, words_of

TRANSLATED = frozenset(EntityType) - {EntityType.PERSON, EntityType.CITY}
"""Classes whose names are made of words that other languages have words for."""

_OF_THE_CITY = frozenset([("der", "stadt"), ("the", "city")])
_ORDINAL = re.compile(r"^(\d+)(?:st|nd|rd|th)$")
_LONGEST_PHRASE = 5
_LONG_LEGAL_FORMS = frozenset(["aktiengesellschaft", "gemeinnuetzige"])


@lru_cache(maxsize=16384)
def name_words(name: str, kind: EntityType) -> tuple[str, ...]:
    """Return the words that tell the name: folded, without titles, legal forms, articles and small words.

    >>> name_words("Prof. Dr. Jörg Müller", EntityType.PERSON)
    ('joerg', 'mueller')
    >>> name_words("GEWOBA AG", EntityType.ORGANISATION)
    ('gewoba',)
    """
    known = identity_words()
    words = tuple(plain for w in words_of(name) if (plain := folded(w)))  # nothing is left of control characters
    if kind is EntityType.PERSON:
        return _kept(words, known.titles)
    if kind is EntityType.CITY:
        return _kept(words, known.city_descriptors)
    if kind is EntityType.PLACE:
        words = _kept(words, known.place_descriptors) if len(words) > 1 else words
    if kind is EntityType.ORGANISATION:
        words = _without_of_the_city(without_legal_forms(words))
    words = tuple(_ORDINAL.sub(r"\1", w) if w[:1].isdigit() else w for w in words)
    return _expanded(_kept(_phrases(words), known.small))


def _phrases(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words with English phrases replaced by the German word that means the same, the longest first."""
    known, starts = identity_words().phrases, _phrase_starts()
    if starts.isdisjoint(words):
        return words
    result: list[str] = []
    n = 0
    while n < len(words):
        for size in range(min(_LONGEST_PHRASE, len(words) - n), 1, -1):
            german = known.get(" ".join(words[n : n + size]))
            if german is not None:
                result += german.split()
                n += size
                break
        else:
            result.append(words[n])
            n += 1
    return tuple(result)


@cache
def _phrase_starts() -> frozenset[str]:
    return frozenset(phrase.split(" ")[0] for phrase in identity_words().phrases)


def _kept(words: tuple[str, ...], dropped: frozenset[str]) -> tuple[str, ...]:
    return tuple(w for w in words if w not in dropped) or words


def without_legal_forms(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return a name's words without 'GmbH', 'e. V.' and the like; all of them where nothing else is left."""
    if words[-2:] == ("e", "v") or words[-2:] == ("e", "g"):
        words = words[:-2]
    kept = tuple(w for w in words if w not in LEGAL_FORMS and w not in _LONG_LEGAL_FORMS)
    return kept or words


def _without_of_the_city(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words of 'Kulturamt der Stadt Graz' as those of 'Kulturamt Graz'."""
    return tuple(w for before, w in pairwise(("", *words)) if (before, w) not in _OF_THE_CITY)


def _expanded(words: tuple[str, ...]) -> tuple[str, ...]:
    known = identity_words().abbreviations
    several = len(words) > 1
    result: list[str] = []
    for word in words:
        if several and word in known:
            result += known[word]
        elif word.endswith("str") and len(word) > 3:
            result.append(word + "asse")
        else:
            result.append(word)
    return tuple(result)


@lru_cache(maxsize=16384)
def identity_key(name: str, kind: EntityType) -> str:
    """Return what equal names of one class share in all articles; '' where the name has no letter or digit.

    Names of well-known institutions, programmes and documents share the key of the first one that is listed for them.

    >>> identity_key("Leipzig-Charta", EntityType.DOCUMENT) == identity_key("„Leipzig Charta“", EntityType.DOCUMENT)
    True
    >>> identity_key("TU Berlin", EntityType.ORGANISATION)
    'technischuniversitaetberli'
    """
    known = identity_words().equivalents
    name = known.get((kind, as_listed(name))) or known.get((kind, name.casefold())) or name
    words = name_words(name, kind)
    if kind is EntityType.PERSON:
        return " ".join(words)
    return "".join(stem(w) for w in words)


@lru_cache(maxsize=16384)
def concept_key(name: str, kind: EntityType) -> str:
    """Return the meanings of the name's words in alphabetical order: equal for a name and its translation.

    >>> concept_key("Federal Ministry of Housing", EntityType.ORGANISATION)
    'bund ministerium wohnen'
    >>> concept_key("Bundesministerium für Wohnen", EntityType.ORGANISATION)
    'bund ministerium wohnen'
    """
    return " ".join(sorted(concept for word in name_words(name, kind) for concept in _concepts(word)))


def _concepts(word: str) -> Iterable[str]:
    concepts = identity_words().concepts
    known = concepts.get(word) or concepts.get(stem(word))
    if known is not None:
        return (known,)
    town = towns_by_adjective().get(word)
    if town is not None:
        return (stem(town),)
    parts = parts_of(word, identity_words().parts)
    return tuple(concepts.get(part) or concepts.get(stem(part), stem(part)) for part in parts) or (stem(word),)


@lru_cache(maxsize=16384)
def parts_of(word: str, parts: frozenset[str]) -> tuple[str, ...]:
    """Return the known parts that ``word`` is made of (with a linking s or n between them); empty where it is not.

    >>> parts_of("stadtplanungsamt", frozenset({"stadt", "planung", "amt"}))
    ('stadt', 'planung', 'amt')
    """
    if not word:
        return ()
    best: list[tuple[str, ...] | None] = [None] * (len(word) + 1)
    best[0] = ()
    for end in range(2, len(word) + 1):
        for begin in range(max(0, end - 22), end - 1):
            before = best[begin]
            if before is None:
                continue
            piece = word[begin:end]
            bare = piece if piece in parts else piece[:-1] if piece[-1] in "sn" and piece[:-1] in parts else None
            known = best[end]
            if bare is not None and (known is None or len(before) + 1 < len(known)):
                best[end] = (*before, bare)
    return best[len(word)] or ()


@lru_cache(maxsize=16384)
def is_local(name: str, kind: EntityType) -> bool:
    """Tell whether the name says what a thing is rather than which one: every town may have its own.

    >>> is_local("Stadtplanungsamt", EntityType.ORGANISATION), is_local("Bahnhofstraße", EntityType.PLACE)
    (True, True)
    >>> is_local("Bundesrat", EntityType.ORGANISATION), is_local("HafenCity", EntityType.PROJECT)
    (False, False)
    """
    if kind in (EntityType.PERSON, EntityType.CITY) or name in _known_names():
        return False
    if kind is EntityType.PLACE and Gazetteer.load().region(name) is not None:
        return False
    words = [w for w in name_words(name, kind) if not w.isdigit()]
    if kind is EntityType.PLACE and words and words[-1].endswith(identity_words().place_heads):
        return True
    if kind in (EntityType.AWARD, EntityType.EVENT) and any(c.isdigit() for c in name):
        return False  # '5. Kleinstadttag': who counts does not mean what every town has
    if kind is EntityType.ORGANISATION and len(words) > 1 and words[-1] in large_towns():
        return False  # 'Universität Halle': that town's, though 'Halle' is a hall as well
    if words[:1] == ["tag"] and len(words) > 1:  # 'Tag der Architektur' is held all over the country
        return False
    if len(words) > 2 and not any(w.endswith(identity_words().offices) for w in words):
        return False
    return not _is_supralocal(words) and all(_is_generic(w) for w in words)


def says_what(words: str, kind: EntityType) -> bool:
    """Tell whether all of ``words`` say what a thing is: 'Landschaftsarchitekten', 'Europa-Universität'."""
    found = name_words(words, kind)
    return all(_is_generic(w) or _is_supralocal([w]) for w in found)


def _is_supralocal(words: Iterable[str]) -> bool:
    known = identity_words().supralocal
    return any(w in known or stem(w) in known for w in words)


def _is_generic(word: str) -> bool:
    known = identity_words()
    spellings = (word, stem(word), known.concepts.get(word, ""))  # 'committee' as 'ausschuss'
    return any(w in known.generic or parts_of(w, known.generic) for w in spellings)


@cache
def _known_names() -> frozenset[str]:
    return frozenset(name for names in word_table("lexicon/known_names.toml").values() for name in names)
