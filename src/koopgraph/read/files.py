"""One file → its article or articles; whatever is wrong with it becomes one :class:`Problem` and ends nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import TextIO, cast

from koopgraph.errors import ReadError
from koopgraph.model import Article, Problem
from koopgraph.read.decode import MAX_BYTES
from koopgraph.read.jsonlines import read_json_lines
from koopgraph.read.sources import SourceFile, discover

Reader = Callable[[str, bytes], Article]

READERS = {
    ".txt": "koopgraph.read.text:read_text",
    ".md": "koopgraph.read.markdown:read_markdown",
    ".markdown": "koopgraph.read.markdown:read_markdown",
    ".html": "koopgraph.read.html:read_html",
    ".htm": "koopgraph.read.html:read_html",
    ".xhtml": "koopgraph.read.html:read_html",
}
"""Suffix → the reader of one article; imported on first use, for the parsers behind it are slow to load."""

JSON_LINES = (".jsonl", ".ndjson")
"""Suffixes of files with one article a line."""


def read(sources: Iterable[str | Path], *, stdin: TextIO | None = None) -> Iterator[Article | Problem]:
    """Read every article behind ``sources``, in the order of :func:`discover`, problems in their place.

    Raises :class:`ReadError` for a source that does not exist.
    """
    for item in discover(sources, stdin=stdin):
        if isinstance(item, Problem):
            yield item
        else:
            yield from read_file(item)


def read_file(file: SourceFile) -> Iterator[Article | Problem]:
    """Read the articles of one file: one, or one a line of JSON lines. Bad content becomes a :class:`Problem`."""
    try:
        if file.kind in JSON_LINES:
            with file.open() as stream:
                yield from read_json_lines(file.name, stream)
        else:
            yield _read_single(file)
    except ReadError as error:
        yield Problem(error.source, error.reason, error.remedy)
    except OSError as error:
        reason = f"cannot be read ({error.strerror or error})"
        yield Problem(file.name, reason, "Check that the file exists and its permissions.")


def _read_single(file: SourceFile) -> Article:
    if file.kind not in READERS:
        raise ReadError(file.name, f"is of the unknown kind '{file.kind}'", f"Use one of {', '.join(sorted(READERS))}.")
    with file.open() as stream:
        data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise ReadError(file.name, f"is larger than {MAX_BYTES} bytes", "Split it into articles.")
    if not data.strip(b" \t\r\n\xef\xbb\xbf"):
        raise ReadError(file.name, "is empty", "Check that the file was saved with its content.")
    module, function = READERS[file.kind].split(":")
    return cast("Reader", getattr(import_module(module), function))(file.name, data)
