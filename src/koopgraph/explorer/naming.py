"""Names beside the things of a drawing: as many as fit without touching each other, the most central first.

The page measures letters in the browser (``static/labelling.js``, which has the same rules). Here their widths are
estimated, rather too wide than too narrow: which font a reader's program takes is not known.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from unicodedata import combining, east_asian_width

import numpy as np
from numpy.typing import NDArray

LINE = 1.25
"""Distance of two lines, and height of one, in units of the font's size."""

LONGEST = 24
"""Letters of a line; a name has two lines at most."""

GAP = 3.0
_WIDTHS = {**dict.fromkeys("fijlrtI.,:;!|'()[]/- ", 0.36), **dict.fromkeys("mwMW%@—…", 0.95)}


@dataclass(frozen=True, slots=True)
class Named:
    """A thing that has its name beside it: ``lines`` stand around ``x``, the first on the baseline ``y``."""

    number: int
    lines: tuple[str, ...]
    x: float
    y: float


def text_width(text: str, size: float) -> float:
    """Return how wide ``text`` is at most, in about any sans-serif font of ``size``.

    >>> text_width("Leipzig", 10) < text_width("LEIPZIG", 10) < text_width("LEIPZIGER", 10)
    True
    """
    return size * sum(_width(letter) for letter in text)


def _width(letter: str) -> float:
    if combining(letter):
        return 0.0
    if east_asian_width(letter) in "WF":
        return 1.0
    return _WIDTHS.get(letter, 0.72 if letter.isupper() else 0.59)


def lines_of(name: str) -> tuple[str, ...]:
    """Return a name as at most two lines of about :data:`LONGEST` letters; what is longer is cut.

    >>> lines_of("Bundesinstitut für Bau-, Stadt- und Raumforschung")
    ('Bundesinstitut für Bau-,', 'Stadt- und Raumforschung')
    """
    words = name.split()
    first = ""
    while words and (not first or len(f"{first} {words[0]}") <= LONGEST):
        first = f"{first} {words.pop(0)}".strip()
    return tuple(_cut(line) for line in (first, " ".join(words)) if line)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"


def named(
    names: Iterable[tuple[int, str]],
    points: NDArray[np.float64],
    radii: NDArray[np.float64],
    bounds: tuple[float, float, float, float],
    *,
    size: float,
    most: int,
) -> list[Named]:
    """Return where names stand: of ``names`` (number of the thing, name) at most ``most``, in their order.

    A name stands below, right, above or left of its thing, inside ``bounds`` (left, top, right, bottom), and covers no
    other name and no thing that is large enough to be told from a dot.
    """
    large = radii > GAP
    low, high = points - radii[:, None], points + radii[:, None]
    shapes = np.column_stack([low, high])[large]
    taken = np.empty((0, 4))
    found: list[Named] = []
    for number, name in names:
        if len(found) >= most:
            break
        lines = lines_of(name)
        for box in _boxes(lines, points[number], radii[number], size):
            inside = box[0] > bounds[0] and box[1] > bounds[1] and box[2] < bounds[2] and box[3] < bounds[3]
            if lines and inside and not _touched(box, taken) and not _touched(box, shapes):
                taken = np.vstack([taken, box])
                found.append(Named(number, lines, float(box[0] + box[2]) / 2, float(box[1]) + size))
                break
    return found


def _boxes(lines: tuple[str, ...], point: NDArray[np.float64], radius: float, size: float) -> list[NDArray[np.float64]]:
    width = max((text_width(line, size) for line in lines), default=0.0)
    height = LINE * size * len(lines)
    x, y, gap = point[0], point[1], radius + GAP
    below, above = (x - width / 2, y + gap), (x - width / 2, y - gap - height)
    right, left_of = (x + gap, y - height / 2), (x - gap - width, y - height / 2)
    corners = (below, right, above, left_of)
    return [np.array([left, top, left + width, top + height]) for left, top in corners]


def _touched(box: NDArray[np.float64], others: NDArray[np.float64]) -> bool:
    beside = (others[:, 0] >= box[2]) | (others[:, 2] <= box[0]) | (others[:, 1] >= box[3]) | (others[:, 3] <= box[1])
    return not bool(beside.all())
