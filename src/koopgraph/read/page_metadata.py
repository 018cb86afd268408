"""What a web page says about itself: JSON-LD, microdata, Open Graph, Dublin Core, ``<meta>``, ``<time>``, byline.

A source that names the article's own data is preferred to a general one: JSON-LD of an article, then
microdata, then ``<meta>``. The page's only ``<h1>`` is what a reader sees as the title, so it wins where it says the
same at greater or lesser length.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeAlias

from lxml.html import HtmlElement

from koopgraph.read.authors import names_at, persons
from koopgraph.read.byline import read_authors
from koopgraph.read.dates import find_dates, to_edtf
from koopgraph.read.metadata import Metadata, one_line, web_address

_Read: TypeAlias = Callable[[object], str | None]
_ARTICLES = re.compile(r"(?:\w*Article|BlogPosting|LiveBlogPosting|SocialMediaPosting|Report|PressRelease)$")
_PAGES = re.compile(r"\w*Page$")
_META_AUTHOR = (
    *(
        "citation_author",
        "author",
        "article:author",
        "og:article:author",
        "dc.creator",
        "dcterms.creator",
        "dc:creator",
    ),
    *("parsely-author", "sailthru.author", "cxenseparse:author", "byl"),
)
_META_PUBLISHED = (
    *(
        "article:published_time",
        "og:article:published_time",
        "datepublished",
        "citation_publication_date",
        "citation_date",
    ),
    *("dc.date.issued", "dcterms.issued", "dc.date.created", "dcterms.created", "dc.date", "dcterms.date", "dc:date"),
    *("parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "pubdate", "publishdate", "publish-date"),
    *("publication_date", "article.published", "date"),
)
_META_PUBLISHER = (
    *("og:site_name", "dc.publisher", "dcterms.publisher", "dc:publisher", "publisher", "citation_journal_title"),
    "copyright-holder",
)
_META_TITLE = ("citation_title", "og:title", "dc.title", "dcterms.title", "dc:title", "headline", "twitter:title")
_BYLINE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:by-?line|byl|author(?:s|-?name)?|autor(?:en|in)?|verfasser)(?:$|[\s_-])", re.IGNORECASE
)
_PUBLISHED_CLASS = re.compile(r"publish|entry-date|post-date|article-date|pubdate|datum|date", re.IGNORECASE)
_APPOINTMENT_CLASS = re.compile(r"event|termin|veranstaltung|start|end[-_ ]?date", re.IGNORECASE)
_FOREIGN = (
    "ancestor::*[self::aside or self::footer or self::nav or contains(@class, 'omment') or contains(@id, 'omment')]"
)
_SITE_SUFFIX = re.compile(r"\s+[|·»:–—-]\s+")


def read_metadata(tree: HtmlElement) -> Metadata:
    """Return what the parsed page ``tree`` says of title, authors, publication, publisher and address."""
    meta = _meta_tags(tree)
    publisher = _first(meta, _META_PUBLISHER, one_line)
    head = Metadata(
        title=_first(meta, _META_TITLE, one_line),
        authors=next(filter(None, (persons(meta.get(key, []), single=False) for key in _META_AUTHOR)), ()),
        published=_first(meta, _META_PUBLISHED, to_edtf),
        publisher=None if publisher is None or web_address(publisher) else publisher,
        url=_canonical(tree, meta),
    )
    known = _json_ld(tree).or_else(_microdata(tree)).or_else(head).or_else(_visible(tree))
    return Metadata(
        title=_title(tree, known),
        authors=known.authors,
        published=known.published,
        publisher=known.publisher or _site_of_title(tree),
        url=known.url,
    )


def _meta_tags(tree: HtmlElement) -> dict[str, list[str]]:
    tags: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("http-equiv") or ""
        content = (element.get("content") or "").strip()
        if name and content:
            tags.setdefault(name.strip().casefold(), []).append(content)
    return tags


def _first(meta: Mapping[str, Sequence[str]], keys: Sequence[str], read: _Read) -> str | None:
    return next(filter(None, (read(content) for key in keys for content in meta.get(key, ()))), None)


def _canonical(tree: HtmlElement, meta: Mapping[str, Sequence[str]]) -> str | None:
    links = (web_address(link.get("href")) for link in tree.xpath("//link[@rel='canonical']"))
    return next(filter(None, links), None) or _first(meta, ("og:url",), web_address)


def _json_ld(tree: HtmlElement) -> Metadata:
    nodes: list[Mapping[str, object]] = []
    for script in tree.xpath("//script[contains(@type, 'ld+json')]"):
        try:
            nodes.extend(_flatten(json.loads(_uncommented(script.text or ""), strict=False)))
        except (ValueError, RecursionError):  # broken blocks are common; the page has other sources
            continue
    by_id = {str(node["@id"]): node for node in nodes if "@id" in node and len(node) > 1}
    found = Metadata()
    for kinds in (_ARTICLES, _PAGES):
        for node in nodes:
            if any(kinds.match(kind) for kind in _kinds(node)):
                found = found.or_else(_from_node(node, by_id, is_article=kinds is _ARTICLES))
                break  # further ones are teasers of other articles
    return found


def _uncommented(script: str) -> str:
    return re.sub(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*$", "", script)


def _flatten(value: object, depth: int = 0) -> Iterator[Mapping[str, object]]:
    if isinstance(value, list) and depth < 4:
        for item in value:
            yield from _flatten(item, depth + 1)
    elif isinstance(value, dict) and depth < 4:
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _flatten(value.get(key), depth + 1)


def _kinds(node: Mapping[str, object]) -> list[str]:
    kinds = node.get("@type", [])
    return [str(kind).rsplit("/", 1)[-1] for kind in (kinds if isinstance(kinds, list) else [kinds])]


def _from_node(node: Mapping[str, object], by_id: Mapping[str, Mapping[str, object]], *, is_article: bool) -> Metadata:
    def resolved(value: object) -> object:
        if isinstance(value, list):
            return [resolved(item) for item in value[:50]]
        if isinstance(value, Mapping) and "name" not in value and str(value.get("@id")) in by_id:
            return by_id[str(value["@id"])]
        return value

    publisher = resolved(node.get("publisher"))
    publisher = publisher[0] if isinstance(publisher, list) and publisher else publisher
    name = publisher.get("name") if isinstance(publisher, Mapping) else publisher
    return Metadata(
        title=one_line(node.get("headline") or node.get("name")) if is_article else None,
        authors=persons(resolved(node.get("author") or node.get("creator"))) if is_article else (),
        published=to_edtf(node.get("datePublished")) or (to_edtf(node.get("dateCreated")) if is_article else None),
        publisher=None if web_address(name) else one_line(name),
        url=web_address(node.get("url")),
    )


def _microdata(tree: HtmlElement) -> Metadata:
    def values(prop: str) -> Iterator[str]:
        marked = f"contains(concat(' ', @itemprop, ' '), ' {prop} ') or @property='schema:{prop}' or @property='{prop}'"
        for element in tree.xpath(f"//*[{marked}][not({_FOREIGN})]"):
            named = element.xpath(".//*[@itemprop='name' or @property='schema:name' or @property='name']")
            element = named[0] if named else element
            yield element.get("content") or element.get("datetime") or element.text_content()

    return Metadata(
        title=next(filter(None, map(one_line, values("headline"))), None),
        authors=tuple(dict.fromkeys(name for value in values("author") for name in persons(value, single=False))),
        published=next(filter(None, map(to_edtf, values("datePublished"))), None),
        publisher=next(filter(None, map(one_line, values("publisher"))), None),
    )


def _visible(tree: HtmlElement) -> Metadata:
    return Metadata(authors=_byline(tree), published=_time(tree))


def _byline(tree: HtmlElement) -> tuple[str, ...]:
    for element in tree.xpath(f"//*[@rel='author' or @class][not({_FOREIGN})]"):
        is_author = element.get("rel") == "author"
        if not is_author and not _BYLINE_CLASS.search(element.get("class") or ""):
            continue
        text = " ".join(element.text_content().split())
        if 0 < len(text) < 150:
            authors = read_authors(f"\n{text}\n") or names_at(text)[0]
            if authors:
                return authors
    return ()


def _time(tree: HtmlElement) -> str | None:
    """The date of a ``<time>`` that is marked as published, or the only one that stands apart from the prose."""
    times = tree.xpath(f"//time[@datetime][not({_FOREIGN})]")
    for element in times:
        marks = f"{element.get('class') or ''} {element.get('pubdate')} {element.get('itemprop') or ''}"
        if _APPOINTMENT_CLASS.search(marks):
            continue
        if (_PUBLISHED_CLASS.search(marks) or element.get("pubdate") is not None) and to_edtf(element.get("datetime")):
            return to_edtf(element.get("datetime"))
    apart = {
        to_edtf(element.get("datetime"))
        for element in times
        if element.getparent() is None or len(" ".join(element.getparent().text_content().split())) < 120
    }
    return apart.pop() if len(apart) == 1 else None


def _title(tree: HtmlElement, known: Metadata) -> str | None:
    title = known.title or one_line(tree.findtext(".//title"))
    heading = _heading(tree, title or "", known.publisher)
    if title is None or heading is None:
        return heading or (_without_site(title, known.publisher) if title else None)
    if known.title is None or _says_the_same(heading, title):
        return heading
    return _without_site(title, known.publisher)


def _heading(tree: HtmlElement, title: str, publisher: str | None) -> str | None:
    """The page's only main heading, or the one of several that its title repeats; failing that, its only ``<h2>``."""
    elements = tree.xpath("//article//h1 | //main//h1") or tree.xpath("//h1") or tree.xpath("//h2")
    texts = [text for element in elements if (text := one_line(element.text_content())) and text != publisher]
    if len(texts) > 1:
        texts = [text for text in texts if _says_the_same(text, title)]
    return texts[0] if texts else None


