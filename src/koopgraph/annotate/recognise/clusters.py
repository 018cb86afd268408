"""Brown clusters: words that stand in like surroundings share the low bits of a number.

The table holds no words but their CRC-32, sorted: it loads in hundredths of a second, and a word that it does not have
is taken for another one once in five thousand times.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from zlib import crc32

import numpy as np
import numpy.typing as npt

# How many low bits of a cluster's number become a feature each: coarse classes to fine ones.
BITS = (4, 6, 8, 10)


@dataclass(frozen=True, slots=True, eq=False)
class Clusters:
    """The cluster of each common word of a language: ``numbers`` in the order of the words' ``codes``."""

    codes: npt.NDArray[np.uint32]
    numbers: npt.NDArray[np.uint32]

    def get(self, word: str) -> int | None:
        """Return the number of the cluster of ``word``, None where it is not common.

        >>> Clusters.of({"Haus": 5, "und": 1}).get("Haus")
        5
        """
        code = np.uint32(_code(word))
        place = int(self.codes.searchsorted(code))
        found = place < len(self.codes) and self.codes[place] == code
        return int(self.numbers[place]) if found else None

    @classmethod
    def of(cls, clusters: Mapping[str, int]) -> Clusters:
        """Return the table of ``clusters``; of two words with one code the first stays."""
        kept: dict[int, int] = {}
        for word, number in clusters.items():
            kept.setdefault(_code(word), number)
        ordered = sorted(kept.items())
        return cls(
            np.array([c for c, _ in ordered], dtype=np.uint32), np.array([n for _, n in ordered], dtype=np.uint32)
        )

    def to_bytes(self) -> bytes:
        """Return the table as the bytes of an ``.npz`` file, the same for the same table."""
        buffer = io.BytesIO()
        gaps = np.diff(self.codes, prepend=np.uint32(0))
        np.savez_compressed(buffer, gaps=gaps, numbers=self.numbers)
        return buffer.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> Clusters:
        """Return the table that ``to_bytes`` wrote."""
        with np.load(io.BytesIO(data), allow_pickle=False) as stored:
            return cls(np.cumsum(stored["gaps"], dtype=np.uint32), stored["numbers"])


@cache
def load_clusters(language: str) -> Clusters:
    """Return the clusters of ``language`` ('de' or 'en').

    >>> load_clusters("de").get("Hamburg") == load_clusters("de").get("Leipzig")
    True
    """
    return Clusters.from_bytes(files("koopgraph").joinpath("models").joinpath(f"clusters.{language}.npz").read_bytes())


@cache
def bit_features(number: int | None) -> tuple[str, ...]:
    """Return the prefixes of a cluster's number as features, and the number itself."""
    if number is None:
        return ("b?",)
    return (*(f"b{bits}={number & ((1 << bits) - 1)}" for bits in BITS), f"b={number}")


def _code(word: str) -> int:
    return crc32(word.encode("utf-8", "surrogatepass"))
