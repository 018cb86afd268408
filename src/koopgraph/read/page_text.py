"""The article's own text on a web page: trafilatura finds it, here it becomes lines.

What trafilatura returns is a small tree of blocks: head, p, list with item, table with row and cell, quote.
"""

from __future__ import annotations

import copy
import logging
from collections.abc import Iterator

from lxml.etree import _Element
from lxml.html import HtmlElement

from koopgraph.read.decode import clean
from koopgraph.read.page_layout import tidy

_log = logging.getLogger(__name__)


def read_body(tree: HtmlElement) -> str:
    """Return the main text of the parsed page: paragraphs apart by a blank line, '' where there is none.

    Navigation, comments, teasers of other pages and notices of consent are left out; nothing is fetched.
    """
    from trafilatura import bare_extraction  # slow to import, and only pages need it
    from trafilatura.settings import Document

    prepared = copy.deepcopy(tree)
    tidy(prepared)
    try:
        document = bare_extraction(
            prepared,
            include_comments=False,
            include_tables=True,
            favor_recall=True,  # else lead paragraphs of class 'teaser' and short pages are lost
            with_metadata=False,
        )
    except Exception:  # a page that the library stumbles over is a page without text, not the end of a build
        _log.debug("trafilatura failed", exc_info=True)
        return ""
    if not isinstance(document, Document) or document.body is None:
        return ""
    return clean("\n\n".join(block for block in _render(document.body) if block))


def _render(parent: _Element, depth: int = 0) -> Iterator[str]:
    for element in parent:
        if element.tag == "list":
            yield "\n".join(_items(element, depth))
        elif element.tag == "table":
            yield "\n".join(filter(None, map(_row, element.iter("row"))))
        elif element.tag in ("quote", "div", "body", "main") and len(element):
            yield from filter(None, [_line(element.text)])
            yield from _render(element, depth)
        else:
            yield _inline(element)
        yield from filter(None, [_line(element.tail)])


def _items(element: _Element, depth: int) -> Iterator[str]:
    for item in element:
        if item.tag == "list":
            yield from _items(item, depth + 1)
            continue
        nested = [child for child in item if child.tag == "list"]
        for child in nested:
            item.remove(child)
        text = _inline(item)
        if text:
            yield f"{'  ' * depth}- {text}"
        for child in nested:
            yield from _items(child, depth + 1)


def _row(row: _Element) -> str:
    cells = [_inline(cell).replace("\n", " ") for cell in row.iter("cell")]
    return " | ".join(cell for cell in cells if cell)


def _inline(element: _Element) -> str:
    parts: list[str] = []
    for node in element.iter():
        if node.tag == "lb":
            parts.append("\v")
        elif node.tag in ("p", "head", "item") and node is not element:
            parts.append(" ")
        parts.append(node.text or "")
        if node is not element:
            parts.append(node.tail or "")
    lines = (" ".join(line.split()) for line in "".join(parts).split("\v"))
    return "\n".join(line for line in lines if line)


def _line(text: str | None) -> str:
    return " ".join((text or "").split())
