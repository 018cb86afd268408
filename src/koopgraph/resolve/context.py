"""The company in which things are named: what tells namesakes apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
NOTHING: frozenset[str] = frozenset()


class Context(NamedTuple):
    """The company of a thing, in one article or in several: what tells namesakes apart.

    ``located`` are the cities where statements say that it is, ``stated`` those of any statement about it, ``near``
    those of its sentences, ``home`` the city that the article is about. ``tied`` are other things of statements about
    it, ``beside`` those of its sentences. All are identities: an authority's IRI, or class and key. ``roles`` are
    offices and professions, ``dates`` those of its statements in EDTF, ``published`` are the years of the articles.
    """

    located: frozenset[str] = NOTHING
    stated: frozenset[str] = NOTHING
    near: frozenset[str] = NOTHING
    home: frozenset[str] = NOTHING
    tied: frozenset[str] = NOTHING
    beside: frozenset[str] = NOTHING
    roles: frozenset[str] = NOTHING
    dates: frozenset[str] = NOTHING
    published: frozenset[str] = NOTHING

    @property
    def cities(self) -> frozenset[str]:
        """The surest cities that are known: of statements, else the article's, else of sentences."""
        return self.stated or self.home or self.near

    @property
    def own_cities(self) -> frozenset[str]:
        """The cities of the thing itself: of its statements, else of its sentences."""
        return self.stated or self.near

    @property
    def all_cities(self) -> frozenset[str]:
        """Every city that is known, sure or not."""
        return self.stated | self.near | self.home

    @property
    def years(self) -> frozenset[str]:
        """The years of its dates."""
        return frozenset(year for date in self.dates for year in YEAR.findall(date))

    @property
    def company(self) -> frozenset[str]:
        """All things that statements or sentences put beside it."""
        return self.tied | self.beside

    @classmethod
    def of_all(cls, contexts: Sequence[Context]) -> Context:
        """Return the company that the contexts have together."""
        if len(contexts) == 1:
            return contexts[0]
        return cls(*(NOTHING.union(*those) for those in zip(*contexts, strict=True)))
