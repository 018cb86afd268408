"""Word documents → one article: paragraphs, lists and tables of the text, as it reads with all changes accepted.

Heads, feet, notes, comments and text boxes are no part of it. python-docx opens the document; the text is taken from
its XML, because the library leaves out what stands in tracked insertions, content controls and smart tags.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BufferedReader

from docx import Document
from docx.document import Document as OpenDocument
from docx.oxml.ns import qn
from lxml.etree import _Element

from koopgraph.errors import ReadError
from koopgraph.limits import DEFAULT, Limits
from koopgraph.model import Article
from koopgraph.read.archive import open_archive
from koopgraph.read.article import MAX_TITLE, make_article
from koopgraph.read.decode import clean
from koopgraph.read.metadata import Metadata, one_line
from koopgraph.read.properties import confirmed

_HEADINGS = ("title", "heading 1")
"""Styles of a title, the surer one first; Word keeps these names in every language."""

_FIRST = 5
"""First paragraphs among which a title stands."""

_CONTAINERS = frozenset(map(qn, ("w:sdt", "w:sdtContent", "w:customXml", "w:ins", "w:moveTo")))
_PASSED_OVER = frozenset(map(qn, ("w:del", "w:moveFrom", "w:txbxContent", "w:pPr", "w:rPr", "w:instrText")))
_LETTERS = {qn("w:tab"): " ", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_P, _TBL, _TR, _TC, _T = map(qn, ("w:p", "w:tbl", "w:tr", "w:tc", "w:t"))
_STYLE, _NUMBERED, _VAL = qn("w:pStyle"), qn("w:numPr"), qn("w:val")


@dataclass(frozen=True, slots=True)
class _Block:
    text: str
    style: str = ""
    is_item: bool = False


def read_docx(name: str, stream: BufferedReader, *, limits: Limits = DEFAULT) -> Iterator[Article]:
    """Read the article of a Word document. Raises :class:`ReadError` where there is no text, and for damage."""
    with open_archive(name, stream, limits):
        pass  # only its table of contents is checked; the library opens it itself
    stream.seek(0)
    try:
        document = Document(stream)
        blocks = list(_blocks(document.element.body, _styles(document)))
        properties = document.core_properties
        said = properties.title, properties.author
    except Exception as error:  # the library raises errors of many kinds on damage
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        raise ReadError(name, f"is no readable Word document ({reason})", "Save it again as .docx.") from error
    body = clean(_joined(blocks))
    first = [block.text for block in blocks[:_FIRST]]
    yield make_article(name, body, Metadata(title=_title(blocks)).or_else(confirmed(*said, body, first)))


def _styles(document: OpenDocument) -> dict[str, str]:
    return {style.style_id: (style.name or "").casefold() for style in document.styles}


def _blocks(parent: _Element, styles: dict[str, str]) -> Iterator[_Block]:
    for element in parent:
        if element.tag == _P:
            text = _text(element)
            if text:
                style = next((styles.get(one.get(_VAL, ""), "") for one in element.iter(_STYLE)), "")
                numbered = next(element.iter(_NUMBERED), None) is not None
                is_item = style.startswith("list") or (numbered and not style.startswith(("heading", "title")))
                yield _Block(text, style, is_item)
        elif element.tag == _TBL:
            rows = "\n".join(filter(None, (_row(row) for row in _own(element, _TR))))
            if rows:
                yield _Block(rows)
        elif element.tag in _CONTAINERS:
            yield from _blocks(element, styles)


def _row(row: _Element) -> str:
    cells = (" ".join(_text(cell).split()) for cell in _own(row, _TC))
    return " | ".join(filter(None, cells))


def _own(parent: _Element, tag: str) -> Iterator[_Element]:
    """Yield the rows of a table or cells of a row, not those of tables within."""
    for element in parent:
        if element.tag == tag:
            yield element
        elif element.tag in _CONTAINERS:
            yield from _own(element, tag)


def _text(element: _Element) -> str:
    lines = "".join(_letters(element)).split("\n")
    return "\n".join(filter(None, (" ".join(line.split()) for line in lines)))


def _letters(parent: _Element) -> Iterator[str]:
    for element in parent:
        if element.tag == _T:
            yield element.text or ""
        elif element.tag in _LETTERS:
            yield _LETTERS[element.tag]
        elif element.tag not in _PASSED_OVER:
            yield from _letters(element)
            if element.tag == _P:
                yield "\n"


def _joined(blocks: Iterable[_Block]) -> str:
    parts: list[str] = []
    above = False
    for block in blocks:
        parts.append("\n" if above and block.is_item else "\n\n")
        parts.append(f"- {block.text}" if block.is_item else block.text)
        above = block.is_item
    return "".join(parts[1:])


def _title(blocks: list[_Block]) -> str | None:
    for style in _HEADINGS:
        for block in blocks[:_FIRST]:
            if block.style == style and len(block.text) <= MAX_TITLE:
                return one_line(block.text)
    return None
