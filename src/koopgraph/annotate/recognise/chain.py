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
_DISTANCES = {str(offset): place for place, offset in enumerate(OFFSETS) if offset}
WORDS_KEPT = 100_000


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
        begin, inside = self.labels.get(f"B-{kind}"), self.labels.get(f"I-{kind}")
        if begin is None:
            return 0.0
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
    _near: dict[str, int] = field(init=False, repr=False)
    _near_weights: Floats = field(init=False, repr=False)
    _words: dict[tuple[str, str], Floats] = field(init=False, default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        """Lay the weights of one neighbour's feature at all distances side by side: one look-up finds them all."""
        self._near = {}
        found: list[tuple[int, int, int]] = []
        for name, row in self.rows.items():
            cut = 2 if name[0] == "-" else 1
            if name[:cut] in _DISTANCES:
                place = self._near.setdefault(name[cut:], len(self._near))
                found.append((place, _DISTANCES[name[:cut]], row))
        self._near_weights = np.zeros((len(self._near), len(OFFSETS), len(self.labels)), dtype=np.float32)
        if found:
            near, distance, row_numbers = (list(column) for column in zip(*found, strict=True))
            self._near_weights[near, distance] = self.weights[row_numbers]

    def scores(self, chunks: Sequence[Chunk], words: WordFeatures) -> list[Floats]:
        """Return the score of every label (columns) at every word (rows) of each chunk."""
        size = sum(len(chunk.words) for chunk in chunks)
        total = np.zeros((size, len(self.labels)), dtype=np.float32)
        places: list[int] = []
        found: list[int] = []
        result = []
        begin = 0
        for chunk in chunks:
            part = total[begin : begin + len(chunk.words)]
            if chunk.words:
                self._add_words(part, chunk.words, words)
                self._look_up(chunk, begin, places, found)
            result.append(part)
            begin += len(chunk.words)
        np.add.at(total, places, self.weights[found])
        return result

    def _add_words(self, total: Floats, texts: Sequence[str], words: WordFeatures) -> None:
        """Add what each word tells about itself and about its neighbours."""
        own = np.stack([self._word(w, words) for w in texts])
        total += own[:, _OWN]
        for place, offset in enumerate(OFFSETS):
            if offset < 0:
                total[-offset:] += own[:offset, place]
            elif offset > 0:
                total[:-offset] += own[offset:, place]

    def _look_up(self, chunk: Chunk, begin: int, places: list[int], found: list[int]) -> None:
        """Collect the rows of the features that depend on the text around, and the places that they count for."""
        rows, count = self.rows, len(chunk.words)
        for place, features in enumerate(chunk.features, begin):
            known = [rows[f] for f in features if f in rows]
            found += known
            places += [place] * len(known)
        for i in {0, count - 1}:
            known = [rows[f] for f in _edges(i, count) if f in rows]
            found += known
            places += [begin + i] * len(known)

    def _word(self, word: str, words: WordFeatures) -> Floats:
        """Return what ``word`` adds to the words that have it at each of the OFFSETS, itself among them."""
        key = (words.language, word)
        known = self._words.get(key)
        if known is None:
            if len(self._words) >= WORDS_KEPT:
                self._words.clear()
            near = [self._near[f] for f in words.plain(word) if f in self._near]
            known = np.asarray(self._near_weights[near].sum(axis=0), dtype=np.float32)
            own = [self.rows[f] for f in ("bias", *words.rich(word)) if f in self.rows]
            known[_OWN] = self.weights[own].sum(axis=0)
            self._words[key] = known
        return known

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
