"""Words that a text must hold before a regular expression can match it: cheaper to look up than to search for.

1. :func:`required_words` reads off an expression, which ignores case, the words without which it matches nothing. Of
   alternatives one is enough; what may be left out is required by none.
2. :class:`WordFinder` tells which of many such words a text holds. A text's words come again and again, and what is
   held by each is kept.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from itertools import chain
from types import MappingProxyType
from typing import Any, TypeAlias

Required: TypeAlias = tuple[frozenset[str], ...]
"""Sets of (parts of) words: of each set, a text must hold one."""

SHORTEST = 3
_WORD = re.compile(r"\w+")
# Python's own parser of expressions; an expression that it cannot be asked about requires nothing.
_PARSER: Any = import_module("re._parser")


def fold(text: str) -> str:
    """Return ``text`` so that what an expression holds for equal, whatever the case, is equal.

    >>> fold("STRASSE") == fold("straße")
    True
    """
    return text.replace("ı", "i").replace("İ", "i").casefold()


def required_words(
    expression: str, *, shortest: int = SHORTEST, parts: Mapping[str, Required] = MappingProxyType({})
) -> Required:
    """Return the words that a text must hold for ``expression`` to match, of each set one; ``re.error`` if malformed.

    Words of less than ``shortest`` letters do not count: they stand in almost every text. A letter of ``parts`` stands
    for an expression that requires what is given with it.

    >>> [sorted(words) for words in required_words(r"(?:leitet|führt) (?:das )?Projekt")]
    [['führt', 'leitet'], ['projekt']]
    """
    return tuple(_Reader(shortest, parts).read(_PARSER.parse(expression, re.IGNORECASE)))


@dataclass(frozen=True, slots=True)
class _Reader:
    shortest: int
    parts: Mapping[str, Required]

    def read(self, parsed: Iterable[tuple[Any, Any]]) -> list[frozenset[str]]:
        found: list[frozenset[str]] = []
        letters = ""
        for operation, what in (*parsed, ("END", None)):
            kind = str(operation)
            if kind == "LITERAL":
                letters += chr(what)
            elif kind != "AT":  # a border between letters does not part them
                found += self._of_letters(letters)
                letters = ""
                found += self._of_structure(kind, what)
        return found

    def _of_letters(self, letters: str) -> list[frozenset[str]]:
        word = max(_WORD.findall(letters), key=len, default="")
        of_parts = chain.from_iterable(self.parts[letter] for letter in letters if letter in self.parts)
        return [*([frozenset({fold(word)})] if len(word) >= self.shortest else ()), *of_parts]

    def _of_structure(self, kind: str, what: Any) -> list[frozenset[str]]:
        """Return what a group, a repetition or alternatives require."""
        if kind == "SUBPATTERN":
            return self.read(what[-1])
        if kind in {"MAX_REPEAT", "MIN_REPEAT"} and what[0] > 0:
            return self.read(what[2])
        if kind == "BRANCH":
            alternatives = [self.read(one) for one in what[1]]
            return [frozenset().union(*map(rarest, alternatives))] if all(alternatives) else []
        return []


def rarest(required: Sequence[frozenset[str]]) -> frozenset[str]:
    """Return the set that texts are least likely to hold a word of: long words, and few of them."""
    return max(required, key=lambda words: (min(map(len, words)), -len(words), sorted(words)))


class WordFinder:
    """Finds which of its words stand in a text, also as parts of longer ones."""

    def __init__(self, words: Iterable[str]) -> None:
        """Take the words, folded as those that are required are."""
        words = sorted(set(words))
        self._shortest = min(map(len, words), default=1)
        self._by_beginning: dict[str, list[str]] = defaultdict(list)
        for word in words:
            self._by_beginning[word[: self._shortest]].append(word)
        self.inside = lru_cache(maxsize=65536)(self._inside)

    def _inside(self, word: str) -> frozenset[str]:
        places = range(len(word) - self._shortest + 1)
        known = ((one, at) for at in places for one in self._by_beginning.get(word[at : at + self._shortest], ()))
        return frozenset(one for one, at in known if word.startswith(one, at))

    def find(self, text: str) -> frozenset[str]:
        """Return those of the words that ``text`` holds; :meth:`inside` says it of one word that is folded.

        >>> sorted(WordFinder(["bau", "rat"]).find("Der Baurat tagt."))
        ['bau', 'rat']
        """
        return frozenset().union(*map(self.inside, _WORD.findall(fold(text))))


def holds(required: Required, found: Set[str]) -> bool:
    """Whether one word of each required set is among those that were found."""
    return not any(words.isdisjoint(found) for words in required)
