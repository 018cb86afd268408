"""Names: which passages name a project, programme, event, city, place, organisation, person, award or document.

1. Each finder proposes mentions by its own rules; :func:`choose.choose` settles overlaps; ``repeats`` then
   carries what is known to the other places of a name.
2. The trained model (:mod:`koopgraph.annotate.recognise`) reads the text together with these proposals and decides.
"""

from __future__ import annotations

from dataclasses import dataclass

from koopgraph.annotate.names import (
    acronyms,
    gatherings,
    known,
    naming,
    organisations,
    persons,
    places,
    quoted,
    repeats,
    undertakings,
)
from koopgraph.annotate.names.base_forms import in_base_form
from koopgraph.annotate.names.choose import choose
from koopgraph.annotate.names.view import Finder, TextView
from koopgraph.model import Mention

FINDERS: tuple[Finder, ...] = (
    known.find,
    persons.find,
    places.find,
    organisations.find,
    acronyms.find,
    quoted.find,
    undertakings.find,
    naming.find,
    gatherings.find,
)


@dataclass(frozen=True, slots=True)
class Proposals:
    """What the rules say about one text: every candidate, and those that they settle on, side by side."""

    candidates: tuple[Mention, ...]
    settled: tuple[Mention, ...]


def propose(view: TextView) -> Proposals:
    """Return the mentions that the rules propose in ``view``."""
    candidates = [mention for finder in FINDERS for mention in finder(view)]
    chosen = choose(candidates)
    again = list(repeats.find(view, chosen))
    settled = choose([*chosen, *again])
    return Proposals((*candidates, *again), tuple(in_base_form(mention, view) for mention in settled))


def find(view: TextView) -> tuple[Mention, ...]:
    """Return the mentions in ``view`` by the rules alone, side by side and in the order of the text."""
    return propose(view).settled
