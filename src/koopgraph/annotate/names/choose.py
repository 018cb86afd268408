"""From overlapping candidates to mentions that stand side by side."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from koopgraph.model import Mention

# A longer name is worth this much confidence a word: 'Hochschule Mannheim' beats 'Mannheim'.
PER_WORD = 0.15


def choose(candidates: Iterable[Mention]) -> tuple[Mention, ...]:
    """Return the best candidates that do not overlap, in the order of the text."""

    def worth(mention: Mention) -> tuple[float, int, int, str]:
        words = mention.text.count(" ") + 1
        return (
            -(mention.confidence + PER_WORD * min(words, 8)),
            mention.start - mention.end,
            mention.start,
            mention.type,
        )

    chosen: list[Mention] = []
    starts: list[int] = []
    for mention in sorted(candidates, key=worth):
        place = bisect_left(starts, mention.start)
        free_before = place == 0 or chosen[place - 1].end <= mention.start
        free_after = place == len(chosen) or mention.end <= chosen[place].start
        if free_before and free_after:
            starts.insert(place, mention.start)
            chosen.insert(place, mention)
    return tuple(chosen)
