"""XML, one record at a time: a file of many gigabytes takes the memory of its longest record.

Nothing in the file is trusted: entities that it defines are not expanded, nothing it names is fetched, nesting and
length of a text have the parser's bounds. Where it is not well-formed, what can be read is read.
"""

from __future__ import annotations

import codecs
import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, TypedDict

from lxml import etree
from lxml.etree import _Element

from koopgraph.errors import ReadError
from koopgraph.limits import DEFAULT, Limits


class _ParserOptions(TypedDict):
    resolve_entities: bool
    load_dtd: bool
    no_network: bool
    huge_tree: bool
    recover: bool


_SAFE = _ParserOptions(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, recover=True)
_HARMLESS = ("ERR_UNDECLARED_ENTITY", "WAR_UNDECLARED_ENTITY", "ERR_INVALID_CHAR")
"""Names of errors after which nothing is missing: HTML's entities are resolved here, control characters dropped."""

_ENTITY = re.compile(r"&#?\w+;$")
_ENCODING = re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.-]+)")
_UTF8 = (b"utf-8", b"utf8", b"ascii", b"us-ascii")
_STRAY = "koopgraph-stray-as-cp1252"
_SAMPLE = 32_768
"""Bytes at the beginning that say what a file is encoded in."""

_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00<", b"<\x00")


@dataclass(frozen=True, slots=True)
class Record:
    """A record, from 1, or with number 0 something the file says of all. Valid until the next is asked for.

    ``element`` is None for a record of more elements than the limit.
    """

    number: int
    element: _Element | None


def read_records(
    name: str, stream: BinaryIO, records_of: Callable[[_Element], tuple[str, ...]], *, limits: Limits = DEFAULT
) -> Iterator[Record]:
    """Yield the records of an XML file and what stands beside them, in the file's order.

    ``records_of`` is given the root element when it is opened and returns the local names of the elements that are
    records; they, and others beside them, are the root's children or those of its child 'channel'.
    Raises :class:`ReadError` for what is no XML at once, and for what is not well-formed after the last record that
    could be read; whatever ``records_of`` raises passes through.
    """
    source = _Utf8(stream)
    parser = etree.iterparse(
        source,
        encoding=source.encoding,
        events=("start", "end"),
        **_SAFE,
    )
    try:
        yield from _records(parser, records_of, limits.xml_elements)
    except etree.XMLSyntaxError as error:
        raise ReadError(name, f"is no XML ({_said(error.msg)})", "Check that it was saved whole.") from error
    errors = [error for error in parser.error_log if error.type_name not in _HARMLESS]
    if errors:
        reason = f"is no well-formed XML in line {errors[0].line} ({_said(errors[0].message)})"
        raise ReadError(name, reason, "Parts may be missing; save it again.")


def parse_xml(name: str, data: bytes) -> _Element:
    """Parse a small file of XML whole, as carefully. Raises :class:`ReadError` where it is none."""
    try:
        root = etree.fromstring(data, etree.XMLParser(**_SAFE))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ReadError(name, f"holds damaged XML ({_said(str(error))})", "Check that it was saved whole.") from error
    if root is None:
        raise ReadError(name, "holds damaged XML", "Check that it was saved whole.")
    return root


def _records(
    parser: etree.iterparse[tuple[str, _Element]], records_of: Callable[[_Element], tuple[str, ...]], most: int
) -> Iterator[Record]:
    wanted: tuple[str, ...] = ()
    above: list[_Element] = []
    number = kept = 0
    for event, element in parser:
        if event == "start":
            if not above:
                wanted = records_of(element)
            above.append(element)
            kept += 1
            continue
        while above and above.pop() is not element:
            pass  # opened by mistake, as in '<channel<item', and never closed
        if not above:
            return
        if _is_top(above):
            is_record = local_name(element) in wanted
            number += is_record
            yield Record(number if is_record else 0, element if kept <= most else None)
            kept = 0
        if _is_top(above) or kept > most:
            # Not the element alone: its parent would keep an empty one for each record.
            element.clear()
            if (parent := element.getparent()) is not None:
                parent.remove(element)


def _is_top(above: list[_Element]) -> bool:
    return len(above) == 1 if local_name(above[-1]) != "channel" else len(above) == 2


def local_name(element: _Element) -> str:
    """Return an element's name without its namespace; '' for comments and the like."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def namespace(element: _Element) -> str:
    """Return an element's namespace, '' where it has none."""
    return element.tag.rpartition("}")[0][1:] if isinstance(element.tag, str) else ""


def text_of(element: _Element) -> str:
    """Return all text in ``element``; HTML's entities are resolved, those that the file defines are left out."""
    return "".join(_ENTITY.sub("", html.unescape(part)) if _ENTITY.match(part) else part for part in _texts(element))


def _texts(element: _Element) -> Iterator[str]:
    return (str(part) for part in element.itertext())  # an entity that was not expanded is a part of its own


def _said(message: str | None) -> str:
    return " ".join((message or "broken").split())[:200]


class _Utf8:
    """The bytes of a stream for the parser, which ``encoding`` tells what they are; None leaves it to the file.

    Bytes that are no UTF-8, in a file that is, are read as cp1252; what is UTF-8 is so, whatever the file declares.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._first = stream.read(_SAMPLE)
        self._decoder = codecs.getincrementaldecoder("utf-8")(_STRAY) if _is_utf8(self._first) else None
        self.encoding = "utf-8" if self._decoder else None

    def read(self, size: int) -> bytes:
        data, self._first = self._first or self._stream.read(size), b""
        if self._decoder is None:
            return data
        decoded = ""
        while data and not (decoded := self._decoder.decode(data)):  # nothing yet: within one character
            data = self._stream.read(size)
        return (decoded or self._decoder.decode(b"", final=True)).encode("utf-8")


def _is_utf8(sample: bytes) -> bool:
    declared = _ENCODING.match(sample)
    if sample.startswith(_WIDE_MARKS):
        return False
    if declared is None or declared[1].lower() in _UTF8:
        return True
    try:
        text = codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return False
    return not text.isascii()


def _read_stray(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", errors="replace"), error.end


codecs.register_error(_STRAY, _read_stray)
