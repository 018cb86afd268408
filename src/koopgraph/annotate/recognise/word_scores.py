"""What each word adds to the scores of a chain, for itself and for its neighbours: added up once, kept as a row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

import numpy as np
import numpy.typing as npt

from koopgraph.annotate.recognise.words import WordFeatures

Floats = npt.NDArray[np.float32]
OFFSETS = (-2, -1, 0, 1, 2)
OWN = 2  # the place of offset 0
NO_WORD = 0  # the row of zeros that stands between chunks
_DISTANCES = {str(offset): place for place, offset in enumerate(OFFSETS) if offset}
_WORDS_KEPT = 100_000
_FIRST_ROOM = 4096  # words; doubled where more come


class WordScores:
    """The sums of the weights of the features of single words, at each of the OFFSETS."""

    def __init__(self, rows: Mapping[str, int], weights: Floats) -> None:
        """Lay the weights of one neighbour's feature at all distances side by side: one look-up finds them all.

        ``rows`` count from 1: row 0 of ``weights`` is of zeros.
        """
        self._rows = rows
        self._weights = weights
        self._near: dict[str, int] = {}
        found: list[tuple[int, int, int]] = []
        for sign, offset in _DISTANCES.items():
            cut = len(sign)
            for name, row in [(name[cut:], row) for name, row in rows.items() if name.startswith(sign)]:
                found.append((self._near.setdefault(name, len(self._near) + 1), offset, row))
        self._near_weights = np.zeros((len(self._near) + 1, len(OFFSETS), weights.shape[1]), dtype=np.float32)
        if found:
            near, distance, row_numbers = (list(column) for column in zip(*found, strict=True))
            self._near_weights[near, distance] = weights[row_numbers]
        self._forget()

    def of(self, texts: Sequence[str], words: WordFeatures) -> Floats:
        """Return what each of ``texts`` adds to the words that have it at each of the OFFSETS; '' adds nothing."""
        if self._count > _WORDS_KEPT:
            self._forget()
        places = self._places.setdefault(words.language, {"": NO_WORD})
        rows = list(map(places.get, texts))
        if None in rows:
            new = list(dict.fromkeys(text for text, row in zip(texts, rows, strict=True) if row is None))
            self._add(new, words)
            places.update(zip(new, range(self._count, self._count + len(new)), strict=True))
            self._count += len(new)
            rows = list(map(places.get, texts))
        return np.asarray(self._table[np.array(rows, dtype=np.int64)], dtype=np.float32)

    def _forget(self) -> None:
        self._places: dict[str, dict[str, int]] = {}  # by language and word
        self._table = np.zeros((_FIRST_ROOM, len(OFFSETS), self._weights.shape[1]), dtype=np.float32)
        self._count = NO_WORD + 1

    def _add(self, texts: Sequence[str], words: WordFeatures) -> None:
        """Write the rows of words that have none yet."""
        end = self._count + len(texts)
        if end > len(self._table):
            more = np.zeros((max(end, len(self._table)), *self._table.shape[1:]), dtype=np.float32)
            self._table = np.concatenate([self._table, more])
        described = [words.both(text) for text in texts]
        room = self._table[self._count : end]
        room[:] = sums_of(self._near_weights, [known_rows(plain, self._near) for _, plain in described])
        bias = known_rows(("bias",), self._rows)
        room[:, OWN] = sums_of(self._weights, [bias + known_rows(rich, self._rows) for rich, _ in described])


def known_rows(features: Iterable[str], rows: Mapping[str, int]) -> list[int]:
    """Return the rows of those ``features`` that have a weight; rows count from 1."""
    return list(filter(None, map(rows.get, features)))


def sums_of(weights: Floats, groups: Sequence[Sequence[int]]) -> Floats:
    """Return the sum of the rows of ``weights`` that each group names, zeros for an empty group."""
    lengths = np.fromiter(map(len, groups), dtype=np.int64, count=len(groups))
    result = np.zeros((len(groups), *weights.shape[1:]), dtype=np.float32)
    filled = lengths.nonzero()[0]
    if len(filled):
        starts = (lengths.cumsum() - lengths)[filled]
        rows = np.fromiter(chain.from_iterable(groups), dtype=np.int64, count=int(lengths.sum()))
        result[filled] = np.add.reduceat(weights[rows], starts, axis=0)
    return result
