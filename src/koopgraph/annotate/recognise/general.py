"""Names in general (people, places, organisations, others): what the public labelled data teach."""

from __future__ import annotations

from collections.abc import Sequence

from koopgraph.annotate.gazetteer import Gazetteer
from koopgraph.annotate.recognise.chain import Chunk
from koopgraph.annotate.recognise.context_scores import Bundle

LONGEST_PLACE = 4  # words
_QUOTES = frozenset('„“”"»«')
_QUOTED, _BEGINS_PLACE, _IN_PLACE = ("quoted",), ("mB",), ("mI",)


def general_chunk(words: Sequence[str], gazetteer: Gazetteer) -> Chunk:
    """Return the words of one sentence with what the general model looks at beside them: quotations, place names."""
    features: list[tuple[Bundle, ...]] = [()] * len(words)
    if not _QUOTES.isdisjoint(words):
        quoted = False
        for i, word in enumerate(words):
            if word in _QUOTES:
                quoted = not quoted
            elif quoted:
                features[i] = (_QUOTED,)
    for i, word in enumerate(words):
        if word[:1].isupper() and gazetteer.begins_name(word):
            _mark_place(words, i, gazetteer, features)
    return Chunk(tuple(words), tuple(features))


def _mark_place(words: Sequence[str], first: int, gazetteer: Gazetteer, features: list[tuple[Bundle, ...]]) -> None:
    """Mark the name of a city or region of two words and more that begins at ``first``, where there is one."""
    for length in range(min(LONGEST_PLACE, len(words) - first), 1, -1):
        name = " ".join(words[first : first + length])
        if gazetteer.is_city_name(name) or gazetteer.region(name):
            for place in range(first, first + length):
                features[place] += (_BEGINS_PLACE if place == first else _IN_PLACE,)
            break
