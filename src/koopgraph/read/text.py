"""Plain text: the whole file is the text, its first line the title."""

from __future__ import annotations

from koopgraph.errors import ReadError
from koopgraph.model import Article
from koopgraph.read.article import make_article
from koopgraph.read.decode import decode
from koopgraph.read.front_matter import split_front_matter
from koopgraph.read.metadata import Metadata


def read_text(name: str, data: bytes) -> Article:
    """Read the bytes of the .txt file ``name``; front matter, where it is well-formed, counts as in Markdown.

    Raises :class:`ReadError` where there is no text.
    """
    text = decode(name, data)
    try:
        metadata, body = split_front_matter(name, text)
    except ReadError:  # a plain text may begin with lines that only look like it
        metadata, body = Metadata(), text
    return make_article(name, body, metadata)
