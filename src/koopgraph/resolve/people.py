"""Names of people: with and without the second given name, by initial, by surname alone, before a marriage."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from koopgraph.model import EntityType
from koopgraph.resolve.families import Family
from koopgraph.resolve.identity_words import identity_words
from koopgraph.resolve.interned import Names
from koopgraph.resolve.names import folded, words_of
from koopgraph.resolve.records import Records
from koopgraph.resolve.sense_table import Senses
from koopgraph.resolve.spelling import name_words
from koopgraph.resolve.variant import MOST_PARTNERS, FamilyRule, Found, Variant, neighbours, variant_of

COMMON_SURNAME = 0.1
"""What a surname alone loses that thousands bear."""


def _surnames(names: Names, number: int) -> Iterator[str]:
    kind, name = names.kind(number), names.texts[number]
    if kind is EntityType.PERSON and name_words(name, kind):
        surname = folded(name.split()[-1].strip("."))
        yield from {surname, *surname.split("-")}


def _given_names(_: Records, groups: Sequence[Family]) -> Found:
    def found(senses: Senses) -> Iterator[Variant]:
        for group in groups:
            yield from _of_one_surname(group, senses)

    return found


GIVEN_NAMES = FamilyRule(_surnames, _given_names)
"""'Hans P. Ebert', 'Hans Ebert', 'H. Ebert' and 'Ebert'; 'Eva Kern' and 'Eva Kern-Schulz'."""


def _of_one_surname(group: Sequence[int], senses: Senses) -> Iterator[Variant]:
    by_initial: dict[str, list[int]] = defaultdict(list)
    for name in group:
        text = senses.records.names.texts[name]
        words = name_words(text, EntityType.PERSON)
        by_initial[words[0][0] if len(person_words(text)) > 1 else ""].append(name)
    bare = senses.sorted(by_initial.pop("", []))
    for names in by_initial.values():
        block = senses.sorted(names)
        for one, other in neighbours(block) if len(names) > 1 else ():
            if senses.name[one] != senses.name[other]:
                yield from _two_people(one, other, senses)
        for short in bare[:MOST_PARTNERS]:
            for long in block[:MOST_PARTNERS]:
                yield from _surname(short, long, senses)


def _two_people(one: int, other: int, senses: Senses) -> Iterator[Variant]:
    names = senses.text(one), senses.text(other)
    few, many = (tuple(folded(w.strip(".")) for w in person_words(n)) for n in names)
    if few == many:
        return
    if len(few) > len(many) or (len(few) == len(many) and len("".join(few)) > len("".join(many))):
        one, other, names, few, many = other, one, (names[1], names[0]), many, few
    rule = _given_rule(few, many)
    if rule:
        yield variant_of(rule, one, other, names)


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


def _surname(short: int, long: int, senses: Senses) -> Iterator[Variant]:
    names = senses.text(short), senses.text(long)
    if folded(names[0].split()[-1]) == folded(names[1].split()[-1]):
        variant = variant_of("surname", short, long, names)
        common = name_words(names[0], EntityType.PERSON)[-1] in identity_words().common_surnames
        yield variant._replace(score=variant.score - COMMON_SURNAME * common)
