"""What is known about an article beside its text, from front matter, a JSON record or a page's head."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from koopgraph.read.authors import persons
from koopgraph.read.dates import to_edtf
from koopgraph.read.decode import clean

_TITLE_KEYS = ("title", "titel", "headline", "name")
_AUTHOR_KEYS = ("authors", "author", "autoren", "autor", "autorin", "byline", "creator", "creators", "by")
_PUBLISHED_KEYS = (
    *(
        "published",
        "datepublished",
        "publishedat",
        "publisheddate",
        "publishdate",
        "publisheddatetime",
        "publicationdate",
    ),
    *("pubdate", "date", "datum", "issued", "created", "createdat", "datecreated"),
)
_PUBLISHER_KEYS = ("publisher", "herausgeber", "sitename", "source", "quelle", "medium", "newspaper", "site", "website")
_URL_KEYS = ("url", "link", "canonicalurl", "canonical", "permalink", "sourceurl", "pageurl")
_SQUEEZE = re.compile(r"[\s_.:-]+")
_URL = re.compile("https?://[^\\s\ud800-\udfff]+$")


@dataclass(frozen=True, slots=True)
class Metadata:
    """Title, authors (plain names), date of publication (EDTF), publisher and address: None or empty where unknown."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    publisher: str | None = None
    url: str | None = None

    def or_else(self, other: Metadata) -> Metadata:
        """Fill what is unknown here from ``other``.

        >>> Metadata(title="Brücke").or_else(Metadata(title="Start", published="2015")).published
        '2015'
        """
        gaps = {f.name: getattr(other, f.name) for f in fields(self) if not getattr(self, f.name)}
        return replace(self, **gaps)


def from_record(record: Mapping[str, object]) -> Metadata:
    """Read the usual names of the fields, in any case and with '_', '-' or nothing between their words.

    A field that holds something else than its name promises counts as missing.

    >>> from_record({"Headline": "Brücke", "date_published": "21.9.2015", "author": {"name": "Jana Muster"}})
    Metadata(title='Brücke', authors=('Jana Muster',), published='2015-09-21', publisher=None, url=None)
    """
    values = {_SQUEEZE.sub("", str(key)).casefold(): value for key, value in record.items()}
    authors = (persons(values[key]) for key in _AUTHOR_KEYS if key in values)
    dates = (to_edtf(values[key]) for key in _PUBLISHED_KEYS if key in values)
    titles = (one_line(values[key]) for key in _TITLE_KEYS if key in values)
    publishers = (_publisher(values[key]) for key in _PUBLISHER_KEYS if key in values)
    urls = (web_address(values[key]) for key in _URL_KEYS if key in values)
    return Metadata(
        title=next(filter(None, titles), None),
        authors=next(filter(None, authors), ()),
        published=next(filter(None, dates), None),
        publisher=next(filter(None, publishers), None),
        url=next(filter(None, urls), None),
    )


def one_line(value: object) -> str | None:
    """Return ``value`` as stored text on one line, entities resolved; None where it is no text or empty."""
    if not isinstance(value, str | int) or isinstance(value, bool):
        return None
    return " ".join(clean(html.unescape(str(value))).split()) or None


def web_address(value: object) -> str | None:
    """Return ``value`` where it is an http or https address, else None."""
    return value.strip() if isinstance(value, str) and _URL.match(value.strip()) else None


def _publisher(value: object) -> str | None:
    if isinstance(value, Mapping):
        value = value.get("name")
    if isinstance(value, list | tuple):
        value = value[0] if value else None
    name = one_line(value)
    return None if name is None or web_address(name) else name
