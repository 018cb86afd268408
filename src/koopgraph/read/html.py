"""Web pages: the main text by trafilatura, title, authors, date and publisher from what the page says of itself."""

from __future__ import annotations

import logging
import re

from lxml.html import HtmlElement

from koopgraph.errors import ReadError
from koopgraph.model import Article
from koopgraph.read.article import make_article
from koopgraph.read.byline import read_authors
from koopgraph.read.dateline import read_published
from koopgraph.read.decode import clean, decode
from koopgraph.read.metadata import Metadata
from koopgraph.read.page_metadata import date_is_written, read_metadata
from koopgraph.read.page_text import read_body

_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w-]+)|<\?xml[^>]{0,100}?encoding=[\"']([\w-]+)", re.IGNORECASE
)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
# References to control characters, which the parser lets in and then refuses to move.
_CONTROLS = re.compile(r"&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])|x0*(?:[0-8bcef]|1[0-9a-f]))(?:;|(?!\w))", re.IGNORECASE)
_NOTHING = Metadata()
# Bounds for the library's search of a date; the upper one is no clock, so that a page reads the same on every day.
_MIN_DATE, _MAX_DATE = "1990-01-01", "2199-12-31"


def read_html(name: str, data: bytes, *, known: Metadata = _NOTHING, declared: str | None = None) -> Article:
    """Read the bytes of the page ``name``. Raises :class:`ReadError` where they hold no article.

    ``known`` is what is known from elsewhere, and counts first; ``declared`` is the encoding that the server named.
    """
    charset = _CHARSET.search(data[:4096])
    named = (charset[1] or charset[2]).decode("ascii") if charset else declared
    body, metadata = read_page(name, decode(name, data, declared=named))
    return make_article(name, body, known.or_else(metadata))


def read_page(name: str, markup: str) -> tuple[str, Metadata]:
    """Return the main text of a page, or of a part of one, and what the page says about it.

    Raises :class:`ReadError` where no main text is found. Nothing is fetched.
    """
    tree = _parse(name, clean(markup))
    body = read_body(tree)
    if not body:
        raise ReadError(name, "holds no text that looks like an article", "Check that the whole page was saved.")
    metadata = read_metadata(tree)
    # The text names authors and date more reliably than a search through the whole page.
    said = Metadata(authors=read_authors(f"\n{body}"), published=read_published(body))
    known = metadata.or_else(said)
    return body, known if known.published else known.or_else(Metadata(published=_search_date(tree)))


def _parse(name: str, markup: str) -> HtmlElement:
    from trafilatura.utils import load_html  # repairs faulty pages; slow to import

    for logger in ("trafilatura", "htmldate"):
        logging.getLogger(logger).setLevel(logging.CRITICAL)  # what they would warn of becomes a Problem
    markup = _CONTROLS.sub("", _DECLARATION.sub("", markup))
    # A fragment, as in a feed, is taken for no page where it has but one block.
    tree = load_html(markup if "<body" in markup.casefold() else f"<html><body><div>{markup}</div></body></html>")
    if tree is None or not isinstance(tree, HtmlElement):
        raise ReadError(name, "is no HTML", "Check that the page was saved as HTML.")
    return tree


def _search_date(tree: HtmlElement) -> str | None:
    from htmldate import find_date

    found = find_date(tree, extensive_search=False, original_date=True, min_date=_MIN_DATE, max_date=_MAX_DATE)
    return found if found and date_is_written(tree, found) else None
