"""EPUB books and magazines: one article a chapter document, in the order in which they are read.

The package document names the chapters, and who wrote and published the whole; a chapter's own title and byline count
first. Its cover, its table of contents and what stands outside the order of reading are passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BufferedReader
from zipfile import ZipFile

from lxml.etree import _Element

from koopgraph.errors import LimitError, ReadError
from koopgraph.limits import DEFAULT, Limits
from koopgraph.model import Article, Problem
from koopgraph.read.archive import entry_path, open_archive, read_entry
from koopgraph.read.article import make_article
from koopgraph.read.authors import persons
from koopgraph.read.byline import read_authors
from koopgraph.read.dates import to_edtf
from koopgraph.read.decode import decode
from koopgraph.read.fragments import EmptyFragmentError, read_fragment
from koopgraph.read.metadata import Metadata, one_line
from koopgraph.read.xml_records import local_name, parse_xml, text_of

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_XHTML = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml")


@dataclass(frozen=True, slots=True)
class _Book:
    """What the package document says: of the whole, and the paths of the chapters ('' for one outside the archive)."""

    metadata: Metadata
    chapters: tuple[str, ...]


def read_epub(name: str, stream: BufferedReader, *, limits: Limits = DEFAULT) -> Iterator[Article | Problem]:
    """Read the chapters of a book; the ``n``-th of the order of reading (from 1) becomes the source ``name#n``.

    A chapter that is missing, damaged or too large becomes one :class:`Problem`; one without text, as a cover, none.
    Raises :class:`ReadError` for what is no book, is protected, or holds no text at all.
    """
    with open_archive(name, stream, limits) as archive:
        book = _book(name, archive)
        protected = _protected(name, archive)
        if protected.intersection(book.chapters):
            raise ReadError(name, "is protected (DRM)", "Use an edition without protection.")
        empty = True
        for number, path in enumerate(book.chapters, start=1):
            item = _read_chapter(f"{name}#{number}", archive, path, book.metadata, limits)
            if item is not None:
                empty = False
                yield item
        if empty:
            raise ReadError(name, "holds no text", "Check that it was saved with its content.")


def _book(name: str, archive: ZipFile) -> _Book:
    container = parse_xml(name, read_entry(archive, name, _CONTAINER))
    paths = (element.get("full-path", "") for element in container.iter() if local_name(element) == "rootfile")
    path = entry_path("", next(paths, ""))
    package = parse_xml(name, read_entry(archive, name, path or "content.opf"))
    items = {
        element.get("id", ""): element
        for element in package.iter()
        if local_name(element) == "item" and element.get("media-type") in _XHTML
    }
    order = (
        items.get(element.get("idref", ""))
        for element in package.iter()
        if local_name(element) == "itemref" and element.get("linear") != "no"
    )
    chapters = (item for item in order if item is not None and "nav" not in item.get("properties", "").split())
    return _Book(_metadata(package), tuple(entry_path(path, item.get("href", "")) for item in chapters))


def _metadata(package: _Element) -> Metadata:
    said: dict[str, list[str]] = {}
    for element in package.iter():
        if isinstance(element.tag, str) and element.tag.startswith("{http://purl.org/dc/elements/1.1/}"):
            said.setdefault(local_name(element), []).append(" ".join(text_of(element).split()))
    return Metadata(
        title=next(filter(None, map(one_line, said.get("title", []))), None),
        authors=persons(said.get("creator", [])),
        published=next(filter(None, map(to_edtf, said.get("date", []))), None),
        publisher=next(filter(None, map(one_line, said.get("publisher", []))), None),
    )


def _protected(name: str, archive: ZipFile) -> set[str]:
    if _ENCRYPTION not in archive.namelist():
        return set()
    root = parse_xml(name, read_entry(archive, name, _ENCRYPTION))
    return {entry_path("", one.get("URI", "")) for one in root.iter() if local_name(one) == "CipherReference"} - {""}


def _read_chapter(source: str, archive: ZipFile, path: str, book: Metadata, limits: Limits) -> Article | Problem | None:
    try:
        if not path or path not in archive.namelist():
            raise ReadError(source, "is a chapter that the file does not hold", "Save the book again.")
        if archive.getinfo(path).file_size > limits.record_bytes:
            raise LimitError(source, f"is larger than {limits.record_bytes} bytes", "Split it into articles.")
        markup = decode(source, read_entry(archive, source, path))
        body, found = read_fragment(source, markup)
        known = Metadata(
            # Many a chapter's head repeats the title of the book.
            title=found.title if found.title != book.title else None,
            authors=found.authors or read_authors(f"{found.title or ''}\n\n{body}") or book.authors,
            published=book.published or found.published,
            publisher=book.publisher or found.publisher,
            url=found.url,
        )
        return make_article(source, body, known)
    except EmptyFragmentError:
        return None
    except ReadError as error:
        return Problem.of(error)
