"""The bare network of a store of any size: things as numbers, statements as pairs of them, nothing of what they say.

A thing is some 250 bytes here, a statement eight; in a networkx graph with sentences either is several thousand.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from pyoxigraph import NamedNode, Store

from koopgraph.network.convert import ARTICLE, ENTITY_RELATIONS, VALUE_RELATIONS, local_class, speciality
from koopgraph.network.measures import ranks
from koopgraph.network.statements import Term, pairs, text_of
from koopgraph.rdf.vocabulary import KOOP, RDF

Numbers: TypeAlias = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Outline:
    """The statements between things: ``first`` and ``second`` are the ends of each, as positions in a list of things.

    ``values`` counts the statements of a thing and a text; ``themes`` are those that any thing has.
    """

    first: Numbers
    second: Numbers
    values: int
    themes: frozenset[Term]

    @property
    def statements(self) -> int:
        """Count the statements of things."""
        return len(self.first) + self.values


def stored_things(store: Store) -> list[str]:
    """Return the IRIs of the things in the default graph of ``store``, sorted: the nodes that ``to_networkx`` makes."""
    kinds: dict[str, str] = {}
    for iri, kind_iri in pairs(store, RDF.type):
        kind = local_class(text_of(kind_iri))
        if kind is not None and (iri not in kinds or speciality(kind) < speciality(kinds[iri])):
            kinds[iri] = kind
    return sorted(iri for iri, kind in kinds.items() if kind not in ("", ARTICLE))


def outline(store: Store, things: list[str]) -> Outline:
    """Return the statements of ``things``, which :func:`stored_things` found in ``store``."""
    number = {iri: position for position, iri in enumerate(things)}
    ends = array("i")
    for predicate in sorted(ENTITY_RELATIONS):
        for subject, other in pairs(store, predicate):
            if isinstance(other, NamedNode):
                first, second = number.get(subject, -1), number.get(other.value, -1)
                if first >= 0 and second >= 0:
                    ends.extend((first, second))
    values, themes = _values(store, number)
    table = np.frombuffer(ends, dtype=np.intc).reshape(-1, 2)
    return Outline(table[:, 0], table[:, 1], values, themes)


def _values(store: Store, number: Mapping[str, int]) -> tuple[int, frozenset[Term]]:
    count, themes = 0, set()
    for predicate in sorted(VALUE_RELATIONS):
        for subject, value in pairs(store, predicate):
            if subject in number:
                count += 1
                if predicate == KOOP.theme:
                    themes.add(value)
    return count, frozenset(themes)


def most_central(things: list[str], drawn: Outline, most: int) -> list[str]:
    """Return the ``most`` most central of ``things``, in their order; of equals the first stay."""
    rank = ranks(len(things), drawn.first, drawn.second)
    return [things[position] for position in sorted(np.argsort(-rank, kind="stable")[:most])]
