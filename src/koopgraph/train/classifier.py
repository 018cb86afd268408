"""Fitting a classifier: which candidates of the gold articles are true.

1. Fold by fold, fit the linear scores on the other articles and score the ones left out.
2. Fit the trees on measures and left-out scores; the same fold by fold, to see what they say of unseen articles.
3. Fit Platt's scaling on that, and choose the cut that gives the best F1.
"""

from __future__ import annotations

import json
import math
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import scipy.sparse

from koopgraph.classifier import HOPELESS, Bools, Classifier, Floats, Ints, Linear, Part, Table, Trees
from koopgraph.errors import TrainError
from koopgraph.evaluate.scores import Tally
from koopgraph.progress import Progress, silent

FOLDS = 5
SEED = 20
RAREST = 4  # a word must occur with this many candidates of a label to have a weight in it
SMALLEST = 0.02  # weights nearer to zero are left out of the model
REGULARISATION = 0.15  # C of the logistic regression
FLAT = 0.005  # of F1: differences that other folds would turn round
_SURE = 6.0  # log-odds where all candidates are alike: nothing can be learnt from them
TREES = {"iterations": 500, "depth": 6, "learning_rate": 0.08, "l2_leaf_reg": 5, "rsm": 0.3, "border_count": 64}


@dataclass(frozen=True, slots=True)
class Example:
    """The candidates of one article: measures, wording, label and whether the gold has them.

    ``wanted`` is how many the gold has in the article, found as candidates or not.
    """

    columns: tuple[str, ...]
    table: Table
    parts: tuple[Part, ...]
    label: Ints
    true: Bools
    wanted: int


@dataclass(frozen=True, slots=True)
class Fit:
    """A fitted model, and the probability it gives each candidate when it has not seen the article.

    ``wanted`` is how many true ones there are in all, candidates or not.
    """

    model: Classifier
    unseen: Floats
    true: Bools
    label: Ints
    wanted: int

    def figures(self) -> dict[str, float]:
        """Return precision, recall and F1 at the model's cut, on articles that it had not seen."""
        chosen = self.unseen >= self.model.cut
        right = int((chosen & self.true).sum())
        return Tally(right, int(chosen.sum()) - right, self.wanted - right).figures()


class _Rows:
    """The candidates of all articles below each other."""

    def __init__(self, examples: Sequence[Example], articles: int, labels: int) -> None:
        """Take the examples of ``articles`` articles, and then once more of the same ones in the same order."""
        self.columns = examples[0].columns
        self.table = np.concatenate([e.table for e in examples])
        self.label = np.concatenate([e.label for e in examples])
        self.labels = labels
        self.true = np.concatenate([e.true for e in examples])
        number = np.repeat(np.arange(len(examples)), [len(e.true) for e in examples])
        self.asked = number < articles
        self.fold = np.random.default_rng(SEED).permutation(articles)[number % articles] % FOLDS
        self.scale = np.abs(self.table).max(axis=0) + 1e-9
        self.words, self.wording = _matrix(examples)

    def of(self, label: int) -> Bools:
        return np.asarray(self.label == label)


def _matrix(examples: Sequence[Example]) -> tuple[list[str], scipy.sparse.csr_matrix]:
    """Return all words, sorted, and which of them each candidate has."""
    counts = Counter(f for e in examples for part in e.parts for fs in part.texts() for f in fs)
    words = sorted(word for word, count in counts.items() if count > 1)
    row_of = {word: number for number, word in enumerate(words)}
    blocks = []
    for example in examples:
        total = scipy.sparse.csr_matrix((len(example.true), len(words)), dtype=np.float32)
        for part in example.parts:
            columns = [[row_of[f] for f in fs if f in row_of] for fs in part.texts()] + [[]]
            ends = np.cumsum([0, *map(len, columns)])
            flat = np.array([c for cs in columns for c in cs], dtype=np.int64)
            table = scipy.sparse.csr_matrix((np.ones(len(flat), np.float32), flat, ends), (len(columns), len(words)))
            total = total + table[part.of]
        blocks.append(total)
    return words, scipy.sparse.vstack(blocks).tocsr()


def _linear(rows: _Rows, chosen: Bools) -> Linear:
    from sklearn.linear_model import LogisticRegression

    count = rows.labels
    weights = np.zeros((len(rows.words), count), dtype=np.float32)
    measures = np.zeros((len(rows.columns), count), dtype=np.float32)
    intercept = np.full(count, -6.0, dtype=np.float32)
    for label in range(count):
        those = np.nonzero(chosen & rows.of(label))[0]
        true = rows.true[those]
        if true.sum() < 3 or true.all():
            continue
        wording = rows.wording[those]
        common = np.nonzero(np.asarray((wording > 0).sum(axis=0)).ravel() >= RAREST)[0]
        table = scipy.sparse.csr_matrix(rows.table[those] / rows.scale)
        regression = LogisticRegression(C=REGULARISATION, max_iter=300, solver="liblinear", random_state=SEED)
        regression.fit(scipy.sparse.hstack([wording[:, common], table]).tocsr(), true)
        found = regression.coef_[0]
        weights[common, label] = found[: len(common)]
        measures[:, label] = found[len(common) :]
        intercept[label] = regression.intercept_[0]
    weights[np.abs(weights) < SMALLEST] = 0.0
    kept = np.nonzero(np.abs(weights).max(axis=1) > 0)[0]
    words = tuple(rows.words[n] for n in kept)
    return Linear(words, weights[kept], measures, rows.scale.astype(np.float32), intercept)


