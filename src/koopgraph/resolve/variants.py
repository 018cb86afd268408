"""Which different names may be one thing's: every pair that a rule finds.

Every rule looks its partners up in an index, so cost grows with the number of names, not of pairs. What depends on
names alone is found once; the pairs of senses follow as often as company parts the names anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from koopgraph.model import EntityType
from koopgraph.resolve.acronyms import in_initials, other_forms
from koopgraph.resolve.families import Keys, families
from koopgraph.resolve.longer_names import head_alone, named_after, parts_of_names, with_city, with_year
from koopgraph.resolve.people import given_names
from koopgraph.resolve.records import Records
from koopgraph.resolve.sense_table import Senses
from koopgraph.resolve.spelling import TRANSLATED, concept_key, name_words
from koopgraph.resolve.typos import typing_errors
from koopgraph.resolve.variant import Found, Rule, Variant, neighbours, variant_of

_COMPOUND = 8
"""Letters of the shortest name that may be written in one word or two."""


class Variants:
    """All rules, with what each knows of the names."""

    def __init__(self, records: Records) -> None:
        """Look the names of all records up."""
        self._rules = [rule(records) for rule in RULES]

    def among(self, senses: Senses) -> Iterator[Variant]:
        """Yield every pair of senses that a rule takes for one thing; the same pair may come by several rules."""
        for found in self._rules:
            yield from found(senses)


def same_authority(records: Records) -> Found:
    """Different names of one place of the gazetteer."""

    def found(senses: Senses) -> Iterator[Variant]:
        first: dict[tuple[EntityType, int], int] = {}
        linked = {(senses.of[n], authority) for n, authority in enumerate(records.authority) if authority >= 0}
        texts = records.strings.texts
        for number, authority in sorted(linked, key=lambda entry: (entry[0], texts[entry[1]])):
            other = first.setdefault((senses.kind(number), authority), number)
            if other != number:
                yield variant_of("same authority", other, number, (senses.text(other), senses.text(number)))

    return found


def same_meaning(records: Records) -> Found:
    """Names of the same words in another order, compound or language."""

    def keys(name: str, kind: EntityType) -> Iterator[str]:
        if kind in TRANSLATED and " " in (meaning := concept_key(name, kind)):
            yield f"{kind} {meaning}"

    return _alike("same meaning", records, keys)


def same_letters(records: Records) -> Found:
    """Names that differ by hyphens and blanks alone, where case endings inside them hide it."""

    def keys(name: str, kind: EntityType) -> Iterator[str]:
        if kind is not EntityType.PERSON and len(letters := "".join(name_words(name, kind))) >= _COMPOUND:
            yield f"{kind} {letters}"

    return _alike("same letters", records, keys)


def _alike(rule: str, records: Records, keys: Keys) -> Found:
    """Return what finds the senses whose names share a key of the rule, but not the one that equal names share."""
    groups = families(records.names, keys)
    groups = [group for group in groups if len({records.names.keys[name] for name in group}) > 1]

    def found(senses: Senses) -> Iterator[Variant]:
        for group in groups:
            for one, other in neighbours(senses.sorted(group)):
                if senses.key(one) != senses.key(other):
                    yield variant_of(rule, one, other, (senses.text(one), senses.text(other)))

    return found


RULES: Sequence[Rule] = (
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
