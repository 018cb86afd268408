"""Programmes, prizes, documents and institutions that exist: world knowledge from ``data/lexicon/known_names.toml``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from koopgraph.annotate.matches import matches_at, starts_of
from koopgraph.annotate.names.view import TextView
from koopgraph.annotate.word_tables import word_table
from koopgraph.model import EntityType, Mention

CONFIDENCE = 0.81  # a little above what a head noun alone tells: a known fund is a programme, not an organisation

_ALIKE = 3  # letters that all forms of a name share
_CASES = ("er", "es", "en", "em", "e")
# The adjective that begins a name takes any case ending, its noun a genitive -s.
_ADJECTIVE = re.compile(
    r"^(Deutsch|National|Europäisch|Sozial|Neu|Lebendig|Vereint|Experimentell|Städtebaulich|Energetisch|Grün|Link)"
    r"(?:er|es|e)(?= )"
)


@cache
def _known() -> tuple[re.Pattern[str], tuple[tuple[str, str, EntityType], ...]]:
    """Return the pattern of all names, and for each name (longest first) its expression, base form and class."""
    data = word_table("lexicon/known_names.toml")
    kinds = {name: EntityType(kind) for kind, names in data.items() for name in names}
    forms = {name: _inflected(name) for name in sorted(kinds, key=lambda n: (-len(n), n))}
    each = tuple((form, name, kinds[name]) for name, form in forms.items())
    return re.compile(rf"(?<![\w-])(?:{_by_first_letter(forms.values())})(?:e?s)?(?![\w-])"), each


@cache
def _beginnings() -> frozenset[str]:
    """Return the letters and digits that a known name begins with in any of its forms, up to the first other sign."""
    found: set[str] = set()
    for names in word_table("lexicon/known_names.toml").values():
        for name in names:
            first = re.split(r"\W", name)[0]
            adjective = _ADJECTIVE.match(name)
            if adjective is not None:
                found.update(adjective.group(1) + ending for ending in _CASES)
            elif first == name:
                found.update(first + ending for ending in ("", "s", "es"))
            else:
                found.add(first)
    return frozenset(found)


def _by_first_letter(forms: Iterable[str]) -> str:
    """Return the alternatives in groups of one first letter: most words are no name after one look."""
    groups: dict[str, list[str]] = {}
    for form in forms:
        groups.setdefault(form[0], []).append(form[1:])
    return "|".join(
        rf"{letter}(?:{'|'.join(rest)})" if letter.isalnum() else "|".join(letter + form for form in rest)
        for letter, rest in groups.items()
    )


def _inflected(name: str) -> str:
    """Return the expression that finds ``name`` whatever case its adjective is in."""
    adjective = _ADJECTIVE.match(name)
    if adjective is None:
        return re.escape(name)
    rest = re.escape(name[adjective.end() :]).replace(r"Projekte\ des", r"Projekten?\ des")
    return rf"{adjective.group(1)}(?:{'|'.join(_CASES)}){rest}"


@lru_cache(maxsize=4096)
def _which(form: str) -> tuple[str, EntityType]:
    """Return the base form and class of a known name; what begins like another one is not tried."""
    return next(
        (name, kind)
        for pattern, name, kind in _known()[1]
        if form.startswith(name[:_ALIKE]) and re.match(pattern, form)
    )


def find(view: TextView) -> Iterator[Mention]:
    """Yield the places of known names; also in the genitive and with the adjective in another case."""
    places = starts_of(view.text, _beginnings())
    for match in matches_at(_known()[0], view.text, places) if places else ():
        name, kind = _which(match.group())
        yield Mention(match.start(), match.end(), match.group(), kind, name, "known", CONFIDENCE)
