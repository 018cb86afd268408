"""Words and signs of a text with their offsets: what the name finders walk over."""

from __future__ import annotations

import re
from dataclasses import dataclass

# A word keeps its inner hyphens, apostrophes, colons (Bürger:innen) and '&'; '+' may end one (sitzplatz+).
_TOKEN = re.compile(r"\w+(?:[-‐‑’'&:*_/]\w+|\.(?=\w)(?<=[a-zäöü]{3}\.)\w+)*\+?(?:[-‐](?=[,\s]))?|[^\w\s]")
_CAMEL = re.compile(r"[a-zäöüß][A-ZÄÖÜ]|[A-ZÄÖÜ]{2,}[a-zäöüß]{2}")


@dataclass(frozen=True, slots=True)
class Token:
    """One word or sign: ``text == article.text[start:end]``."""

    start: int
    end: int
    text: str

    @property
    def is_word(self) -> bool:
        """Whether the token has letters or digits."""
        return self.text[0].isalnum()

    @property
    def is_capitalised(self) -> bool:
        """Whether the token begins with an upper-case letter."""
        return self.text[0].isupper()

    @property
    def is_acronym(self) -> bool:
        """Whether the token is written in capitals: BBSR, TU, IfL's capitals do not count."""
        letters = [c for c in self.text if c.isalpha()]
        return len(letters) >= 2 and all(c.isupper() for c in letters)

    @property
    def is_odd(self) -> bool:
        """Whether capitals, signs or colons stand where ordinary words have none: KielQuer, See:Wege, puisto+."""
        text = self.text
        if not self.is_word or text.endswith((":innen", ":in")):
            return False
        return bool(_CAMEL.search(text)) or "+" in text or ":" in text


def tokenise(text: str) -> tuple[Token, ...]:
    """Return the words and signs of ``text`` in order, white space left out.

    >>> [t.text for t in tokenise("Bürger:innen der TU-Stadt, sitzplatz+!")]
    ['Bürger:innen', 'der', 'TU-Stadt', ',', 'sitzplatz+', '!']
    """
    return tuple(Token(m.start(), m.end(), m.group()) for m in _TOKEN.finditer(text))
