"""The printed lines of a document's pages, and which of them are the page's rather than the text's.

Running heads and feet are told by where they stand and that they come again: in the margin, at the same height, the
same but for their digits, on a good part of the pages. Page numbers are told by their form alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

MARGIN = 0.12
"""Share of a page's height, above and below, in which running lines stand; a newspaper's head takes a tenth."""

_OFTEN = 0.3
"""Share of pages from which a line is a running one: left and right pages have their own, the first has none."""

_SAME_HEIGHT = 4.0
"""Points that a running line may move from page to page."""

_SMALL = 0.92
"""Size of the letters of heads and feet, in those of the text."""

_ALONE = 2.5
"""Distance to the next line, in sizes of its letters, from which a line stands alone; footnotes stand together."""

_NUMBER = re.compile(
    r"[-–—|\s]*(?:(?:seite|page|s\.|p\.)\s*)?(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:/|von|of)\s*\d{1,4})?[-–—|\s]*",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line: its text, where it begins, and its letters' size, in points; ``y`` grows upwards."""

    text: str
    x: float
    y: float
    size: float


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a page in the order of the document, and its lower and upper edge."""

    lines: tuple[Line, ...]
    bottom: float
    top: float

    def is_margin(self, line: Line) -> bool:
        """Say whether a line stands where running heads and feet do."""
        margin = MARGIN * (self.top - self.bottom)
        return line.y > self.top - margin or line.y < self.bottom + margin


def without_running_lines(pages: Sequence[Page]) -> list[tuple[Line, ...]]:
    """Return each page's lines but for heads, feet and page numbers."""
    counts = Counter(key for page in pages for key in {_key(line) for line in _outer(page)})
    often = max(2.0, _OFTEN * len(pages))
    small = _SMALL * _usual_size(pages)
    kept: list[tuple[Line, ...]] = []
    for page in pages:
        running = {
            line
            for line in _outer(page)
            if _NUMBER.fullmatch(line.text)
            or _times(counts, line) >= often
            or (line.size < small and _is_alone(line, page))
        }
        kept.append(tuple(line for line in page.lines if line not in running))
    return kept


def _usual_size(pages: Sequence[Page]) -> float:
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _is_alone(line: Line, page: Page) -> bool:
    return not any(0 < abs(other.y - line.y) < _ALONE * line.size for other in page.lines)


def _outer(page: Page) -> Iterable[Line]:
    return (line for line in page.lines if page.is_margin(line))


def _key(line: Line) -> tuple[str, int]:
    return _DIGITS.sub("#", " ".join(line.text.split())), round(line.y / _SAME_HEIGHT)


def _times(counts: Counter[tuple[str, int]], line: Line) -> int:
    # A line moves a little from page to page, so each is counted with its neighbours' heights.
    text, height = _key(line)
    return sum(counts[text, near] for near in (height - 1, height, height + 1))
