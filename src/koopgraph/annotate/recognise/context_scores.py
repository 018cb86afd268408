"""What the text around a word adds to the scores of a chain: features that come together are added up once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain, pairwise
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from koopgraph.annotate.recognise.word_scores import Floats, known_rows, sums_of

Bundle: TypeAlias = tuple[str, ...]
"""Features that come together, such as all that a line tells of its words."""

_NOTHING = 0  # the row of zeros
_BUNDLES_KEPT = 50_000
_FIRST_ROOM = 4096  # bundles; doubled where more come


class BundleScores:
    """The sums of the weights of bundles, kept for the next word that has the same one."""

    def __init__(self, rows: Mapping[str, int], weights: Floats) -> None:
        """``rows`` count from 1: row 0 of ``weights`` is of zeros."""
        self._rows = rows
        self._weights = weights
        self._forget()

    def of(self, groups: Sequence[Sequence[Bundle]]) -> Floats:
        """Return what the bundles of each word add up to."""
        if len(self._places) > _BUNDLES_KEPT:
            self._forget()
        bundles = list(chain.from_iterable(groups))
        places = list(map(self._places.get, bundles))
        if None in places:
            self._add(dict.fromkeys(b for b, place in zip(bundles, places, strict=True) if place is None))
            places = [self._places[bundle] for bundle in bundles]
        return _added(self._table, np.fromiter(places, dtype=np.int64, count=len(places)), groups)

    def _forget(self) -> None:
        self._places: dict[Bundle, int] = {}
        self._table = np.zeros((_FIRST_ROOM, self._weights.shape[1]), dtype=np.float32)
        self._count = _NOTHING + 1

    def _add(self, bundles: Mapping[Bundle, None]) -> None:
        """Write the rows of bundles that have none yet; those without a weight share the row of zeros."""
        known = {bundle: known_rows(bundle, self._rows) for bundle in bundles}
        weighty = [bundle for bundle, rows in known.items() if rows]
        end = self._count + len(weighty)
        if end > len(self._table):
            more = np.zeros((max(end, len(self._table)), self._table.shape[1]), dtype=np.float32)
            self._table = np.concatenate([self._table, more])
        self._table[self._count : end] = sums_of(self._weights, [known[bundle] for bundle in weighty])
        self._places.update(dict.fromkeys(bundles, _NOTHING))
        self._places.update(zip(weighty, range(self._count, end), strict=True))
        self._count = end


def _added(table: Floats, places: npt.NDArray[np.int64], groups: Sequence[Sequence[Bundle]]) -> Floats:
    """Return the sum of the rows of ``table`` of each group; ``places`` are those of all groups."""
    lengths = np.fromiter(map(len, groups), dtype=np.int64, count=len(groups))
    result = np.zeros((len(groups), table.shape[1]), dtype=np.float32)
    filled = lengths.nonzero()[0]
    if len(filled):
        starts = (lengths.cumsum() - lengths)[filled]
        result[filled] = np.add.reduceat(table[places], starts, axis=0)
    return result


class PairScores:
    """The weights of pairs of neighbouring words, which the first of them has ('+|a|b') and the second ('-|a|b')."""

    def __init__(self, rows: Mapping[str, int], weights: Floats) -> None:
        """Index the pairs by their two words: a look-up without making a feature's name."""
        self._weights = weights
        self._pairs: dict[tuple[str, str], tuple[int, int]] = {}
        for name, row in [(name, row) for name, row in rows.items() if name.startswith(("-|", "+|"))]:
            pair = _words_of(name[2:])
            before, after = self._pairs.get(pair, (0, 0))
            self._pairs[pair] = (before, row) if name[0] == "+" else (row, after)

    def of(self, texts: Sequence[str]) -> Floats:
        """Return what its two neighbours add to each of ``texts``; '' parts chunks."""
        result = np.zeros((len(texts), self._weights.shape[1]), dtype=np.float32)
        low = list(map(str.lower, texts))
        places = [place for place, pair in enumerate(map(self._pairs.get, pairwise(low))) if pair is not None]
        if places:
            found = np.array([self._pairs[low[place], low[place + 1]] for place in places])
            first = np.array(places)
            result[first + 1] += self._weights[found[:, 0]]
            result[first] += self._weights[found[:, 1]]
        return result


def pair_features(words: Sequence[str]) -> list[list[str]]:
    """Return the features of the pairs that each word is part of: with the one before it, with the one after it."""
    low = [w.lower() for w in words]
    found: list[list[str]] = [[] for _ in words]
    for place, (one, two) in enumerate(pairwise(low)):
        found[place].append(f"+|{one}|{two}")
        found[place + 1].append(f"-|{one}|{two}")
    return found


def _words_of(pair: str) -> tuple[str, str]:
    """Return the words of 'a|b'; a word with '|' is that sign alone.

    >>> _words_of("in|der"), _words_of("|||"), _words_of("der||")
    (('in', 'der'), ('|', '|'), ('der', '|'))
    """
    cut = pair.index("|", 1) if len(pair) > 1 else 0
    return pair[:cut], pair[cut + 1 :]
