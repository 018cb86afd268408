"""Web archives (WARC): one article a page that was answered with HTML, read one record at a time.

1. A record's headers are parsed by warcio, within a bound for their length; its content is at first left where it is.
2. Responses with status 200 and resources are pages where their type is HTML; all others are passed over.
3. A page is unpacked (transfer and content encoding) within a bound, and read like a saved one. Its address is the
   archive's; the day of the crawl says nothing about when it was published.
4. Where a record is broken, the next one is looked for: behind damaged gzip the next member, else the next line that
   begins a record.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from io import BufferedReader, BytesIO

from warcio.bufferedreaders import ChunkedDataReader
from warcio.recordloader import ArcWarcRecord, ArcWarcRecordLoader

from koopgraph.errors import ReadError
from koopgraph.limits import DEFAULT, Limits
from koopgraph.model import Article, Problem
from koopgraph.read.content_encoding import unpack
from koopgraph.read.html import read_html
from koopgraph.read.members import DamagedError, MemberReader
from koopgraph.read.metadata import Metadata, web_address

_BEGIN = re.compile(rb"WARC/\d")
_HTML = ("text/html", "application/xhtml+xml")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_PIECE = 65_536
_REMEDY = "Fetch the archive again; the other records were read."

logging.getLogger("warcio").setLevel(logging.CRITICAL)  # what it would warn of becomes a Problem


def read_warc(name: str, stream: BufferedReader, *, limits: Limits = DEFAULT) -> Iterator[Article | Problem]:
    """Read the pages of a web archive, packed or not; record ``n`` (from 1) becomes the source ``name#n``.

    A record that is broken, cut off or too large, or whose page holds no article, becomes one :class:`Problem`.
    """
    reader = MemberReader(stream)
    number = 0
    lost = False
    while True:
        number += 1
        source = f"{name}#{number}"
        try:
            line = _first_line(reader, lost=lost)
            if not line:
                break
            if number == 1 and not _BEGIN.match(line):
                yield Problem(name, "is no web archive (WARC)", "Check that it was saved whole.")
                return
            lost = True  # until the record's end is found
            item = _read_record(source, reader, line, limits)
            lost = False
        except DamagedError as error:
            item = Problem(source, f"is damaged: {error}", _REMEDY)
            lost = True
            if not reader.recover():
                yield item
                return
        except ReadError as error:
            item = Problem.of(error)
        if item is not None:
            yield item
    if number == 1:
        yield Problem(name, "is empty", "Check that the file was saved with its content.")


def _first_line(reader: MemberReader, *, lost: bool) -> bytes:
    """Return the next line that is not empty, b'' at the end; where the place is ``lost``, the next of a record."""
    while line := reader.readline(_PIECE):
        if _BEGIN.match(line) or (line.strip() and not lost):
            break
    return line


def _read_record(source: str, reader: MemberReader, line: bytes, limits: Limits) -> Article | Problem | None:
    """Read a record to its end. Raises :class:`ReadError` and :class:`DamagedError` where the end is not found."""
    record = _parse(source, reader, line, limits)
    item: Article | Problem | None = None
    if _is_page(record):
        data = record.raw_stream.read(limits.record_bytes + 1)
        if len(data) > limits.record_bytes:
            reason = f"is larger than {limits.record_bytes} bytes"
            item = Problem(source, reason, "Split the page, or do without it.", "limit")
        elif record.raw_stream.limit == 0:
            item = _read_page(source, record, data, limits)
    while record.raw_stream.read(_PIECE):
        pass
    if record.raw_stream.limit > 0:
        raise ReadError(source, "is cut off", _REMEDY)
    return item


def _parse(source: str, reader: MemberReader, line: bytes, limits: Limits) -> ArcWarcRecord:
    reader.line_bytes = limits.header_bytes
    try:
        record = ArcWarcRecordLoader(verify_http=False).parse_record_stream(reader, line, known_format="warc")
    except DamagedError:
        raise
    except Exception as error:  # the library stumbles over headers in ways of its own
        raise ReadError(source, "has a header that is none of WARC", _REMEDY) from error
    finally:
        reader.line_bytes = None
    if not (record.rec_headers.get_header("Content-Length") or "").strip().isdecimal():
        raise ReadError(source, "does not say how long it is", _REMEDY)
    return record


def _is_page(record: ArcWarcRecord) -> bool:
    if record.rec_type == "response" and record.http_headers:
        kind = record.http_headers.get_header("Content-Type") or ""
        return record.http_headers.get_statuscode() == "200" and _media_type(kind) in _HTML
    return record.rec_type == "resource" and _media_type(record.content_type or "") in _HTML


def _media_type(header: str) -> str:
    return header.split(";", 1)[0].strip().casefold()


def _read_page(source: str, record: ArcWarcRecord, data: bytes, limits: Limits) -> Article | Problem:
    headers = record.http_headers or record.rec_headers
    try:
        if (headers.get_header("Transfer-Encoding") or "").casefold() == "chunked":
            data = ChunkedDataReader(BytesIO(data)).read()
        data = unpack(source, data, headers.get_header("Content-Encoding") or "", limits.record_bytes)
        charset = _CHARSET.search(headers.get_header("Content-Type") or "")
        known = Metadata(url=web_address(record.rec_headers.get_header("WARC-Target-URI")))
        return read_html(source, data, known=known, declared=charset[1] if charset else None)
    except ReadError as error:
        return Problem.of(error)
