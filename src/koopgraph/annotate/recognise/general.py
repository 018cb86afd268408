"""Names in general (people, places, organisations, others): what the public labelled data teach."""

from __future__ import annotations

from collections.abc import Sequence

from koopgraph.annotate.gazetteer import Gazetteer
from koopgraph.annotate.recognise.chain import Chunk

LONGEST_PLACE = 4  # words
_QUOTES = frozenset('„“”"»«')


def general_chunk(words: Sequence[str], gazetteer: Gazetteer) -> Chunk:
    """Return the words of one sentence with what the general model looks at: pairs of words, long place names."""
    count = len(words)
    low = [w.lower() for w in words]
    features: list[list[str]] = [[] for _ in words]
    quoted = False
    for i, word in enumerate(words):
        found = features[i]
        if i:
            found.append(f"-|{low[i - 1]}|{low[i]}")
        if i + 1 < count:
            found.append(f"+|{low[i]}|{low[i + 1]}")
        if word in _QUOTES:
            quoted = not quoted
        elif quoted:
            found.append("quoted")
    _places(words, gazetteer, features)
    return Chunk(tuple(words), tuple(tuple(f) for f in features))


def _places(words: Sequence[str], gazetteer: Gazetteer, features: list[list[str]]) -> None:
    """Mark names of cities and regions of two words and more."""
    for i, word in enumerate(words):
        if not word[:1].isupper() or not gazetteer.begins_name(word):
            continue
        for length in range(min(LONGEST_PLACE, len(words) - i), 1, -1):
            name = " ".join(words[i : i + length])
            if gazetteer.is_city_name(name) or gazetteer.region(name):
                for place in range(i, i + length):
                    features[place].append("mB" if place == i else "mI")
                break
