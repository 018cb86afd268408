"""Names that differ by one slip of the typist: found without comparing all with all.

Two keys within one insertion, deletion, substitution or swap of neighbours share a string that is left when at most
one letter of either is taken away (the symmetric deletion neighbourhood of SymSpell, W. Garbe 2012). The hashes of
those strings are sorted, equal ones stand side by side, and only these pairs are measured (Damerau–Levenshtein).
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from itertools import combinations
from zlib import crc32

import numpy as np
from rapidfuzz.distance import OSA

from koopgraph.model import EntityType
from koopgraph.resolve.records import Records
from koopgraph.resolve.sense_table import Cities, Senses
from koopgraph.resolve.variant import SCORES, Found, Variant

SHORTEST = {EntityType.PERSON: 9, EntityType.PLACE: 10, EntityType.CITY: 9}
SHORTEST_ELSE = 9
"""Letters that a name needs: in short ones one letter makes another name ('Main', 'Mainz')."""
TYPING_DOUBT = {EntityType.PERSON: 0.27, EntityType.PLACE: 0.22, EntityType.CITY: 0.22}
"""What a slip in a name loses where one letter often makes another name ('Schmid', 'Schmidt')."""
MOST_RECORDS = 3
"""A misspelt name is rare: it stands in so many articles at most, and in no more than the right one."""
LONGER, LONG = 14, 20
"""Letters of names in which one may be replaced by another, and of those in which one is surely a slip."""
LONG_NAME = 0.1
"""What a letter too many or too few is surer by in a name of :data:`LONG` letters."""
MOST_IN_BUCKET = 12
_LETTERS_COUNT = (
    EntityType.PERSON,
    EntityType.PLACE,
    EntityType.CITY,
)  # 'Meier' and 'Meyer', 'Bachstraße' and 'Buchstraße'


def typing_errors(records: Records) -> Found:
    """Names that differ by one slip."""
    names = records.names
    key_number: dict[tuple[EntityType, str], int] = {}
    for number, key in enumerate(names.keys):
        if records.counts[key]:
            key_number[names.kind(number), names.key(number)] = key
    pairs = list(misspelt({key: records.counts[number] for key, number in key_number.items()}))
    keys = [(kind, rare, usual, key_number[kind, rare], key_number[kind, usual]) for kind, rare, usual in pairs]
    del key_number

    def found(senses: Senses) -> Iterator[Variant]:
        cities = Cities(senses)
        for kind, rare, usual, one_key, other_key in keys:
            score = SCORES["typing error"] - _doubt(kind, rare, usual)
            for one in senses.keyed[one_key]:
                for other in _partners(one, other_key, senses, cities):
                    yield Variant((one, other), "typing error", score, (senses.text(one), senses.text(other)))

    return found


def _partners(number: int, key: int, senses: Senses, cities: Cities) -> list[int]:
    """Return the senses of the key but for those that are of another town, where every town has its own."""
    local = senses.records.names.local
    there = cities.sharing(key, senses.cities(number))
    if not local[senses.name[number]]:
        there.update(other for other in senses.keyed[key] if not local[senses.name[other]])
    return sorted(there)


def _doubt(kind: EntityType, first: str, second: str) -> float:
    """Return what a slip loses; less than nothing in a long name, where one letter hardly makes another."""
    if kind in TYPING_DOUBT:
        return TYPING_DOUBT[kind]
    return -LONG_NAME if min(len(first), len(second)) >= LONG and len(first) != len(second) else 0.0


def misspelt(counts: Mapping[tuple[EntityType, str], int]) -> Iterator[tuple[EntityType, str, str]]:
    """Yield class, rarer and more usual key of every two names that are one slip apart, in the order of the keys.

    ``counts`` says in how many articles each key stands. Digits are no slip: 'Block 1' is not 'Block 2'.
    """
    keys = sorted(key for key in counts if len(key[1]) >= SHORTEST.get(key[0], SHORTEST_ELSE))
    for one, other in sorted(_candidates(keys)):
        (kind, first), (other_kind, second) = keys[one], keys[other]
        if kind is not other_kind or _digits(first) != _digits(second) or OSA.distance(first, second) != 1:
            continue
        pair = sorted(((counts[kind, first], first), (counts[kind, second], second)))
        if pair[0][0] <= MOST_RECORDS and _is_slip(kind, first, second):
            yield kind, pair[0][1], pair[1][1]


def _candidates(keys: list[tuple[EntityType, str]]) -> set[tuple[int, int]]:
    codes, owners = array("I"), array("i")  # tens of millions of them in a large corpus
    for number, (kind, key) in enumerate(keys):
        data = key.encode("utf-8")
        seed = crc32(kind.encode("utf-8"))
        shorter = {crc32(data[:n] + data[n + 1 :], seed) for n in range(len(data))}
        shorter.add(crc32(data, seed))
        codes.extend(shorter)
        owners.extend([number] * len(shorter))
    order = np.argsort(np.frombuffer(codes, dtype=np.uint32), kind="stable") if codes else np.array([], dtype=int)
    code, owner = np.frombuffer(codes, dtype=np.uint32)[order], np.frombuffer(owners, dtype=np.int32)[order]
    starts = np.flatnonzero(np.concatenate(([True], code[1:] != code[:-1]))) if len(code) else np.array([], dtype=int)
    ends = np.append(starts[1:], len(code))
    pairs: set[tuple[int, int]] = set()
    for begin, end in zip(starts[ends - starts > 1], ends[ends - starts > 1], strict=True):
        bucket = sorted(set(owner[begin:end].tolist()))
        if len(bucket) <= MOST_IN_BUCKET:
            pairs.update(combinations(bucket, 2))
    return pairs


def _digits(key: str) -> str:
    return "".join(c for c in key if c.isdigit())


def _is_slip(kind: EntityType, first: str, second: str) -> bool:
    """Whether a letter was left out, doubled or swapped; one replaced makes too many other names but in long ones."""
    if len(first) != len(second) or sorted(first) == sorted(second):
        return True
    return kind not in _LETTERS_COUNT and len(first) >= LONGER
