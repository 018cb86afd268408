"""A linear-chain CRF at work: scores, forward and backward sums and span probabilities, in numpy.

The weights come from python-crfsuite (see :mod:`koopgraph.train`). A token's score is the sum of the rows of its
features, so what a word by itself adds is kept for the next time the word comes.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from koopgraph.annotate.recognise.words import WordFeatures

Floats = npt.NDArray[np.float32]
OFFSETS = (-2, -1, 0, 1, 2)
_OWN = 2  # the place of offset 0
WORDS_KEPT = 100_000
_NEVER = -1e4


@dataclass(frozen=True, slots=True)
class Chunk:
    """Neighbouring words that are labelled together: ``words`` with the features that depend on the text around."""

    words: tuple[str, ...]
    features: tuple[tuple[str, ...], ...]


def attributes(chunk: Chunk, words: WordFeatures) -> list[list[str]]:
    """Return all features of each word of ``chunk``: what the fitting of a model is given."""
    result = []
    count = len(chunk.words)
    rich = [words.rich(w) for w in chunk.words]
    plain = [words.plain(w) for w in chunk.words]
    for i in range(count):
        found = ["bias", *rich[i], *chunk.features[i]]
        for offset in OFFSETS:
            if offset and 0 <= i + offset < count:
                found += [f"{offset}{x}" for x in plain[i + offset]]
        found += _edges(i, count)
        result.append(found)
    return result


def _edges(index: int, count: int) -> list[str]:
    return ["BOS"] * (index == 0) + ["EOS"] * (index == count - 1)


@dataclass(slots=True)
class Lattice:
    """The sums over all labellings of one chunk: the probability of labels and of spans."""

    labels: Mapping[str, int]
    forward: Floats
    backward: Floats
    steps: Floats  # the factor of a label at a place: exp(score) over the place's scale
    moves: Floats

    def marginals(self) -> Floats:
        """Return the probability of every label (columns) at every word (rows)."""
        product = self.forward * self.backward
        return np.asarray(product / product.sum(axis=1, keepdims=True), dtype=np.float32)

    def span(self, first: int, last: int, kind: str) -> float:
        """Return the probability that exactly the words ``first`` to ``last`` are a name of class ``kind``."""
        begin, inside = self.labels[f"B-{kind}"], self.labels.get(f"I-{kind}")
        weight, label = float(self.forward[first, begin]), begin
        if inside is None:
            return weight * float(self.backward[first, begin]) if first == last else 0.0
        for place in range(first + 1, last + 1):
            weight *= float(self.moves[label, inside] * self.steps[place, inside])
            label = inside
        whole = weight * float(self.backward[last, label])
        if last + 1 < len(self.forward):
            longer = weight * float(self.moves[label, inside] * self.steps[last + 1, inside])
            whole -= longer * float(self.backward[last + 1, inside])
        return min(1.0, max(0.0, whole))


@dataclass(slots=True)
class Chain:
    """Labels, weights by feature and transitions of one fitted model."""

    labels: tuple[str, ...]
    rows: dict[str, int]
    weights: Floats
    transitions: Floats
    _words: dict[tuple[str, str], Floats] = field(default_factory=dict, repr=False)

    def scores(self, chunk: Chunk, words: WordFeatures) -> Floats:
        """Return the score of every label (columns) at every word (rows) of ``chunk``."""
        count = len(chunk.words)
        total = np.zeros((count, len(self.labels)), dtype=np.float32)
        if not count:
            return total
        own = np.stack([self._word(w, words) for w in chunk.words])
        total += own[:, _OWN]
        for place, offset in enumerate(OFFSETS):
            if offset < 0:
                total[-offset:] += own[:offset, place]
            elif offset > 0:
                total[:-offset] += own[offset:, place]
        self._add_features(total, chunk)
        return total

    def _add_features(self, total: Floats, chunk: Chunk) -> None:
        rows = self.rows
        places: list[int] = []
        found: list[int] = []
        count = len(chunk.words)
        for i, features in enumerate(chunk.features):
            known = [rows[f] for f in features if f in rows]
            found += known
            places += [i] * len(known)
        for i in {0, count - 1}:
            known = [rows[f] for f in _edges(i, count) if f in rows]
            found += known
            places += [i] * len(known)
        np.add.at(total, places, self.weights[found])

    def _word(self, word: str, words: WordFeatures) -> Floats:
        """Return what ``word`` adds to the words that have it at each of the OFFSETS, itself among them."""
        key = (words.language, word)
        known = self._words.get(key)
        if known is None:
            if len(self._words) >= WORDS_KEPT:
                self._words.clear()
            rich, plain = words.rich(word), words.plain(word)
            known = np.stack(
                [
                    self._sum([f"{offset}{x}" for x in plain]) if offset else self._sum(["bias", *rich])
                    for offset in OFFSETS
                ]
            )
            self._words[key] = known
        return known

    def _sum(self, features: Sequence[str]) -> Floats:
        found = [self.rows[f] for f in features if f in self.rows]
        return np.asarray(self.weights[found].sum(axis=0), dtype=np.float32)

    def to_bytes(self) -> bytes:
        """Return the model as the bytes of an ``.npz`` file, the same for the same model."""
        names = "\n".join(self.rows)
        buffer = io.BytesIO()
        np.savez_compressed(
            buffer,
            labels=np.frombuffer(json.dumps(self.labels).encode(), dtype=np.uint8),
            features=np.frombuffer(names.encode("utf-8"), dtype=np.uint8),
            weights=self.weights.astype(np.float16),
            transitions=self.transitions.astype(np.float32),
        )
        return buffer.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> Chain:
        """Return the model that ``to_bytes`` wrote."""
        with np.load(io.BytesIO(data), allow_pickle=False) as stored:
            labels = tuple(json.loads(stored["labels"].tobytes()))
            names = stored["features"].tobytes().decode("utf-8").split("\n")
            weights = stored["weights"].astype(np.float32)
            transitions = stored["transitions"]
        return cls(labels, {name: row for row, name in enumerate(names)}, weights, transitions)
