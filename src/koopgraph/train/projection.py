"""Where the gold's mentions stand: surface strings laid onto the text, and BIO labels of them."""

from __future__ import annotations

from collections.abc import Sequence

from koopgraph.annotate.names.view import TextView
from koopgraph.annotate.recognise.evidence import TokenIndex
from koopgraph.evaluate.gold import GoldEntity
from koopgraph.model import EntityType


def project(view: TextView, entities: Sequence[GoldEntity]) -> list[tuple[int, int, EntityType]]:
    """Return the first and last token and the class of every place where a gold mention stands.

    Longer strings come first, so that 'Leipzig' inside 'Universität Leipzig' is no city. A place that does not
    begin and end with words is left out.
    """
    index = TokenIndex(view)
    kinds: dict[str, EntityType] = {}
    for entity in entities:
        for name in (*entity.mentions, entity.name):
            kinds.setdefault(name, entity.type)
    taken = [False] * len(view.tokens)
    found = []
    for name in sorted(kinds, key=lambda n: (-len(n), n)):
        start = view.text.find(name)
        while start >= 0:
            place = index.tokens(start, start + len(name))
            if place is not None and not any(taken[place[0] : place[1] + 1]):
                taken[place[0] : place[1] + 1] = [True] * (place[1] - place[0] + 1)
                found.append((*place, kinds[name]))
            start = view.text.find(name, start + 1)
    return sorted(found)


def bio(count: int, spans: Sequence[tuple[int, int, EntityType]]) -> list[str]:
    """Return a label for each of ``count`` tokens.

    >>> bio(3, [(1, 2, EntityType.CITY)])
    ['O', 'B-City', 'I-City']
    """
    labels = ["O"] * count
    for first, last, kind in spans:
        labels[first] = f"B-{kind}"
        labels[first + 1 : last + 1] = [f"I-{kind}"] * (last - first)
    return labels


def spans_of(labels: Sequence[str]) -> list[tuple[int, int, EntityType]]:
    """Return the spans that ``labels`` mark: the inverse of :func:`bio`.

    >>> spans_of(["O", "B-City", "I-City"])
    [(1, 2, <EntityType.CITY: 'City'>)]
    """
    found: list[tuple[int, int, EntityType]] = []
    for place, label in enumerate(labels):
        if label.startswith("B-"):
            found.append((place, place, EntityType(label[2:])))
        elif label.startswith("I-") and found and found[-1][1] == place - 1 and found[-1][2] == label[2:]:
            found[-1] = (found[-1][0], place, found[-1][2])
    return found
