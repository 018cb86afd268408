"""JSON lines: one article a line, as crawlers and archives store them; read one line at a time."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from io import BufferedReader

from koopgraph.errors import LimitError, ReadError
from koopgraph.limits import DEFAULT, Limits
from koopgraph.model import Article, Problem
from koopgraph.read.article import make_article
from koopgraph.read.decode import clean, decode
from koopgraph.read.metadata import from_record

TEXT_KEYS = ("text", "maintext", "content", "body", "article", "fulltext", "articlebody")
"""Fields that hold the plain text of an article, best first; ``html`` is taken where none of them does."""

HTML_KEYS = ("html", "raw_html", "content_html")
"""Fields that hold a page or a part of one."""


_PIECE = 65_536
"""Bytes read at a time of what is passed over."""

_BRACKETS = re.compile(r'"(?:[^"\\]|\\.)*+"?|([\[{])|[\]}]', re.DOTALL)


def read_json_lines(name: str, stream: BufferedReader, *, limits: Limits = DEFAULT) -> Iterator[Article | Problem]:
    """Read articles from the lines of ``stream``; line ``n`` (from 1) becomes the source ``name#n``.

    Empty lines are passed over. A line that is no JSON object, holds no text or is longer than
    ``limits`` allow becomes one :class:`Problem`; a file without any line too.
    """
    number = 0
    empty = True
    if stream.peek(2)[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        yield Problem(name, "is in UTF-16, where JSON lines are UTF-8", "Save it as UTF-8.")
        return
    while line := stream.readline(limits.file_bytes + 1):
        number += 1
        too_long = len(line) > limits.file_bytes
        while too_long and line and not line.endswith(b"\n"):
            line = stream.readline(_PIECE)
        if too_long:
            reason = f"is longer than {limits.file_bytes} bytes"
            yield Problem(f"{name}#{number}", reason, "Split it into articles.", "limit")
            empty = False
        elif line.strip(b" \t\r\n\xef\xbb\xbf\x00"):
            yield _read_line(f"{name}#{number}", line, limits)
            empty = False
    if empty:
        yield Problem(name, "is empty", "Check that the file was saved with its content.")


def _read_line(source: str, line: bytes, limits: Limits) -> Article | Problem:
    try:
        record = _parse(source, line, limits)
        metadata = from_record(record)
        for key in TEXT_KEYS:
            if isinstance(text := record.get(key), str) and clean(text):
                return make_article(source, clean(text), metadata)
        for key in HTML_KEYS:
            if isinstance(markup := record.get(key), str) and markup.strip():
                from koopgraph.read.html import read_page  # its parser is slow to load

                body, found = read_page(source, markup)
                return make_article(source, body, metadata.or_else(found))
        raise ReadError(source, "holds no text", "Put the article into the field 'text' or 'html'.")
    except ReadError as error:
        return Problem.of(error)


def _parse(source: str, line: bytes, limits: Limits) -> dict[str, object]:
    text = decode(source, line)
    if _depth(text, limits.json_depth) > limits.json_depth:
        reason = f"is nested deeper than {limits.json_depth} levels"
        raise LimitError(source, reason, "Correct or remove the line.")
    try:
        record = json.loads(text, strict=False)
    except json.JSONDecodeError as error:
        raise ReadError(
            source, f"is no JSON: {error.msg} at column {error.colno}", "Correct or remove the line."
        ) from error
    except ValueError as error:  # a number of more digits than Python converts
        raise ReadError(source, "holds a number that is too long", "Correct or remove the line.") from error
    if not isinstance(record, dict):
        raise ReadError(source, "is no JSON object", 'Write one article a line: {"title": …, "text": …}.')
    return {str(key).casefold(): value for key, value in record.items()}


def _depth(text: str, enough: int) -> int:
    """Return how deep the brackets of ``text`` are nested; counting ends above ``enough``.

    The parser's own bound is that of the machine's stack, which differs.
    """
    if text.count("[") + text.count("{") <= enough:
        return 0
    depth = deepest = 0
    for match in _BRACKETS.finditer(text):
        if match[0][0] != '"':
            depth += 1 if match[1] else -1
            deepest = max(deepest, depth)
            if deepest > enough:
                break
    return deepest
