"""Puts an article together: the title once and first, gaps in the metadata filled from the text itself."""

from __future__ import annotations

import re

from koopgraph.errors import ReadError
from koopgraph.model import Article
from koopgraph.read.byline import read_authors
from koopgraph.read.dateline import read_published, read_publisher
from koopgraph.read.metadata import Metadata

MAX_TITLE = 250
"""Characters from which a first line is no title but a paragraph: then its first sentence is taken."""

_TITLE_LINES = 4
"""First lines among which a page repeats its title, below a kicker or a line of navigation."""

_MARKS = re.compile(r"^(?:#{1,6}\s+|[=*_~]{1,3}\s*|[-–—•]\s+)|(?<!\s)\s*(?:[=*_~]{1,3}|\s#+)$")
_LETTER = re.compile(r"[^\W_]")
_RULES = re.compile(r"\A(?:[^\w\n]*\n)+")  # lines above the title without a letter or digit
_SENTENCE = re.compile(r".{20,250}?[.!?](?=\s)", re.DOTALL)


def make_article(source: str, body: str, metadata: Metadata) -> Article:
    """Make the article of ``source`` from its stored text and what its format says about it.

    ``body`` is clean text (see :mod:`koopgraph.read.decode`). Where ``metadata`` has a title, it is put in
    front, unless the body begins with it; else the first line is the title, without marks of emphasis.
    Raises :class:`ReadError` where there is no text.
    """
    body = _RULES.sub("", body).strip()
    if not _LETTER.search(body):
        raise ReadError(source, "holds no text", "Check that the file was saved with its content.")
    if metadata.title:
        title = metadata.title
        rest = _without_title(body, title)
        text = f"{title}\n\n{rest}" if rest else title
    else:
        title, text = _first_line(body), body
    return Article(
        source=source,
        text=text,
        title=title,
        authors=metadata.authors or read_authors(text),
        published=metadata.published or read_published(text),
        publisher=metadata.publisher or read_publisher(text),
        url=metadata.url,
    )


def _first_line(text: str) -> str:
    line = text.split("\n", 1)[0].strip()
    title = _MARKS.sub("", _MARKS.sub("", line)).strip() or line
    if len(title) <= MAX_TITLE:
        return title
    sentence = _SENTENCE.match(title)
    return sentence[0] if sentence else title[:MAX_TITLE].rsplit(" ", 1)[0]


def _without_title(body: str, title: str) -> str:
    lines = body.split("\n")
    wanted = _bare(title)
    seen = 0
    for index, line in enumerate(lines):
        if not line.strip():
            continue
        if _bare(line) == wanted:
            return "\n".join(lines[:index] + lines[index + 1 :]).strip()
        seen += 1
        if seen == _TITLE_LINES:
            break
    return body


def _bare(line: str) -> str:
    return " ".join(re.sub(r"[\W_]+", " ", line).casefold().split())
