"""Cities from the gazetteer, regions and rivers, and places that their last word tells (Bahnhofstraße, Bootshafen)."""

from __future__ import annotations

from collections.abc import Iterator

from koopgraph.annotate.names.view import TextView
from koopgraph.model import EntityType, Mention

MAX_CITY_WORDS = 5
SMALL = 15_000  # below this many people a one-word name needs a preposition or 'Stadt' before it


def find(view: TextView) -> Iterator[Mention]:
    """Yield cities, regions and other places in ``view``."""
    taken = -1
    for index in view.capitalised:
        if index <= taken:
            continue
        listed = view.gazetteer.may_begin_name(view.words[index])
        found = (_gazetteer_name(view, index) if listed else None) or _headed_place(view, index)
        if found is not None:
            mention, taken = found
            yield mention


def _gazetteer_name(view: TextView, first: int) -> tuple[Mention, int] | None:
    word = view.tokens[first].text
    longer = view.gazetteer.begins_name(word) or (word.isupper() and view.gazetteer.begins_name(word.capitalize()))
    most = MAX_CITY_WORDS if longer else 1
    for last in range(min(first + most, len(view.tokens)) - 1, first - 1, -1):
        if not view.tokens[last].is_word or not view.adjacent_run(first, last):
            continue
        text = view.text[view.tokens[first].start : view.tokens[last].end]
        for name in _base_forms(text):
            if view.gazetteer.region(name) and not view.lexicon.is_word("not_names", name):
                return view.mention(first, last, EntityType.PLACE, "regions", 0.9, name), last
            confidence = _city_confidence(view, first, last, name)
            if confidence:
                return view.mention(first, last, EntityType.CITY, "cities", confidence, name), last
    return None


def _base_forms(text: str) -> tuple[str, ...]:
    """Return the name as it stands, then without a genitive ending.

    >>> _base_forms("Leipzigs")
    ('Leipzigs', 'Leipzig')
    """
    if not text.endswith(("s", "'", "’")):
        return (text,)
    if text.endswith(("'s", "’s")):
        return (text, text[:-2])
    if text.endswith(("'", "’")):
        return (text, text[:-1])
    return (text, text[:-1]) if text.endswith("s") and len(text) > 4 else (text,)


def _city_confidence(view: TextView, first: int, last: int, name: str) -> float:
    places = view.gazetteer.cities(name)
    if not places and name.isupper() and len(name) > 3:
        name = name.capitalize()
        places = view.gazetteer.cities(name)
    if not places or view.lexicon.is_word("not_names", name) or (len(name) < 3 and name != "Au"):
        return 0.0
    before, after = view.word(first - 1), view.word(last + 1)
    if before == "-" or (after == "-" and view.adjacent(last, last + 1)):
        return 0.0
    if view.lexicon.is_word("city_words", before):
        return 0.95
    if view.lexicon.is_word("before_common_nouns", before):
        return 0.0  # German cities take no article: 'die Neustadt', 'am Schlossberg' are something else
    located = view.lexicon.is_word("place_prepositions", before) and view.adjacent(first - 1, first)
    ambiguous = view.gazetteer.is_ambiguous(name)
    listed = before in (",", "/") or after in (",", "/", "(", ":")
    if ambiguous:
        return 0.6 if view.lexicon.is_word("motion_prepositions", before) else 0.0
    if located:
        return 0.9
    if places[0].population >= SMALL:
        return 0.85
    return 0.7 if listed else 0.5


def _headed_place(view: TextView, index: int) -> tuple[Mention, int] | None:
    """A word that ends like a place ('Bahnhofstraße'), or a name before a separate head ('Bieberer Straße')."""
    word, facts = view.words[index], view.facts[index]
    if not facts.is_name_word:
        return None
    if facts.alone is EntityType.PLACE:
        return view.mention(index, index, EntityType.PLACE, "places", 0.6), index
    if "-" in word and _is_quarter(view, word):
        return view.mention(index, index, EntityType.PLACE, "places", 0.8), index
    following = index + 1
    if facts.head is EntityType.PLACE or facts.is_role or not view.adjacent(index, following):
        return None
    if view.facts[following].head is not EntityType.PLACE or not view.facts[following].is_capitalised:
        return None
    adjective = word.endswith(("er", "e", "en", "es")) and not view.begins_sentence(index)
    if adjective or view.lexicon.language == "en":
        return view.mention(index, following, EntityType.PLACE, "places", 0.6), following
    return None


def _is_quarter(view: TextView, word: str) -> bool:
    """Whether a hyphenated word is a quarter named with its city: 'Berlin-Friedrichshain', 'Halle-Neustadt'."""
    city, _, quarter = word.partition("-")
    return (
        bool(view.gazetteer.cities(city))
        and quarter[:1].isupper()
        and view.lexicon.head(quarter) in (None, EntityType.PLACE)
        and not view.gazetteer.cities(word)
        and not view.lexicon.is_role(quarter)
    )
