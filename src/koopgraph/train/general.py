"""The general models: fitted on public labelled data, one a language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from koopgraph.annotate.recognise.chain import Chain, Lattice, attributes
from koopgraph.annotate.recognise.general import general_chunk
from koopgraph.annotate.recognise.sums import lattices
from koopgraph.annotate.recognise.words import WordFeatures
from koopgraph.evaluate.scores import Tally
from koopgraph.model import Language
from koopgraph.train.fitting import Fit, average, fit
from koopgraph.train.labelled import MAIN, Labelled, spans

# Their weights are averaged: each alone is half a point worse on held-out sentences.
SETTINGS = (
    Fit(c1=0.03, c2=0.02, iterations=120),
    Fit(c1=0.08, c2=0.02, iterations=60),
    Fit(c1=0.05, c2=0.1, iterations=80),
    Fit(c1=0.02, c2=0.3, iterations=80),
)


PROBABLE = 0.4  # near the floor of the decision on names (annotate/recognise/decision.py)
_POSSIBLE = 0.05


def fit_general(sentences: Sequence[Labelled], language: Language) -> Chain:
    """Return the model of ``language`` fitted on ``sentences``."""
    words = WordFeatures.load(language)
    sequences = [(attributes(general_chunk(s.words, words.gazetteer), words), s.labels) for s in sentences if s.words]
    return average([fit(sequences, settings) for settings in SETTINGS])


def measure(chain: Chain, sentences: Sequence[Labelled], language: Language) -> dict[str, float]:
    """Return precision, recall and F1 of the four main classes on ``sentences``, by exact spans.

    A name is what is at least as probable as PROBABLE as a whole; of two that overlap, the more probable one.
    """
    words = WordFeatures.load(language)
    sums = lattices(chain, [general_chunk(s.words, words.gazetteer) for s in sentences], words)
    right = found = wanted = 0
    for sentence, lattice in zip(sentences, sums, strict=True):
        gold = {s for s in spans(sentence.labels) if s[2] in MAIN}
        guess = set(_names(lattice))
        right, found, wanted = right + len(gold & guess), found + len(guess), wanted + len(gold)
    return Tally(right, found - right, wanted - right).figures()


def _names(lattice: Lattice) -> Iterator[tuple[int, int, str]]:
    """Yield the names of one sentence side by side: first word, the word after the last, class."""
    marginals = lattice.marginals
    possible = []
    for kind in MAIN:
        inside = lattice.labels[f"I-{kind}"]
        for begin in (marginals[:, lattice.labels[f"B-{kind}"]] >= _POSSIBLE).nonzero()[0].tolist():
            for last in range(begin, len(marginals)):
                if last > begin and marginals[last, inside] < _POSSIBLE:
                    break
                possible.append((lattice.span(begin, last, kind), begin, last + 1, kind))
    taken: set[int] = set()
    for probability, first, end, kind in sorted(possible, reverse=True):
        if probability >= PROBABLE and taken.isdisjoint(range(first, end)):
            taken.update(range(first, end))
            yield first, end, kind
