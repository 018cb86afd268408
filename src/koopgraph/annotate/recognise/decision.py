"""Which candidates are names: a logistic model over all places of a name in the article.

A reader who has seen a name in one clear place knows it in the others: so the decision is taken once for a name
and class, from the most and least probable of its places, their rivals, and what the rules say.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from koopgraph.annotate.recognise.candidates import Candidate
from koopgraph.annotate.recognise.decode import Span
from koopgraph.annotate.recognise.domain import Reading
from koopgraph.model import EntityType, Mention

FLOOR = 0.38  # a name less probable than this is left out: the best F1 in cross-validation over the training articles
_LEAST = 0.002
_LEAST_ODDS = math.log(_LEAST / (1 - _LEAST))
_MOST_ODDS = math.log((1 - _LEAST) / (1 - (1 - _LEAST)))
LONGEST_COUNTED = 6
_QUOTES_BEFORE, _QUOTES_INSIDE = frozenset('„"»«“'), frozenset('„"»«')


@dataclass(frozen=True, slots=True, eq=False)
class Decision:
    """The weight of each feature of a candidate."""

    weights: Mapping[str, float]

    def probability(self, features: Mapping[str, float]) -> float:
        """Return how probable it is that a candidate with these features is a name of its class."""
        weights = self.weights
        total = sum([weights[name] * value for name, value in features.items() if name in weights])
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))

    def to_bytes(self) -> bytes:
        """Return the weights as JSON."""
        rounded = {name: round(weight, 4) for name, weight in sorted(self.weights.items())}
        return (json.dumps(rounded, ensure_ascii=False, indent=0) + "\n").encode("utf-8")

    @classmethod
    def from_bytes(cls, data: bytes) -> Decision:
        """Return the decision that ``to_bytes`` wrote."""
        return cls({str(name): float(weight) for name, weight in json.loads(data).items()})


def log_odds(probability: float) -> float:
    """Return the logarithm of the odds, bounded.

    >>> log_odds(0.5)
    0.0
    """
    if probability <= _LEAST:
        return _LEAST_ODDS
    return math.log(probability / (1 - probability)) if probability < 1 - _LEAST else _MOST_ODDS


def describe(reading: Reading, found: Sequence[Candidate]) -> Iterator[dict[str, float]]:
    """Yield the features of each candidate among all that were ``found`` in the article."""
    rivals: dict[int, list[Span]] = defaultdict(list)
    names: dict[str, dict[EntityType, float]] = defaultdict(dict)
    for candidate in found:
        names[candidate.key][candidate.type] = max([s.probability for s in candidate.spans])
        for span in candidate.spans:
            for token in range(span.first, span.last + 1):
                rivals[token].append(span)
    ruled = {(m.start, m.end, m.type): m for m in reading.proposals.settled}
    for candidate in found:
        features = {"bias": 1.0}
        _add_chances(candidate, rivals, names[candidate.key], features)
        rules = [ruled.get((m.start, m.end, m.type)) for m in candidate.mentions]
        _add_rules(candidate, [r for r in rules if r is not None], features)
        _add_form(reading, candidate, features)
        yield features


def _add_chances(
    candidate: Candidate,
    rivals: Mapping[int, Sequence[Span]],
    kinds: Mapping[EntityType, float],
    features: dict[str, float],
) -> None:
    chances = [s.probability for s in candidate.spans]
    kind, count = candidate.type, len(chances)
    best = chances.index(max(chances))
    others, wider = zip(*[_rivals(span, rivals) for span in candidate.spans], strict=True)
    odds, rival = log_odds(chances[best]), log_odds(others[best])
    none = math.prod([1 - p for p in chances])
    features["best"] = features[_of_class("best", kind)] = odds
    features["mean"] = odds if count == 1 else log_odds(sum(chances) / count)
    features["any"] = log_odds(1 - none)
    features["places"] = math.log(count)
    features["sure places"] = sum([p > 0.5 for p in chances]) / count
    features["margin"] = odds - rival
    features["least rival"] = rival if count == 1 else log_odds(min(others))
    features["least wider"] = log_odds(min(wider))
    features["other class"] = log_odds(max([p for other, p in kinds.items() if other is not kind], default=0.0))
    features[_of_class("type", kind)] = 1.0


def _rivals(span: Span, rivals: Mapping[int, Sequence[Span]]) -> tuple[float, float]:
    """Return the probability of the best span that overlaps this one, and of the best that holds it and more."""
    any_other = wider = 0.0
    first, last = span.first, span.last
    for token in range(first, last + 1):
        for other in rivals[token]:
            chance = other.probability
            # What is wider overlaps: it is no better than the best that does.
            if other is span or chance <= wider:
                continue
            any_other = max(any_other, chance)
            if other.first <= first and other.last >= last and other.last - other.first > last - first:
                wider = chance
    return any_other, wider


def _add_rules(candidate: Candidate, rules: Sequence[Mention], features: dict[str, float]) -> None:
    if not rules:
        return
    features["ruled"] = features[_of_class("ruled", candidate.type)] = 1.0
    features["ruled places"] = len(rules) / len(candidate.spans)
    features["rule's confidence"] = max(r.confidence for r in rules)
    for rule in sorted({r.annotator for r in rules}):
        features[f"by:{rule}"] = 1.0


def _add_form(reading: Reading, candidate: Candidate, features: dict[str, float]) -> None:
    view = reading.view
    chances = [s.probability for s in candidate.spans]
    best = chances.index(max(chances))
    span, mention = candidate.spans[best], candidate.mentions[best]
    kind = candidate.type
    words = min(span.last - span.first + 1, LONGEST_COUNTED)
    text, begin, end = mention.text, view.facts[span.first], view.facts[span.last]
    before = view.word(span.first - 1)
    flags = {
        "title": candidate.mentions[0].start < view.title_end,
        "small": text[:1].islower(),
        "capitals": text.isupper(),
        "begins": view.begins_sentence(span.first),
        "quote inside": not _QUOTES_INSIDE.isdisjoint(text),
        "quoted": before in _QUOTES_BEFORE,
        "digits": not text.isalpha() and any(map(str.isdigit, text)),
        "hyphen": "-" in text,
        "description": view.lexicon.is_description(text, kind),
        "generic": view.lexicon.is_word("not_names", text),
    }
    names = [*_sized(words, kind), *(name for name, holds in flags.items() if holds), f"lang:{view.lexicon.language}"]
    names += _headed(begin.head, end.head, kind)
    if words == 1:
        names.append(_alone(end.alone, kind))
    features.update(dict.fromkeys(names, 1.0))


@cache
def _of_class(name: str, kind: EntityType) -> str:
    return f"{name}:{kind}"


@cache
def _sized(words: int, kind: EntityType) -> tuple[str, str]:
    return f"words:{words}", f"words:{words}:{kind}"


@cache
def _headed(first: EntityType | None, last: EntityType | None, kind: EntityType) -> tuple[str, str]:
    return f"head:{last}:{kind}", f"first head:{first}:{kind}"


@cache
def _alone(last: EntityType | None, kind: EntityType) -> str:
    return f"alone:{last}:{kind}"
