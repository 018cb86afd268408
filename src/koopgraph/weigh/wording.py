"""The wording around candidates, as features: words beside each thing, between two, in the object's sentence, in names.

A feature is a word in lower case, without case ending, and a short sign that says where it stands ('s<' left of the
subject, 'o>' right of the object, 'm' between them, 'o~' in the object's sentence, 'sn', 'on' in a name). Names, times
and sums stand as their kind ('<Person>').
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from operator import attrgetter
from typing import TypeAlias

import numpy as np

from koopgraph.classifier import Part
from koopgraph.model import ValueKind
from koopgraph.resolve.names import normal_form, stem
from koopgraph.weigh.claims import Cell, Claim, places_of
from koopgraph.weigh.pairs import Candidates
from koopgraph.weigh.scene import KINDS, Scene

BESIDE = 4  # words to each side of a thing
LONGEST_BETWEEN = 14  # words: what stands farther apart says little by the words between
LONGEST_NAME = 6  # words
_SUBJECT_SIDES = ("s<", "s>", "s<<", "s>>", "s<1", "s>1")
_OBJECT_SIDES = ("o<", "o>", "o<<", "o>>", "o<1", "o>1")
# Letters: the ends of German compounds tell the head noun.
_SUBJECT_NAME = ("sn", "sn1", "sn!", "sn-5", "sn-7")
_OBJECT_NAME = ("on", "on1", "on!", "on-5", "on-7")
_ENDING = (5, 7)
_BETWEEN = ("m", "mm", "M>", "M<")
_LONG_WORD = 6  # letters: of a longer one the ending counts by itself
_TEXT = attrgetter("text")
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"\w+")
_VALUES = {ValueKind.DATE, ValueKind.BUDGET}
_Sets: TypeAlias = tuple[tuple[str, ...], ...]  # words, each once, for one place after the other
_NO_WORDS: _Sets = ((), (), (), ())


def wording(scene: Scene, words: list[str], candidates: Candidates, claims: Sequence[Claim]) -> tuple[Part, ...]:
    """Return the parts whose features together are those of each candidate; ``words`` are those of the scene."""
    pairs, pair = candidates.pairs, candidates.pair
    kind = scene.kinds
    sides = [_beside(words, *span) for span in zip(scene.first_token.tolist(), scene.last_token.tolist(), strict=True)]
    names = [_name(thing.name, is_value=KINDS[thing.kind] in _VALUES) for thing in scene.things]
    sentences, sentence = np.unique(scene.sentence, return_inverse=True)
    both, kinds = np.unique(kind[pairs.subject] * len(KINDS) + kind[pairs.object], return_inverse=True)
    return (
        Part(_by_place(_SUBJECT_SIDES, sides), pairs.near_subject[pair]),
        Part(_by_place(_OBJECT_SIDES, sides), pairs.near_object[pair]),
        Part({"o~": [_sentence(scene, words, number) for number in sentences]}, sentence[pairs.near_object][pair]),
        Part(_by_place(_SUBJECT_NAME, names), pairs.subject[pair]),
        Part(_by_place(_OBJECT_NAME, names), pairs.object[pair]),
        Part({"k": [(_kinds(int(number)),) for number in both]}, kinds[pair]),
        _between_all(scene, words, candidates),
        _rules(candidates, claims),
    )


def _by_place(places: tuple[str, ...], sets: Sequence[_Sets]) -> dict[str, Sequence[tuple[str, ...]]]:
    """Return the words of all sets, place by place."""
    return dict(zip(places, zip(*sets, strict=True), strict=True))


def _distinct(words: Sequence[str]) -> tuple[str, ...]:
    """Return the words once each, without those that are empty."""
    return tuple(dict.fromkeys(filter(None, words)))


def words_of(scene: Scene) -> list[str]:
    """Return the normal form of every token: the kind at the begin of a name, '' for the rest of it.

    In a part of a long article, only tokens around its things are asked for.
    """
    begin, end = scene.span
    begin, end = max(0, begin - BESIDE), end + BESIDE
    words = [""] * len(scene.tokens)
    words[begin:end] = map(normal_form, map(_TEXT, scene.tokens[begin:end]))
    for thing, first, last, is_reference in zip(
        scene.thing.tolist(), scene.first_token.tolist(), scene.last_token.tolist(), scene.is_reference, strict=True
    ):
        kind = KINDS[scene.things[thing].kind]
        if not is_reference and kind is not ValueKind.THEME:
            words[first:last] = [f"<{kind}>", *[""] * (last - first - 1)]
    return words


def _beside(words: list[str], first: int, last: int) -> _Sets:
    """Return the words left and right of an occurrence, the two next to it on each side, and the one."""
    left, right = words[max(0, first - BESIDE) : first], words[last : last + BESIDE]
    return (
        _distinct(left),
        _distinct(right),
        (" ".join(left[-2:]),),
        (" ".join(right[:2]),),
        (left[-1] if left else "",),
        (right[0] if right else "",),
    )


def _sentence(scene: Scene, words: list[str], number: int) -> tuple[str, ...]:
    begin, end = scene.sentence_tokens[number].tolist()
    return tuple(dict.fromkeys(w for w in words[begin:end] if w and (w[0].isalnum() or w[0] == "<")))


def _kinds(number: int) -> str:
    return f"{KINDS[number // len(KINDS)]} {KINDS[number % len(KINDS)]}"


def _between_all(scene: Scene, words: list[str], candidates: Candidates) -> Part:
    """Return the words between the closest occurrences of each pair that stands in one sentence."""
    pairs = candidates.pairs
    near = np.nonzero(scene.sentence[pairs.near_subject] == scene.sentence[pairs.near_object])[0]
    ends = zip(pairs.near_subject[near].tolist(), pairs.near_object[near].tolist(), strict=True)
    of = np.full(len(pairs.subject), -1)
    of[near] = np.arange(len(near))
    return Part(
        _by_place(_BETWEEN, [_between(scene, words, x, y) for x, y in ends] or [_NO_WORDS]), of[candidates.pair]
    )


def _between(scene: Scene, words: list[str], x: int, y: int) -> _Sets:
    left, right = min(x, y), max(x, y)
    between = [w for w in words[scene.last_token[left] : scene.first_token[right]] if w]
    if len(between) > LONGEST_BETWEEN:
        return _NO_WORDS
    whole = (" ".join(between),) if len(between) <= BESIDE else ()
    couples = _distinct([f"{a} {b}" for a, b in pairwise(between)])
    return (_distinct(between), couples, whole if x < y else (), whole if x > y else ())


@lru_cache(maxsize=65536)
def _name(name: str, *, is_value: bool) -> _Sets:
    """Return the words of a name, its first and its last one, and how these end."""
    if is_value:
        return ((_DIGIT.sub("0", name),), (), (), (), ())
    words = [w.lower() for w in _WORD.findall(name)]
    if not words:
        return ((), (), (), (), ())
    long = [w for w in (words[0], words[-1]) if len(w) > _LONG_WORD]
    ends = (_distinct([w[-length:] for w in long]) for length in _ENDING)
    return (_distinct([stem(w) for w in words[:LONGEST_NAME]]), (stem(words[0]),), (stem(words[-1]),), *ends)


def _rules(candidates: Candidates, claims: Sequence[Claim]) -> Part:
    """Return which rules found each candidate."""
    found: dict[Cell, set[str]] = {}
    for claim in claims:
        rule = claim.statement.rule or claim.statement.extractor
        found.setdefault((claim.relation, claim.subject, claim.object), set()).add(rule)
    return Part({"r": [tuple(sorted(rules)) for rules in found.values()]}, places_of(list(found), candidates))
