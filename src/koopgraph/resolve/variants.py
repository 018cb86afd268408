"""Which different names may be one thing's: every pair that a rule finds.

Every rule looks its partners up in an index, so cost grows with the number of names, not of pairs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from koopgraph.model import EntityType
from koopgraph.resolve.acronyms import in_initials, other_forms
from koopgraph.resolve.longer_names import head_alone, named_after, parts_of_names, with_city, with_year
from koopgraph.resolve.people import given_names
from koopgraph.resolve.senses import Sense
from koopgraph.resolve.spelling import TRANSLATED, concept_key, name_words
from koopgraph.resolve.typos import typing_errors
from koopgraph.resolve.variant import Index, Variant, neighbours, variant_of

_COMPOUND = 8
"""Letters of the shortest name that may be written in one word or two."""


def variants(senses: Sequence[Sense]) -> Iterator[Variant]:
    """Yield every pair of senses that a rule takes for one thing; the same pair may come by several rules."""
    index: dict[tuple[EntityType, str], list[int]] = defaultdict(list)
    for number, sense in enumerate(senses):
        index[sense.first.type, sense.first.key].append(number)
    for rule in RULES:
        yield from rule(senses, index)


def same_authority(senses: Sequence[Sense], _: Index) -> Iterator[Variant]:
    """Different names of one place of the gazetteer."""
    first: dict[str, int] = {}
    for number, sense in enumerate(senses):
        for authority in sorted({r.authority for r in sense.records if r.authority}):
            other = first.setdefault(f"{sense.first.type} {authority}", number)
            if other != number:
                forms = senses[other].first.name, sense.first.name
                yield variant_of("same authority", other, number, forms)


def same_meaning(senses: Sequence[Sense], _: Index) -> Iterator[Variant]:
    """Names of the same words in another order, compound or language."""
    meanings: dict[tuple[EntityType, str], list[int]] = defaultdict(list)
    for number, sense in enumerate(senses):
        if sense.first.type in TRANSLATED:
            meaning = concept_key(sense.first.name, sense.first.type)
            if " " in meaning:
                meanings[sense.first.type, meaning].append(number)
    for numbers in meanings.values():
        for one, other in neighbours(numbers):
            if senses[one].first.key != senses[other].first.key:
                yield variant_of("same meaning", one, other, (senses[one].first.name, senses[other].first.name))


def same_letters(senses: Sequence[Sense], _: Index) -> Iterator[Variant]:
    """Names that differ by hyphens and blanks alone, where case endings inside them hide it."""
    spelt: dict[tuple[EntityType, str], list[int]] = defaultdict(list)
    for number, sense in enumerate(senses):
        kind, name = sense.first.type, sense.first.name
        letters = "".join(name_words(name, kind))
        if kind is not EntityType.PERSON and len(letters) >= _COMPOUND:
            spelt[kind, letters].append(number)
    for numbers in spelt.values():
        for one, other in neighbours(numbers):
            if senses[one].first.key != senses[other].first.key:
                yield variant_of("same letters", one, other, (senses[one].first.name, senses[other].first.name))


RULES = (
    same_authority,
    same_letters,
    other_forms,
    in_initials,
    same_meaning,
    parts_of_names,
    head_alone,
    with_city,
    with_year,
    named_after,
    given_names,
    typing_errors,
)
