"""Brown clusters: words that stand in like surroundings share the low bits of a number."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

# How many low bits of a cluster's number become a feature each: coarse classes to fine ones.
BITS = (4, 6, 8, 10)


@cache
def load_clusters(language: str) -> Mapping[str, int]:
    """Return the cluster of each common word of ``language`` ('de' or 'en').

    >>> load_clusters("de")["Hamburg"] == load_clusters("de")["Leipzig"]
    True
    """
    return unpack(files("koopgraph").joinpath("models").joinpath(f"clusters.{language}.gz").read_bytes())


def pack(clusters: Mapping[str, int]) -> bytes:
    """Return ``clusters`` as the bytes of a file: a line a cluster, its number and its words."""
    words: dict[int, list[str]] = {}
    for word in sorted(clusters):
        words.setdefault(clusters[word], []).append(word)
    lines = [f"{number} {' '.join(words[number])}" for number in sorted(words)]
    return gzip.compress("\n".join(lines).encode("utf-8"), compresslevel=9, mtime=0)


def unpack(data: bytes) -> dict[str, int]:
    """Return the clusters that ``pack`` made ``data`` of.

    >>> unpack(pack({"Haus": 5, "Hof": 5, "und": 1}))
    {'und': 1, 'Haus': 5, 'Hof': 5}
    """
    found: dict[str, int] = {}
    for line in gzip.decompress(data).decode("utf-8").split("\n"):
        number, *words = line.split(" ")
        found.update(dict.fromkeys(words, int(number)))
    return found


def bit_features(number: int | None) -> Iterable[str]:
    """Yield the prefixes of a cluster's number as features, and the number itself."""
    if number is None:
        return ("b?",)
    return (*(f"b{bits}={number & ((1 << bits) - 1)}" for bits in BITS), f"b={number}")
