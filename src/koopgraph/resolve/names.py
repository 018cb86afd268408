"""Which names of one article name one thing: inflection, surnames, acronyms and short forms."""

from __future__ import annotations

import re
from functools import lru_cache

from anyascii import anyascii

from koopgraph.model import EntityType

_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_DROPPED = re.compile(r"[„“”\"'’‘»«›‹()\[\]]")
_SEPARATORS = re.compile(r"[-–—_/.,;:!?*|&\s]+")
_ARTICLE = re.compile(r"^(?:der|die|das|des|dem|den|the|ein|eine|einer|a|an) ")
_QUOTED = re.compile(r"[„«»“\"‚]([^„“”«»\"‚‘]{2,})[“”»«\"‘]")
_ASSOCIATION = re.compile(r" e\. ?[VG]\.?$")
_DIGIT = re.compile(r"\d")
_INFLECTION = re.compile(r"(?:es|en|er|em|e|s|n)$")
SMALL_WORDS = frozenset(
    [
        "der",
        "die",
        "das",
        "des",
        "dem",
        "den",
        "für",
        "und",
        "of",
        "the",
        "for",
        "and",
        "in",
        "im",
        "am",
        "an",
        "zu",
        "von",
        "vom",
        "a",
        "e",
    ]
)
_SUCCESSORS = frozenset(["neu", "neue", "new", "alt", "alte", "old"])  # 'Neue Leipzig-Charta' is another charter
LEGAL_FORMS = frozenset(
    ["gmbh", "ggmbh", "mbh", "ag", "eg", "ev", "kg", "ohg", "gbr", "se", "co", "ltd", "plc", "inc", "llc"]
)


@lru_cache(maxsize=65536)
def words_of(name: str) -> tuple[str, ...]:
    """Return the words of ``name`` in lower case, without quotation marks, hyphens and a leading article.

    >>> words_of("Die „Leipzig-Charta“")
    ('leipzig', 'charta')
    """
    plain = _SEPARATORS.sub(" ", _DROPPED.sub("", name.casefold())).strip()
    return tuple(_ARTICLE.sub("", plain).split())


@lru_cache(maxsize=65536)
def folded(word: str) -> str:
    """Return ``word`` in lower case and ASCII letters, umlauts spelt out.

    >>> folded("Müßig"), folded("Žižek")
    ('muessig', 'zizek')
    """
    plain = word.casefold().translate(_GERMAN)
    return plain if plain.isascii() else anyascii(plain).lower()


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Return ``word`` without a case ending, where enough of it is left.

    >>> stem("deutschen") == stem("deutscher")
    True
    """
    stripped = _INFLECTION.sub("", word)
    return stripped if len(stripped) >= 4 else word


@lru_cache(maxsize=65536)
def normal_form(word: str) -> str:
    """Return ``word`` in lower case, its digits as 0, without case ending.

    >>> normal_form("Förderungen"), normal_form("2019")
    ('förderung', '0000')
    """
    plain = _DIGIT.sub("0", word.lower())
    return stem(plain) if len(plain) > 4 else plain


@lru_cache(maxsize=65536)
def key(name: str, kind: EntityType) -> str:
    """Return what equal names of one class share: words in lower case, inflection off (but for people's)."""
    words = words_of(name)
    if kind is EntityType.PERSON:
        return " ".join(words)
    return " ".join(stem(w) for w in words) or name


def is_acronym(form: str) -> bool:
    """Whether ``form`` is written like an acronym: one word of two to eight letters, two capitals among them.

    >>> is_acronym("BBSR"), is_acronym("Difu"), is_acronym("StEB")
    (True, False, True)
    """
    if " " in form:
        return False
    letters = [c for c in form if c.isalpha()]
    return 2 <= len(letters) <= 8 and sum(c.isupper() for c in form) >= 2


def is_acronym_of(short: str, long: str) -> bool:
    """Whether the capitals of ``short`` begin words (or parts of words) of ``long``, in order.

    >>> is_acronym_of("BBSR", "Bundesinstitut für Bau-, Stadt- und Raumforschung")
    True
    >>> is_acronym_of("BBSR", "Bundesamt für Energie")
    False
    """
    return is_acronym(short) and "".join(c for c in short.casefold() if c.isalpha()) in initials(long)


@lru_cache(maxsize=65536)
def initials(name: str) -> tuple[str, ...]:
    """Return the first letters of the name's words, without its small words and with them; none of a single word.

    >>> initials("Institut für Urbanistik")
    ('iu', 'ifu')
    """
    words = [w for w in words_of(_ASSOCIATION.sub("", name)) if w not in LEGAL_FORMS]
    if len(words) < 2:
        return ()
    return ("".join(w[0] for w in words if w not in SMALL_WORDS), "".join(w[0] for w in words))


def is_short_form(short: str, long: str, kind: EntityType) -> bool:
    """Whether ``short`` is ``long`` with words left out at its beginning or end.

    >>> is_short_form("KielQuer", "KielQuer – Mobilität auf den letzten 800 Metern", EntityType.PROJECT)
    True
    >>> is_short_form("Petersen", "Tjark Petersen", EntityType.PERSON)
    True
    """
    few, many = key(short, kind).split(), key(long, kind).split()
    if not few or len(few) >= len(many):
        return False
    if kind is EntityType.PERSON:
        surname = few[-1]
        return (len(few) == 1 and surname in (many[-1], many[-1] + "s")) or (few == [many[-1].removesuffix("s")])
    if kind in (EntityType.CITY, EntityType.PLACE, EntityType.AWARD):
        return False
    rest = many[len(few) :]
    if many[: len(few)] == few:
        return len(few) > 1 or len(few[0]) > 3 or all(w in LEGAL_FORMS for w in rest)
    left_out = many[: -len(few)]
    return many[-len(few) :] == few and len("".join(few)) > 5 and not _SUCCESSORS.issuperset(left_out)


def quoted_part(name: str) -> tuple[str, ...]:
    """Return what stands in quotation marks inside ``name``: it is a name of the thing too.

    >>> quoted_part("Bürgerwerkstatt „Quer gefragt“")
    ('Quer gefragt',)
    """
    return tuple(match.group(1) for match in _QUOTED.finditer(name))


def fullness(name: str, kind: EntityType) -> tuple[int, int, str]:
    """Sort key: the fullest form of a name first (more words, then longer, then alphabetical)."""
    if kind in (EntityType.CITY, EntityType.PLACE):
        return (name.isupper(), len(name), name)
    return (-len(words_of(name)), -len(name), name)
