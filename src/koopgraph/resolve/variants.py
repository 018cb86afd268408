"""Which different names may be one thing's: acronyms, translations, subtitles, initials, typing errors.

Every rule looks its partners up in an index, so cost grows with the number of names, not of pairs. A rule's score is
what it is worth by itself; :mod:`koopgraph.resolve.clusters` weighs it against the company of both things.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias, TypeVar

from koopgraph.annotate.gazetteer import Gazetteer
from koopgraph.model import EntityType
from koopgraph.resolve.forms import shorter_forms
from koopgraph.resolve.names import LEGAL_FORMS, initials, is_acronym, quoted_part, words_of
from koopgraph.resolve.senses import Sense
from koopgraph.resolve.spelling import (
    TRANSLATED,
    concept_key,
    folded,
    identity_key,
    identity_words,
    is_local,
    name_words,
    parts_of,
    says_what,
)
from koopgraph.resolve.typos import misspelt

SCORES = {
    "same authority": 0.99,
    "acronym introduced": 0.92,  # an article names both, one in brackets after the other or with its initials
    "other form": 0.75,
    "same meaning": 0.85,
    "subtitle": 0.85,
    "quoted name": 0.8,
    "legal form": 0.85,
    "without descriptor": 0.75,
    "with its city": 0.85,
    "with its year": 0.8,
    "with its region": 0.6,
    "head word more": 0.6,
    "begins with acronym": 0.62,
    "named after": 0.75,
    "without owner": 0.6,
    "initials": 0.72,
    "middle name": 0.85,
    "given name's initial": 0.55,
    "double name": 0.5,
    "surname": 0.4,
    "typing error": 0.65,
}
"""What a rule is worth before company is looked at: set by hand on ``tests/data/resolution/tune``."""
SHORTENING = frozenset(
    [
        "acronym introduced",
        "other form",
        "initials",
        "with its region",
        "begins with acronym",
        "given name's initial",
        "double name",
        "surname",
    ]
)
"""Rules whose shorter name may be short for several longer ones: there the company must choose."""
TWO_LETTERS = 0.3
"""What an acronym of two letters loses: it is short for too many names."""
TYPING_DOUBT = {EntityType.PERSON: 0.27, EntityType.PLACE: 0.22, EntityType.CITY: 0.22}
"""What a slip in a name loses where one letter often makes another name ('Schmid', 'Schmidt')."""
_SUBTITLE = re.compile(r"\s[–—-]\s|:\s|\s\|\s|\s\(")
_LINK = re.compile(r" (?:(?:der )?Stadt|in|im|of|zu|für|des Landes)$")
_OWNER = re.compile(r" (?:der|des|of the|at the|at|der Stadt) (?=[A-ZÄÖÜ])")
_YEAR = re.compile(r"(?:19|20)\d\d")
_EDITIONS = frozenset([EntityType.AWARD, EntityType.EVENT])
_SCHOOLS = frozenset(["universitaet", "hochschule"])
_SHORTEST_INITIALS = 3

T = TypeVar("T")
Index: TypeAlias = Mapping[tuple[EntityType, str], Sequence[int]]


@dataclass(frozen=True, slots=True)
class Variant:
    """Two senses (by number) that ``rule`` takes for one; ``forms`` are the names that it compared, in that order.

    Where the rule shortens, the first one is the shorter. ``town`` is the city that the longer name has and the other
    has not, as its identities.
    """

    senses: tuple[int, int]
    rule: str
    score: float
    forms: tuple[str, str]
    town: frozenset[str] = frozenset()


def variants(senses: Sequence[Sense]) -> Iterator[Variant]:
    """Yield every pair of senses that a rule takes for one thing; the same pair may come by several rules."""
    index: dict[tuple[EntityType, str], list[int]] = defaultdict(list)
    for number, sense in enumerate(senses):
        index[sense.first.type, sense.first.key].append(number)
    for rule in (
        _same_authority,
        _other_forms,
        _initials,
        _same_meaning,
        _parts_of_names,
        _with_city,
        _with_year,
        _named_after,
        _given_names,
        _typing_errors,
    ):
        yield from rule(senses, index)


def _variant(rule: str, one: int, other: int, forms: tuple[str, str]) -> Variant:
    return Variant((one, other), rule, SCORES[rule], forms)


def _same_authority(senses: Sequence[Sense], _: Index) -> Iterator[Variant]:
    """Different names of one place of the gazetteer."""
    first: dict[str, int] = {}
    for number, sense in enumerate(senses):
        for authority in sorted({r.authority for r in sense.records if r.authority}):
            other = first.setdefault(f"{sense.first.type} {authority}", number)
            if other != number:
                forms = senses[other].first.name, sense.first.name
                yield Variant((other, number), "same authority", SCORES["same authority"], forms)


def _other_forms(senses: Sequence[Sense], index: Index) -> Iterator[Variant]:
    """A name that an article gives a thing beside its full one."""
    for number, sense in enumerate(senses):
        kind = sense.first.type
        for key, form in sorted({pair for record in sense.records for pair in record.forms}):
            for other in index.get((kind, key), ()):
                if other != number and not _only_looks_alike(form, senses[other].first.name):
                    rule = "acronym introduced" if is_acronym(form) else "other form"
                    variant = _variant(rule, other, number, (form, sense.first.name))
                    yield replace(variant, score=variant.score - TWO_LETTERS * (len(key) < _SHORTEST_INITIALS))


def _only_looks_alike(acronym: str, name: str) -> bool:
    """'BUND' is a society, 'Bund' a state: a word of the language is not the acronym that is spelt like it."""
    return is_acronym(acronym) and not is_acronym(name) and folded(name) in identity_words().supralocal


def _initials(senses: Sequence[Sense], index: Index) -> Iterator[Variant]:
    """An acronym and a name of these initials, which no article puts beside each other."""
    short: dict[tuple[EntityType, str], list[int]] = defaultdict(list)
    for number, sense in enumerate(senses):
        name = sense.first.name
        if sense.first.type in TRANSLATED and is_acronym(name):
            letters = "".join(c for c in name.casefold() if c.isalpha())
            if len(letters) >= _SHORTEST_INITIALS:
                short[sense.first.type, letters].append(number)
    for number, sense in enumerate(senses):
        kind, name = sense.first.type, sense.first.name
        for letters in all_initials(name) if kind in TRANSLATED else ():
            for other in short.get((kind, letters), ()):
                yield _variant("initials", other, number, (senses[other].first.name, name))


def all_initials(name: str) -> list[str]:
    """Return the initials of the name's words, of its first hyphenated word, and of the parts of one compound."""
    first = name.split()[0]
    found = {*initials(name), *initials(first)}
    if first == name and "-" not in name:
        found.add("".join(part[0] for part in parts_of(folded(name), identity_words().parts)))
    return sorted(letters for letters in found if len(letters) >= _SHORTEST_INITIALS)


