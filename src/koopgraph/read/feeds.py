"""RSS and Atom feeds and WordPress exports: one article an entry, with what the feed says about it.

The fullest text that an entry has is taken: 'content:encoded', Atom's 'content', 'description' or 'summary'. Of a
WordPress export (WXR) only what was published counts, and of that only posts and pages.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import BinaryIO

from lxml import etree
from lxml.etree import _Element

from koopgraph.errors import OtherXmlError, ReadError
from koopgraph.limits import DEFAULT, Limits
from koopgraph.model import Article, Problem
from koopgraph.read.article import make_article
from koopgraph.read.authors import persons
from koopgraph.read.dates import to_edtf
from koopgraph.read.decode import clean
from koopgraph.read.fragments import read_fragment
from koopgraph.read.metadata import Metadata, one_line, web_address
from koopgraph.read.xml_records import local_name, namespace, read_records, text_of

_ATOM = ("http://www.w3.org/2005/Atom", "http://purl.org/atom/ns#")
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RSS_1 = ("http://purl.org/rss/1.0/", "http://purl.org/rss/0.9/")
_WORDPRESS = re.compile(r"https?://wordpress\.org/export/")
_DC = ("http://purl.org/dc/elements/1.1/", "http://purl.org/dc/terms/")
_CONTENT = "http://purl.org/rss/1.0/modules/content/"
_FEEDBURNER = "http://rssnamespace.org/feedburner/ext/1.0"
_OWN = ("", *_ATOM, *_RSS_1)
"""Namespaces of a feed's own elements; its title is not that of a picture in it (media:title)."""

_TEXTS = ((_CONTENT, "encoded"), ("", "content"), ("", "description"), ("", "summary"))
"""Elements with the text, best first; '' stands for the feed's own namespace."""

_DATES = (("", "pubDate"), ("", "published"), ("", "issued"), ("dc", "issued"), ("dc", "date"))
"""Elements with the date of publication. Atom's 'updated' is none: a corrected comma changes it."""

_POSTS = ("post", "page")
_NEVER = "0000"  # the year of WordPress's date of what was never published
_MAX_AUTHORS = 10_000


@dataclass(slots=True)
class _Feed:
    """What a file says of all its entries. ``display_names`` are those of WordPress's logins."""

    wordpress: bool = False
    title: str | None = None
    display_names: dict[str, str] = field(default_factory=dict)


def read_feed(name: str, stream: BinaryIO, *, limits: Limits = DEFAULT) -> Iterator[Article | Problem]:
    """Read the entries of a feed or WordPress export; entry ``n`` (from 1) becomes the source ``name#n``.

    An entry without text becomes one :class:`Problem`, and so does a file that is not well-formed, after its entries.
    Raises :class:`OtherXmlError` where the file is no feed.
    """
    feed = _Feed()
    begun = False

    def records_of(root: _Element) -> tuple[str, ...]:
        nonlocal begun
        kinds = _kinds_of_entries(name, root)
        feed.wordpress = any(_WORDPRESS.match(uri) for uri in root.nsmap.values())
        begun = True
        return kinds

    try:
        for record in read_records(name, stream, records_of, limits=limits):
            source = f"{name}#{record.number}"
            if record.element is None:
                if record.number:
                    reason = f"has more than {limits.xml_elements} elements"
                    yield Problem(source, reason, "Correct or remove it.", "limit")
            elif record.number:
                yield from _read_entry(source, record.element, feed)
            else:
                _note(feed, record.element)
    except OtherXmlError:
        raise
    except ReadError as error:
        if not begun:
            raise OtherXmlError(name, error.reason, error.remedy) from error
        yield Problem.of(error)


def _kinds_of_entries(name: str, root: _Element) -> tuple[str, ...]:
    kind, space = local_name(root), namespace(root)
    if kind == "rss" or (kind == "RDF" and space == _RDF and any(uri in _RSS_1 for uri in root.nsmap.values())):
        return ("item",)
    if kind == "feed" and space in _ATOM:
        return ("entry",)
    remedy = "RSS, Atom and WordPress exports are read; convert it, or remove it."
    raise OtherXmlError(name, f"is XML of another kind (its root is '{kind}')", remedy)


def _note(feed: _Feed, element: _Element) -> None:
    kind = local_name(element)
    if kind == "title" and namespace(element) in _OWN:
        feed.title = feed.title or one_line(text_of(element))
    elif kind == "author" and feed.wordpress and len(feed.display_names) < _MAX_AUTHORS:
        said = {local_name(child): text_of(child).strip() for child in element}
        if said.get("author_login") and said.get("author_display_name"):
            feed.display_names[said["author_login"]] = said["author_display_name"]


