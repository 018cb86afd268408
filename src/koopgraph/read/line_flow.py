"""Printed lines → paragraphs: what the line ends of a page cut is joined, what its spaces part stays apart.

A paragraph ends where the letters change their size, where a gap is wider than between lines, where a line had room
for the next word, before a line that begins where first lines do, and, once a sentence has ended, before any other
indented line or behind a short one. Between columns and pages only the indent and the sentence tell.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from koopgraph.read.page_lines import Line

_GAP = 1.35
"""Distance of two lines, in usual ones, from which a paragraph ends; books set 1.0, paragraphs apart 1.5 and more."""

_SIZE = 0.08
"""Share by which letters of two lines may differ: small capitals and superscripts change the size a little."""

_INDENT = 0.7
"""Indent of a paragraph's first line, in sizes of its letters."""

_MAX_INDENT = 4.0
"""Indent from which a line stands in another column, in the same unit."""

_SHORT = 0.75
"""Share of the usual length up to which a line counts as short."""

_ENOUGH = 4
"""Lines of one size from which their usual length is known; a title has one to three."""

_SEVERAL = 3
"""Times from which an indent is the layout's; 'several' of steps between lines is this or one in twenty-five."""

_END = re.compile(r"[.!?:…][\"'“”‘’»«)\]]*$")
_BULLET = re.compile(r"[•·▪●○■]\s*\S")
# These begin an item or just a line of it: '– so der Rat –', 'am / 26. Mai'.
_ITEM = re.compile(r"(?:[–—*-]|\(?\d{1,2}[.)]|[a-z]\))\s+\S")
_NUMBER = re.compile(r"\(?\d{1,2}[.)]\s")
_HYPHEN = re.compile(r"(\w{1,60})[-\u2010\xad]$")
_TAIL = 64
"""Characters at the end of a line that are looked at: a line may be a million long."""

_WORD = re.compile(r"\w+")
_HYPHENATED = re.compile(r"\w+(?:-\w+)*")
# 'Stadt- und Landplanung': the hyphen stands for a word that comes later.
_SHARED = re.compile(r"(?:und|oder|bzw|sowie|als|and|or|to)\b", re.IGNORECASE)


def paragraphs(pages: Iterable[Sequence[Line]]) -> list[tuple[str, float]]:
    """Join the lines of all pages to paragraphs, each with the size of its letters in points."""
    written = [[line for line in page if line.text.strip()] for page in pages]
    words = _words(line for page in written for line in page)
    blocks = _blocks([page for page in written if page])
    return [(_join([line.text for line in block], words), block[0].size) for block in blocks]


@dataclass(frozen=True, slots=True)
class _Layout:
    """Distance of lines in sizes of their letters, usual length of a line by size, where first lines begin."""

    spacing: float
    lengths: dict[float, float]
    starts: frozenset[int]


def _blocks(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    layout = _layout([line for page in pages for line in page])
    blocks: list[list[Line]] = []
    for page in pages:
        for number, line in enumerate(page):
            above = blocks[-1][-1] if blocks else None
            if above is None or _ends(above, line, layout, same_page=number > 0):
                blocks.append([line])
            else:
                blocks[-1].append(line)
    return blocks


def _layout(lines: Sequence[Line]) -> _Layout:
    found: dict[float, list[int]] = {}
    for line in lines:
        found.setdefault(line.size, []).append(len(line.text))
    lengths = {size: median(one) if len(one) >= _ENOUGH else 0.0 for size, one in found.items()}
    followers = list(_followers(lines))
    steps = Counter(round((above.y - line.y) / line.size, 1) for above, line in followers)
    # The smallest that comes several times: in a list of short paragraphs most steps are gaps.
    often = max(2, min(_SEVERAL, len(followers)), len(followers) // 25)
    usual = sorted(step for step, count in steps.items() if count >= often)
    spacing = usual[0] if usual else min(steps, default=_GAP)
    return _Layout(spacing, lengths, _first_line_starts(followers))


def _followers(lines: Sequence[Line]) -> Iterator[tuple[Line, Line]]:
    """Yield each line that stands right below another of the same size, with that one."""
    for above, line in pairwise(lines):
        if line.size and not _differs(above, line) and 0.5 < (above.y - line.y) / line.size < 3:
            yield above, line


def _first_line_starts(followers: Sequence[tuple[Line, Line]]) -> frozenset[int]:
    """Return where indented first lines begin, from the left: the lines below them mostly go back to the margin."""
    moves = Counter((round(above.x), round(line.x)) for above, line in followers)
    size = median(line.size for _, line in followers) if followers else 0.0
    indents: Counter[int] = Counter()
    for (left, start), count in moves.items():
        if _INDENT * size < start - left < _MAX_INDENT * size:
            indents[start - left] += count
    return frozenset(
        start
        for left, start in moves
        if indents[start - left] >= _SEVERAL and moves[start, left] >= moves[start, start]
    )


def _differs(above: Line, line: Line) -> bool:
    return abs(above.size - line.size) > _SIZE * max(above.size, line.size)


def _ends(above: Line, line: Line, layout: _Layout, *, same_page: bool) -> bool:
    if _differs(above, line) or _BULLET.match(line.text):
        return True
    step = (above.y - line.y) / line.size if line.size and same_page else 0.0
    follows = step > 0  # else it stands at the top of another column or page
    end = above.text[-_TAIL:].rstrip()
    if _HYPHEN.search(end) and line.text[0].islower():
        return False  # within a word
    usual = layout.lengths[above.size]
    had_room = len(above.text) + 1 + len(line.text.split(maxsplit=1)[0]) < _SHORT * usual
    if (follows and (had_room or step > _GAP * layout.spacing)) or round(line.x) in layout.starts:
        return True
    short = len(above.text) < _SHORT * usual
    if _ITEM.match(line.text) and (
        short or _END.search(end) or (_NUMBER.match(line.text) and _NUMBER.match(above.text))
    ):
        return True
    indented = follows and line.x - above.x > _INDENT * line.size
    return (indented or short) and _END.search(end) is not None


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