def acronym_in_front(name: str) -> list[str]:
    """Return the key of the acronym that a longer name begins with, written out or not.

    >>> acronym_in_front("IBA Hamburg"), acronym_in_front("Internationale Bauausstellung Hamburg")
    (['iba'], ['iba'])
    """
    first, _, rest = name.partition(" ")
    if rest and is_acronym(first):
        return [first.casefold()]
    words = tuple(folded(w) for w in words_of(name))
    known = identity_words().abbreviations
    return sorted(s for s, long in known.items() if len(long) > 1 and words[: len(long)] == long and words != long)


def _same_meaning(senses: Sequence[Sense], _: Index) -> Iterator[Variant]:
    """Names of the same words in another order, compound or language."""
    meanings: dict[tuple[EntityType, str], list[int]] = defaultdict(list)
    for number, sense in enumerate(senses):
        if sense.first.type in TRANSLATED:
            meaning = concept_key(sense.first.name, sense.first.type)
            if " " in meaning:
                meanings[sense.first.type, meaning].append(number)
    for numbers in meanings.values():
        for one, other in _neighbours(numbers):
            if senses[one].first.key != senses[other].first.key:
                yield _variant("same meaning", one, other, (senses[one].first.name, senses[other].first.name))


def _parts_of_names(senses: Sequence[Sense], index: Index) -> Iterator[Variant]:
    """A name that stands inside a longer one: before its subtitle or legal form, in quotes, after a descriptor."""
    for number, sense in enumerate(senses):
        kind, name = sense.first.type, sense.first.name
        if kind in (EntityType.PERSON, EntityType.CITY):
            continue
        for rule, part in _parts(name, kind):
            key = identity_key(part, kind)
            for other in index.get((kind, key), ()) if len(key) > 2 and key != sense.first.key else ():
                if _only_looks_alike(part, senses[other].first.name):
                    continue
                yield _variant(rule, other, number, (part, name))


