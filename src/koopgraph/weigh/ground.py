"""The ground of a scene: what is known of its things, sentences and triggers before any pair is looked at."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from koopgraph.classifier import Bools, Floats, Ints
from koopgraph.model import Annotated, ValueKind
from koopgraph.weigh.scene import KIND, KINDS, Scene
from koopgraph.weigh.triggers import classes_of, trigger_classes

FAR = 25  # tokens: a trigger farther away does not count
FADE = 0.7  # what is left of a thing's salience after a sentence without it
TITLE_WORTH = 3.0  # names that a place in the title counts for
_BULLET = re.compile(r"\s*[-–•*+\d]")
_LABEL = re.compile(r"\s*[^.:|\n]{2,40}[:|]")
_ENDS_TEXT = (".", "!", "?", "“", '"', ":", ",")
_LONGEST_HEADING = 90


@dataclass(frozen=True, slots=True)
class Ground:
    """What is known of a scene's things and sentences before any pair is looked at."""

    kind: Ints  # of each thing
    presence: Floats  # things × sentences: how often each occurs in each
    in_paragraph: Bools  # things × paragraphs
    counts: Ints  # sentences × kinds: names (no references) of each kind
    salience: Floats  # things
    rank: Ints  # of each thing among those of its kind, the most salient first
    kind_size: Ints
    lead: Floats  # how much more salient than the next (or the first) of its kind
    names: Ints
    references: Ints
    in_title: Bools
    first: Ints  # first occurrence
    fading: Floats  # things × sentences: salience that fades from sentence to sentence
    best_fading: Floats  # kinds × sentences
    second_fading: Floats
    lines: Bools  # sentences × (heading, bullet, label)
    heading: Ints  # the heading that each sentence stands below, or -1
    trigger_before: Ints  # trigger classes × tokens: the last trigger before each token, or -FAR
    trigger_after: Ints
    trigger_sum: Ints  # trigger classes × tokens + 1
    seen_sum: Ints  # kinds × occurrences + 1: occurrences of each kind before
    last_seen: Ints  # things × occurrences: the last occurrence of the thing at or before, or -1
    next_seen: Ints  # things × occurrences: the next occurrence of the thing at or after, or the number of rows


def ground_of(scene: Scene) -> Ground:
    """Return what :func:`measure` needs to know of the things and sentences of ``scene``."""
    things, sentences = len(scene.things), len(scene.sentence_tokens)
    kind, first = scene.kinds, scene.first
    weight = np.where(scene.is_reference, 0.7, 1.0)
    presence = np.zeros((things, sentences))
    np.add.at(presence, (scene.thing, scene.sentence), weight)
    in_paragraph = np.zeros((things, int(scene.paragraph.max()) + 1), dtype=bool)
    in_paragraph[scene.thing, scene.paragraph] = True
    named = ~scene.is_reference & (kind[scene.thing] != KIND[ValueKind.THEME])
    counts = np.zeros((sentences, len(KINDS)), dtype=np.int64)
    np.add.at(counts, (scene.sentence[named], kind[scene.thing[named]]), 1)
    names = np.bincount(scene.thing[~scene.is_reference], minlength=things)
    references = np.bincount(scene.thing[scene.is_reference], minlength=things)
    in_title = np.zeros(things, dtype=bool)
    in_title[scene.thing[(scene.start < len(scene.annotated.article.title)) & ~scene.is_reference]] = True
    salience = names + 0.5 * references + TITLE_WORTH * in_title
    rank, size, lead = _ranks(kind, salience, first)
    fading, best, second = _fading(kind, presence, salience)
    before, after, total = _triggers(scene, named)
    lines, heading = _lines(scene.annotated)
    seen = np.zeros((len(KINDS), len(scene.thing) + 1), dtype=np.int64)
    seen[kind[scene.thing], np.arange(1, len(scene.thing) + 1)] = kind[scene.thing] != KIND[ValueKind.THEME]
    rows = np.arange(len(scene.thing))
    here = np.arange(things)[:, None] == scene.thing[None, :]
    return Ground(
        kind, presence, in_paragraph, counts, salience, rank, size, lead, names, references, in_title, first,
        fading, best, second, lines, heading, before, after, total,
        np.cumsum(seen, axis=1),
        np.maximum.accumulate(np.where(here, rows, -1), axis=1),
        np.minimum.accumulate(np.where(here, rows, len(rows))[:, ::-1], axis=1)[:, ::-1],
    )  # fmt: skip


