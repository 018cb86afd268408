"""Names with more words: before a subtitle or legal form, in quotes, with the town, the year, the patron."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import product

from koopgraph.annotate.gazetteer import Gazetteer
from koopgraph.model import EntityType
from koopgraph.resolve.acronyms import OWNER, acronym_in_front, only_looks_alike
from koopgraph.resolve.families import Family
from koopgraph.resolve.forms import shorter_forms
from koopgraph.resolve.identity_words import identity_words, large_towns
from koopgraph.resolve.interned import Names, key_of
from koopgraph.resolve.names import LEGAL_FORMS, is_acronym, quoted_part, words_of
from koopgraph.resolve.records import Records
from koopgraph.resolve.sense_table import Cities, Senses
from koopgraph.resolve.spelling import concept_key, identity_key, is_local, name_words, says_what
from koopgraph.resolve.variant import FamilyRule, Found, Variant, neighbours, variant_of

_SUBTITLE = re.compile(r"\s[–—-]\s|:\s|\s\|\s|\s\(")
_LINK = re.compile(r" (?:(?:der )?Stadt|in|im|of|zu|für|des Landes)$")
_YEAR = re.compile(r"(?:19|20)\d\d")
_LEGAL_FORMS = LEGAL_FORMS | {"aktiengesellschaft"}
_EDITIONS = frozenset([EntityType.AWARD, EntityType.EVENT])
_SCHOOLS = frozenset(["universitaet", "hochschule"])


def parts_of_names(records: Records) -> Found:
    """A name that stands inside a longer one: before its subtitle or legal form, in quotes, after a descriptor."""
    names = records.names
    inside: dict[int, list[tuple[str, str, int]]] = defaultdict(list)
    for number, name in enumerate(names.texts):
        kind = names.kind(number)
        for rule, part in _parts(name, kind) if kind not in (EntityType.PERSON, EntityType.CITY) else ():
            key = _known_key(records, part, kind)
            if key is not None and key != names.keys[number] and len(identity_key(part, kind)) > 2:
                inside[number].append((rule, part, key))

    def found(senses: Senses) -> Iterator[Variant]:
        for name, parts in inside.items():
            for number in senses.named[name]:
                for rule, part, key in parts:
                    for other in senses.keyed[key]:
                        if not only_looks_alike(part, senses.text(other)):
                            yield variant_of(rule, other, number, (part, senses.text(number)))

    return found


def _known_key(records: Records, name: str, kind: EntityType) -> int | None:
    """Return the key of the names that are spelt so, as a number; None where no record has one of these."""
    key = records.names.key_number(kind, name)
    return key if key is not None and records.counts[key] else None


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
        if words_of(words[n]) and words_of(words[n])[0] in _LEGAL_FORMS:
            yield "legal form", " ".join(words[:n])
    if len(words) < 2:
        return
    if is_acronym(words[0]) and len(words) > 2:
        yield "subtitle", " ".join(words[1:])
    owner = OWNER.search(name)
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


def head_alone(records: Records) -> Found:
    """'Sparkasse' in an article that names one savings bank in full."""
    names = records.names
    short: dict[int, str] = {}
    inner: dict[int, frozenset[str]] = {}
    for number, name in enumerate(names.texts):
        if names.kind(number) is EntityType.ORGANISATION:
            words = name_words(name, EntityType.ORGANISATION)
            if len(words) == 1 and names.local[number]:
                short[number] = words[0]
            elif len(words) > 2:
                inner[number] = frozenset(words[1:-1])
    heads = frozenset(short.values())
    inner = {number: words & heads for number, words in inner.items() if words & heads}

    def found(senses: Senses) -> Iterator[Variant]:
        for name, word in short.items():
            for number in senses.named[name]:
                articles = senses.articles(number)
                beside = {senses.of[n] for a in articles for n in range(*records.begins[a : a + 2])}
                for other in sorted(beside):
                    if word in inner.get(senses.name[other], ()):
                        yield variant_of("head word alone", number, other, (senses.text(number), senses.text(other)))

    return found


def with_city(records: Records) -> Found:
    """'Volkshochschule Kiel', 'Kieler Volkshochschule', and the 'Volkshochschule' of an article on Kiel."""
    names = records.names
    placed: dict[int, list[tuple[str, int | None, int]]] = defaultdict(list)
    for number, name in enumerate(names.texts):
        kind = names.kind(number)
        if kind in (EntityType.PERSON, EntityType.CITY) or " " not in name:
            continue
        for rest, place in _place_and_rest(name):
            city = _known_key(records, place, EntityType.CITY)
            if city is not None or Gazetteer.load().region(place) is not None:
                key = _known_key(records, rest, kind)
                if key is not None:
                    placed[number].append((rest, city, key))

    def found(senses: Senses) -> Iterator[Variant]:
        cities = Cities(senses)
        for name, told in placed.items():
            for rest, city, key in told:
                known = _identities(senses, city)
                there = cities.sharing(key, known)
                elsewhere = () if is_local(rest, names.kind(name)) else set(senses.keyed[key]).difference(there)
                for number in senses.named[name]:
                    for other in sorted(there):
                        variant = variant_of("with its city", other, number, (rest, senses.text(number)))
                        yield variant._replace(town=known)
                    for other in sorted(elsewhere):
                        yield variant_of("with its region", other, number, (rest, senses.text(number)))

    return found


def _identities(senses: Senses, city: int | None) -> frozenset[str]:
    """Return what stands for the cities of this key in the company of others."""
    if city is None:
        return frozenset()
    firsts = (senses.first(number) for number in senses.keyed[city])
    return frozenset(first.authority or key_of(EntityType.CITY, first.key) for first in firsts)


def with_year(records: Records) -> Found:
    """'River City Award 2021', and the 'River City Award' of an article of 2021."""
    names = records.names
    dated: list[tuple[int, str, str, int]] = []
    for number, text in enumerate(names.texts):
        name, _, year = text.rpartition(" ")
        if _YEAR.fullmatch(year) and (kind := names.kind(number)) in _EDITIONS:
            key = _known_key(records, name, kind)
            if key is not None:
                dated.append((number, name, year, key))

    def found(senses: Senses) -> Iterator[Variant]:
        for name, shorter, year, key in dated:
            for number, other in product(senses.named[name], senses.keyed[key]):
                context = senses.context(other)
                if year in (context.years or context.published):
                    yield variant_of("with its year", other, number, (shorter, senses.text(number)))

    return found


def _schools(names: Names, number: int) -> Iterator[str]:
    if names.kind(number) is EntityType.ORGANISATION:
        words = _words_of_school(names.texts[number])
        yield from (f"{school} {town}" for school in words & _SCHOOLS for town in words - _concepts())


def _words_of_school(name: str) -> frozenset[str]:
    return frozenset(concept_key(name, EntityType.ORGANISATION).split())


@cache
def _concepts() -> frozenset[str]:
    return frozenset(identity_words().concepts.values()) - large_towns()


def _named_after(_: Records, groups: Sequence[Family]) -> Found:
    def found(senses: Senses) -> Iterator[Variant]:
        for group in groups:
            block = [(number, _words_of_school(senses.text(number))) for number in senses.sorted(group)]
            for (one, few), (other, many) in neighbours(sorted(block, key=lambda entry: (len(entry[1]), entry[0]))):
                names = senses.text(one), senses.text(other)
                if few < many and not (many - few) & _concepts() and not _town_more(*names):
                    yield variant_of("named after", one, other, names)

    return found


NAMED_AFTER = FamilyRule(_schools, _named_after)
"""'Philipps-Universität Marburg' and 'Universität Marburg': a university's name with and without its patron."""


def _town_more(few: str, many: str) -> bool:
    """Whether a school of any town is named with its town: :func:`with_city` knows whether it is that one."""
    if not is_local(few, EntityType.ORGANISATION):
        return False
    return any(Gazetteer.load().is_city_name(word) for word in set(many.split()) - set(few.split()))


def _place_and_rest(name: str) -> Iterator[tuple[str, str]]:
    first, _, after = name.partition(" ")
    before, _, last = name.rpartition(" ")
    yield _LINK.sub("", before), last
    if first.endswith("er") and first[:1].isupper():
        yield after, first.removesuffix("er")
        yield after, first.removesuffix("er") + "en"
    yield after, first
