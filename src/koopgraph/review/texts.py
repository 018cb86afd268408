"""What stands around a sentence in its article: often only that tells who 'he' is."""

from __future__ import annotations

import json
import re
from functools import cached_property

from koopgraph.store import ARTICLES, Generation

BEFORE, AFTER = 180, 90
"""Characters that are shown before and after a sentence, at most; whole words of them."""
_IRI = re.compile(rb'"iri": ("(?:[^"\\]|\\.)*")')


class Texts:
    """The stored texts of a build, read one by one: only where each begins in the file is kept."""

    def __init__(self, generation: Generation | None) -> None:
        """Take what :func:`koopgraph.store.open_generation` gave; None knows no text."""
        # Kept whole: its files stay in place while it lives.
        self._generation = generation
        self._path = generation.folder / ARTICLES if generation else None

    def of(self, iri: str) -> str:
        """Return the text of an article, '' where it is not (or no longer) stored."""
        place = self._places.get(iri)
        if place is None or self._path is None:
            return ""
        try:
            with self._path.open("rb") as lines:
                lines.seek(place)
                return str(json.loads(lines.readline())["text"])
        except (OSError, ValueError, KeyError):
            # The folder was built again meanwhile: the sentence alone has to do.
            return ""

    @cached_property
    def _places(self) -> dict[str, int]:
        places: dict[str, int] = {}
        if self._path is not None and self._path.is_file():
            with self._path.open("rb") as lines:
                place = 0
                for line in lines:
                    if found := _IRI.search(line):
                        places[str(json.loads(found[1]))] = place
                    place += len(line)
        return places


def around(text: str, start: int, end: int, *, title: str = "") -> tuple[str, str]:
    """Return what stands before (but for the title that begins the text) and after ``text[start:end]``.

    >>> around("Neues. Erst das. Dann dies. Zuletzt jenes.", 17, 27, title="Neues.")
    ('Erst das. ', ' Zuletzt jenes.')
    """
    first = len(title) if text.startswith(title) and len(title) <= start else 0
    before, after = text[max(first, start - BEFORE) : start].lstrip(), text[end : end + AFTER]
    if start - first > BEFORE:
        before = "… " + before.partition(" ")[2]
    if end + AFTER < len(text):
        after = after.rpartition(" ")[0] + " …"
    return before, after