def _trees(table: Table, true: Bools) -> Trees:
    from catboost import CatBoostClassifier

    depth = TREES["depth"]
    if true.all() or not true.any():
        none = np.zeros((0, int(depth)), dtype=np.int32)
        empty = np.zeros((0, 2 ** int(depth)), dtype=np.float32)
        return Trees(none, none.astype(np.float32), empty, _SURE if true.all() else -_SURE)
    booster = CatBoostClassifier(**TREES, random_seed=SEED, thread_count=2, verbose=0, allow_writing_files=False)
    booster.fit(table, true.astype(int))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "trees.json"
        booster.save_model(str(path), format="json")
        model = json.loads(path.read_text(encoding="utf-8"))
    trees = model["oblivious_trees"]
    column = np.zeros((len(trees), int(depth)), dtype=np.int32)
    border = np.full((len(trees), int(depth)), np.inf, dtype=np.float32)
    leaves = np.zeros((len(trees), 2 ** int(depth)), dtype=np.float32)
    for number, tree in enumerate(trees):
        splits = tree["splits"] or []
        column[number, : len(splits)] = [s["float_feature_index"] for s in splits]
        border[number, : len(splits)] = [s["border"] for s in splits]
        leaves[number, : len(tree["leaf_values"])] = tree["leaf_values"]
    return Trees(column, border, leaves, float(model["scale_and_bias"][1][0]))


def _linear_scores(linear: Linear, rows: _Rows, those: Ints) -> Floats:
    """Return what ``linear`` says of some rows: as its own ``score``, over the matrix of all words."""
    label = rows.label[those]
    weights = np.zeros((len(rows.words), rows.labels), dtype=np.float32)
    kept = np.searchsorted(rows.words, linear.words)
    weights[kept] = linear.weights
    words = np.asarray((rows.wording[those] @ weights)[np.arange(len(those)), label])
    table = np.einsum("ij,ij->i", rows.table[those] / linear.scale, linear.measures[:, label].T)
    return np.asarray(words + table + linear.intercept[label])


def _folds(rows: _Rows) -> Iterator[tuple[Bools, Bools]]:
    for fold in range(FOLDS):
        yield rows.fold != fold, rows.fold == fold


def _check_packages() -> None:
    missing = [name for name in ("catboost", "sklearn") if find_spec(name) is None]
    if missing:
        raise TrainError(
            f"fitting a model needs {' and '.join(missing)}; install them with: pip install koopgraph[train]"
        )


def fit(examples: Sequence[Example], more: Sequence[Example] = (), *, labels: int, progress: Progress = silent) -> Fit:
    """Fit a classifier on ``examples``, one an article, and on ``more`` of the same articles in the same order.

    ``labels`` are counted from 0, also those that no candidate has. What is said of unseen articles, the scaling
    and the cut are those of ``examples`` alone. Raises :class:`TrainError` where a package that fitting needs is
    missing.
    """
    _check_packages()
    rows = _Rows([*examples, *more], len(examples), labels)
    scores = np.zeros(len(rows.true))
    steps = 2 * FOLDS + 2
    for number, (seen, unseen) in enumerate(_folds(rows)):
        progress("fitting relations", number, steps)
        left_out = np.nonzero(unseen)[0]
        scores[left_out] = _linear_scores(_linear(rows, seen), rows, left_out)
    table = np.column_stack([rows.table, scores]).astype(np.float32)
    raw = np.zeros(len(rows.true))
    for number, (seen, unseen) in enumerate(_folds(rows)):
        progress("fitting relations", FOLDS + number, steps)
        raw[unseen] = _trees(table[seen], rows.true[seen]).score(table[unseen])
    raw, true = raw[rows.asked], rows.true[rows.asked]
    slope, intercept = _platt(raw, true)
    probability = np.where(scores[rows.asked] >= HOPELESS, 1.0 / (1.0 + np.exp(-(slope * raw + intercept))), 0.0)
    progress("fitting relations", steps - 2, steps)
    linear = _linear(rows, np.ones(len(rows.true), dtype=bool))
    progress("fitting relations", steps - 1, steps)
    trees = _trees(table, rows.true)
    wanted = sum(e.wanted for e in examples)
    model = Classifier(rows.columns, linear, trees, slope, intercept, best_cut(probability, true, wanted))
    progress("fitting relations", steps, steps)
    return Fit(model, probability, true, rows.label[rows.asked], wanted)


def _platt(score: Floats, true: Bools) -> tuple[float, float]:
    from sklearn.linear_model import LogisticRegression

    if true.all() or not true.any():
        return 1.0, 0.0
    regression = LogisticRegression(C=1e6).fit(score[:, None], true)
    return float(regression.coef_[0, 0]), float(regression.intercept_[0])


def best_cut(probability: Floats, true: Bools, wanted: int) -> float:
    """Return the probability from which on statements give the best F1, where ``wanted`` are to be found.

    The top of the curve is flat: of the cuts within FLAT of the best F1, it is the most precise one. It is rounded
    down, so that the last statement that counts is not below it.
    """
    order = np.argsort(-probability, kind="stable")
    hits = np.cumsum(true[order])
    f1 = 2 * hits / (np.arange(1, len(order) + 1) + wanted)
    first = int((f1 >= f1.max() - FLAT).argmax())
    return math.floor(1000 * float(probability[order[first]])) / 1000
