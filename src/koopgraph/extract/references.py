"""Nominal references: 'das Projekt', 'die Stadt', 'the conference' stand for a thing that is named elsewhere.

1. A definite noun that is the head of exactly one name of the article means that thing ('der Wettbewerb' for
   'Wettbewerb „Hafenkante“').
2. A definite class noun ('das Vorhaben', 'the scheme') means the thing of its class that was named last before
   it in the same paragraph, else the article's main one.

The rules see a reference as they see a name; what they find with it counts less.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator

from koopgraph.extract.salience import Salience
from koopgraph.model import Annotated, EntityType, Mention

CONFIDENCE = 0.5
# Nouns that mean a class as a whole; the class is tried in the order of the list.
CLASS_NOUNS: dict[str, dict[str, EntityType]] = {
    "de": {
        "Projekt": EntityType.PROJECT,
        "Vorhaben": EntityType.PROJECT,
        "Modellprojekt": EntityType.PROJECT,
        "Bauprojekt": EntityType.PROJECT,
        "Stadt": EntityType.CITY,
        "Gemeinde": EntityType.CITY,
        "Kommune": EntityType.CITY,
        "Landeshauptstadt": EntityType.CITY,
        "Veranstaltung": EntityType.EVENT,
        "Preis": EntityType.AWARD,
        "Auszeichnung": EntityType.AWARD,
        "Programm": EntityType.PROGRAMME,
        "Förderprogramm": EntityType.PROGRAMME,
    },
    "en": {
        "project": EntityType.PROJECT,
        "scheme": EntityType.PROJECT,
        "development": EntityType.PROJECT,
        "city": EntityType.CITY,
        "town": EntityType.CITY,
        "municipality": EntityType.CITY,
        "event": EntityType.EVENT,
        "prize": EntityType.AWARD,
        "award": EntityType.AWARD,
        "programme": EntityType.PROGRAMME,
    },
}
DEFINITE = {
    "de": re.compile(
        r"(?<![\w-])(?:[Dd](?:er|ie|as|em|en|es)|[Dd]iese[srmn]?|[Ii]m|[Aa]m|[Bb]eim|[Vv]om|[Zz]um|[Zz]ur)"
        r" (?P<noun>[A-ZÄÖÜ][\w-]+?)(?P<case>s|es|en|n)?(?![\w-])"
    ),
    "en": re.compile(r"(?<![\w-])(?:[Tt]he|[Tt]his|[Ii]ts|[Tt]heir|[Oo]ur) (?P<noun>[a-z]+)(?P<case>)(?![\w-])"),
}
# A name after the noun ('das Projekt „Zollfrei“') says itself what is meant.
NAME_FOLLOWS = re.compile(r"[ \u00a0](?:[„«»“\"‚]|[A-ZÄÖÜ])|-")
HEADED = (EntityType.EVENT, EntityType.ORGANISATION, EntityType.AWARD, EntityType.DOCUMENT, EntityType.PROJECT)


def find(annotated: Annotated, salience: Salience) -> Iterator[Mention]:
    """Yield the references of ``annotated`` as mentions that bear the name of what they mean."""
    code = "en" if annotated.article.language == "en" else "de"
    text = annotated.article.text
    heads = _heads(annotated, salience)
    starts = [m.start for m in annotated.mentions]
    for match in DEFINITE[code].finditer(text):
        before = bisect_left(starts, match.end()) - 1
        in_name = before >= 0 and match.start("noun") < annotated.mentions[before].end
        if in_name or NAME_FOLLOWS.match(text, match.end()):
            continue
        meant = _meant(match, code, heads, salience)
        if meant is not None:
            start, end = match.start("noun"), match.end()
            yield Mention(start, end, text[start:end], meant.type, meant.name, "references", CONFIDENCE)


def _meant(match: re.Match[str], code: str, heads: dict[str, Mention | None], salience: Salience) -> Mention | None:
    for noun in (match["noun"] + (match["case"] or ""), match["noun"]):
        kind = CLASS_NOUNS[code].get(noun)
        if kind is not None:
            return salience.last_before(match.start(), kind) or salience.main({kind})
        found = heads.get(noun.casefold())
        if found is not None and found.start < match.start():
            return found
    return None


def _heads(annotated: Annotated, salience: Salience) -> dict[str, Mention | None]:
    """Return for each head noun the one thing whose names have it; None where several have it."""
    things: dict[str, dict[int, Mention]] = defaultdict(dict)
    for mention in annotated.mentions:
        if mention.type in HEADED and " " in mention.name:
            for word in re.findall(r"[^\W\d_][\w-]+", mention.name.split("„")[0])[:4]:
                things[word.casefold()].setdefault(salience.thing(mention), mention)
    return {word: next(iter(found.values())) if len(found) == 1 else None for word, found in things.items()}
