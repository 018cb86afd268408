"""What a passage is about: the thing that a sentence means without naming it.

Of the things of a class, the one named in the passage itself is meant first, then the one named last in the
same paragraph before it, then the article's main one. An article has a main thing of a class where one of them
is named clearly more often than the others or in the title.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence, Set
from operator import attrgetter

from koopgraph.extract.shadow import Shadow
from koopgraph.model import Annotated, EntityType, Mention
from koopgraph.resolve.article import groups_of
from koopgraph.resolve.names import key

TITLE_WORTH = 3  # mentions that a place in the title counts for
_PARAGRAPH = re.compile(r"\n\n")
_BREAK = 2  # characters between two paragraphs
_START = attrgetter("start")
MINIMUM = 2  # a thing named once outside the title is not what an article is about


class Salience:
    """The things of one article by how much it is about them."""

    def __init__(self, annotated: Annotated) -> None:
        """Count the mentions of each thing of ``annotated``."""
        thing_of = {
            (kind, key(name, kind)): number
            for number, (kind, names) in enumerate(groups_of(annotated.mentions))
            for name in names
        }
        self._counts: Counter[int] = Counter()
        self._thing: dict[int, int] = {}
        self._first: dict[int, Mention] = {}
        self._main: dict[frozenset[EntityType], Mention | None] = {}
        self._of_kind: dict[EntityType, list[Mention]] = defaultdict(list)
        self._paragraphs = [0, *(match.start() for match in _PARAGRAPH.finditer(annotated.article.text))]
        for mention in annotated.mentions:
            self._of_kind[mention.type].append(mention)
            thing = thing_of[mention.type, key(mention.name, mention.type)]
            self._thing[mention.start] = thing
            self._first.setdefault(thing, mention)
            self._counts[thing] += TITLE_WORTH if mention.end <= len(annotated.article.title) else 1

    def main(self, kinds: Set[EntityType]) -> Mention | None:
        """Return the first mention of the thing among ``kinds`` that the article is about, or None."""
        asked = frozenset(kinds)
        if asked not in self._main:
            self._main[asked] = self._find_main(asked)
        return self._main[asked]

    def _find_main(self, kinds: Set[EntityType]) -> Mention | None:
        things = [t for t, mention in self._first.items() if mention.type in kinds]
        if not things:
            return None
        ranked = sorted(things, key=lambda t: (-self._counts[t], self._first[t].start))
        if len(ranked) == 1:
            return self._first[ranked[0]]
        best, second = self._counts[ranked[0]], self._counts[ranked[1]]
        return self._first[ranked[0]] if best >= MINIMUM and best > second else None

    def thing(self, mention: Mention) -> int:
        """Return the number of the thing that one of the article's mentions names."""
        return self._thing[mention.start]

    def last_before(self, offset: int, kind: EntityType) -> Mention | None:
        """Return the last mention of the class ``kind`` before ``offset`` in the same paragraph, or None."""
        paragraph = self._paragraphs[bisect_right(self._paragraphs, offset - _BREAK) - 1]
        mentions = self._of_kind[kind]
        before = bisect_left(mentions, offset, key=_START)
        return mentions[before - 1] if before and mentions[before - 1].start >= paragraph else None

    def about(self, shadow: Shadow, kinds: Sequence[EntityType], without: Collection[Mention] = ()) -> Mention | None:
        """Return what the passage of ``shadow`` is about among ``kinds`` (the first class that has one), or None.

        ``without`` are mentions that a statement already has in its other slot.
        """
        for kind in kinds:
            found = self._about(shadow, kind, without)
            if found is not None:
                return found
        return None

    def _about(self, shadow: Shadow, kind: EntityType, without: Collection[Mention]) -> Mention | None:
        if any(m.type is kind for m in without):
            main = self.main({kind})
            taken = {self._thing.get(m.start) for m in without}
            return main if main is not None and self._thing[main.start] not in taken else None
        for mark in shadow.marks.values():
            if isinstance(mark, Mention) and mark.type is kind:
                return mark
        return self.last_before(shadow.start, kind) or self.main({kind})
