"""Numbers that millions of records have several of, each record's behind the other's in one array."""

from __future__ import annotations

from array import array
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int32]


def as_numbers(values: array[int]) -> Numbers:
    """Return the array as numpy's, of the same memory."""
    return np.frombuffer(values, dtype=np.int32) if values else np.empty(0, dtype=np.int32)


def as_array(values: npt.NDArray[np.generic]) -> array[int]:
    """Return a copy as Python's array, whose single numbers are read faster than numpy's."""
    result = array("i")
    result.frombytes(values.astype(np.int32, copy=False).tobytes())
    return result


class Column:
    """For each record, in their order, some numbers.

    >>> column = Column()
    >>> column.append([7, 8]), column.append([])
    (None, None)
    >>> list(column[0]), list(column[1])
    ([7, 8], [])
    """

    __slots__ = ("_ends", "_values")

    def __init__(self) -> None:
        """Begin without records."""
        self._ends = array("i", [0])
        self._values = array("i")

    def __getitem__(self, record: int) -> array[int]:
        """Return the numbers of a record."""
        return self._values[self._ends[record] : self._ends[record + 1]]

    def append(self, values: Iterable[int]) -> None:
        """Add a record with these numbers."""
        self._values.extend(values)
        self._ends.append(len(self._values))

    def filled(self) -> Numbers:
        """Return the records that have any numbers, in their order."""
        return np.flatnonzero(np.diff(as_numbers(self._ends))).astype(np.int32)

    def reorder(self, order: Numbers) -> None:
        """Put the records into another order, given as their numbers until now."""
        ends = as_numbers(self._ends)
        lengths = np.diff(ends)[order]
        new_ends = np.concatenate(([0], np.cumsum(lengths)))
        places = np.repeat(ends[:-1][order] - new_ends[:-1], lengths) + np.arange(new_ends[-1])
        self._values, self._ends = as_array(as_numbers(self._values)[places]), as_array(new_ends)

    def translate(self, translated: Numbers) -> Numbers:
        """Replace each number by the one that stands at its place; return the records that this changed, in order."""
        old = as_numbers(self._values)
        new = translated[old]
        records = np.searchsorted(as_numbers(self._ends), np.flatnonzero(new != old), side="right") - 1
        self._values = as_array(new)
        return np.unique(records).astype(np.int32)
