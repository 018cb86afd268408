"""Fitting a linear-chain CRF with python-crfsuite, and taking its weights over into numpy."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from koopgraph.annotate.recognise.chain import Chain
from koopgraph.errors import TrainError

SMALLEST_WEIGHT = 0.01  # below it a weight changes nothing that can be measured
_NEVER = -20.0


@dataclass(frozen=True, slots=True)
class Fit:
    """How a CRF is fitted: the penalties on the sum of the weights and of their squares, and the steps."""

    c1: float
    c2: float
    iterations: int


def fit(sequences: Iterable[tuple[Sequence[Sequence[str]], Sequence[str]]], settings: Fit) -> Chain:
    """Return the CRF fitted on pairs of feature lists and labels, word by word."""
    try:
        import pycrfsuite
    except ImportError as error:
        raise TrainError(
            "fitting a model needs python-crfsuite; install it with: pip install koopgraph[train]"
        ) from error

    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params(
        {
            "c1": settings.c1,
            "c2": settings.c2,
            "max_iterations": settings.iterations,
            "feature.possible_transitions": False,
        }
    )
    for features, labels in sequences:
        trainer.append([list(f) for f in features], list(labels))
    with tempfile.TemporaryDirectory(prefix="koopgraph-") as folder:
        file = str(Path(folder) / "model.crfsuite")
        trainer.train(file)
        with pycrfsuite.Tagger().open(file) as tagger:
            info = tagger.info()
    return _chain(sorted(info.labels), info.state_features, info.transitions)


def _chain(
    labels: Sequence[str], states: Mapping[tuple[str, str], float], moves: Mapping[tuple[str, str], float]
) -> Chain:
    ordered = ("O", *(label for label in labels if label != "O"))
    column = {label: n for n, label in enumerate(ordered)}
    kept = {pair: weight for pair, weight in states.items() if abs(weight) >= SMALLEST_WEIGHT}
    rows = {name: n for n, name in enumerate(sorted({name for name, _ in kept}))}
    weights = np.zeros((len(rows), len(ordered)), dtype=np.float16)
    for (name, label), weight in kept.items():
        weights[rows[name], column[label]] = weight
    transitions = np.zeros((len(ordered), len(ordered)), dtype=np.float32)
    for before in ordered:
        for after in ordered:
            if after.startswith("I-") and before[2:] != after[2:]:
                transitions[column[before], column[after]] = _NEVER
            else:
                transitions[column[before], column[after]] = moves.get((before, after), 0.0)
    return Chain(ordered, rows, weights.astype(np.float32), transitions)


def average(chains: Sequence[Chain]) -> Chain:
    """Return the chain whose weights are the mean of those of ``chains``, which have the same labels."""
    first = chains[0]
    names = sorted({name for chain in chains for name in chain.rows})
    rows = {name: n for n, name in enumerate(names)}
    weights = np.zeros((len(names), len(first.labels)), dtype=np.float32)
    for chain in chains:
        weights[[rows[name] for name in chain.rows]] += chain.weights / len(chains)
    kept = [n for n in range(len(names)) if np.abs(weights[n]).max() >= SMALLEST_WEIGHT]
    moves = np.stack([chain.transitions for chain in chains]).mean(axis=0).astype(np.float32)
    rounded = weights[kept].astype(np.float16).astype(np.float32)
    return Chain(first.labels, {names[n]: row for row, n in enumerate(kept)}, rounded, moves)
