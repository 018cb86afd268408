"""What the rules and the general model say about a word, as features of the domain's model."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache

import numpy as np

from koopgraph.annotate.names.view import TextView
from koopgraph.annotate.recognise.chain import Chain, Lattice
from koopgraph.annotate.recognise.context_scores import Bundle
from koopgraph.model import EntityType, Mention

_STEPS = (0.05, 0.2, 0.4, 0.6, 0.8, 0.95)


class TokenIndex:
    """Finds the tokens of a passage."""

    def __init__(self, view: TextView) -> None:
        """Use the offsets of the tokens of ``view``."""
        self._first, self._last = view.first_at, view.last_at

    def tokens(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the first and last token of ``text[start:end]``, or None where it cuts through a token."""
        first, last = self._first.get(start), self._last.get(end)
        return None if first is None or last is None or last < first else (first, last)


def add_rules(
    view: TextView,
    index: TokenIndex,
    candidates: Iterable[Mention],
    chosen: Iterable[Mention],
    features: Sequence[list[Bundle]],
) -> None:
    """Add what the rules propose for each token, and what they settle on, here and elsewhere in the article."""
    for mention in candidates:
        place = index.tokens(mention.start, mention.end)
        if place is not None:
            for i, edge in _edges(*place):
                features[i].append(_proposed(edge, mention.type, mention.annotator))
    elsewhere: dict[str, set[EntityType]] = defaultdict(set)
    kinds: dict[int, str] = {}
    for mention in chosen:
        place = index.tokens(mention.start, mention.end)
        if place is None:
            continue
        for i, edge in _edges(*place):
            kinds[i] = edge + mention.type
            features[i].append(_settled(edge, mention.type, mention.annotator, mention.confidence))
            elsewhere[view.facts[i].key].add(mention.type)
    for i, kind in kinds.items():
        if i + 1 < len(features):
            features[i + 1].append((f"c-{kind}",))
        if i:
            features[i - 1].append((f"c+{kind}",))
    told = {key: tuple(f"e{kind}" for kind in sorted(found)) for key, found in elsewhere.items()}
    for i, facts in enumerate(view.facts) if told else ():
        if facts.key in told and facts.is_capitalised:
            features[i].append(told[facts.key])


@lru_cache(maxsize=4096)
def _proposed(edge: str, kind: EntityType, annotator: str) -> Bundle:
    return f"r{edge}{kind}", f"r{edge}{annotator}:{kind}"


@lru_cache(maxsize=4096)
def _settled(edge: str, kind: EntityType, annotator: str, confidence: float) -> Bundle:
    return f"c{edge}{kind}", f"c{edge}{annotator}:{kind}", f"c{edge}{annotator}:{confidence:.2f}"


def add_general(
    chain: Chain,
    sums: Sequence[Lattice],
    view: TextView,
    features: Sequence[list[Bundle]],
) -> None:
    """Add the classes that the general model gives to each token and its neighbours; ``sums`` are of all the chunks."""
    if not sums:
        return
    marginals = np.concatenate([lattice.marginals for lattice in sums])
    tags = [chain.labels[column] for column in marginals.argmax(axis=1).tolist()]
    elsewhere: dict[str, set[str]] = defaultdict(set)
    for facts, tag in zip(view.facts, tags, strict=True):
        if tag != "O" and facts.is_capitalised:
            elsewhere[facts.key].add(tag[2:])
    told = {key: tuple(f"ge{kind}" for kind in sorted(kinds)) for key, kinds in elsewhere.items()}
    graded = _grades_of(chain.labels)
    steps = np.searchsorted(_STEPS, marginals, side="right").astype(np.uint8)
    width = len(chain.labels)
    code = steps.tobytes()
    neighbours = zip([None, *tags], tags, [*tags[1:], None], view.facts, strict=False)
    for i, (before, tag, after, facts) in enumerate(neighbours):
        found = features[i]
        found.append(graded(code[i * width : (i + 1) * width]))
        found.append(_tagged(before, tag, after))
        if facts.is_capitalised and facts.key in told:
            found.append(told[facts.key])


@cache
def _grades_of(labels: tuple[str, ...]) -> Callable[[bytes], Bundle]:
    """Return the function that makes features of the steps that the probabilities of ``labels`` reach."""

    @lru_cache(maxsize=16_384)
    def graded(steps: bytes) -> Bundle:
        return tuple(f"g{label}{step}" for label, step in zip(labels, steps, strict=True) if step)

    return graded


@lru_cache(maxsize=16_384)
def _tagged(before: str | None, tag: str, after: str | None) -> Bundle:
    found = [f"g={tag}"]
    if before is not None:
        found.append(f"g-{before}|{tag}")
    if after is not None:
        found.append(f"g+{tag}|{after}")
    return tuple(found)


def _edges(first: int, last: int) -> list[tuple[int, str]]:
    """Return each token with its place in the span: S alone, B begins, I inside, E ends."""
    if first == last:
        return [(first, "S")]
    return [(first, "B"), *((i, "I") for i in range(first + 1, last)), (last, "E")]
