"""The wording around candidates, as features: words beside each thing, between two, in the object's sentence, in names.

A feature is a short text: a prefix that says where ('s<' left of the subject, 'o>' right of the object, 'm' between
them, 'o~' in the object's sentence, 'sn', 'on' in a name) and a word in lower case, without case ending. Names, times
and sums stand as their kind ('<Person>').
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

import numpy as np

from koopgraph.classifier import Ints, Part
from koopgraph.model import ValueKind
from koopgraph.resolve.names import normal_form, stem
from koopgraph.weigh.claims import Claim
from koopgraph.weigh.pairs import Candidates
from koopgraph.weigh.scene import KINDS, Scene

BESIDE = 4  # words to each side of a thing
LONGEST_BETWEEN = 14  # words: what stands farther apart says little by the words between
LONGEST_NAME = 6  # words
_ENDING = (5, 7)  # letters: the ends of German compounds tell the head noun
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"\w+")
_VALUES = {ValueKind.DATE, ValueKind.BUDGET}


def wording(scene: Scene, candidates: Candidates, claims: Sequence[Claim]) -> tuple[Part, ...]:
    """Return the parts whose features together are those of each candidate."""
    words = _words(scene)
    pairs, pair = candidates.pairs, candidates.pair
    kind = scene.kinds
    kinds = kind[pairs.subject] * len(KINDS) + kind[pairs.object]
    return (
        _shared(pairs.near_subject[pair], lambda place: _beside(scene, words, place, "s")),
        _shared(
            pairs.near_object[pair], lambda place: (*_beside(scene, words, place, "o"), *_sentence(scene, words, place))
        ),
        _shared(pairs.subject[pair], lambda thing: _name(scene, thing, "sn")),
        _shared(pairs.object[pair], lambda thing: _name(scene, thing, "on")),
        _shared(kinds[pair], lambda n: (f"k {KINDS[n // len(KINDS)]} {KINDS[n % len(KINDS)]}",)),
        _between_all(scene, words, candidates),
        _rules(candidates, claims),
    )


def _shared(of: Ints, features: Callable[[int], Iterable[str]]) -> Part:
    """Return the part in which candidates with the same number in ``of`` share their features."""
    numbers, places = np.unique(of, return_inverse=True)
    return Part(tuple(tuple(dict.fromkeys(features(int(n)))) for n in numbers), places)


def _words(scene: Scene) -> list[str]:
    """Return the normal form of every token: the kind at the begin of a name, '' for the rest of it."""
    words = [normal_form(token.text) for token in scene.tokens]
    for thing, first, last, is_reference in zip(
        scene.thing, scene.first_token, scene.last_token, scene.is_reference, strict=True
    ):
        kind = KINDS[scene.things[thing].kind]
        if not is_reference and kind is not ValueKind.THEME:
            words[first:last] = [f"<{kind}>", *[""] * (last - first - 1)]
    return words


def _beside(scene: Scene, words: list[str], place: int, role: str) -> Iterable[str]:
    first, last = int(scene.first_token[place]), int(scene.last_token[place])
    left = [w for w in words[max(0, first - BESIDE) : first] if w]
    right = [w for w in words[last : last + BESIDE] if w]
    yield from (f"{role}< {w}" for w in left)
    yield from (f"{role}> {w}" for w in right)
    for name, near in (("<<", words[max(0, first - 2) : first]), (">>", words[last : last + 2])):
        yield f"{role}{name} {' '.join(near)}"
    yield f"{role}<1 {words[first - 1] if first else ''}"
    yield f"{role}>1 {words[last] if last < len(words) else ''}"


def _sentence(scene: Scene, words: list[str], place: int) -> Iterable[str]:
    begin, end = scene.sentence_tokens[scene.sentence[place]]
    return (f"o~ {w}" for w in words[begin:end] if w and (w[0].isalnum() or w[0] == "<"))


def _between_all(scene: Scene, words: list[str], candidates: Candidates) -> Part:
    """Return the words between the closest occurrences of each pair that stands in one sentence."""
    pairs = candidates.pairs
    near = np.nonzero(scene.sentence[pairs.near_subject] == scene.sentence[pairs.near_object])[0]
    features = tuple(
        tuple(dict.fromkeys(_between(scene, words, int(pairs.near_subject[n]), int(pairs.near_object[n]))))
        for n in near
    )
    of = np.full(len(pairs.subject), -1)
    of[near] = np.arange(len(near))
    return Part(features, of[candidates.pair])


def _between(scene: Scene, words: list[str], x: int, y: int) -> Iterable[str]:
    left, right = min(x, y), max(x, y)
    between = [w for w in words[scene.last_token[left] : scene.first_token[right]] if w]
    if len(between) > LONGEST_BETWEEN:
        return
    yield from (f"m {w}" for w in between)
    yield from (f"mm {a} {b}" for a, b in pairwise(between))
    if len(between) <= BESIDE:
        yield f"{'M>' if x < y else 'M<'} {' '.join(between)}"


def _name(scene: Scene, thing: int, prefix: str) -> Iterable[str]:
    name = scene.things[thing].name
    if KINDS[scene.things[thing].kind] in _VALUES:
        return (f"{prefix} {_DIGIT.sub('0', name)}",)
    words = [w.lower() for w in _WORD.findall(name)]
    if not words:
        return ()
    ends = (f"{prefix}-{length} {w[-length:]}" for w in (words[0], words[-1]) if len(w) > 6 for length in _ENDING)
    return (
        *(f"{prefix} {stem(w)}" for w in words[:LONGEST_NAME]),
        f"{prefix}1 {stem(words[0])}",
        f"{prefix}! {stem(words[-1])}",
        *ends,
    )


def _rules(candidates: Candidates, claims: Sequence[Claim]) -> Part:
    """Return which rules found each candidate."""
    found: dict[tuple[int, int, int], set[str]] = {}
    for claim in claims:
        rule = f"r {claim.statement.rule or claim.statement.extractor}"
        found.setdefault((claim.relation, claim.subject, claim.object), set()).add(rule)
    subjects, objects = candidates.pairs.subject[candidates.pair], candidates.pairs.object[candidates.pair]
    of = np.full(len(candidates.pair), -1)
    for number, (relation, subject, target) in enumerate(found):
        of[(candidates.relation == relation) & (subjects == subject) & (objects == target)] = number
    return Part(tuple(tuple(sorted(rules)) for rules in found.values()), of)
