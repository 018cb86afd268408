"""A classifier of candidates: a linear score of their wording, then trees over all their measures.

A candidate asks for one label: is this pair of things in the relation 'leads', is this name a Project? One row of a
table is one candidate, its columns are measures; its wording is a set of short texts, given in parts that candidates
share. The trees are oblivious: all nodes of one depth ask the same question, so that a tree is a table and its leaf the
number whose bits are the answers (Prokhorenkova et al. 2018, 'CatBoost'). The last column that the trees see is
the linear score. What they give is turned into a probability by Platt's scaling, fitted on articles that the
trees had not seen (Platt 1999).
"""

from __future__ import annotations

import io
import json
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import chain, repeat
from typing import TypeAlias
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from koopgraph.errors import ModelError

# What numpy, zipfile and json raise for files that are damaged or something else.
_DAMAGED = (OSError, EOFError, ValueError, KeyError, TypeError, RuntimeError, BadZipFile, zlib.error)
# Log-odds of the linear score below which a candidate is not worth the trees: its probability is 0. Seven of eight
# candidates of relations are; in cross-validation 4 true and 109 wrong statements above the cut were among them.
HOPELESS = -3.5

# Multiplications up to which OpenBLAS, which numpy brings, multiplies matrices in one thread: 65,536 × 4, or fewer.
_ONE_THREAD = 250_000
_LEAF = np.uint8  # numbers of leaves: trees are at most eight questions deep

Ints: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]
Bools: TypeAlias = NDArray[np.bool_]
Table: TypeAlias = NDArray[np.float32]
"""Measures: one row a candidate, one column a measure."""


@dataclass(frozen=True, slots=True)
class Part:
    """Wording that candidates share: candidate ``n`` has the word set ``of[n]``, none where that is -1.

    ``words`` has, for each place ('s<' is left of the subject), the words of every set, each of them once.
    """

    words: Mapping[str, Sequence[tuple[str, ...]]]
    of: Ints

    def __len__(self) -> int:
        """Return the number of word sets."""
        return len(next(iter(self.words.values()), ()))

    def texts(self) -> list[list[str]]:
        """Return the word sets as a model names them: the place and the word in one text."""
        places = [[[f"{place} {word}" for word in words] for words in sets] for place, sets in self.words.items()]
        return [list(chain.from_iterable(of_places)) for of_places in zip(*places, strict=True)]


@dataclass(frozen=True, slots=True)
class Block:
    """Measures that candidates share: candidate ``n`` has the row ``table[of[n]]`` under the names ``columns``."""

    columns: tuple[str, ...]
    table: Table
    of: Ints


def columns_of(blocks: Sequence[Block]) -> tuple[str, ...]:
    """Return the names of all measures, in the order of the blocks."""
    return tuple(chain.from_iterable(block.columns for block in blocks))


def table_of(blocks: Sequence[Block], rows: Ints | slice = slice(None)) -> Table:
    """Return the measures of candidates (of all, or of those in ``rows``) as one table, one row a candidate."""
    return np.concatenate([block.table[block.of[rows]] for block in blocks], axis=1)


