"""Counting the rows of an answer while it is written, whatever its format."""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO

from koopgraph.errors import AnswerTooLargeError

_MARKS: Mapping[str, tuple[bytes, int]] = {
    "csv": (b"\n", 1),
    "tsv": (b"\n", 1),
    "json": (b",{", -1),
    "xml": (b"<result>", 0),
}
"""What stands once a row outside of quotation marks, and how many more of it (or fewer) there are."""
_QUOTING = frozenset({"csv", "json"})


class RowLimit:
    """A file that lets an answer through until it has more than ``limit`` rows.

    Raises :class:`AnswerTooLargeError` then: an answer is never cut without a word.
    """

    def __init__(self, file: IO[bytes], format: str, limit: int) -> None:
        """Take the file to write to and the format, one of :data:`koopgraph.query.answer.SOLUTION_FORMATS`."""
        self._file = file
        self._mark, self._more = _MARKS[format]
        self._quoting = format in _QUOTING
        self._limit = limit
        self._marks = 0
        self._quoted = False
        self._rest = b""

    def write(self, content: bytes) -> int:
        """Write bytes, and count the rows in them."""
        self._count(content)
        if self._marks - self._more > self._limit:
            raise too_many(self._limit)
        return self._file.write(content)

    def flush(self) -> None:
        """Hand on what was written."""
        self._file.flush()

    def _count(self, content: bytes) -> None:
        text = self._rest + content
        if self._quoting:
            # An escape or a mark may be cut in two: its first part waits for the second.
            cut = _safe_end(text)
            text, self._rest = text[:cut], text[cut:]
            plain = text.replace(b"\\\\", b"").replace(b'\\"', b"") if self._mark == b",{" else text
            for number, part in enumerate(plain.split(b'"')):
                self._quoted ^= number > 0
                self._marks += 0 if self._quoted else part.count(self._mark)
            return
        self._marks += text.count(self._mark)
        self._rest = text[-(len(self._mark) - 1) :] if len(self._mark) > 1 else b""


def too_many(limit: int) -> AnswerTooLargeError:
    """Return the error of an answer of more rows or triples than ``limit``."""
    return AnswerTooLargeError(f"the answer has more than {limit} rows. Ask for less, or add a LIMIT.")


def _safe_end(text: bytes) -> int:
    """Return where ``text`` can be cut: not behind a backslash or a comma."""
    return len(text.rstrip(b"\\,"))
