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

from koopgraph.annotate.recognise.context_scores import Bundle, BundleScores, PairScores, pair_features
from koopgraph.annotate.recognise.word_scores import OFFSETS, OWN, Floats, WordScores
from koopgraph.annotate.recognise.words import WordFeatures

_GAP = ("", "")  # as long as the largest of the OFFSETS: no word of one chunk is a neighbour of one of the next
_NOTHING: tuple[tuple[Bundle, ...], ...] = ((), ())
_BEGINS, _ENDS = ("BOS",), ("EOS",)


@dataclass(frozen=True, slots=True)
class Chunk:
    """Neighbouring words that are labelled together: ``words`` with the features that depend on the text around.

    ``features`` are the bundles of each word, ``common`` the one that all of them have. Pairs of words are not among
    them: they follow from ``words``.
    """

    words: tuple[str, ...]
    features: tuple[tuple[Bundle, ...], ...]
    common: Bundle = ()


def attributes(chunk: Chunk, words: WordFeatures) -> list[list[str]]:
    """Return all features of each word of ``chunk``: what the fitting of a model is given."""
    result = []
    count = len(chunk.words)
    rich = [words.rich(w) for w in chunk.words]
    plain = [words.plain(w) for w in chunk.words]
    pairs = pair_features(chunk.words)
    for i in range(count):
        found = ["bias", *rich[i], *chunk.common, *pairs[i]]
        found += [x for bundle in chunk.features[i] for x in bundle]
        for offset in OFFSETS:
            if offset and 0 <= i + offset < count:
                found += [f"{offset}{x}" for x in plain[i + offset]]
        result.append(found)
    if result:
        result[0] += _BEGINS
        result[-1] += _ENDS
    return result


@dataclass(slots=True)
class Lattice:
    """The sums over all labellings of one chunk: the probability of labels and of spans."""

    labels: Mapping[str, int]
    forward: Floats
    backward: Floats
    steps: Floats  # the factor of a label at a place: exp(score) over the place's scale
    marginals: Floats  # the probability of every label (columns) at every word (rows)
    moves: Floats

    def span(self, first: int, last: int, kind: str) -> float:
        """Return the probability that exactly the words ``first`` to ``last`` are a name of class ``kind``."""
        begin, inside = self.labels.get(f"B-{kind}"), self.labels.get(f"I-{kind}")
        if begin is None:
            return 0.0
        # Single numbers are read with ``item``: twice as fast as with brackets, and there are many.
        weight, label = self.forward.item(first, begin), begin
        if inside is None:
            return weight * self.backward.item(first, begin) if first == last else 0.0
        for place in range(first + 1, last + 1):
            weight *= float(self.moves[label, inside] * self.steps[place, inside])
            label = inside
        whole = weight * self.backward.item(last, label)
        if last + 1 < len(self.forward):
            longer = weight * float(self.moves[label, inside] * self.steps[last + 1, inside])
            whole -= longer * self.backward.item(last + 1, inside)
        return min(1.0, max(0.0, whole))


@dataclass(slots=True)
class Chain:
    """Labels, weights by feature and transitions of one fitted model."""

    labels: tuple[str, ...]
    rows: dict[str, int]
    weights: Floats
    transitions: Floats
    _rows: dict[str, int] = field(init=False, repr=False)
    _weights: Floats = field(init=False, repr=False)
    _words: WordScores = field(init=False, repr=False)
    _pairs: PairScores = field(init=False, repr=False)
    _bundles: BundleScores = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Count the rows from 1, which makes looking many features up one pass, and make room for the sums of words."""
        none = np.zeros((1, len(self.labels)), dtype=np.float32)
        self._weights = np.concatenate([none, self.weights])
        self.weights = self._weights[1:]
        self._rows = {name: row + 1 for name, row in self.rows.items()}
        self._words = WordScores(self._rows, self._weights)
        self._pairs = PairScores(self._rows, self._weights)
        self._bundles = BundleScores(self._rows, self._weights)

    def scores(self, chunks: Sequence[Chunk], words: WordFeatures) -> list[Floats]:
        """Return the score of every label (columns) at every word (rows) of each chunk."""
        texts: list[str] = []
        groups: list[tuple[Bundle, ...]] = []
        begins = []
        for chunk in chunks:
            begins.append(len(texts))
            texts += chunk.words
            groups += chunk.features
            if chunk.words:
                groups[begins[-1]] += (_BEGINS,)
                groups[-1] += (_ENDS,)
            texts += _GAP
            groups += _NOTHING
        total = self._of_words(texts, words)
        total += self._pairs.of(texts) + self._bundles.of(groups)
        for common in {chunk.common: None for chunk in chunks if chunk.common}:
            row = self._bundles.of([(common,)])
            for begin, chunk in zip(begins, chunks, strict=True):
                if chunk.common == common:
                    total[begin : begin + len(chunk.words)] += row
        return [total[begin : begin + len(chunk.words)] for begin, chunk in zip(begins, chunks, strict=True)]

    def _of_words(self, texts: Sequence[str], words: WordFeatures) -> Floats:
        """Return what the words tell about themselves and about their neighbours; '' is a gap."""
        each = self._words.of(texts, words)
        total = each[:, OWN].copy()
        for place, offset in enumerate(OFFSETS):
            if offset < 0:
                total[-offset:] += each[:offset, place]
            elif offset > 0:
                total[:-offset] += each[offset:, place]
        return total

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
