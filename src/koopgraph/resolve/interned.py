"""Strings and names of all articles, each held once and known by its number."""

from __future__ import annotations

from array import array

from koopgraph.model import EntityType
from koopgraph.resolve.spelling import identity_key, is_local

KINDS = tuple(EntityType)


class Strings:
    """Strings by their numbers, which follow each other from 0.

    >>> strings = Strings()
    >>> strings.number("Kiel"), strings.number("Jena"), strings.number("Kiel"), strings.texts
    (0, 1, 0, ['Kiel', 'Jena'])
    """

    __slots__ = ("_numbers", "texts")

    def __init__(self) -> None:
        """Begin without strings."""
        self.texts: list[str] = []
        self._numbers: dict[str, int] = {}

    def number(self, text: str) -> int:
        """Return the number of the string; a new one gets the next."""
        number = self._numbers.setdefault(text, len(self.texts))
        if number == len(self.texts):
            self.texts.append(text)
        return number

    def close(self) -> None:
        """Take no more strings: what finds their numbers is as large as they are."""
        self._numbers = {}

    def known(self, text: str) -> int | None:
        """Return the number of the string, None where it has none."""
        return self._numbers.get(text)


class Names:
    """Names by their numbers, each once a class, with what is asked of each again and again.

    ``texts`` are the names, ``kinds`` their classes as places in :data:`KINDS`, ``local`` says which name what every
    town has. ``keys`` are numbers of strings: class and :func:`~koopgraph.resolve.spelling.identity_key` ('City:kiel').
    """

    __slots__ = ("_by_kind", "_strings", "keys", "kinds", "local", "texts", "voiceless")

    def __init__(self, strings: Strings) -> None:
        """Begin without names; their keys go to ``strings``."""
        self._strings = strings
        self._by_kind: dict[EntityType, tuple[int, dict[str, int]]] = {k: (n, {}) for n, k in enumerate(KINDS)}
        self.texts: list[str] = []
        self.kinds = bytearray()
        self.local = bytearray()
        self.keys = array("i")
        self.voiceless: set[int] = set()
        """Names of signs alone, which have no key of their own: they are equal only where all signs are."""

    def __len__(self) -> int:
        """Return the number of names."""
        return len(self.texts)

    def number(self, kind: EntityType, text: str) -> int:
        """Return the number of a name of the class."""
        code, numbers = self._by_kind[kind]
        number = numbers.get(text)
        if number is None:
            number = numbers[text] = len(self.texts)
            key = identity_key(text, kind)
            if not key:
                self.voiceless.add(number)
            self.texts.append(text)
            self.kinds.append(code)
            self.local.append(is_local(text, kind))
            self.keys.append(self._strings.number(key_of(kind, key or text)))
        return number

    def close(self) -> None:
        """Take no more names."""
        self._by_kind = {}

    def kind(self, number: int) -> EntityType:
        """Return the class of a name."""
        return KINDS[self.kinds[number]]

    def key(self, number: int) -> str:
        """Return the key of a name without its class."""
        return self._strings.texts[self.keys[number]].partition(":")[2]

    def key_number(self, kind: EntityType, text: str) -> int | None:
        """Return the number of the key that names of this spelling have, None where there is no such name."""
        return self._strings.known(key_of(kind, identity_key(text, kind)))


def key_of(kind: EntityType, key: str) -> str:
    """Return what equal names of a class share among all strings."""
    return f"{kind}:{key}"
