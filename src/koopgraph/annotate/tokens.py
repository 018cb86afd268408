"""Words and signs of a text with their offsets: what the name finders walk over."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

# A word keeps its inner hyphens, apostrophes, colons (Bürger:innen) and '&'; '+' may end one (sitzplatz+).
_TOKEN = re.compile(r"\w+(?:[-‐‑’'&:*_/]\w+|\.(?=\w)(?<=[a-zäöü]{3}\.)\w+)*\+?(?:[-‐](?=[,\s]))?|[^\w\s]")
_CAMEL = re.compile(r"[a-zäöüß][A-ZÄÖÜ]|[A-ZÄÖÜ]{2,}[a-zäöüß]{2}")


class Token(NamedTuple):
    """One word or sign: ``text == article.text[start:end]``; whether it has letters or digits, begins in upper case."""

    start: int
    end: int
    text: str
    is_word: bool
    is_capitalised: bool

    @property
    def is_acronym(self) -> bool:
        """Whether the token is written in capitals: BBSR, TU, IfL's capitals do not count."""
        if not self.text.isupper():
            return False
        letters = [c for c in self.text if c.isalpha()]
        return len(letters) >= 2 and all(c.isupper() for c in letters)

    @property
    def is_odd(self) -> bool:
        """Whether capitals, signs or colons stand where ordinary words have none: KielQuer, See:Wege, puisto+."""
        text = self.text
        if not self.is_word or (text[1:].islower() and text.isalpha()) or text.endswith((":innen", ":in")):
            return False
        return bool(_CAMEL.search(text)) or "+" in text or ":" in text


@lru_cache(maxsize=2)  # the same text is asked for by one stage after the other
def tokenise(text: str) -> tuple[Token, ...]:
    """Return the words and signs of ``text`` in order, white space left out.

    >>> [t.text for t in tokenise("Bürger:innen der TU-Stadt, sitzplatz+!")]
    ['Bürger:innen', 'der', 'TU-Stadt', ',', 'sitzplatz+', '!']
    """
    return tuple(
        Token(m.start(), m.end(), word, word[0].isalnum(), word[0].isupper())
        for m in _TOKEN.finditer(text)
        if (word := m.group())
    )


def first_token(text: str) -> str:
    """Return the first word or sign of ``text``, which does not begin with white space."""
    match = _TOKEN.match(text)
    return match.group() if match else ""
