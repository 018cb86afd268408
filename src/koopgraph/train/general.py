"""The general models: fitted on public labelled data, one a language."""

from __future__ import annotations

from collections.abc import Sequence

from koopgraph.annotate.recognise.chain import Chain, attributes
from koopgraph.annotate.recognise.general import general_chunk
from koopgraph.annotate.recognise.sums import lattices
from koopgraph.annotate.recognise.words import WordFeatures
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


def fit_general(sentences: Sequence[Labelled], language: Language) -> Chain:
    """Return the model of ``language`` fitted on ``sentences``."""
    words = WordFeatures.load(language)
    sequences = [(attributes(general_chunk(s.words, words.gazetteer), words), s.labels) for s in sentences if s.words]
    return average([fit(sequences, settings) for settings in SETTINGS])


def measure(chain: Chain, sentences: Sequence[Labelled], language: Language) -> dict[str, float]:
    """Return precision, recall and F1 of the four main classes on ``sentences``, by exact spans."""
    words = WordFeatures.load(language)
    sums = lattices(chain, [general_chunk(s.words, words.gazetteer) for s in sentences], words)
    right = found = wanted = 0
    for sentence, lattice in zip(sentences, sums, strict=True):
        best = [chain.labels[n] for n in lattice.marginals().argmax(axis=1)]
        gold = {s for s in spans(sentence.labels) if s[2] in MAIN}
        guess = {s for s in spans(best) if s[2] in MAIN}
        right, found, wanted = right + len(gold & guess), found + len(guess), wanted + len(gold)
    precision, recall = right / max(1, found), right / max(1, wanted)
    return {
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "f1": round(2 * precision * recall / max(1e-9, precision + recall), 4),
    }