def _parts(name: str, kind: EntityType) -> Iterator[tuple[str, str]]:
    before = _SUBTITLE.split(name, maxsplit=1)[0]
    if before != name:
        yield "subtitle", before
    for short in acronym_in_front(name):
        yield "begins with acronym", short.upper()
    for quoted in quoted_part(name):
        yield "quoted name", quoted
    if kind is EntityType.ORGANISATION:
        yield from _parts_of_organisations(name)
    elif kind is not EntityType.PLACE:
        for language in ("de", "en"):
            for part in shorter_forms(name, kind, language):
                if name.endswith(part):
                    yield "without descriptor", part


def _parts_of_organisations(name: str) -> Iterator[tuple[str, str]]:
    words = name.split()
    for n in range(1, len(words) - 1):
        if words_of(words[n]) and words_of(words[n])[0] in LEGAL_FORMS | {"aktiengesellschaft"}:
            yield "legal form", " ".join(words[:n])
    if len(words) < 2:
        return
    if is_acronym(words[0]) and len(words) > 2:
        yield "subtitle", " ".join(words[1:])
    owner = _OWNER.search(name)
    if owner:
        yield "without owner", name[: owner.start()]
    # 'Viadrina' of 'Europa-Universität Viadrina', 'Uferlinie' of 'Uferlinie Landschaftsarchitekten'; a small word
    # between them makes it another's: 'Institut … der Philipps-Universität'.
    small = identity_words().small
    if any(w.casefold() in small for w in words):
        return
    for n in range(1, len(words)):
        head, tail = " ".join(words[:n]), " ".join(words[n:])
        if says_what(head, EntityType.ORGANISATION):
            yield "head word more", tail
        if says_what(tail, EntityType.ORGANISATION):
            yield "head word more", head


def _with_city(senses: Sequence[Sense], index: Index) -> Iterator[Variant]:
    """'Volkshochschule Kiel', 'Kieler Volkshochschule', and the 'Volkshochschule' of an article on Kiel."""
    cities: dict[str, set[str]] = defaultdict(set)
    for sense in senses:
        if sense.first.type is EntityType.CITY:
            cities[sense.first.key].add(sense.first.authority or f"{EntityType.CITY}:{sense.first.key}")
    for number, sense in enumerate(senses):
        kind, name = sense.first.type, sense.first.name
        if kind in (EntityType.PERSON, EntityType.CITY) or " " not in name:
            continue
        for rest, place in _place_and_rest(name):
            known = cities.get(identity_key(place, EntityType.CITY), set())
            region = Gazetteer.load().region(place) is not None
            for other in index.get((kind, identity_key(rest, kind)), ()) if known or region else ():
                if known & senses[other].context.all_cities:
                    variant = _variant("with its city", other, number, (rest, name))
                    yield replace(variant, town=frozenset(known))
                elif not is_local(rest, kind):
                    yield _variant("with its region", other, number, (rest, name))


def _named_after(senses: Sequence[Sense], _: Index) -> Iterator[Variant]:
    """'Philipps-Universität Marburg' and 'Universität Marburg': a university's name with and without its patron."""
    concepts = identity_words().concepts
    named: dict[tuple[str, str], list[tuple[int, frozenset[str]]]] = defaultdict(list)
    for number, sense in enumerate(senses):
        if sense.first.type is EntityType.ORGANISATION:
            words = frozenset(concept_key(sense.first.name, EntityType.ORGANISATION).split())
            for school in sorted(words & _SCHOOLS):
                for town in sorted(words - set(concepts.values())):
                    named[school, town].append((number, words))
    for block in named.values():
        for (one, few), (other, many) in _neighbours(sorted(block, key=lambda entry: (len(entry[1]), entry[0]))):
            if few < many and not (many - few) & set(concepts.values()):
                yield _variant("named after", one, other, (senses[one].first.name, senses[other].first.name))


def _with_year(senses: Sequence[Sense], index: Index) -> Iterator[Variant]:
    """'River City Award 2021', and the 'River City Award' of an article of 2021."""
    for number, sense in enumerate(senses):
        kind, (name, _, year) = sense.first.type, sense.first.name.rpartition(" ")
        if kind in _EDITIONS and _YEAR.fullmatch(year):
            for other in index.get((kind, identity_key(name, kind)), ()):
                context = senses[other].context
                if year in (context.years or context.published):
                    yield _variant("with its year", other, number, (name, sense.first.name))


