"""Words and signs of a text with their offsets: what the name finders walk over."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, partial
from typing import NamedTuple, cast

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
        return is_acronym(self.text)

    @property
    def is_odd(self) -> bool:
        """Whether capitals, signs or colons stand where ordinary words have none: KielQuer, See:Wege, puisto+."""
        return is_odd(self.text)


def is_acronym(text: str) -> bool:
    """Whether the token ``text`` is written in capitals."""
    if not text.isupper():
        return False
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= 2 and all(c.isupper() for c in letters)


def is_odd(text: str) -> bool:
    """Whether capitals, signs or colons stand in the token ``text`` where ordinary words have none."""
    if not text[:1].isalnum() or (text[1:].islower() and text.isalpha()) or text.endswith((":innen", ":in")):
        return False
    return bool(_CAMEL.search(text)) or "+" in text or ":" in text


@lru_cache(maxsize=2)  # the same text is asked for by one stage after the other
def tokenise(text: str) -> tuple[Token, ...]:
    """Return the words and signs of ``text`` in order, white space left out.

    >>> [t.text for t in tokenise("Bürger:innen der TU-Stadt, sitzplatz+!")]
    ['Bürger:innen', 'der', 'TU-Stadt', ',', 'sitzplatz+', '!']
    """
    chunks = text.split()
    last = chunks.pop() if text and not text[-1].isspace() else ""
    cut = [*map(_tokens_of, chunks), _cut(last)]
    return tuple(
        [
            _token((place + start, place + end, word, is_word, is_capitalised))
            for place, tokens in zip(_places(text, [*chunks, last]), cut, strict=True)
            for start, end, word, is_word, is_capitalised in tokens
        ]
    )


def _places(text: str, chunks: Sequence[str]) -> Iterator[int]:
    """Yield where each of ``chunks`` stands, which come in this order in ``text``."""
    place = 0
    for chunk in chunks:
        place = text.index(chunk, place)
        yield place
        place += len(chunk)


_token = cast("Callable[[tuple[int, int, str, bool, bool]], Token]", partial(tuple.__new__, Token))


@lru_cache(maxsize=50_000)
def _tokens_of(chunk: str) -> tuple[Token, ...]:
    """Return the tokens of what stands between white space: newspapers repeat it, and no token holds white space."""
    return _cut(chunk + " ")  # a hyphen belongs to the word before it where white space follows


def _cut(text: str) -> tuple[Token, ...]:
    return tuple(
        Token(m.start(), m.end(), word, word[0].isalnum(), word[0].isupper())
        for m in _TOKEN.finditer(text)
        if (word := m.group())
    )


def first_token(text: str) -> str:
    """Return the first word or sign of ``text``, which does not begin with white space."""
    match = _TOKEN.match(text)
    return match.group() if match else ""
