"""The ground of a scene: what is known of its things, sentences and triggers before any pair is looked at."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import repeat
from operator import attrgetter
from typing import Any

import numpy as np

from koopgraph.classifier import Bools, Floats, Ints, Table
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
_TEXT = attrgetter("text")


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
    sentences_shared: Table  # things × things: in how many sentences both occur
    paragraphs_shared: Table


def ground_of(scene: Scene) -> Ground:
    """Return what :func:`measure` needs to know of the things and sentences of ``scene``."""
    things, sentences = len(scene.things), len(scene.sentence_tokens)
    kind, first = scene.kinds, scene.first
    presence = _count(scene.thing, scene.sentence, (things, sentences), np.where(scene.is_reference, 0.7, 1.0))
    in_paragraph = np.zeros((things, int(scene.paragraph.max()) + 1), dtype=bool)
    in_paragraph[scene.thing, scene.paragraph] = True
    named = ~scene.is_reference & (kind[scene.thing] != KIND[ValueKind.THEME])
    names = np.bincount(scene.thing[~scene.is_reference], minlength=things)
    references = np.bincount(scene.thing[scene.is_reference], minlength=things)
    in_title = np.zeros(things, dtype=bool)
    in_title[scene.thing[(scene.start < len(scene.annotated.article.title)) & ~scene.is_reference]] = True
    salience = names + 0.5 * references + TITLE_WORTH * in_title
    return Ground(
        kind,
        presence,
        in_paragraph,
        _count(scene.sentence[named], kind[scene.thing[named]], (sentences, len(KINDS))),
        salience,
        *_ranks(kind, salience, first),
        names,
        references,
        in_title,
        first,
        *_fading(kind, presence, salience, slice(int(scene.sentence.min()), int(scene.sentence.max()) + 1)),
        *_lines(scene.annotated),
        *_triggers(scene, named),
        *_seen(scene, kind),
        _shared(presence > 0),
        _shared(in_paragraph),
    )


def _count(rows: Ints, columns: Ints, shape: tuple[int, int], weights: Floats | None = None) -> Any:
    """Return how often each row meets each column."""
    cells = np.bincount(rows * shape[1] + columns, weights=weights, minlength=shape[0] * shape[1])
    return cells.reshape(shape)


def _seen(scene: Scene, kind: Ints) -> tuple[Ints, Ints, Ints]:
    rows = np.arange(len(scene.thing))
    seen = np.zeros((len(KINDS), len(rows) + 1), dtype=np.int64)
    seen[kind[scene.thing], rows + 1] = kind[scene.thing] != KIND[ValueKind.THEME]
    here = np.arange(len(scene.things))[:, None] == scene.thing[None, :]
    last = np.maximum.accumulate(np.where(here, rows, -1), axis=1)
    following = np.minimum.accumulate(np.where(here, rows, len(rows))[:, ::-1], axis=1)[:, ::-1]
    return np.cumsum(seen, axis=1), last, following


def _ranks(kind: Ints, salience: Floats, first: Ints) -> tuple[Ints, Ints, Floats]:
    """Return each thing's rank among those of its kind, how many these are, and how far it leads or falls behind."""
    order = np.lexsort((first, -salience, kind))
    sizes = np.bincount(kind, minlength=len(KINDS))
    begins = np.cumsum(sizes) - sizes
    rank, size = np.empty_like(kind), sizes[kind]
    rank[order] = np.arange(len(kind)) - begins[kind[order]]
    begin = begins[kind]
    # The first of its kind is measured by the second, if there is one, all others by the first.
    rival = np.where((rank == 0) & (size > 1), order[np.minimum(begin + 1, len(order) - 1)], order[begin])
    return rank, size, salience - salience[rival]


def _fading(kind: Ints, presence: Floats, salience: Floats, sentences: slice) -> tuple[Floats, Floats, Floats]:
    """Return how present each thing still is in each sentence, and the best and second of each kind there.

    Only for ``sentences``, outside of which no thing occurs: a part of a long article is as dear as its own length.
    """
    by_sentence = np.minimum(2.0, presence.T[sentences])
    for sentence in range(1, len(by_sentence)):
        by_sentence[sentence] += by_sentence[sentence - 1] * FADE
    faded = by_sentence.T + 0.15 * salience[:, None]
    order = np.argsort(kind, kind="stable")
    kinds, begins = np.unique(kind[order], return_index=True)
    first = np.zeros((len(KINDS), len(by_sentence)))
    first[kinds] = np.maximum.reduceat(faded[order], begins, axis=0)
    is_best = faded == first[kind]
    shared = np.add.reduceat(is_best[order].astype(np.int64), begins, axis=0) > 1
    others = np.maximum.reduceat(np.where(is_best, 0.0, faded)[order], begins, axis=0)
    fading = np.zeros_like(presence)
    best, second = np.zeros((len(KINDS), presence.shape[1])), np.zeros((len(KINDS), presence.shape[1]))
    fading[:, sentences], best[:, sentences] = faded, first
    second[kinds, sentences] = np.where(shared, first[kinds], others)
    return fading, best, second


def _shared(incidence: Bools) -> Table:
    table = incidence.astype(np.float32)
    return table @ table.T


def _triggers(scene: Scene, named: Bools) -> tuple[Ints, Ints, Ints]:
    """Triggers count outside names only: 'Förderverein' in a name funds nothing."""
    count, classes = len(scene.tokens), len(trigger_classes())
    begin, end = scene.span
    of_tokens = map(classes_of, map(_TEXT, scene.tokens[begin:end]), repeat(scene.annotated.article.language))
    found = [(number, place) for place, numbers in enumerate(of_tokens, begin) if numbers for number in numbers]
    inside = np.bincount(scene.first_token[named], minlength=count + 1)
    inside -= np.bincount(scene.last_token[named], minlength=count + 1)
    is_trigger = np.zeros((classes, count), dtype=bool)
    if found:
        is_trigger[tuple(np.array(found).T)] = True
    is_trigger &= np.cumsum(inside)[:-1] <= 0
    places = np.arange(count)
    before = np.maximum.accumulate(np.where(is_trigger, places, -FAR), axis=1)
    after = np.minimum.accumulate(np.where(is_trigger, places, count + FAR)[:, ::-1], axis=1)[:, ::-1]
    total = np.zeros((classes, count + 1), dtype=np.int64)
    np.cumsum(is_trigger, axis=1, out=total[:, 1:])
    return before, after, total


def _lines(annotated: Annotated) -> tuple[Bools, Ints]:
    """Return of which form the line of each sentence is, and the heading that it stands below.

    Sentences of one line share what is found of it: a text may be one long line.
    """
    text = annotated.article.text
    lines = np.zeros((len(annotated.sentences), 3), dtype=bool)
    heading = np.full(len(annotated.sentences), -1)
    last, end = -1, -1
    form = (False, False, False)
    for number, sentence in enumerate(annotated.sentences):
        if sentence.start > end:
            begin, end = _line(text, sentence.start)
            form = _form(text[begin:end])
        lines[number] = form
        last = number if form[0] else last
        heading[number] = last
    return lines, heading


def _line(text: str, offset: int) -> tuple[int, int]:
    end = text.find("\n", offset)
    return text.rfind("\n", 0, offset) + 1, end if end >= 0 else len(text)


def _form(line: str) -> tuple[bool, bool, bool]:
    """Whether a line is a heading, begins with a bullet, begins with a label."""
    is_heading = len(line) < _LONGEST_HEADING and not line.rstrip().endswith(_ENDS_TEXT) and "|" not in line
    return is_heading, bool(_BULLET.match(line)), bool(_LABEL.match(line))
