"""How well the passages cited for right relations are those that the gold cites."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from koopgraph.evaluate.matching import Comparison
from koopgraph.evaluate.predictions import PredictedRelation


@dataclass(frozen=True, slots=True)
class Overlap:
    """Evidence of right relations against the gold's.

    ``relations`` are the right ones that cite a passage and whose gold evidence stands in the stored text;
    ``overlapping`` those of them of which a cited passage and the gold evidence have a character in common.
    ``characters_f1`` is the mean over ``relations`` of the best F1, by characters, of a cited passage and a place
    where the gold evidence stands: 1 where both are the same stretch of text, lower where a whole sentence is
    cited for half of it.
    """

    relations: int
    overlapping: int
    characters_f1: float

    @property
    def share(self) -> float:
        """The share of relations whose evidence overlaps; 0 where there are none."""
        return self.overlapping / max(1, self.relations)


def overlap(comparisons: Iterable[Comparison]) -> Overlap:
    """Measure the evidence of all right relations (see :class:`Overlap`)."""
    best = [f1 for comparison in comparisons for f1 in _of_article(comparison)]
    return Overlap(len(best), sum(f1 > 0 for f1 in best), sum(best) / max(1, len(best)))


def _of_article(comparison: Comparison) -> Iterator[float]:
    text = comparison.gold.article.text
    for key, stated in comparison.found.items():
        places = [place for gold in comparison.wanted.get(key, ()) for place in occurrences(text, gold.evidence)]
        cited = list(_spans(stated))
        if places and cited:
            yield max(_f1(passage, place) for passage in cited for place in places)


def _spans(stated: Iterable[PredictedRelation]) -> Iterator[tuple[int, int]]:
    for relation in stated:
        for passage in relation.passages:
            yield passage.start, passage.end


@lru_cache(maxsize=4096)
def occurrences(text: str, quote: str) -> tuple[tuple[int, int], ...]:
    """Return every place where ``quote`` stands in ``text``, whatever the white space; of a web page it may be none.

    >>> occurrences("In Graz, in Graz.", "n  Graz")
    ((1, 7), (10, 16))
    """
    words = map(re.escape, unicodedata.normalize("NFC", quote).split())
    return tuple(found.span() for found in re.finditer(r"\s+".join(words), text) if found.group())


def _f1(one: tuple[int, int], other: tuple[int, int]) -> float:
    common = min(one[1], other[1]) - max(one[0], other[0])
    return 2 * max(0, common) / (one[1] - one[0] + other[1] - other[0])
