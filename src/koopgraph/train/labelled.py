"""Public labelled data: sentences of GermEval 2014 and of wikigold, cut into koopgraph's words."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from koopgraph.annotate.tokens import tokenise
from koopgraph.errors import TrainError

HELD_OUT = 5  # a fifth of GermEval's test part is kept for measuring
_SEED = 1
MAIN = frozenset(("PER", "LOC", "ORG", "OTH"))
# GermEval's twelve classes: also what is derived from a name ('Leipziger') or holds one ('EU-Budget').
_GERMEVAL = {name + kind: name + kind for name in MAIN for kind in ("", "deriv", "part")}
_WIKIGOLD = {"PER": "PER", "LOC": "LOC", "ORG": "ORG", "MISC": "OTH"}


@dataclass(frozen=True, slots=True)
class Labelled:
    """One sentence: its words, and a label (BIO) for each."""

    words: tuple[str, ...]
    labels: tuple[str, ...]


def germeval(folder: Path) -> tuple[list[Labelled], list[Labelled]]:
    """Return the sentences of GermEval 2014's dev and test parts: those to fit on, and a fixed fifth of test."""
    dev = list(_germeval_sentences(folder / "NER-de-dev.tsv"))
    test = list(_germeval_sentences(folder / "NER-de-test.tsv"))
    order = list(range(len(test)))
    random.Random(_SEED).shuffle(order)  # noqa: S311 - a split, not a secret
    cut = len(test) // HELD_OUT
    return dev + [test[n] for n in order[cut:]], [test[n] for n in order[:cut]]


def wikigold(folder: Path) -> tuple[list[Labelled], list[Labelled]]:
    """Return the sentences of wikigold: four fifths to fit on, a fixed fifth to measure on."""
    sentences = list(_wikigold_sentences(folder / "wikigold.conll.txt"))
    order = list(range(len(sentences)))
    random.Random(_SEED).shuffle(order)  # noqa: S311
    cut = len(sentences) // HELD_OUT
    return [sentences[n] for n in order[cut:]], [sentences[n] for n in order[:cut]]


def spans(labels: Sequence[str]) -> set[tuple[int, int, str]]:
    """Return the names that BIO ``labels`` mark: first word, the word after the last, class.

    >>> sorted(spans(["B-LOC", "I-LOC", "O", "B-PER"]))
    [(0, 2, 'LOC'), (3, 4, 'PER')]
    """
    found: set[tuple[int, int, str]] = set()
    first, kind = 0, ""
    for place, label in enumerate([*labels, "O"]):
        if kind and label != f"I-{kind}":
            found.add((first, place, kind))
            kind = ""
        if label != "O" and not kind:
            first, kind = place, label[2:]
    return found


def _germeval_sentences(path: Path) -> Iterator[Labelled]:
    for rows in _blocks(path):
        words, labels = [], []
        for row in rows:
            if row.startswith("#"):
                continue
            cells = row.split("\t")
            if len(cells) < 3:
                raise TrainError(f"{path}: the line {row!r} has no third column; is this GermEval 2014's file?")
            words.append(cells[1])
            labels.append(_renamed(cells[2], _GERMEVAL))
        if words:
            yield _recut(words, labels)


def _wikigold_sentences(path: Path) -> Iterator[Labelled]:
    for rows in _blocks(path):
        cells = [row.split() for row in rows if not row.startswith("-DOCSTART-")]
        if any(len(c) != 2 for c in cells):
            raise TrainError(f"{path}: a line is not 'word label'; is this wikigold's file?")
        if cells:
            labels = [_renamed(c[1], _WIKIGOLD) for c in cells]
            # The file is IO: a name begins where the class changes.
            begun = [
                f"B-{label[2:]}" if label != "O" and (n == 0 or labels[n - 1][2:] != label[2:]) else label
                for n, label in enumerate(labels)
            ]
            yield _recut([c[0] for c in cells], begun)


def _blocks(path: Path) -> Iterator[list[str]]:
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise TrainError(f"{path}: cannot be read ({error.strerror})") from error
    for block in text.split("\n\n"):
        rows = [row for row in block.split("\n") if row.strip()]
        if rows:
            yield rows


def _renamed(label: str, classes: dict[str, str]) -> str:
    if label == "O":
        return label
    mark, _, kind = label.partition("-")
    return f"{mark}-{classes[kind]}" if kind in classes else "O"


def _recut(words: Iterable[str], labels: Iterable[str]) -> Labelled:
    """Cut each word as koopgraph's tokeniser does; a label that begins a name begins it at the first piece."""
    cut: list[str] = []
    marks: list[str] = []
    for word, label in zip(words, labels, strict=True):
        pieces = [t.text for t in tokenise(word)]
        cut += pieces
        if pieces:
            marks += [label, *([label.replace("B-", "I-", 1)] * (len(pieces) - 1))]
    return Labelled(tuple(cut), tuple(marks))