def _read_entry(source: str, entry: _Element, feed: _Feed) -> Iterator[Article | Problem]:
    if feed.wordpress and not _is_published(entry):
        return
    try:
        metadata = _metadata(entry, feed)
        markup = next(filter(str.strip, (_markup(element) for element in _elements(entry, _TEXTS))), "")
        if not markup:
            raise ReadError(source, "holds no text", "Take the page that it links to instead.")
        body, found = read_fragment(source, markup)
        yield make_article(source, body, metadata.or_else(found))
    except ReadError as error:
        yield Problem.of(error)


def _is_published(item: _Element) -> bool:
    said = {local_name(child): text_of(child).strip() for child in item if _WORDPRESS.match(namespace(child))}
    public = said.get("status") == "publish" and not said.get("post_password")
    return public and said.get("post_type", "post") in _POSTS


def _metadata(entry: _Element, feed: _Feed) -> Metadata:
    titles = (_title(element) for element in _elements(entry, (("", "title"), ("dc", "title"))))
    publishers = (one_line(text_of(element)) for element in _elements(entry, (("dc", "publisher"),)))
    return Metadata(
        title=next(filter(None, titles), None),
        authors=_authors(entry, feed),
        published=_published(entry, feed),
        # A blog's title names who publishes it; that of a feed ('Aktuelle Meldungen') seldom does.
        publisher=next(filter(None, publishers), feed.title if feed.wordpress else None),
        url=next(filter(None, map(web_address, _addresses(entry))), None),
    )


def _elements(entry: _Element, names: tuple[tuple[str, str], ...]) -> Iterator[_Element]:
    for space, name in names:
        spaces = {"": _OWN, "dc": _DC}.get(space, (space,))
        yield from (child for child in entry if local_name(child) == name and namespace(child) in spaces)


def _title(element: _Element) -> str | None:
    text = text_of(element)
    return one_line(re.sub(r"</?[a-zA-Z][^<>]{0,200}>", "", html.unescape(text)))


def _markup(element: _Element) -> str:
    """Return the element's content as HTML."""
    kind = element.get("type", "html")
    if kind in ("xhtml", "application/xhtml+xml") or (
        kind != "text" and any(isinstance(child.tag, str) for child in element)
    ):
        return "".join(
            etree.tostring(child, method="html", encoding="unicode") for child in element if isinstance(child.tag, str)
        )
    text = text_of(element)
    return html.escape(text, quote=False) if kind in ("text", "text/plain") else text


def _authors(entry: _Element, feed: _Feed) -> tuple[str, ...]:
    found: list[str] = []
    for element in _elements(entry, (("dc", "creator"), ("", "author"))):
        named = [child for child in element if local_name(child) == "name"]
        text = " ".join(text_of(named[0] if named else element).split())
        text = feed.display_names.get(text, text)
        # RSS wants an e-mail address, and the name in brackets behind it.
        address = re.fullmatch(r"\S+@\S+ \((.*)\)", text)
        found += persons(address[1] if address else text)
    return tuple(dict.fromkeys(found))


def _published(entry: _Element, feed: _Feed) -> str | None:
    if feed.wordpress:  # its own day there, where 'pubDate' is that of Greenwich
        for child in entry:
            text = text_of(child).strip() if local_name(child) == "post_date" else _NEVER
            if not text.startswith(_NEVER) and (day := to_edtf(text)):
                return day
    return next(filter(None, (_day(text_of(element).strip()) for element in _elements(entry, _DATES))), None)


def _day(text: str) -> str | None:
    try:
        return to_edtf(parsedate_to_datetime(text))  # 'Mon, 21 Sep 2015 08:00:00 +0200'
    except (ValueError, TypeError, IndexError, OverflowError):
        return to_edtf(text)


def _addresses(entry: _Element) -> Iterator[str]:
    yield from (text_of(element).strip() for element in _elements(entry, ((_FEEDBURNER, "origLink"),)))
    for link in _elements(entry, (("", "link"),)):
        if link.get("href"):
            if link.get("rel", "alternate") == "alternate":
                yield clean(link.get("href", ""))
        else:
            yield text_of(link).strip()
    for guid in _elements(entry, (("", "guid"), ("", "id"))):
        if guid.get("isPermaLink", "true") != "false":
            yield text_of(guid).strip()
