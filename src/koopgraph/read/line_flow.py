"""Printed lines → paragraphs: what the line ends of a page cut is joined, what its spaces part stays apart.

A paragraph ends where the letters change their size, where a gap is wider than between lines, where a line had room
for the next word, and, once a sentence has ended, before an indented line or behind a short one. Between columns and
pages only the sentence tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median

from koopgraph.read.page_lines import Line

_GAP = 1.35
"""Distance of two lines, in usual ones, from which a paragraph ends; books set 1.0, paragraphs apart 1.5 and more."""

_SIZE = 0.08
"""Share by which letters of two lines may differ: small capitals and superscripts change the size a little."""

_INDENT = 0.7
"""Indent of a paragraph's first line, in sizes of its letters."""

_SHORT = 0.75
"""Share of the usual length up to which a line counts as short."""

_ENOUGH = 4
"""Lines of one size from which their usual length is known; a title has one to three."""

_END = re.compile(r"[.!?:…][\"'“”‘’»«)\]]*$")
_ITEM = re.compile(r"(?:[•·▪●○■–—*-]|\(?\d{1,2}[.)]|[a-z]\))\s+\S")
_HYPHEN = re.compile(r"(\w{1,60})[-\u2010\xad]$")
_TAIL = 64
"""Characters at the end of a line that are looked at: a line may be a million long."""

_WORD = re.compile(r"\w+")
_HYPHENATED = re.compile(r"\w+(?:-\w+)*")
# 'Stadt- und Landplanung': the hyphen stands for a word that comes later.
_SHARED = re.compile(r"(?:und|oder|bzw|sowie|als|and|or|to)\b", re.IGNORECASE)


def paragraphs(pages: Iterable[Sequence[Line]]) -> list[tuple[str, float]]:
    """Join the lines of all pages to paragraphs, each with the size of its letters in points."""
    lines = [line for page in pages for line in page if line.text.strip()]
    blocks = _blocks(lines)
    words = _words(lines)
    return [(_join([line.text for line in block], words), block[0].size) for block in blocks]


def _blocks(lines: Sequence[Line]) -> list[list[Line]]:
    if not lines:
        return []
    spacing = _spacing(lines)
    lengths: dict[float, list[int]] = {}
    for line in lines:
        lengths.setdefault(line.size, []).append(len(line.text))
    usual = {size: median(found) if len(found) >= _ENOUGH else 0.0 for size, found in lengths.items()}
    blocks = [[lines[0]]]
    for above, line in pairwise(lines):
        if _ends(above, line, spacing, usual[above.size]):
            blocks.append([line])
        else:
            blocks[-1].append(line)
    return blocks


def _spacing(lines: Sequence[Line]) -> float:
    """Return the usual distance of two lines, in sizes of their letters."""
    steps = [
        (above.y - line.y) / line.size
        for above, line in pairwise(lines)
        if line.size and 0.5 < (above.y - line.y) / line.size < 3 and not _differs(above, line)
    ]
    return median(steps) if steps else _GAP


def _differs(above: Line, line: Line) -> bool:
    return abs(above.size - line.size) > _SIZE * max(above.size, line.size)


def _ends(above: Line, line: Line, spacing: float, usual: float) -> bool:
    if _differs(above, line) or _ITEM.match(line.text):
        return True
    step = (above.y - line.y) / line.size if line.size else 0.0
    follows = 0 < step < 3 * spacing  # else it stands in another column or on another page
    end = above.text[-_TAIL:].rstrip()
    if _HYPHEN.search(end) and line.text[0].islower():
        return False  # within a word
    next_word = line.text.split(maxsplit=1)[0]
    if follows and (step > _GAP * spacing or len(above.text) + 1 + len(next_word) < _SHORT * usual):
        return True
    if not _END.search(end):
        return False
    indented = follows and line.x - above.x > _INDENT * line.size
    return indented or len(above.text) < _SHORT * usual


def _words(lines: Iterable[Line]) -> frozenset[str]:
    """Return the words, with and without hyphens in them, that stand within lines: they say how a cut one is spelt."""
    found = (_HYPHENATED.findall(line.text) for line in lines)
    return frozenset(word.casefold() for words in found for word in words)


def _join(lines: Sequence[str], words: frozenset[str]) -> str:
    parts: list[str] = []
    for line in lines:
        line = " ".join(line.split())
        cut = _HYPHEN.search(parts[-1][-_TAIL:]) if parts else None
        if cut is None or _SHARED.match(line):
            parts += [" ", line]
        else:
            parts[-1] = parts[-1][:-1]
            parts += ["-" if _keeps_hyphen(cut[1], line, words) else "", line]
    return "".join(parts).strip()


def _keeps_hyphen(before: str, line: str, words: frozenset[str]) -> bool:
    after = _WORD.match(line)
    if after is None or not line[0].islower():
        return True  # 'Ost-West', '2015-2016'
    first, second = before.casefold(), after[0].casefold()
    return f"{first}-{second}" in words and first + second not in words
