"""Forward and backward sums over many chunks at once: the longest first, step by step, scaled at every step.

Reference: Rabiner (1989), A tutorial on hidden Markov models, section V.A (scaling).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from koopgraph.annotate.recognise.chain import Chain, Chunk, Lattice
from koopgraph.annotate.recognise.word_scores import Floats
from koopgraph.annotate.recognise.words import WordFeatures

_FLOOR = 1e-30


def lattices(chain: Chain, chunks: Sequence[Chunk], words: WordFeatures) -> list[Lattice]:
    """Return the sums of every chunk, in the order given."""
    order = sorted(range(len(chunks)), key=lambda n: -len(chunks[n].words))
    lengths = [len(chunks[n].words) for n in order]
    if not lengths or not lengths[0]:
        return [_empty(chain) for _ in chunks]
    scores = np.concatenate(chain.scores([chunks[n] for n in order], words))
    row = np.concatenate([np.arange(length) for length in lengths])
    column = np.repeat(np.arange(len(order)), lengths)
    steps = np.zeros((lengths[0], len(order), len(chain.labels)), dtype=np.float32)
    steps[row, column] = np.exp(scores - scores.max(axis=1, keepdims=True))
    live = [sum(length > t for length in lengths) for t in range(lengths[0])]
    moves = np.exp(chain.transitions)
    forward, steps = _forward(steps, moves, live)
    backward = _backward(steps, moves, live, lengths)
    chances = forward * backward
    chances /= np.maximum(chances.sum(axis=2, keepdims=True), _FLOOR)
    labels = {label: number for number, label in enumerate(chain.labels)}
    result = [_empty(chain)] * len(order)
    for place, n in enumerate(order):
        end = lengths[place]
        ahead, behind, step, chance = (sums[:end, place] for sums in (forward, backward, steps, chances))
        result[n] = Lattice(labels, ahead, behind, step, chance, moves)
    return result


def _empty(chain: Chain) -> Lattice:
    none = np.zeros((0, len(chain.labels)), dtype=np.float32)
    return Lattice({}, none, none, none, none, none)


def _forward(steps: Floats, moves: Floats, live: Sequence[int]) -> tuple[Floats, Floats]:
    """Return the forward sums, each place's adding up to 1, and the steps over their place's scale."""
    forward = np.zeros_like(steps)
    for t, count in enumerate(live):
        current = steps[t, :count]
        sums = current if t == 0 else (forward[t - 1, :count] @ moves) * current
        scale = np.maximum(sums.sum(axis=1, keepdims=True), _FLOOR)
        forward[t, :count] = sums / scale
        steps[t, :count] = current / scale
    return forward, steps


def _backward(steps: Floats, moves: Floats, live: Sequence[int], lengths: Sequence[int]) -> Floats:
    backward = np.ones_like(steps)
    back = np.ascontiguousarray(moves.T)
    for t in range(len(live) - 2, -1, -1):
        count = live[t + 1]
        backward[t, :count] = (steps[t + 1, :count] * backward[t + 1, :count]) @ back
    return backward
