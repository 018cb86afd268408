"""Periods that an article tells in two places: 'Baustart ist im April, im Oktober 2025 muss der Kessel laufen'.

A beginning and an end that stand near each other may be one period of a project; one time alone may be its beginning
or its end, where a word of the sentence says so ('fertig', 'begann'). Which of them holds is for the model to say.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache

from koopgraph.model import Annotated, TimeExpression

NEAR = 2  # sentences between a beginning and its end
NEXT = 4  # times after a beginning that may be its end
_POINT = re.compile(r"\d{4}(?:-\d\d){0,2}")
_ENDS = re.compile(
    r"fertig|abgeschlossen|abschluss|\bend(?:e|et|ete)\b|beendet|einzieh|ziehen|bezug|bezogen|eröffn|übergeben|abgebrochen"
    r"|schluss|complete|finish|\bends?\b|ended|move in|open|until|last",
    re.IGNORECASE,
)
_BEGINS = re.compile(
    r"beg(?:inn|ann|onnen)|start|angelaufen|läuft|seit|gegründet|aufgemacht|eröffnet|losgeh|los geht|geht los|ins leben"
    r"|launch|begin|began|begun|since|founded|starts",
    re.IGNORECASE,
)


def periods(annotated: Annotated) -> Iterator[tuple[str, tuple[TimeExpression, ...]]]:
    """Yield possible periods in EDTF with the one or two times that they are made of, in the order of the text."""
    text = annotated.article.text
    starts = [sentence.start for sentence in annotated.sentences]
    for number, time in enumerate(annotated.times):
        sentence = annotated.sentence_at(time.start)
        if _POINT.fullmatch(time.edtf):
            told = milestones(text[sentence.start : sentence.end])
            if "end" in told:
                yield f"../{time.edtf}", (time,)
            if "beginning" in told:
                yield f"{time.edtf}/..", (time,)
        for other in annotated.times[number + 1 : number + 1 + NEXT]:
            first, last = _edge(time.edtf, "/.."), _edge(other.edtf, "../")
            apart = bisect_right(starts, other.start) - bisect_right(starts, sentence.start)
            if apart <= NEAR and first and last and first[:4] <= last[:4] and first < last:
                yield f"{first}/{last}", (time, other)


@lru_cache(maxsize=64)  # a sentence of several times is asked for each
def milestones(sentence: str) -> frozenset[str]:
    """Return which ends of a period the words of a sentence speak of: "beginning", "end", both or none.

    >>> sorted(milestones("Im April 2024 ist Baustart.")), sorted(milestones("Seit 2019 ist sie fertig."))
    (['beginning'], ['beginning', 'end'])
    """
    words = (("beginning", _BEGINS), ("end", _ENDS))
    return frozenset(end for end, pattern in words if pattern.search(sentence))


def _edge(edtf: str, open_side: str) -> str | None:
    """Return the point that a time names as a beginning (open side '/..') or an end ('../'), or None."""
    point = edtf.removesuffix(open_side) if open_side == "/.." else edtf.removeprefix(open_side)
    return point if _POINT.fullmatch(point) else None
