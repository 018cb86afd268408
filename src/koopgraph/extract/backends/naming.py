"""The class and the base form of a name that somebody else's model has found."""

from __future__ import annotations

from collections.abc import Iterator

from koopgraph.annotate.gazetteer import Gazetteer
from koopgraph.annotate.lexicon import load_lexicon
from koopgraph.annotate.names.base_forms import DECLINED, nominative
from koopgraph.model import Article, EntityType, Mention

_GENITIVES = ("'s", "’s", "'", "’", "s")
_EDGES = " \t\r\u00a0„“”\"»«‹›‚‘’',;:"
_LONGEST_NAME = 160  # characters; the longest names of ministries and programmes have about half as many
_SHORTEST = 4  # letters before a bare genitive s: 'Gmünds', not 'Graz'


def mention_of(
    article: Article, start: int, end: int, kind: EntityType, *, annotator: str, confidence: float
) -> Mention | None:
    """Return the mention ``article.text[start:end]`` without quotation marks at its ends, named in base form.

    None where nothing is left, or the passage is too long or runs over a line's end and so names nothing.
    """
    passage = article.text[start:end]
    text = passage.strip(_EDGES)
    if not 0 < len(text) <= _LONGEST_NAME or "\n" in text or not any(character.isalnum() for character in text):
        return None
    start += passage.index(text)
    name = base_name(text, kind, article.language)
    return Mention(start, start + len(text), text, kind, name, annotator, confidence)


def city_or_place(text: str) -> EntityType:
    """Tell a city from any other place by the gazetteer; states, countries and rivers are places.

    >>> city_or_place("Leipzigs"), city_or_place("Sachsen"), city_or_place("Bahnhofsviertel")
    (<EntityType.CITY: 'City'>, <EntityType.PLACE: 'Place'>, <EntityType.PLACE: 'Place'>)
    """
    gazetteer = Gazetteer.load()
    for form in _forms(text):
        if gazetteer.region(form):
            return EntityType.PLACE
        if gazetteer.is_city_name(form):
            return EntityType.CITY
    return EntityType.PLACE


def base_name(text: str, kind: EntityType, language: str) -> str:
    """Return a name without its genitive ending, in the nominative where it is German.

    >>> base_name("Leipzigs", EntityType.CITY, "de"), base_name("Deutschen Städtetags", EntityType.ORGANISATION, "de")
    ('Leipzig', 'Deutscher Städtetag')
    """
    if kind in (EntityType.CITY, EntityType.PLACE):
        gazetteer = Gazetteer.load()
        known = (form for form in _forms(text) if gazetteer.is_city_name(form) or gazetteer.region(form))
        return next(known, text)
    return nominative(text, load_lexicon("de")) if kind in DECLINED and language == "de" else text


def _forms(text: str) -> Iterator[str]:
    yield text
    for ending in _GENITIVES:
        if text.endswith(ending) and len(text) > _SHORTEST:
            yield text.removesuffix(ending)
