"""Names: which passages name a project, programme, event, city, place, organisation, person, award or document.

Each finder proposes mentions by its own rules; :func:`choose.choose` settles overlaps; ``repeats`` then
carries what is known to the other places of a name.
"""

from __future__ import annotations

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


def find(view: TextView) -> tuple[Mention, ...]:
    """Return the mentions in ``view``, side by side and in the order of the text."""
    candidates = [mention for finder in FINDERS for mention in finder(view)]
    chosen = choose(candidates)
    settled = choose([*chosen, *repeats.find(view, chosen)])
    return tuple(in_base_form(mention, view) for mention in settled)
