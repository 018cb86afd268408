"""Forward and backward sums over many chunks at once: the longest first, step by step, scaled at every step.

Reference: Rabiner (1989), A tutorial on hidden Markov models, section V.A (scaling).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from koopgraph.annotate.recognise.chain import Chain, Chunk, Lattice
from koopgraph.annotate.recognise.word_scores import Floats
from koopgraph.annotate.recognise.words import WordFeatures

_FLOOR = 1e-30


def lattices(chain: Chain, chunks: Sequence[Chunk], words: WordFeatures) -> list[Lattice]:
    """Return the sums of every chunk, in the order given."""
    lengths = np.array([len(chunk.words) for chunk in chunks], dtype=np.int64)
    if not lengths.any():
        return [_empty(chain) for _ in chunks]
    steps_of = _Steps(lengths)
    scores = np.concatenate(chain.scores(chunks, words))
    steps = np.empty_like(scores)
    steps[steps_of.rows] = np.exp(scores - scores.max(axis=1, keepdims=True))
    moves = np.exp(chain.transitions)
    forward = _forward(steps, moves, steps_of)
    backward = _backward(steps, moves, steps_of)
    chances = forward * backward
    chances /= np.maximum(chances.sum(axis=1, keepdims=True), _FLOOR)
    labels = {label: number for number, label in enumerate(chain.labels)}
    ahead, behind, factors, chance = (sums[steps_of.rows] for sums in (forward, backward, steps, chances))
    ends = lengths.cumsum().tolist()
    return [
        Lattice(labels, ahead[begin:end], behind[begin:end], factors[begin:end], chance[begin:end], moves)
        for begin, end in zip([0, *ends], ends, strict=False)
    ]


class _Steps:
    """The words of many chunks step by step: all first words, all second words …, those of the longest chunk first.

    So each step is a block of rows that begins with the chunks that go on, and no room is lost to short ones.
    """

    def __init__(self, lengths: npt.NDArray[np.int64]) -> None:
        """``rows`` says for each word, chunk by chunk, which row it has."""
        rank = np.empty(len(lengths), dtype=np.int64)
        rank[np.argsort(-lengths, kind="stable")] = np.arange(len(lengths))
        counts = np.bincount(lengths)
        live = len(lengths) - counts.cumsum()[:-1]
        starts = live.cumsum() - live
        first = np.repeat(lengths.cumsum() - lengths, lengths)
        self.rows = starts[np.arange(len(first)) - first] + np.repeat(rank, lengths)
        self.blocks = list(zip(starts.tolist(), live.tolist(), strict=True))


def _empty(chain: Chain) -> Lattice:
    none = np.zeros((0, len(chain.labels)), dtype=np.float32)
    return Lattice({}, none, none, none, none, none)


def _forward(steps: Floats, moves: Floats, steps_of: _Steps) -> Floats:
    """Return the forward sums, each place's adding up to 1; divide the steps by their place's scale."""
    forward = np.empty_like(steps)
    scales = np.empty((len(steps), 1), dtype=np.float32)
    before = forward[:0]
    for start, count in steps_of.blocks:
        end = start + count
        sums = (before[:count] @ moves) * steps[start:end] if start else steps[:end]
        scale = np.maximum(np.add.reduce(sums, axis=1, keepdims=True), _FLOOR, out=scales[start:end])
        before = np.divide(sums, scale, out=forward[start:end])
    steps /= scales
    return forward


def _backward(steps: Floats, moves: Floats, steps_of: _Steps) -> Floats:
    backward = np.ones_like(steps)
    back = np.ascontiguousarray(moves.T)
    blocks = steps_of.blocks
    for (start, _), (following, count) in zip(blocks[-2::-1], blocks[:0:-1], strict=True):
        end = following + count
        np.matmul(steps[following:end] * backward[following:end], back, out=backward[start : start + count])
    return backward
