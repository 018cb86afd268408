"""What office documents say of themselves: mostly what a template or a program filled in, so the text has to agree."""

from __future__ import annotations

from collections.abc import Iterable

from koopgraph.read.article import MAX_TITLE
from koopgraph.read.authors import persons
from koopgraph.read.metadata import Metadata, one_line

_HEAD = 2_000
"""Characters at the beginning in which a text names its title and author."""


def confirmed(title: object, author: object, body: str, first: Iterable[str]) -> Metadata:
    """Return title and author of a document's properties where its text has them too.

    ``first`` are the first paragraphs of ``body``; the title is the one that holds the property's.

    >>> confirmed("Neue Brücke", "admin", "Neue Brücke fertig", ["Neue Brücke fertig"])
    Metadata(title='Neue Brücke fertig', authors=(), published=None, publisher=None, url=None)
    """
    named = (one_line(title) or "").casefold()
    lines = (one_line(text) for text in first if len(text) <= MAX_TITLE)
    head = " ".join(body[:_HEAD].split()).casefold()
    authors = persons(one_line(author) or "")
    return Metadata(
        title=next((line for line in lines if line and named and named in line.casefold()), None),
        authors=tuple(name for name in authors if name.casefold() in head),
    )
