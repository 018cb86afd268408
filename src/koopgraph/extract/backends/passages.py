"""Where the words that a model gives back stand in the article: nothing else of them counts.

White space is the one thing that may differ, for models fold line breaks; what is used is the article's text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from koopgraph.model import Annotated, Article, Evidence, Mention


def quoted(article: Article, quote: str) -> Evidence | None:
    """Return the first passage of the article that reads as ``quote``, or None where it has none.

    >>> article = Article("a.txt", "Titel\\n\\nGera baut\\nWohnungen.", "Titel")
    >>> quoted(article, "Gera baut Wohnungen.").start
    7
    >>> quoted(article, "Gera baut Schulen.")
    """
    sensible = quote.strip() and len(quote) <= 2 * len(article.text)
    found = re.search(_pattern(quote), article.text) if sensible else None
    return Evidence.of(article, found.start(), found.end()) if found else None


def occurrences(article: Article, name: str) -> Iterator[tuple[int, int]]:
    """Yield the spans at which ``name`` stands in the article as words of its own.

    >>> list(occurrences(Article("a.txt", "Gera und Geraer in Gera", ""), "Gera"))
    [(0, 4), (19, 23)]
    """
    if name.strip() and len(name) <= len(article.text):
        for found in re.finditer(rf"(?<![\w-]){_pattern(name)}(?![\w-])", article.text):
            yield found.span()


def _pattern(words: str) -> str:
    return r"\s+".join(map(re.escape, words.split()))


def sentences_around(annotated: Annotated, start: int, end: int) -> Evidence:
    """Return the sentences from the one that holds ``start`` to the one that holds the character before ``end``."""
    first, last = annotated.sentence_at(start), annotated.sentence_at(end - 1)
    return Evidence.of(annotated.article, min(first.start, start), max(last.end, end))


def settled(annotated: Annotated, start: int, end: int) -> Mention | None:
    """Return the mention of the article that overlaps the span: that of most characters, or None."""
    overlapping = [m for m in annotated.mentions if m.start < end and start < m.end]
    return max(overlapping, key=lambda m: (min(m.end, end) - max(m.start, start), -m.start), default=None)
