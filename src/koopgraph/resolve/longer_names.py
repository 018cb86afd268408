"""Names with more words: before a subtitle or legal form, in quotes, with the town, the year, the patron."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from koopgraph.annotate.gazetteer import Gazetteer
from koopgraph.model import EntityType
from koopgraph.resolve.acronyms import OWNER, acronym_in_front, only_looks_alike
from koopgraph.resolve.forms import shorter_forms
from koopgraph.resolve.identity_words import identity_words, large_towns
from koopgraph.resolve.names import LEGAL_FORMS, is_acronym, quoted_part, words_of
from koopgraph.resolve.senses import Sense
from koopgraph.resolve.spelling import concept_key, identity_key, is_local, name_words, says_what
from koopgraph.resolve.variant import Index, Variant, neighbours, variant_of

_SUBTITLE = re.compile(r"\s[–—-]\s|:\s|\s\|\s|\s\(")
_LINK = re.compile(r" (?:(?:der )?Stadt|in|im|of|zu|für|des Landes)$")
_YEAR = re.compile(r"(?:19|20)\d\d")
_EDITIONS = frozenset([EntityType.AWARD, EntityType.EVENT])
_SCHOOLS = frozenset(["universitaet", "hochschule"])


def parts_of_names(senses: Sequence[Sense], index: Index) -> Iterator[Variant]:
    """A name that stands inside a longer one: before its subtitle or legal form, in quotes, after a descriptor."""
    for number, sense in enumerate(senses):
        kind, name = sense.first.type, sense.first.name
        if kind in (EntityType.PERSON, EntityType.CITY):
            continue
        for rule, part in _parts(name, kind):
            key = identity_key(part, kind)
            for other in index.get((kind, key), ()) if len(key) > 2 and key != sense.first.key else ():
                if only_looks_alike(part, senses[other].first.name):
                    continue
                yield variant_of(rule, other, number, (part, name))


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


def head_alone(senses: Sequence[Sense], _: Index) -> Iterator[Variant]:
    """'Sparkasse' in an article that names one savings bank in full."""
    by_article: dict[str, list[int]] = defaultdict(list)
    for number, sense in enumerate(senses):
        if sense.first.type is EntityType.ORGANISATION:
            for record in sense.records:
                by_article[record.node[0]].append(number)
    for numbers in by_article.values():
        words = {n: name_words(senses[n].first.name, EntityType.ORGANISATION) for n in numbers}
        for short in numbers:
            if len(words[short]) == 1 and is_local(senses[short].first.name, EntityType.ORGANISATION):
                for long in numbers:
                    if words[short][0] in words[long][1:-1]:
                        names = senses[short].first.name, senses[long].first.name
                        yield variant_of("head word alone", short, long, names)


def with_city(senses: Sequence[Sense], index: Index) -> Iterator[Variant]:
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
                    variant = variant_of("with its city", other, number, (rest, name))
                    yield replace(variant, town=frozenset(known))
                elif not is_local(rest, kind):
                    yield variant_of("with its region", other, number, (rest, name))


def with_year(senses: Sequence[Sense], index: Index) -> Iterator[Variant]:
    """'River City Award 2021', and the 'River City Award' of an article of 2021."""
    for number, sense in enumerate(senses):
        kind, (name, _, year) = sense.first.type, sense.first.name.rpartition(" ")
        if kind in _EDITIONS and _YEAR.fullmatch(year):
            for other in index.get((kind, identity_key(name, kind)), ()):
                context = senses[other].context
                if year in (context.years or context.published):
                    yield variant_of("with its year", other, number, (name, sense.first.name))


def named_after(senses: Sequence[Sense], _: Index) -> Iterator[Variant]:
    """'Philipps-Universität Marburg' and 'Universität Marburg': a university's name with and without its patron."""
    concepts = frozenset(identity_words().concepts.values()) - large_towns()
    named: dict[tuple[str, str], list[tuple[int, frozenset[str]]]] = defaultdict(list)
    for number, sense in enumerate(senses):
        if sense.first.type is EntityType.ORGANISATION:
            words = frozenset(concept_key(sense.first.name, EntityType.ORGANISATION).split())
            for school in sorted(words & _SCHOOLS):
                for town in sorted(words - concepts):
                    named[school, town].append((number, words))
    for block in named.values():
        for (one, few), (other, many) in neighbours(sorted(block, key=lambda entry: (len(entry[1]), entry[0]))):
            names = senses[one].first.name, senses[other].first.name
            if few < many and not (many - few) & concepts and not _town_more(*names):
                yield variant_of("named after", one, other, names)


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
