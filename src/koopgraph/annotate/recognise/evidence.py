"""What the rules and the general model say about a word, as features of the domain's model."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from koopgraph.annotate.names.view import TextView
from koopgraph.annotate.recognise.chain import Chain, Lattice
from koopgraph.annotate.recognise.surroundings import word_key
from koopgraph.model import Mention

_STEPS = (0.05, 0.2, 0.4, 0.6, 0.8, 0.95)


class TokenIndex:
    """Finds the tokens of a passage."""

    def __init__(self, view: TextView) -> None:
        """Index the tokens of ``view`` by their offsets."""
        self._first = {t.start: i for i, t in enumerate(view.tokens)}
        self._last = {t.end: i for i, t in enumerate(view.tokens)}

    def tokens(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the first and last token of ``text[start:end]``, or None where it cuts through a token."""
        first, last = self._first.get(start), self._last.get(end)
        return None if first is None or last is None or last < first else (first, last)


def add_rules(
    view: TextView,
    index: TokenIndex,
    candidates: Iterable[Mention],
    chosen: Iterable[Mention],
    features: Sequence[list[str]],
) -> None:
    """Add what the rules propose for each token, and what they settle on, here and elsewhere in the article."""
    for mention in candidates:
        place = index.tokens(mention.start, mention.end)
        if place is not None:
            for i, edge in _edges(*place):
                features[i] += [f"r{edge}{mention.type}", f"r{edge}{mention.annotator}:{mention.type}"]
    elsewhere: dict[str, Counter[str]] = defaultdict(Counter)
    kinds: list[str] = [""] * len(view.tokens)
    for mention in chosen:
        place = index.tokens(mention.start, mention.end)
        if place is None:
            continue
        for i, edge in _edges(*place):
            kinds[i] = edge + mention.type
            features[i] += [f"c{edge}{mention.type}", f"c{edge}{mention.annotator}:{mention.type}"]
            features[i].append(f"c{edge}{mention.annotator}:{mention.confidence:.2f}")
            elsewhere[word_key(view.word(i))][mention.type] += 1
    for i, token in enumerate(view.tokens):
        if i and kinds[i - 1]:
            features[i].append(f"c-{kinds[i - 1]}")
        if i + 1 < len(kinds) and kinds[i + 1]:
            features[i].append(f"c+{kinds[i + 1]}")
        if elsewhere and token.is_capitalised:
            features[i] += [f"e{kind}" for kind in sorted(elsewhere.get(word_key(token.text), ()))]


def add_general(
    chain: Chain,
    sums: Sequence[Lattice],
    view: TextView,
    features: Sequence[list[str]],
) -> None:
    """Add the classes that the general model gives to each token and its neighbours; ``sums`` are of all the chunks."""
    if not sums:
        return
    keys = [word_key(t.text) if t.is_capitalised else "" for t in view.tokens]
    marginals = np.concatenate([lattice.marginals for lattice in sums])
    tags = [chain.labels[column] for column in marginals.argmax(axis=1).tolist()]
    elsewhere: dict[str, set[str]] = defaultdict(set)
    for key, tag in zip(keys, tags, strict=True):
        if key and tag != "O":
            elsewhere[key].add(tag[2:])
    names = [[f"g{label}{step}" for step in range(len(_STEPS) + 1)] for label in chain.labels]
    steps = np.searchsorted(_STEPS, marginals, side="right")
    rows, columns = steps.nonzero()
    for row, column, step in zip(rows.tolist(), columns.tolist(), steps[rows, columns].tolist(), strict=True):
        features[row].append(names[column][step])
    for i, tag in enumerate(tags):
        features[i].append(f"g={tag}")
        if i:
            features[i].append(f"g-{tags[i - 1]}|{tag}")
        if i + 1 < len(tags):
            features[i].append(f"g+{tag}|{tags[i + 1]}")
        if keys[i] in elsewhere:
            features[i] += [f"ge{kind}" for kind in sorted(elsewhere[keys[i]])]


def _edges(first: int, last: int) -> list[tuple[int, str]]:
    """Return each token with its place in the span: S alone, B begins, I inside, E ends."""
    if first == last:
        return [(first, "S")]
    return [(first, "B"), *((i, "I") for i in range(first + 1, last)), (last, "E")]
