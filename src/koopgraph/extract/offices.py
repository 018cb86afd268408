"""City offices: a mayor or official belongs to the city beside the office, or to the one the article is about."""

from __future__ import annotations

import re
from collections.abc import Iterator

from koopgraph.annotate.gazetteer import Gazetteer
from koopgraph.extract.passages import passages_of
from koopgraph.extract.registry import extractor
from koopgraph.model import Annotated, EntityType, Evidence, Mention, Statement

CITIES = frozenset({EntityType.CITY})
_TITLES = r"(?: (?:Prof\.|Dr\.|Dipl\.-Ing\.|Mag\.|a\. ?D\.))* $"
OFFICE = {
    "de": re.compile(
        r"(?:(?P<city>[A-ZÄÖÜ][\w-]+?)(?:er|ner)s? )?"
        r"(?P<role>(?:(?:Erste[rn]?|Zweite[rn]?|Regierende[rn]?) )?[A-ZÄÖÜ]?[\w-]*"
        r"(?:[Bb]ürgermeister(?:in)?|[Dd]ezernent(?:in)?|[Ss]tadtr(?:at|ätin)|[Bb]aur(?:at|ätin)|[Ss]tadtpräsident(?:in)?"
        r"|[Ss]tadtam?mann|[Kk]ämmer(?:er|in)|[Ss]tadtbaumeister(?:in)?|[Gg]emeindepräsident(?:in)?|[Bb]eigeordneter?))"
        + _TITLES
    ),
    "en": re.compile(
        r"(?:(?P<city>[A-Z][\w-]+)['’]s )?"
        r"(?P<role>(?:[Dd]eputy |[Ll]ord |[Vv]ice-)?"
        r"(?:[Mm]ayor|[Cc]ity architect|[Cc]ity planner|[Aa]lderman|[Cc]ouncillor))(?: [\w ]{0,25})?,? $"
    ),
}
CONFIDENCE = {"named": 0.85, "main": 0.6}
LOOK_BACK = 90  # characters before a name in which its office may stand


@extractor("offices", languages=("de", "en"))
def extract(annotated: Annotated) -> Iterator[Statement]:
    """Yield the cities that mayors and city officials belong to."""
    passages = passages_of(annotated)
    language = annotated.article.language
    text = annotated.article.text
    cities = {m.name: m for m in reversed(annotated.mentions) if m.type is EntityType.CITY}
    main = passages.salience.main(CITIES)
    for person in annotated.mentions:
        if person.type is not EntityType.PERSON:
            continue
        sentence = annotated.sentence_at(person.start)
        before = text[max(sentence.start, person.start - LOOK_BACK) : person.start]
        match = OFFICE["en" if language == "en" else "de"].search(before)
        if not match:
            continue
        named = _city(match["city"], cities)
        city = named
        if city is None and (match["city"] is None or not _is_city(match["city"])):
            city = main or _last_before(annotated, person.start)
        if city is not None:
            yield Statement(
                person,
                "affiliatedWith",
                city,
                Evidence.of(annotated.article, sentence.start, sentence.end),
                "offices",
                CONFIDENCE["named" if named else "main"],
                match["role"],
            )


def _last_before(annotated: Annotated, offset: int) -> Mention | None:
    """Return the city named last before ``offset``: without a main one, it is the best guess."""
    before = [m for m in annotated.mentions if m.type is EntityType.CITY and m.start < offset]
    return before[-1] if before else None


def _city(stem: str | None, cities: dict[str, Mention]) -> Mention | None:
    """Return the mentioned city whose adjective begins with ``stem`` ('Leipzig' of 'Leipziger', 'Brem' of 'Bremer')."""
    if stem is None:
        return None
    return next(
        (mention for name, mention in sorted(cities.items()) if _adjective_stem(name) == _adjective_stem(stem)), None
    )


def _adjective_stem(name: str) -> str:
    return re.sub(r"(?:en|e|n)$", "", name)


def _is_city(stem: str) -> bool:
    gazetteer = Gazetteer.load()
    return any(gazetteer.cities(stem + ending) for ending in ("", "e", "en", "n"))
