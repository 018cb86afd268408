"""One article as the domain's model reads it: chunks of words with everything that is known about them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass

from koopgraph.annotate.names import Proposals
from koopgraph.annotate.names.view import TextView
from koopgraph.annotate.recognise.chain import Chain, Chunk
from koopgraph.annotate.recognise.evidence import TokenIndex, add_general, add_rules
from koopgraph.annotate.recognise.general import general_chunk
from koopgraph.annotate.recognise.sums import lattices
from koopgraph.annotate.recognise.surroundings import add_surroundings
from koopgraph.annotate.recognise.words import WordFeatures

LONGEST_CHUNK = 120  # words; a longer sentence is a list or a table, and is cut


@dataclass(frozen=True, slots=True)
class Reading:
    """An article's chunks. ``places`` are the tokens of each: the first, and the one after the last."""

    view: TextView
    index: TokenIndex
    proposals: Proposals
    places: tuple[tuple[int, int], ...]
    chunks: tuple[Chunk, ...]
    words: WordFeatures


def read_view(view: TextView, proposals: Proposals, general: Mapping[str, Chain]) -> Reading:
    """Return ``view`` ready for the domain's model; ``general`` has the general model of each language."""
    words = WordFeatures.load(view.lexicon.language)
    places = chunk_places(view)
    index = TokenIndex(view)
    texts = [tuple(t.text for t in view.tokens[begin:end]) for begin, end in places]
    plain = [general_chunk(text, view.gazetteer) for text in texts]
    features = [list(found) for chunk in plain for found in chunk.features]
    add_surroundings(view, features)
    add_rules(view, index, proposals.candidates, proposals.settled, features)
    chain = general[words.language]
    add_general(chain, lattices(chain, plain, words), view, features)
    common = (f"lang={words.language}",)
    chunks = tuple(
        Chunk(text, tuple(map(tuple, features[begin:end])), common)
        for text, (begin, end) in zip(texts, places, strict=True)
    )
    return Reading(view, index, proposals, places, chunks, words)


def chunk_places(view: TextView) -> tuple[tuple[int, int], ...]:
    """Return the tokens of each sentence: the first and the one after the last; long ones are cut."""
    starts = [t.start for t in view.tokens]
    places = []
    begin = 0
    borders = [*[bisect_left(starts, s.start) for s in view.sentences][1:], len(starts)]
    for border in borders:
        while begin < border:
            end = min(border, begin + LONGEST_CHUNK)
            places.append((begin, end))
            begin = end
    return tuple(places)
