"""Parts of pages, as feeds, exports and books hold them: no navigation around the text, often no paragraphs in it."""

from __future__ import annotations

import html
import re

from koopgraph.errors import ReadError
from koopgraph.read.decode import clean
from koopgraph.read.metadata import Metadata

_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--")
_BLOCK = re.compile(r"<(?:p|div|h[1-6]|ul|ol|table|blockquote|section|article|figure|pre)\b", re.IGNORECASE)
_PARAGRAPHS = re.compile(r"<(?:p|div)\b", re.IGNORECASE)
_UNSEEN = ("script", "style", "iframe", "template", "noscript", "head")
_BREAKING = (
    *("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "table", "tr", "blockquote"),
    *("section", "article", "figure", "br", "hr"),
)
_EMPTY_LINE = re.compile(r"\n[ \t]*\n\s*")
# '[caption id="1"]…[/caption]', '[gallery ids="1,2"]' of WordPress: what is between them stays.
_SHORTCODE = re.compile(r"\[/?(?:caption|gallery|embed|audio|video|playlist|vc_\w+|et_pb_\w+)\b[^\[\]\n]{0,2000}\]")


class EmptyFragmentError(ReadError):
    """Markup without any text: a picture, a rule."""


def read_fragment(name: str, markup: str) -> tuple[str, Metadata]:
    """Return the text of a piece of HTML, or of plain text in its place, and what it says about itself.

    Raises :class:`EmptyFragmentError` where there is no text.
    """
    markup = _SHORTCODE.sub("", clean(markup))
    if not _TAG.search(markup):
        return clean(html.unescape(markup)), Metadata()
    from koopgraph.read.html import read_page  # its parser is slow to load

    markup = _with_paragraphs(markup)
    try:
        return read_page(name, markup)
    except ReadError:
        # Too short to look like an article among the rest of a page; here there is no rest.
        text = _plain(markup)
        if not text:
            raise EmptyFragmentError(name, "holds no text", "Check that it was saved with its content.") from None
        return text, Metadata()


def _with_paragraphs(markup: str) -> str:
    """Make paragraphs of what empty lines part, as a blog does that stores its texts without them."""
    if _PARAGRAPHS.search(markup) or "\n" not in markup:
        return markup
    blocks = filter(None, map(str.strip, _EMPTY_LINE.split(markup)))
    return "\n".join(block if _BLOCK.match(block) else f"<p>{block.replace(chr(10), '<br>')}</p>" for block in blocks)


def _plain(markup: str) -> str:
    from lxml import etree
    from lxml.html import HtmlElement, fromstring

    try:
        tree: HtmlElement = fromstring(f"<div>{markup}</div>")
    except (etree.ParserError, ValueError):
        return ""
    etree.strip_elements(tree, etree.Comment, *_UNSEEN, with_tail=False)
    for element in tree.iter(*_BREAKING):
        element.text = f"\n{element.text or ''}"
        element.tail = f"\n{element.tail or ''}"
    lines = (" ".join(line.split()) for line in tree.text_content().split("\n"))
    return clean("\n".join(filter(None, lines)))
