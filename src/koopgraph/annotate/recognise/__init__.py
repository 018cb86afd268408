"""recognise: names by trained models — linear-chain CRFs over what the words and the rules tell.

1. A general model (people, places, organisations, others; public labelled data) reads every sentence.
2. The domain's model (nine classes; gold articles) reads the sentence with what the general model, the rules, the
   gazetteer, the lexicon and the rest of the article tell.
3. Spans that are not improbable are grouped by class and name; a logistic model decides on each group, and its
   probability is the confidence of the group's mentions. Where two overlap, the surer one in its place stays.

Reference: Lafferty, McCallum and Pereira (2001), Conditional random fields.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from koopgraph.annotate.names import propose
from koopgraph.annotate.names.view import TextView
from koopgraph.annotate.recognise.candidates import SET_SMALL, Candidate, candidates, set_small
from koopgraph.annotate.recognise.decision import FLOOR, describe, log_odds
from koopgraph.annotate.recognise.decode import Span
from koopgraph.annotate.recognise.domain import Reading, read_view
from koopgraph.annotate.recognise.model import NameModel
from koopgraph.annotate.recognise.sums import lattices
from koopgraph.model import Mention

TRUST = 0.6  # of a name that is set in small letters all over the article: gold has too few to learn it from
LEAST_IN_PLACE = 0.02  # what is less probable in its own place is no mention, however sure the name is elsewhere


def find(view: TextView, model: NameModel) -> tuple[Mention, ...]:
    """Return the mentions in ``view``, side by side and in the order of the text."""
    return decide(read_view(view, propose(view), model.general), model)


def decide(reading: Reading, model: NameModel) -> tuple[Mention, ...]:
    """Return the mentions that ``model`` decides on in an article read already."""
    found = candidates(reading, lattices(model.domain, reading.chunks, reading.words))
    chances = [model.decision.probability(features) for features in describe(reading, found)]
    small = set_small(reading, found)
    chances = [max(p, TRUST) if number in small else p for number, p in enumerate(chances)]
    return tuple(_apart(found, chances))


def _apart(found: Sequence[Candidate], chances: Sequence[float]) -> Iterator[Mention]:
    """Yield the mentions of the candidates that are probable enough, the surest first where they overlap."""
    ranked: list[tuple[float, Span, Mention, float]] = []
    for candidate, chance in zip(found, chances, strict=True):
        if chance < FLOOR:
            continue
        sureness, confidence = log_odds(chance), round(chance, 4)
        for span, mention in zip(candidate.spans, candidate.mentions, strict=True):
            if span.probability >= LEAST_IN_PLACE or mention.annotator == SET_SMALL:
                ranked.append((sureness + log_odds(span.probability), span, mention, confidence))
    ranked.sort(key=lambda r: (-r[0], r[1].first - r[1].last, r[1].first, r[1].type))
    taken: set[int] = set()
    kept = []
    for _, span, mention, confidence in ranked:
        tokens = range(span.first, span.last + 1)
        if taken.isdisjoint(tokens):
            taken.update(tokens)
            kept.append(_with_confidence(mention, confidence))
    yield from sorted(kept, key=lambda m: m.start)


def _with_confidence(mention: Mention, confidence: float) -> Mention:
    """Return ``mention`` with another confidence: a third of the time that ``dataclasses.replace`` takes."""
    return Mention(mention.start, mention.end, mention.text, mention.type, mention.name, mention.annotator, confidence)
