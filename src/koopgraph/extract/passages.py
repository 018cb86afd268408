"""An article's sentences as the rules see them, made once for all extractors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from koopgraph.extract import references
from koopgraph.extract.salience import Salience
from koopgraph.extract.shadow import Shadow, ShadowMaker
from koopgraph.memo import of_last
from koopgraph.model import Annotated, Mention, Sentence


@dataclass(frozen=True, slots=True)
class Passages:
    """The shadow of every sentence, what the article is about, and its nominal references."""

    shadows: tuple[Shadow, ...]
    salience: Salience
    references: tuple[Mention, ...]


# 'Laufzeit | 2019–2022', 'Partner: …': a line with a label stands for itself, whatever ran it together with others.
_LABELLED = re.compile(r"(?m)^[\w .()/-]{2,32}? ?[|:](?:\s|$)")


def _rows(annotated: Annotated) -> Iterator[Sentence]:
    """Yield the sentences; those of several labelled lines one line at a time."""
    text = annotated.article.text
    for sentence in annotated.sentences:
        inside = text[sentence.start : sentence.end]
        if "\n" not in inside or not _LABELLED.search(inside):
            yield sentence
            continue
        for line in re.finditer(r"\S[^\n]*", inside):
            yield Sentence(sentence.start + line.start(), sentence.start + line.start() + len(line.group().rstrip()))


@of_last
def passages_of(annotated: Annotated) -> Passages:
    """Return the passages of ``annotated``; the last article's are kept, since every extractor asks for them."""
    salience = Salience(annotated)
    meant = tuple(references.find(annotated, salience))
    maker = ShadowMaker(annotated, meant)
    return Passages(tuple(maker.of(sentence) for sentence in _rows(annotated)), salience, meant)
