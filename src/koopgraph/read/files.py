"""One file → its article or articles; whatever is wrong with it becomes one :class:`Problem` and ends nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from io import BufferedReader
from pathlib import Path
from typing import Protocol, TextIO, cast

from koopgraph.errors import LimitError, OtherXmlError, ReadError
from koopgraph.limits import DEFAULT, Limits
from koopgraph.model import Article, Problem
from koopgraph.read.bounds import within
from koopgraph.read.sources import SourceFile, discover

Reader = Callable[[str, bytes], Article]


class ContainerReader(Protocol):
    """Reads what a file holds, one item at a time."""

    def __call__(self, name: str, stream: BufferedReader, *, limits: Limits) -> Iterator[Article | Problem]:
        """Yield the articles and problems of the file ``name``."""


READERS = {
    ".txt": "koopgraph.read.text:read_text",
    ".md": "koopgraph.read.markdown:read_markdown",
    ".markdown": "koopgraph.read.markdown:read_markdown",
    ".html": "koopgraph.read.html:read_html",
    ".htm": "koopgraph.read.html:read_html",
    ".xhtml": "koopgraph.read.html:read_html",
}
"""Suffix → the reader of one article; imported on first use, for the parsers behind it are slow to load."""

CONTAINERS = {
    ".jsonl": "koopgraph.read.jsonlines:read_json_lines",
    ".ndjson": "koopgraph.read.jsonlines:read_json_lines",
    ".xml": "koopgraph.read.feeds:read_feed",
    ".rss": "koopgraph.read.feeds:read_feed",
    ".atom": "koopgraph.read.feeds:read_feed",
    ".pdf": "koopgraph.read.pdf:read_pdf",
    ".docx": "koopgraph.read.docx:read_docx",
    ".epub": "koopgraph.read.epub:read_epub",
    ".warc": "koopgraph.read.warc:read_warc",
    ".warc.gz": "koopgraph.read.warc:read_warc",
}
"""Suffix → the reader of any number of articles and problems, which takes them from the open file one at a time."""

EXTRAS = {"warcio": "warc", "brotli": "warc", "pypdf": "pdf", "docx": "docx"}
"""Package that a reader imports → the extra that brings it."""


def read(
    sources: Iterable[str | Path], *, stdin: TextIO | None = None, limits: Limits = DEFAULT
) -> Iterator[Article | Problem]:
    """Read every article behind ``sources``, in the order of :func:`discover`, problems in their place.

    Raises :class:`ReadError` for a source that does not exist.
    """
    for item in discover(sources, stdin=stdin):
        if isinstance(item, Problem):
            yield item
        else:
            yield from read_file(item, limits=limits)


def read_file(file: SourceFile, *, limits: Limits = DEFAULT) -> Iterator[Article | Problem]:
    """Read the articles of one file: one, or those of a container. Bad content becomes a :class:`Problem`.

    What is beyond ``limits`` becomes one of the kind 'limit', behind the article where there is one.
    """
    return within(file.name, _items(file, limits), limits)


def _items(file: SourceFile, limits: Limits) -> Iterator[Article | Problem]:
    try:
        if holds_many(file):
            reader = cast("ContainerReader", _load(file.name, CONTAINERS[file.kind]))
            with file.open() as stream:
                yield from reader(file.name, stream, limits=limits)
        else:
            yield _read_single(file, limits)
    except OtherXmlError as error:
        if not file.beside:
            yield Problem.of(error)
    except ReadError as error:
        yield Problem.of(error)
    except OSError as error:
        reason = f"cannot be read ({error.strerror or error})"
        yield Problem(file.name, reason, "Check that the file exists and its permissions.")


def holds_many(file: SourceFile) -> bool:
    """Tell whether the file may have any number of articles; else it has one at most."""
    return file.kind in CONTAINERS


def _read_single(file: SourceFile, limits: Limits) -> Article:
    if file.kind not in READERS:
        raise ReadError(file.name, f"is of the unknown kind '{file.kind}'", f"Use one of {', '.join(sorted(READERS))}.")
    with file.open() as stream:
        data = stream.read(limits.file_bytes + 1)
    if len(data) > limits.file_bytes:
        raise LimitError(file.name, f"is larger than {limits.file_bytes} bytes", "Split it into articles.")
    if not data.strip(b" \t\r\n\xef\xbb\xbf"):
        raise ReadError(file.name, "is empty", "Check that the file was saved with its content.")
    return cast("Reader", _load(file.name, READERS[file.kind]))(file.name, data)


def _load(name: str, reader: str) -> object:
    module, function = reader.split(":")
    try:
        return getattr(import_module(module), function)
    except ModuleNotFoundError as error:
        package = (error.name or "").split(".")[0]
        if package not in EXTRAS:
            raise
        remedy = f"Install it: pip install 'koopgraph[{EXTRAS[package]}]'."
        raise ReadError(name, f"needs {package}, which is not installed", remedy) from error
