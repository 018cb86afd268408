"""Short names: what an article itself calls a thing beside its full name, and acronyms that no article explains."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import product

from koopgraph.model import EntityType
from koopgraph.resolve.identity_words import identity_words
from koopgraph.resolve.names import LEGAL_FORMS, SMALL_WORDS, folded, initials, is_acronym, words_of
from koopgraph.resolve.records import Records
from koopgraph.resolve.sense_table import Senses
from koopgraph.resolve.spelling import TRANSLATED, parts_of
from koopgraph.resolve.variant import Found, Variant, variant_of

TWO_LETTERS = 0.3
"""What an acronym of two letters loses: it is short for too many names."""
SHORTEST_INITIALS = 3
OWNER = re.compile(r" (?:der|des|of the|at the|at|der Stadt) (?=[A-ZÄÖÜ])")
"""What stands before the name of the body that another one belongs to."""
_MOST_WORDS = 4
_UNSAID = SMALL_WORDS | LEGAL_FORMS
"""Words that an acronym leaves out."""


def other_forms(records: Records) -> Found:
    """A name that an article gives a thing beside its full one."""
    names = records.names
    told = [n for n in records.forms.filled().tolist() if any(records.counts[names.keys[f]] for f in records.forms[n])]

    def found(senses: Senses) -> Iterator[Variant]:
        forms: dict[int, set[int]] = defaultdict(set)
        for record in told:
            forms[senses.of[record]].update(records.forms[record])
        for number in sorted(forms):
            for form in sorted(forms[number], key=lambda f: (names.key(f), names.texts[f])):
                for other in senses.keyed[names.keys[form]]:
                    if other != number and not only_looks_alike(names.texts[form], senses.text(other)):
                        yield _introduced(number, other, names.texts[form], len(names.key(form)), senses)

    return found


def _introduced(number: int, other: int, form: str, letters: int, senses: Senses) -> Variant:
    rule = "acronym introduced" if is_acronym(form) else "other form"
    variant = variant_of(rule, other, number, (form, senses.text(number)))
    return variant._replace(score=variant.score - TWO_LETTERS * (letters < SHORTEST_INITIALS))


def only_looks_alike(acronym: str, name: str) -> bool:
    """'BUND' is a society, 'Bund' a state: a word of the language is not the acronym that is spelt like it."""
    return is_acronym(acronym) and not is_acronym(name) and folded(name) in identity_words().supralocal


def in_initials(records: Records) -> Found:
    """An acronym and a name of these initials, which no article puts beside each other."""
    names = records.names
    short: dict[EntityType, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for number, name in enumerate(names.texts):
        if is_acronym(name) and (kind := names.kind(number)) in TRANSLATED:
            letters = "".join(c for c in name.casefold() if c.isalpha())
            if len(letters) >= SHORTEST_INITIALS:
                short[kind][letters].append(number)
    long: dict[int, list[list[int]]] = {}
    for number, name in enumerate(names.texts):
        known = short.get(names.kind(number), {})
        those = [known[letters] for letters in all_initials(name) if letters in known] if known else []
        if those:
            long[number] = those

    def found(senses: Senses) -> Iterator[Variant]:
        for name, those in long.items():
            for number in senses.named[name]:
                for shorter in those:
                    for other in senses.sorted(shorter):
                        yield variant_of("initials", other, number, (senses.text(other), senses.text(number)))

    return found


@lru_cache(maxsize=16384)
def all_initials(name: str) -> tuple[str, ...]:
    """Return the letters that an acronym of the name may have.

    These are the initials of its words, those of its first hyphenated word, and those of the parts of its compounds,
    for all of the name and for what stands before its owner.

    >>> "gwg" in all_initials("Gemeinnützige Wohnungsbaugesellschaft der Stadt Kassel")
    True
    """
    first = name.partition(" ")[0]
    found = {*initials(name), *initials(first)}
    for part in {name, OWNER.split(name, maxsplit=1)[0]}:
        words = [folded(w) for w in words_of(part) if w.isalpha() and w not in _UNSAID]
        if 0 < len(words) <= _MOST_WORDS:
            found.update("".join(letters) for letters in product(*map(_letters, words)))
    return tuple(sorted(letters for letters in found if len(letters) >= SHORTEST_INITIALS))


def _letters(word: str) -> tuple[str, ...]:
    """Return the initial of a word, those of all parts of a compound, and those of its first and last part."""
    parts = [part[0] for part in parts_of(word, identity_words().parts)]
    return (word[0],) if len(parts) < 2 else (word[0], "".join(parts), parts[0] + parts[-1])


@lru_cache(maxsize=16384)
def acronym_in_front(name: str) -> tuple[str, ...]:
    """Return the key of the acronym that a longer name begins with, written out or not.

    >>> acronym_in_front("IBA Basel"), acronym_in_front("Internationale Bauausstellung Basel")
    (('iba',), ('iba',))
    """
    first, _, rest = name.partition(" ")
    if rest and is_acronym(first):
        return (first.casefold(),)
    words = tuple(folded(w) for w in words_of(name))
    begun = _abbreviated().get(words[0], ()) if words else ()
    return tuple(sorted(short for short, long in begun if words[: len(long)] == long and words != long))


@cache
def _abbreviated() -> Mapping[str, Sequence[tuple[str, tuple[str, ...]]]]:
    """Return the acronyms of several words, each with these, by the first one."""
    found: dict[str, list[tuple[str, tuple[str, ...]]]] = defaultdict(list)
    for short, long in identity_words().abbreviations.items():
        if len(long) > 1:
            found[long[0]].append((short, long))
    return found
