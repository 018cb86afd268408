"""Other forms of a name that stand inside it: what is quoted, without the descriptor, the owner, the year.

'Büro stadtland' is also called 'stadtland', 'Fachbereich Stadtplanung der Stadt Braunschweig' also
'Fachbereich Stadtplanung'. The forms become further labels of the thing; they join no two things into one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from koopgraph.annotate.lexicon import Lexicon, load_lexicon
from koopgraph.model import EntityType, Language
from koopgraph.resolve.names import quoted_part

_GROUPS = {
    EntityType.ORGANISATION: "descriptors_organisation",
    EntityType.PROJECT: "descriptors_project",
    EntityType.PROGRAMME: "descriptors_programme",
    EntityType.EVENT: "descriptors_event",
    EntityType.AWARD: "descriptors_award",
    EntityType.DOCUMENT: "descriptors_document",
}
_OWNED = frozenset((EntityType.ORGANISATION, EntityType.PROGRAMME, EntityType.AWARD, EntityType.EVENT))
_OWNER = re.compile(r" (?:der|des|of|beim|im|in der|bei der) .+$")
_NUMBER = re.compile(r" (?:(?:19|20)\d\d(?:[/–-]\d{2,4})?|\d{1,3}[a-z]?)$")
_BRACKET = re.compile(r" \([^()]*\)$")
_DISTRICT = re.compile(r"^(?:\w+er )?(?:Stadtteil|Ortsteil|Stadtbezirk|Bezirk|Quartier|Stadtviertel|Viertel) ")
_SIGNS = re.compile(r"\s*[/·|]\s*")
SHORTEST = 3
SHORTEST_OWNED = 6  # letters that are left when the owner is cut off: 'Rat' alone names nobody


@lru_cache(maxsize=16384)
def shorter_forms(name: str, kind: EntityType, language: Language) -> tuple[str, ...]:
    """Return the shorter forms of ``name`` that stand inside it, sorted.

    >>> shorter_forms("Büro stadtland", EntityType.ORGANISATION, "de")
    ('stadtland',)
    >>> shorter_forms("Fachbereich Stadtplanung der Stadt Kiel", EntityType.ORGANISATION, "de")
    ('Fachbereich Stadtplanung',)
    """
    if kind is EntityType.PERSON:
        return ()
    forms = set(quoted_part(name)) | set(_cut(name, kind, load_lexicon(language)))
    return tuple(sorted(f for f in forms if f != name and len(f) >= SHORTEST))


def _cut(name: str, kind: EntityType, lexicon: Lexicon) -> Iterator[str]:
    first, _, rest = name.partition(" ")
    if kind in _GROUPS and rest and lexicon.is_word(_GROUPS[kind], first):
        yield rest.strip('„“”"»«')
    if kind in _OWNED:
        short = _OWNER.sub("", name)
        if len(short) >= SHORTEST_OWNED:
            yield short
    if kind in (EntityType.PLACE, EntityType.CITY):
        yield _DISTRICT.sub("", name)
        yield from _SIGNS.split(name)
    yield _NUMBER.sub("", name)
    yield _BRACKET.sub("", name)
