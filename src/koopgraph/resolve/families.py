"""Names that have something in common, found among millions without holding what they have in common."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias
from zlib import crc32

import numpy as np
import numpy.typing as npt

from koopgraph.resolve.column import Numbers
from koopgraph.resolve.interned import Names

Keys: TypeAlias = Callable[[Names, int], Iterable[str]]
"""What a name, by its number, may have in common with others."""
Family: TypeAlias = tuple[int, ...]
"""Names that have something in common, in the order of their numbers."""


def families(names: Names, *rules: Keys) -> list[list[Family]]:
    """Return for each of the ``rules`` the families of several names by its keys.

    All rules see a name at once: what one works out of it the next one need not. Checksums of the keys are sorted; the
    keys themselves are compared only where these are equal.

    >>> from koopgraph.resolve.interned import Strings
    >>> from koopgraph.model import EntityType
    >>> names = Names(Strings())
    >>> [names.number(EntityType.CITY, text) for text in ("Kiel", "Jena", "Köln")]
    [0, 1, 2]
    >>> families(names, lambda names, number: [names.texts[number][0]])
    [[(0, 2)]]
    """
    sums, owners = [array("I") for _ in rules], [array("i") for _ in rules]
    for number in range(len(names)):
        for keys, those, whose in zip(rules, sums, owners, strict=True):
            for key in keys(names, number):
                those.append(crc32(key.encode("utf-8")))
                whose.append(number)
    return [_families(names, *one) for one in zip(rules, sums, owners, strict=True)]


def _families(names: Names, keys: Keys, sums: array[int], owners: array[int]) -> list[Family]:
    found = {
        tuple(group)
        for checksum, those in _equal(np.frombuffer(sums, dtype=np.uint32), np.frombuffer(owners, dtype=np.int32))
        for group in _by_key(names, keys, those, checksum)
    }
    return sorted(found)


def _equal(sums: npt.NDArray[np.uint32], owners: Numbers) -> Iterator[tuple[int, list[int]]]:
    """Yield each checksum that several names have, with these."""
    order = np.argsort(sums, kind="stable")
    ordered = sums[order]
    begins = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1]))[: len(ordered)])
    ends = np.append(begins[1:], len(ordered))
    several = ends - begins > 1 if len(ordered) else np.empty(0, dtype=bool)
    for begin, end in zip(begins[several].tolist(), ends[several].tolist(), strict=True):
        those = sorted(set(owners[order[begin:end]].tolist()))
        if len(those) > 1:
            yield int(ordered[begin]), those


def _by_key(names: Names, keys: Keys, those: list[int], checksum: int) -> Iterator[list[int]]:
    groups: dict[str, list[int]] = {}
    for number in those:
        for key in dict.fromkeys(keys(names, number)):
            if crc32(key.encode("utf-8")) == checksum:
                groups.setdefault(key, []).append(number)
    yield from (group for group in groups.values() if len(group) > 1)