def _product(table: Table, weights: Floats) -> Floats:
    """Return the matrix product, made of pieces that BLAS does not share out to threads.

    Its threads gain nothing here, and wait for the next product by running in circles: with a process for each core,
    which is how articles are read, they take the time of other processes.
    """
    rows = max(1, _ONE_THREAD // max(1, weights.size))
    pieces = [table[begin : begin + rows] @ weights for begin in range(0, len(table), rows)]
    return np.concatenate(pieces) if pieces else np.zeros((0, weights.shape[1]))


@dataclass(frozen=True, slots=True)
class Linear:
    """One linear score a label: ``words`` (see :meth:`Part.texts`) are the rows of ``weights``.

    The measures are divided by ``scale``.
    """

    words: tuple[str, ...]
    weights: NDArray[np.float32]  # words × labels
    measures: NDArray[np.float32]  # measures × labels
    scale: NDArray[np.float32]
    intercept: NDArray[np.float32]
    _rows: dict[str, dict[str, int]] = field(init=False, repr=False, compare=False)  # by place and word
    _of_words: Floats = field(init=False, repr=False, compare=False)  # the last row for unknown ones
    _of_measures: Floats = field(init=False, repr=False, compare=False)  # weights of measures that are not scaled

    def __post_init__(self) -> None:
        """Scale the weights instead of every measure, and sort the words by their places."""
        rows: dict[str, dict[str, int]] = defaultdict(dict)
        for row, text in enumerate(self.words):
            place, _, word = text.partition(" ")
            rows[place][word] = row
        unknown = np.zeros((1, self.weights.shape[1]))
        object.__setattr__(self, "_rows", dict(rows))
        object.__setattr__(self, "_of_words", np.concatenate([self.weights, unknown]))
        object.__setattr__(self, "_of_measures", self.measures.astype(np.float64) / self.scale[:, None])

    def score(self, parts: Sequence[Part], blocks: Sequence[Block], label: Ints) -> Floats:
        """Return the score of every candidate (a log-odds), given its wording, its measures and its label.

        The ``blocks`` have the columns in the order of ``measures``. What candidates share is weighed once.
        """
        score = self.intercept[label].astype(np.float64)
        begin = 0
        for block in blocks:
            end = begin + len(block.columns)
            score += _product(block.table, self._of_measures[begin:end])[block.of, label]
            begin = end
        for part, sums in zip(parts, self._sums(parts), strict=True):
            score += sums[part.of, label]
        return score

    def _sums(self, parts: Sequence[Part]) -> Iterator[Floats]:
        """Yield the summed weights of the word sets of each part, and a last row of zeros for none."""
        found: list[int] = []
        sizes: list[int] = []
        for place, sets in chain.from_iterable(part.words.items() for part in parts):
            row_of = self._rows.get(place, {}).get
            found += map(row_of, chain.from_iterable(sets), repeat(len(self.words)))
            sizes += map(len, sets)
        size = np.array(sizes, dtype=np.int64)
        sums = np.zeros((len(size), self.weights.shape[1]))
        if found:
            begins = (np.cumsum(size) - size)[size > 0]
            sums[size > 0] = np.add.reduceat(self._of_words.take(found, axis=0), begins, axis=0)
        begin = 0
        for part in parts:
            end = begin + len(part.words) * len(part)
            of_places = sums[begin:end].reshape(len(part.words), len(part), sums.shape[1])
            yield np.concatenate([of_places.sum(axis=0), np.zeros((1, sums.shape[1]))])
            begin = end


@dataclass(frozen=True, slots=True)
class Trees:
    """Oblivious trees: ``column[t, d] > border[t, d]`` is bit ``d`` of the leaf of tree ``t``."""

    column: NDArray[np.int32]
    border: NDArray[np.float32]
    leaves: NDArray[np.float32]
    bias: float
    # Many trees ask the same: each question is answered once, and each tree looks its answers up (depth × trees).
    _asked: NDArray[np.int32] = field(init=False, repr=False, compare=False)
    _borders: NDArray[np.float32] = field(init=False, repr=False, compare=False)
    _answers: Ints = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Find the questions that differ."""
        every = np.stack([self.column.T.ravel().astype(np.float64), self.border.T.ravel()])
        questions, number = np.unique(every, axis=1, return_inverse=True)
        object.__setattr__(self, "_asked", questions[0].astype(np.int32))
        object.__setattr__(self, "_borders", questions[1].astype(np.float32))
        object.__setattr__(self, "_answers", number.reshape(self.column.T.shape))

    def score(self, table: Table) -> Floats:
        """Return the sum of the leaves of every row of ``table`` (a log-odds).

        Rows of the table lie side by side here: what is looked up for a tree are then whole stretches of memory.
        """
        by_column = np.ascontiguousarray(table.T)
        answers = (by_column.take(self._asked, axis=0) > self._borders[:, None]).astype(_LEAF)
        leaf = np.zeros((len(self.column), len(table)), dtype=_LEAF)
        for depth, number in enumerate(self._answers):
            leaf |= answers.take(number, axis=0) << depth
        first_leaf = np.arange(len(self.leaves))[:, None] * self.leaves.shape[1]
        picked = self.leaves.ravel().take(first_leaf + leaf)
        return np.asarray(picked.sum(axis=0, dtype=np.float64) + self.bias)


@dataclass(frozen=True, slots=True, eq=False)
class Classifier:
    """Both models with the columns they were fitted on, Platt's slope and intercept, and the cut with the best F1."""

    columns: tuple[str, ...]
    linear: Linear
    trees: Trees
    slope: float
    intercept: float
    cut: float

    def probability(self, blocks: Sequence[Block], parts: Sequence[Part], label: Ints) -> Floats:
        """Return the probability of every candidate; raises :class:`ModelError` where the columns are not its own."""
        model = _arranged(self, columns_of(blocks))
        linear = model.linear.score(parts, blocks, label)
        likely = np.nonzero(linear >= HOPELESS)[0]
        result = np.zeros(len(linear))
        table = np.column_stack([table_of(blocks, likely), linear[likely]]).astype(np.float32)
        result[likely] = 1.0 / (1.0 + np.exp(-(self.slope * model.trees.score(table) + self.intercept)))
        return result

    def to_bytes(self) -> bytes:
        """Return the model as a file (.npz); the same model gives the same bytes."""
        header = {
            "columns": self.columns,
            "words": self.linear.words,
            "bias": self.trees.bias,
            "slope": self.slope,
            "intercept": self.intercept,
            "cut": self.cut,
        }
        file = io.BytesIO()
        np.savez_compressed(
            file,
            header=np.frombuffer(json.dumps(header, ensure_ascii=False).encode("utf-8"), dtype=np.uint8),
            weights=self.linear.weights.astype(np.float16),
            measures=self.linear.measures,
            scale=self.linear.scale,
            offsets=self.linear.intercept,
            column=self.trees.column,
            border=self.trees.border,
            leaves=self.trees.leaves,
        )
        return file.getvalue()

    @classmethod
    def from_bytes(cls, content: bytes) -> Classifier:
        """Return the model that :meth:`to_bytes` wrote; raises :class:`ModelError` where it cannot be read."""
        try:
            with np.load(io.BytesIO(content), allow_pickle=False) as data:
                header = json.loads(data["header"].tobytes().decode("utf-8"))
                linear = Linear(
                    tuple(header["words"]),
                    data["weights"].astype(np.float32),
                    data["measures"],
                    data["scale"],
                    data["offsets"],
                )
                trees = Trees(data["column"], data["border"], data["leaves"], header["bias"])
                return cls(tuple(header["columns"]), linear, trees, header["slope"], header["intercept"], header["cut"])
        except _DAMAGED as error:
            raise ModelError(f"this is no classifier ({error}); fit one with koopgraph train") from error


@lru_cache(maxsize=8)
def _arranged(model: Classifier, columns: tuple[str, ...]) -> Classifier:
    """Return ``model`` with its measures in the order of ``columns``; it does not matter in which one it was fitted."""
    if sorted(columns) != sorted(model.columns):
        raise ModelError("the model was fitted with other measures; fit it again: koopgraph train")
    place = {column: number for number, column in enumerate(columns)}
    order = [model.columns.index(column) for column in columns]
    linear = replace(model.linear, measures=model.linear.measures[order], scale=model.linear.scale[order])
    places = np.array([*(place[column] for column in model.columns), len(columns)], dtype=np.int32)
    trees = replace(model.trees, column=places[model.trees.column])
    return replace(model, columns=columns, linear=linear, trees=trees)
