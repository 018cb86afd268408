"""Which different names may be one thing's: every pair that a rule finds.

Every rule looks its partners up in an index, so cost grows with the number of names, not of pairs. What depends on
names alone is found once; the pairs of senses follow as often as company parts the names anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from koopgraph.model import EntityType
from koopgraph.resolve.acronyms import in_initials, other_forms
from koopgraph.resolve.families import Family, families
from koopgraph.resolve.interned import Names
from koopgraph.resolve.longer_names import NAMED_AFTER, head_alone, parts_of_names, with_city, with_year
from koopgraph.resolve.people import GIVEN_NAMES
from koopgraph.resolve.records import Records
from koopgraph.resolve.sense_table import Senses
from koopgraph.resolve.spelling import TRANSLATED, concept_key, name_words
from koopgraph.resolve.typos import typing_errors
from koopgraph.resolve.variant import FamilyRule, Found, Rule, Variant, neighbours, variant_of

_COMPOUND = 8
"""Letters of the shortest name that may be written in one word or two."""


class Variants:
    """All rules, with what each knows of the names."""

    def __init__(self, records: Records) -> None:
        """Look the names of all records up."""
        groups = families(records.names, *(rule.keys for rule in FAMILY_RULES))
        self._rules = [rule.found(records, those) for rule, those in zip(FAMILY_RULES, groups, strict=True)]
        self._rules += [rule(records) for rule in RULES]

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


def _meaning(names: Names, number: int) -> Iterator[str]:
    kind = names.kind(number)
    if kind in TRANSLATED and " " in (meaning := concept_key(names.texts[number], kind)):
        yield f"{kind} {meaning}"


def _letters(names: Names, number: int) -> Iterator[str]:
    kind = names.kind(number)
    if kind is not EntityType.PERSON and len(letters := "".join(name_words(names.texts[number], kind))) >= _COMPOUND:
        yield f"{kind} {letters}"


def _alike(rule: str, records: Records, groups: Iterable[Family]) -> Found:
    """Find names of one family but for equal ones, which have one key."""
    groups = [group for group in groups if len({records.names.keys[name] for name in group}) > 1]

    def found(senses: Senses) -> Iterator[Variant]:
        for group in groups:
            for one, other in neighbours(senses.sorted(group)):
                if senses.key(one) != senses.key(other):
                    yield variant_of(rule, one, other, (senses.text(one), senses.text(other)))

    return found


SAME_MEANING = FamilyRule(_meaning, partial(_alike, "same meaning"))
"""Names of the same words in another order, compound or language."""
SAME_LETTERS = FamilyRule(_letters, partial(_alike, "same letters"))
"""Names that differ by hyphens and blanks alone, where case endings inside them hide it."""

FAMILY_RULES = (SAME_LETTERS, SAME_MEANING, NAMED_AFTER, GIVEN_NAMES)
RULES: Sequence[Rule] = (
    same_authority,
    other_forms,
    in_initials,
    parts_of_names,
    head_alone,
    with_city,
    with_year,
    typing_errors,
)