def _site_of_title(tree: HtmlElement) -> str | None:
    """The site in 'Heading | Section | Site', where the first part is what the page shows as its heading."""
    parts = _SITE_SUFFIX.split(one_line(tree.findtext(".//title")) or "")
    heading = one_line(" ".join(h.text_content() for h in tree.xpath("//h1")[:1]))
    if len(parts) > 1 and heading and _says_the_same(heading, parts[0]) and not _says_the_same(heading, parts[-1]):
        return parts[-1]
    return None


def _says_the_same(heading: str, title: str) -> bool:
    one, other = (re.sub(r"\W+", "", text).casefold() for text in (heading, title))
    return len(min(one, other, key=len)) > 5 and (one in other or other in one)


def _without_site(title: str, publisher: str | None) -> str:
    parts = _SITE_SUFFIX.split(title)
    if len(parts) > 1 and publisher and parts[-1].casefold() == publisher.casefold():
        return title[: title.rfind(parts[-1])].rstrip(" |·»:–—-")
    return title


def date_is_written(tree: HtmlElement, edtf: str) -> bool:
    """Tell whether the date stands on the page at all: a guess of a library that does not is no date."""
    return any(found.edtf == edtf for found in find_dates(tree.text_content())) or any(
        edtf in str(value) for element in tree.iter("meta", "time", "abbr", "link", "a") for value in element.values()
    )
