"""Markdown with YAML front matter → plain text: what a reader of the rendered page sees, without the marks.

Paragraphs and headings stand apart by a blank line, items of a list begin with '- ' or their number,
cells of a table are joined by ' | ', of a link only the words are kept, images, HTML tags and comments go.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from koopgraph.model import Article
from koopgraph.read.article import make_article
from koopgraph.read.decode import clean, decode
from koopgraph.read.front_matter import split_front_matter
from koopgraph.read.metadata import Metadata, one_line

# Hugo, Jekyll and kramdown; bounded, so that text full of openings without an end costs no more than other text.
_SHORTCODES = re.compile(r"\{\{[<%].{0,500}?[%>]\}\}|\{%.{0,500}?%\}|\{:\s?[.#][^}\n]{0,200}\}", re.DOTALL)
_UNSEEN = re.compile(r"<!--.*?(?:-->|$)|<(script|style|iframe)\b.{0,20000}?</\1\s*>", re.DOTALL | re.IGNORECASE)
_TAGS = re.compile(r"</?[a-zA-Z][^<>]*>|<!--.*?-->|<[!?][^>]*>", re.DOTALL)
_BLOCK_TAGS = re.compile(
    r"</?(?:p|div|li|ul|ol|br|tr|h[1-6]|section|figure|figcaption|blockquote|table)\b[^<>]*>", re.IGNORECASE
)
_BREAK = "\0"  # a line end that the author asked for, until the others are joined; stored text has no NUL
WRAP_WIDTH = 60
"""Columns that every editor wraps at or beyond: a line that had room for the next word was ended on purpose."""


def read_markdown(name: str, data: bytes) -> Article:
    """Read the bytes of the Markdown file ``name``.

    The title is that of the front matter, else the first heading, else the first line.
    Raises :class:`ReadError` for front matter that is no YAML (with its line) and for a file without text.
    """
    metadata, source = split_front_matter(name, decode(name, data))
    tokens = (
        MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(_SHORTCODES.sub("", source))
    )
    body = clean(render(tokens))
    if not metadata.title:
        metadata = Metadata(title=_first_heading(tokens)).or_else(metadata)
    return make_article(name, body, metadata)


def _first_heading(tokens: Sequence[Token]) -> str | None:
    """The heading that the page begins with: one further down belongs to a section."""
    for index, token in enumerate(tokens[:-1]):
        if token.type == "heading_open":
            return one_line(_inline(tokens[index + 1]))
        if token.type != "html_block":
            return None
    return None


def render(tokens: Sequence[Token]) -> str:
    """Return the plain text of a stream of block tokens of markdown-it.

    The number of an ordered item is kept: to Markdown, '2. Juli' at the beginning of a line is one.
    """
    lines = _Lines()
    for token in tokens:
        lines.add(token)
    return "\n".join(lines.lines)


class _Lines:
    """The lines of a page as they grow: blocks apart by a blank line, items and rows of one list or table not."""

    def __init__(self) -> None:
        """Begin an empty page."""
        self.lines: list[str] = []
        self._depth = 0
        self._mark = ""  # of an item whose text is still to come
        self._cells: list[str] = []
        self._in_table = False
        self._joined = False

    def add(self, token: Token) -> None:
        """Take the next token of the page in."""
        kind = token.type
        if kind in ("bullet_list_open", "ordered_list_open"):
            self._depth += 1
        elif kind in ("bullet_list_close", "ordered_list_close"):
            self._depth -= 1
            self._joined = self._joined and self._depth > 0
        elif kind == "list_item_open":
            indent = "" if self._mark else "  " * (self._depth - 1)
            self._mark += indent + (f"{token.info}{token.markup} " if token.info else "- ")
        elif kind in ("table_open", "table_close"):
            self._in_table, self._joined = kind == "table_open", False
        elif kind == "tr_close":
            self._put(" | ".join(cell for cell in self._cells if cell))
            self._cells = []
        elif kind == "inline" and self._in_table:
            self._cells.append(" ".join(_inline(token).split()))
        elif text := _block_text(token):
            self._put(text)

    def _put(self, text: str) -> None:
        if self.lines and not self._joined:
            self.lines.append("")
        margin = "  " * self._depth
        self.lines.append((self._mark or margin) + text.replace("\n", f"\n{margin}"))
        self._mark, self._joined = "", self._depth > 0 or self._in_table


def _block_text(token: Token) -> str:
    if token.type == "inline":
        return _inline(token)
    if token.type in ("fence", "code_block"):
        return token.content.strip("\n")
    if token.type == "html_block":
        return _html_text(token.content)
    return ""


def _html_text(markup: str) -> str:
    words = _TAGS.sub("", _BLOCK_TAGS.sub("\n", _UNSEEN.sub("", markup)))
    lines = (" ".join(html.unescape(line).split()) for line in words.split("\n"))
    return "\n".join(line for line in lines if line)


def _inline(token: Token) -> str:
    parts = list(_inline_parts(token.children or ()))
    lines = [" ".join(line.split()) for line in "".join(parts).split("\n")]
    text = lines[0]
    for line in lines[1:]:
        text += _line_break(text.rsplit("\n", 1)[-1], line) + line
    return text.replace(_BREAK, "\n").strip()


def _inline_parts(children: Sequence[Token]) -> Iterator[str]:
    for child in children:
        if child.type in ("text", "code_inline"):
            yield child.content
        elif child.type == "softbreak":
            yield "\n"
        elif child.type == "hardbreak" or (
            child.type == "html_inline" and re.match(r"<br\b", child.content, re.IGNORECASE)
        ):
            yield _BREAK


def _line_break(line: str, following: str) -> str:
    """A space where the editor wrapped the line; a line end where it was ended on purpose, as in an address."""
    word = following.split(" ", 1)[0]
    wrapped = len(line) + len(word) >= WRAP_WIDTH or not word[:1].isupper()
    return " " if wrapped or line.endswith(_BREAK) else "\n"