def _place_and_rest(name: str) -> Iterator[tuple[str, str]]:
    first, _, after = name.partition(" ")
    before, _, last = name.rpartition(" ")
    yield _LINK.sub("", before), last
    if first.endswith("er") and first[:1].isupper():
        yield after, first.removesuffix("er")
        yield after, first.removesuffix("er") + "en"
    yield after, first


def _given_names(senses: Sequence[Sense], _: Index) -> Iterator[Variant]:
    """'Hans P. Ebert', 'Hans Ebert', 'H. Ebert' and 'Ebert'; 'Eva Kern' and 'Eva Kern-Schulz'."""
    by_surname: dict[str, list[int]] = defaultdict(list)
    for number, sense in enumerate(senses):
        if sense.first.type is EntityType.PERSON and sense.first.key:
            names = sense.first.name.split()
            surname = folded(names[-1].strip("."))
            for part in {surname, *surname.split("-")}:
                by_surname[part].append(number)
    for numbers in by_surname.values():
        blocks: dict[str, list[int]] = defaultdict(list)
        for number in numbers:
            words = name_words(senses[number].first.name, EntityType.PERSON)
            blocks[words[0][0] if len(person_words(senses[number].first.name)) > 1 else ""].append(number)
        bare = blocks.pop("", [])
        for block in blocks.values():
            for one, other in _neighbours(block):
                yield from _two_people(one, other, senses)
            for short in bare[:_MOST_PARTNERS]:
                for long in block[:_MOST_PARTNERS]:
                    yield from _surname(short, long, senses)


_MOST_PARTNERS = 40
"""Of names in one block each is compared with so many neighbours at most."""


def _neighbours(entries: Sequence[T]) -> Iterator[tuple[T, T]]:
    for n, one in enumerate(entries):
        for other in entries[n + 1 : n + 1 + _MOST_PARTNERS]:
            yield one, other


def _two_people(one: int, other: int, senses: Sequence[Sense]) -> Iterator[Variant]:
    names = senses[one].first.name, senses[other].first.name
    few, many = (tuple(folded(w.strip(".")) for w in person_words(n)) for n in names)
    if few == many:
        return
    if len(few) > len(many) or (len(few) == len(many) and len("".join(few)) > len("".join(many))):
        one, other, names, few, many = other, one, (names[1], names[0]), many, few
    rule = _given_rule(few, many)
    if rule:
        yield Variant((one, other), rule, SCORES[rule], names)


def person_words(name: str) -> tuple[str, ...]:
    """Return the words of a person's name without titles, the hyphen of a surname kept."""
    kept = set(name_words(name, EntityType.PERSON))
    words = [w for w in name.split() if words_of(w) and {folded(x) for x in words_of(w)} <= kept]
    return (*(given for w in words[:-1] for given in w.split("-")), *words[-1:])


def _given_rule(few: tuple[str, ...], many: tuple[str, ...]) -> str | None:
    """Return the rule by which the shorter name is the longer one's, None where it is not."""
    if not few or not many:
        return None
    same_surname = few[-1] == many[-1]
    if same_surname and few[0] == many[0] and len(few) < len(many):
        return "middle name"
    if same_surname and len(few[0]) == 1 and many[0].startswith(few[0]):
        return "given name's initial"
    if same_surname and few[0] == many[0] and len(few) == len(many) and len(few) == 3 and few[1][0] == many[1][0]:
        return "middle name" if min(len(few[1]), len(many[1])) == 1 else None
    if few[0] == many[0] and not same_surname and few[-1] in many[-1].split("-"):
        return "double name"
    return None


def _surname(short: int, long: int, senses: Sequence[Sense]) -> Iterator[Variant]:
    names = senses[short].first.name, senses[long].first.name
    if folded(names[0].split()[-1]) == folded(names[1].split()[-1]):
        yield Variant((short, long), "surname", SCORES["surname"], names)


def _typing_errors(senses: Sequence[Sense], index: Index) -> Iterator[Variant]:
    counts = {key: sum(len(senses[n].records) for n in numbers) for key, numbers in index.items()}
    for kind, rare, usual in misspelt(counts):
        for one in index[kind, rare]:
            for other in index[kind, usual]:
                forms = senses[one].first.name, senses[other].first.name
                doubt = TYPING_DOUBT.get(kind, 0.0)
                yield replace(variant := _variant("typing error", one, other, forms), score=variant.score - doubt)
