"""PDF → one article: printed lines by pypdf, joined to paragraphs, without running heads and page numbers.

What a PDF says of itself is mostly what a program filled in. Its title and author count where the text has them too;
the day on which the file was made is not taken for the day of publication.
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from io import BufferedReader

from pypdf import PageObject, PdfReader, apply_configuration
from pypdf.errors import DependencyError, LimitReachedError

from koopgraph.errors import LimitError, ReadError
from koopgraph.limits import DEFAULT, Limits
from koopgraph.model import Article, Problem
from koopgraph.read.article import MAX_TITLE, make_article
from koopgraph.read.decode import clean
from koopgraph.read.line_flow import paragraphs
from koopgraph.read.metadata import Metadata, one_line
from koopgraph.read.page_lines import Line, Page, without_running_lines
from koopgraph.read.properties import confirmed

_LARGER = 1.15
"""Size of a title's letters, in those of the text."""

_TITLE_PARAGRAPHS = 12
"""First paragraphs among which the title stands, below the name of the paper and a kicker."""

_FREE_OPERATORS = 200_000
"""Drawing operators that any file may have; beyond, one a byte: packed text has about one in three."""

_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_DIAERESIS = re.compile(r"\xa8\s?([aouAOU])")  # TeX draws the dots first, then the letter
_UMLAUTS = dict(zip("aouAOU", "äöüÄÖÜ", strict=True))

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it would warn of becomes a Problem


class _Budget:
    """Counts drawing operators over all pages; forms that draw forms can make billions of a few bytes."""

    def __init__(self, most: int) -> None:
        self._left = most

    def __call__(self, *_: object) -> None:
        self._left -= 1
        self.check()

    def check(self) -> None:
        """Raise :class:`LimitReachedError` where it is spent; within forms the library passes over that."""
        if self._left < 0:
            raise LimitReachedError("too many drawing operators")


def read_pdf(name: str, stream: BufferedReader, *, limits: Limits = DEFAULT) -> Iterator[Article | Problem]:
    """Read the article of a PDF file; pages that cannot be read become one :class:`Problem` behind it.

    Raises :class:`ReadError` where there is no text: for pages that are pictures, for a password and for damage.
    """
    with apply_configuration(
        zlib_maximum_output_length=limits.pdf_stream_bytes,
        lzw_maximum_output_length=limits.pdf_stream_bytes,
        run_length_maximum_output_length=limits.pdf_stream_bytes,
        array_based_stream_maximum_output_length=limits.pdf_stream_bytes,
    ):
        pages, said, broken = _read(name, stream, limits)
    blocks = [(clean(_letters(text)), size) for text, size in paragraphs(without_running_lines(pages))]
    body = "\n\n".join(text for text, _ in blocks if text)
    if not body:
        reason = "holds no text" if not broken else f"holds no text that can be read ({broken[0][1]})"
        raise ReadError(name, reason, "Recognise its text (OCR) first, if its pages are pictures.")
    yield make_article(name, body, _metadata(said, body, blocks))
    if broken:
        numbers = ", ".join(str(number) for number, _ in broken[:10]) + (" …" if broken[10:] else "")
        yield Problem(name, f"has pages that cannot be read: {numbers} ({broken[0][1]})", "Save it again as PDF.")


def _read(
    name: str, stream: BufferedReader, limits: Limits
) -> tuple[list[Page], dict[str, object], list[tuple[int, str]]]:
    """Return the pages, what the file says of itself, and the numbers of pages that failed with the reason."""
    pages: list[Page] = []
    broken: list[tuple[int, str]] = []
    budget = _Budget(_FREE_OPERATORS + stream.seek(0, 2))
    try:
        reader = PdfReader(stream)
        if reader.is_encrypted and not reader.decrypt(""):
            raise ReadError(name, "is protected by a password", "Save it without one.")
        count = len(reader.pages)
        if count > limits.pdf_pages:
            raise LimitError(name, f"has more than {limits.pdf_pages} pages", "Split it into articles.")
        said = {str(key): value for key, value in (reader.metadata or {}).items()}
    except ReadError:
        raise
    except DependencyError as error:
        raise ReadError(name, "is encrypted", "Save it without encryption, or pip install cryptography.") from error
    except Exception as error:  # the library raises errors of many kinds on damage
        raise ReadError(name, f"is no readable PDF ({_said(error)})", "Check that it was saved whole.") from error
    for number in range(count):
        try:
            pages.append(_page(reader.pages[number], budget))
        except Exception as error:
            broken.append((number + 1, _said(error)))
    return pages, said, broken


def _page(page: PageObject, budget: _Budget) -> Page:
    lines: list[Line] = []
    parts: list[str] = []
    start = (0.0, 0.0, 0.0)

    def end_line() -> None:
        if parts:
            lines.append(Line("".join(parts), *start))
            parts.clear()

    def take(text: str, cm: Sequence[float], tm: Sequence[float], _font: object, size: float) -> None:
        nonlocal start
        for number, part in enumerate(text.split("\n")):
            if number:
                end_line()
            if parts:
                parts.append(part)
            elif part.strip():
                parts.append(part.lstrip())
                x, y = tm[4] * cm[0] + tm[5] * cm[2] + cm[4], tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
                height = abs((tm[3] or tm[1]) * (cm[3] or cm[1])) * abs(size)
                start = round(x, 1), round(y, 1), round(height, 1)

    page.extract_text(visitor_text=take, visitor_operand_before=budget)
    budget.check()
    end_line()
    return Page(tuple(lines), float(page.mediabox.bottom), float(page.mediabox.top))


def _letters(text: str) -> str:
    return _DIAERESIS.sub(lambda match: _UMLAUTS[match[1]], text.translate(_LIGATURES))


def _metadata(said: dict[str, object], body: str, blocks: Sequence[tuple[str, float]]) -> Metadata:
    first = [(one_line(text) or "", size) for text, size in blocks[:_TITLE_PARAGRAPHS] if len(text) <= MAX_TITLE]
    metadata = confirmed(said.get("/Title"), said.get("/Author"), body, [text for text, _ in first])
    return metadata.or_else(Metadata(title=_largest(first, blocks)))


def _largest(first: Sequence[tuple[str, float]], blocks: Sequence[tuple[str, float]]) -> str | None:
    """Return which of the ``first`` paragraphs is in the largest letters, where they are larger than the text's."""
    sizes: Counter[float] = Counter()
    for text, size in blocks:
        sizes[size] += len(text)
    text, size = max(first, key=lambda block: block[1], default=("", 0.0))
    return text if size > _LARGER * sizes.most_common(1)[0][0] else None


def _said(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