def _ranks(kind: Ints, salience: Floats, first: Ints) -> tuple[Ints, Ints, Floats]:
    rank, size, lead = np.zeros_like(kind), np.zeros_like(kind), np.zeros(len(kind))
    for one in np.unique(kind):
        members = np.nonzero(kind == one)[0]
        members = members[np.lexsort((first[members], -salience[members]))]
        rank[members] = np.arange(len(members))
        size[members] = len(members)
        lead[members] = salience[members] - salience[members[0]]
        lead[members[0]] = salience[members[0]] - salience[members[min(1, len(members) - 1)]]
        if len(members) == 1:
            lead[members[0]] = 0.0
    return rank, size, lead


def _fading(kind: Ints, presence: Floats, salience: Floats) -> tuple[Floats, Floats, Floats]:
    fading = np.zeros_like(presence)
    current = np.zeros(len(kind))
    for sentence in range(presence.shape[1]):
        current = current * FADE + np.minimum(2.0, presence[:, sentence])
        fading[:, sentence] = current
    fading += 0.15 * salience[:, None]
    best, second = np.zeros((len(KINDS), presence.shape[1])), np.zeros((len(KINDS), presence.shape[1]))
    for one in np.unique(kind):
        ordered = np.sort(fading[kind == one], axis=0)
        best[one] = ordered[-1]
        second[one] = ordered[-2] if len(ordered) > 1 else 0.0
    return fading, best, second


def _triggers(scene: Scene, named: Bools) -> tuple[Ints, Ints, Ints]:
    """Triggers count outside names only: 'Förderverein' in a name funds nothing."""
    count, classes = len(scene.tokens), len(trigger_classes())
    is_trigger = np.zeros((classes, count), dtype=bool)
    language = scene.annotated.article.language
    inside = np.zeros(count + 1, dtype=np.int64)
    np.add.at(inside, scene.first_token[named], 1)
    np.add.at(inside, scene.last_token[named], -1)
    covered = np.cumsum(inside)[:count] > 0
    for place, token in enumerate(scene.tokens):
        if not covered[place]:
            is_trigger[list(classes_of(token.text.lower(), language)), place] = True
    places = np.arange(count)
    before = np.maximum.accumulate(np.where(is_trigger, places, -FAR), axis=1)
    after = np.minimum.accumulate(np.where(is_trigger, places, count + FAR)[:, ::-1], axis=1)[:, ::-1]
    total = np.concatenate([np.zeros((classes, 1), dtype=np.int64), np.cumsum(is_trigger, axis=1)], axis=1)
    return before, after, total


def _lines(annotated: Annotated) -> tuple[Bools, Ints]:
    text = annotated.article.text
    lines = np.zeros((len(annotated.sentences), 3), dtype=bool)
    heading = np.full(len(annotated.sentences), -1)
    last = -1
    for number, sentence in enumerate(annotated.sentences):
        begin = text.rfind("\n", 0, sentence.start) + 1
        end = text.find("\n", sentence.start)
        line = text[begin : end if end >= 0 else len(text)]
        is_heading = len(line) < _LONGEST_HEADING and not line.rstrip().endswith(_ENDS_TEXT) and "|" not in line
        lines[number] = (is_heading, bool(_BULLET.match(line)), bool(_LABEL.match(line)))
        last = number if is_heading else last
        heading[number] = last
    return lines, heading
