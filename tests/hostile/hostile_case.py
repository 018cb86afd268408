"""One hostile file of the catalogue: what it is, what it attacks, what must become of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

STORY = "Zürich baut mit Leipzig einen neuen Hof. Das Richtfest fand am 3. Mai 2019 in Leipzig statt."
"""What an article says beside its attack."""


@dataclass(frozen=True, slots=True)
class Case:
    """A file: ``name`` (a file's), the group of ``attack``, what is ``tried``, and what must become of it.

    ``result`` is what must be there, of 'article', 'problem', 'limit' and 'nothing', joined by ' + '.
    """

    name: str
    attack: str
    tried: str
    result: str
    data: Callable[[], bytes]


def case(name: str, attack: str, tried: str, result: str, data: bytes | str | Callable[[], bytes]) -> Case:
    """Return the case; text is written as UTF-8."""
    if callable(data):
        return Case(name, attack, tried, result, data)
    content = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    return Case(name, attack, tried, result, lambda: content)
