"""Articles of any number with what they mention, as the stages before resolution across articles hand them on.

1. An article has a home city, drawn by Zipf's law, and about 25 things, in the classes' shares of the training articles.
2. Things belong to the city or to all articles; which one is drawn by a power law, so that a few come in very many
   articles and a long tail once or twice. Of an event that comes again, each year's is a thing of its own.
3. An article calls a thing by one or two of its forms; a few are misspelt, or written without umlauts.
4. Things share sentences, and statements tie them together as often as in the training articles.

The same seed gives the same articles, each of which depends on its number alone.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import lru_cache

from things import NOWHERE, TABLE, Setting, Thing, World, role_of

from koopgraph.model import Article, ArticleGraph, Entity, EntityType, Evidence, Fact, Language, Value, ValueKind
from koopgraph.rdf.iris import article_iri, entity_iri

BASE = "https://w3id.org/koopgraph/id/"
FEWEST, MOST = 12, 39  # things in an article; 25.7 on average in training
ENGLISH, DATED, LINKED = 0.1, 0.85, 0.96
TYPOS, WITHOUT_UMLAUTS, HYPHENS, CAPITALS = 0.015, 0.01, 0.015, 0.005
FULLEST, SECOND_FORM, CITY_DESCRIBED = 0.6, 0.15, 0.03
INITIALS = 0.02  # people of whose given name an article tells the first letter alone
AGAIN = 0.18  # things that a second sentence names
ROLE = 0.6
OWN_OFFICE = 0.5  # organisations that are the one of a person of the article
OFFICES = 12  # from how many of a city's organisations its people come
KINDS = tuple(EntityType(name) for name in TABLE["shares"])
# The home city is there already: one of the things of an article.
SHARES = tuple(share - (name == "City") * 2 / (FEWEST + MOST) for name, share in TABLE["shares"].items())
AT_HOME = frozenset(["locatedIn", "takesPlaceIn", "affiliatedWith", "leads"])  # what is of the city, in the city
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})

# Statements by the class of their subject: relation, class of the object, how often a thing of the class has one.
STATED = {
    EntityType.PERSON: (
        ("affiliatedWith", EntityType.ORGANISATION, 0.59),
        ("affiliatedWith", EntityType.CITY, 0.23),
        ("speaksAt", EntityType.EVENT, 0.41),
        ("participatesIn", EntityType.EVENT, 0.14),
        ("moderates", EntityType.EVENT, 0.1),
        ("leads", EntityType.PROJECT, 0.12),
        ("receives", EntityType.AWARD, 0.03),
    ),
    EntityType.ORGANISATION: (
        ("locatedIn", EntityType.CITY, 0.13),
        ("leads", EntityType.PROJECT, 0.14),
        ("organises", EntityType.EVENT, 0.1),
    ),
    EntityType.PLACE: (("locatedIn", EntityType.CITY, 0.2),),
    EntityType.PROJECT: (
        ("locatedIn", EntityType.CITY, 0.46),
        ("locatedIn", EntityType.PLACE, 0.7),
        ("partnerCity", EntityType.CITY, 0.56),
        ("fundedBy", EntityType.ORGANISATION, 0.37),
        ("partner", EntityType.ORGANISATION, 0.54),
        ("partOf", EntityType.PROGRAMME, 0.2),
        ("date", None, 0.56),
    ),
    EntityType.EVENT: (("takesPlaceIn", EntityType.CITY, 0.31), ("date", None, 0.84)),
    EntityType.AWARD: (("awardedBy", EntityType.ORGANISATION, 0.56), ("date", None, 0.68)),
    EntityType.DOCUMENT: (("presentedAt", EntityType.EVENT, 0.5), ("date", None, 0.38)),
    EntityType.CITY: (("leads", EntityType.PROJECT, 0.07), ("cooperatesWith", EntityType.CITY, 0.05)),
    EntityType.PROGRAMME: (("date", None, 0.07),),
}


def graphs(count: int, *, seed: int = 1) -> Iterator[ArticleGraph]:
    """Yield articles until they have ``count`` things between them."""
    return (graph for graph, _ in labelled(count, seed=seed))


def labelled(count: int, *, seed: int = 1) -> Iterator[tuple[ArticleGraph, tuple[str, ...]]]:
    """Yield :func:`graphs`, each with what its things truly are, in the order of its entities."""
    world = _world(seed)
    number = 0
    while count > 0:
        graph, keys = _Writer(world, seed, number).article()
        yield graph, keys
        count -= len(keys)
        number += 1


@lru_cache(maxsize=1)
def _world(seed: int) -> World:
    """Return the world of the seed, which several rounds share."""
    return World(seed)


@lru_cache(maxsize=200_000)
def _iri(kind: EntityType, name: str) -> str:
    return entity_iri(BASE, kind, name)


class _Writer:
    """Makes one article."""

    def __init__(self, world: World, seed: int, number: int) -> None:
        self._world = world
        self._chance = random.Random(seed * 1_000_003 + number)
        self._source = f"article-{number}.txt"
        self._language: Language = "en" if self._chance.random() < ENGLISH else "de"
        self._home = world.draw_city(self._chance)
        self._year = 2010 + int(16 * self._chance.random())
        self._offices: dict[str, str] = {}  # of people, both by their keys

    def article(self) -> tuple[ArticleGraph, tuple[str, ...]]:
        """Return the article and what its things truly are."""
        named: dict[str, tuple[Thing, tuple[str, ...]]] = {}
        for thing in self._things():
            forms = self._forms(thing)
            iri = (
                _iri(thing.type, forms[0])
                if thing.key[-1] != "!"
                else entity_iri(BASE, thing.type, f"{forms[0]} {self._source}")
            )
            named.setdefault(iri, (thing, forms))
        passages, text = self._sentences(named)
        entities = tuple(self._entity(iri, *named[iri], passages[iri]) for iri in sorted(named))
        facts = tuple(self._facts(entities, {iri: thing for iri, (thing, _) in named.items()}))
        article = Article(self._source, text, text.split(".", 1)[0], self._language, published=self._published())
        graph = ArticleGraph(article_iri(BASE, self._source), article, entities, facts)
        return graph, tuple(named[entity.iri][0].key for entity in entities)

    def _published(self) -> str | None:
        chance = self._chance
        if chance.random() >= DATED:
            return None
        return (
            f"{2010 + int(16 * chance.random())}-{1 + int(12 * chance.random()):02}-{1 + int(28 * chance.random()):02}"
        )

    def _things(self) -> list[Thing]:
        size = self._chance.randint(FEWEST, MOST)
        kinds = sorted(self._chance.choices(KINDS, SHARES, k=size - 1), reverse=True)  # people before organisations
        found = [self._world.city(self._home)]
        people: list[Thing] = []
        for kind in kinds:
            if kind is EntityType.ORGANISATION and people and self._chance.random() < OWN_OFFICE:
                found.append(self._office(people.pop()))
            else:
                found.append(self._thing(kind))
            if kind is EntityType.PERSON:
                people.append(found[-1])
        return list({thing.key: thing for thing in found}.values())

    def _office(self, person: Thing) -> Thing:
        """Return the organisation that the person is always of."""
        office = self._world.thing(EntityType.ORGANISATION, self._home, sum(map(ord, person.key)) % OFFICES)
        self._offices[person.key] = office.key
        return office

    def _thing(self, kind: EntityType) -> Thing:
        return self._world.draw(kind, Setting(self._source, self._home, self._year), self._chance)

    def _forms(self, thing: Thing) -> tuple[str, ...]:
        """Return what the article calls the thing, the fullest form first."""
        chance = self._chance
        known = thing.english if self._language == "en" and thing.english else thing.forms
        others = INITIALS if thing.type is EntityType.PERSON else 1 - FULLEST
        chosen = int(len(known) * chance.random()) if chance.random() < others else 0
        forms = [known[chosen]]
        if chosen + 1 < len(known) and chance.random() < SECOND_FORM:
            forms.append(known[chosen + 1])
        if thing.type is EntityType.CITY and chance.random() < CITY_DESCRIBED:
            forms[0] = f"Stadt {forms[0]}"
        return (self._written(forms[0]), *forms[1:])

    def _written(self, name: str) -> str:
        """Return the name as this article writes it: now and then misspelt."""
        chance = self._chance
        luck = chance.random()
        if luck < TYPOS and len(name) > 7:
            at = 1 + int((len(name) - 2) * chance.random())
            swapped = name[:at] + name[at + 1] + name[at] + name[at + 2 :]
            return (name[:at] + name[at + 1 :], name[:at] + name[at] + name[at:], swapped)[int(3 * chance.random())]
        luck -= TYPOS
        if luck < WITHOUT_UMLAUTS:
            return name.translate(_UMLAUTS)
        luck -= WITHOUT_UMLAUTS
        if luck < HYPHENS:
            return name.replace("-", " ") if "-" in name else name
        return name.upper() if luck - HYPHENS < CAPITALS else name

    def _sentences(self, named: dict[str, tuple[Thing, tuple[str, ...]]]) -> tuple[dict[str, list[Evidence]], str]:
        """Return the sentences that name each thing, the home city's first, and the text of them all."""
        chance, (home, *others) = self._chance, named
        chance.shuffle(others)
        order = [home, *others, *(iri for iri in others if chance.random() < AGAIN)]
        passages: dict[str, list[Evidence]] = {iri: [] for iri in named}
        quotes: list[str] = []
        start = at = 0
        while at < len(order):
            together = order[at : at + 1 + int(4 * chance.random())]
            at += len(together)
            words = (self._called(*named[iri]) for iri in together)
            quotes.append(", ".join(words) + ".")
            evidence = Evidence(start, start + len(quotes[-1]), quotes[-1])
            start = evidence.end + 1
            for iri in dict.fromkeys(together):
                passages[iri].append(evidence)
        return passages, "\n".join(quotes)

    def _called(self, thing: Thing, forms: tuple[str, ...]) -> str:
        if thing.type is EntityType.PERSON and self._chance.random() < ROLE:
            return f"{role_of(thing)} {forms[0]}"
        return forms[-1]

    def _entity(self, iri: str, thing: Thing, forms: tuple[str, ...], passages: list[Evidence]) -> Entity:
        authority = thing.authority if self._chance.random() < LINKED else None
        names = tuple(sorted(set(forms)))
        return Entity(iri, thing.type, forms[0], names, self._language, tuple(passages), names, authority)

    def _facts(self, entities: tuple[Entity, ...], things: dict[str, Thing]) -> Iterator[Fact]:
        by_kind: dict[EntityType, list[str]] = {}
        for entity in entities:
            by_kind.setdefault(entity.type, []).append(entity.iri)
        iri_of = {thing.key: iri for iri, thing in things.items()}
        home = self._world.city(self._home).key
        for entity in entities:
            thing = things[entity.iri]
            for relation, kind, share in STATED[entity.type]:
                if self._chance.random() >= share:
                    continue
                target: str | Value | None
                if kind is None:
                    target = Value(ValueKind.DATE, str(thing.year or self._year))
                elif kind is EntityType.CITY and relation in AT_HOME:
                    target = iri_of[home] if f"|{NOWHERE}|" not in thing.key else None
                elif kind is EntityType.ORGANISATION and thing.key in self._offices:
                    target = iri_of.get(self._offices[thing.key])
                else:
                    choices = by_kind.get(kind, [entity.iri])
                    target = choices[int(len(choices) * self._chance.random())]
                if target is not None and target != entity.iri:
                    role = role_of(thing) if relation == "affiliatedWith" and self._chance.random() < ROLE else None
                    yield Fact(entity.iri, relation, target, entity.mentions[0], "made", 0.8, role)
