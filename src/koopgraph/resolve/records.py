"""What one article knows of one thing, made comparable: its names, and the company in which it names it.

Identity across articles is judged by names and by context: the cities, organisations, projects and people that
the article ties to the thing or names in the same sentence, the offices of a person, the years of an event.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from sys import intern
from typing import TypeAlias

from koopgraph.annotate.lexicon import Lexicon, load_lexicon
from koopgraph.model import ArticleGraph, Entity, EntityType, Fact, Naming, Value, ValueKind
from koopgraph.resolve.names import folded
from koopgraph.resolve.spelling import identity_key, is_local, name_words

Node: TypeAlias = tuple[str, str]
"""An article's IRI and the IRI that its own resolution gave the thing."""

COMPANY = frozenset(
    [EntityType.ORGANISATION, EntityType.PROJECT, EntityType.PROGRAMME, EntityType.EVENT, EntityType.PERSON]
)
"""Classes whose things tell by their company who is meant."""
REACH = 6
"""Words on either side of a person's name among which an office is that person's."""
HEADLINE, PLACE_LINE = 3, 40
"""What a city counts that stands in the title or in so many characters after it, where articles name their place."""
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_FEMININE = ("innen", "in")
_NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Context:
    """The company of a thing, in one article or in several: what tells namesakes apart.

    ``located`` are the cities where statements say that it is, ``stated`` those of any statement about it, ``near``
    those of its sentences, ``home`` the city that the article is about. ``tied`` are other things of statements about
    it, ``beside`` those of its sentences. All are identities: an authority's IRI, or class and key. ``roles`` are
    offices and professions, ``dates`` those of its statements in EDTF, ``published`` are the years of the articles.
    """

    located: frozenset[str] = _NOTHING
    stated: frozenset[str] = _NOTHING
    near: frozenset[str] = _NOTHING
    home: frozenset[str] = _NOTHING
    tied: frozenset[str] = _NOTHING
    beside: frozenset[str] = _NOTHING
    roles: frozenset[str] = _NOTHING
    dates: frozenset[str] = _NOTHING
    published: frozenset[str] = _NOTHING

    @property
    def cities(self) -> frozenset[str]:
        """The surest cities that are known: of statements, else the article's, else of sentences."""
        return self.stated or self.home or self.near

    @property
    def own_cities(self) -> frozenset[str]:
        """The cities of the thing itself: of its statements, else of its sentences."""
        return self.stated or self.near

    @property
    def all_cities(self) -> frozenset[str]:
        """Every city that is known, sure or not."""
        return self.stated | self.near | self.home

    @property
    def years(self) -> frozenset[str]:
        """The years of its dates."""
        return frozenset(year for date in self.dates for year in _YEAR.findall(date))

    @property
    def company(self) -> frozenset[str]:
        """All things that statements or sentences put beside it."""
        return self.tied | self.beside

    @classmethod
    def of_all(cls, contexts: Sequence[Context]) -> Context:
        """Return the company that the contexts have together."""
        if len(contexts) == 1:
            return contexts[0]
        return cls(*(_NOTHING.union(*(getattr(c, field) for c in contexts)) for field in cls.__slots__))

    def renamed(self, names: Mapping[str, str]) -> Context:
        """Return the context with identities replaced that ``names`` has another one for."""
        if names.keys().isdisjoint(self.tied | self.beside):
            return self
        return replace(
            self,
            tied=frozenset(names.get(i, i) for i in self.tied),
            beside=frozenset(names.get(i, i) for i in self.beside),
        )


@dataclass(frozen=True, slots=True)
class Record:
    """One thing of one article. ``forms`` are its other names by their keys; ``order`` is where it stands in time."""

    node: Node
    type: EntityType
    name: str
    key: str
    forms: tuple[tuple[str, str], ...]
    order: tuple[str, str]
    authority: str | None
    naming: Naming
    context: Context
    identity: str


def records(graph: ArticleGraph) -> Iterator[Record]:
    """Yield a record for each thing of the article, in the order of the graph."""
    company = _Company(graph)
    order = (graph.article.published or "~", graph.article.source)  # undated articles after all dated ones
    for entity in graph.entities:
        key = identity_key(entity.name, entity.type) or entity.name  # of signs alone: equal only where all are
        yield Record(
            node=(graph.iri, entity.iri),
            type=entity.type,
            name=entity.name,
            key=intern(key),
            forms=_forms(entity, key),
            order=order,
            authority=entity.authority,
            naming=Naming(graph.iri, entity.name, entity.mentions[0] if entity.mentions else None),
            context=company.of(entity),
            identity=company.identity(entity.iri),
        )


def _forms(entity: Entity, key: str) -> tuple[tuple[str, str], ...]:
    """Return the keys of the thing's other forms, each with the form; no surnames alone, which are anybody's."""
    found: dict[str, str] = {}
    for form in entity.forms:
        other = identity_key(form, entity.type)
        if other and other != key and not (entity.type is EntityType.PERSON and " " not in other):
            found.setdefault(intern(other), form)
    return tuple(sorted(found.items()))


class _Company:
    """Who and what surrounds each thing of one article."""

    def __init__(self, graph: ArticleGraph) -> None:
        self._lexicon = load_lexicon(graph.article.language)
        self._type = {e.iri: e.type for e in graph.entities}
        self._published = frozenset(_YEAR.findall(graph.article.published or "")[:1])
        self._in_sentence: dict[int, list[str]] = defaultdict(list)
        for entity in graph.entities:
            for mention in entity.mentions:
                self._in_sentence[mention.start].append(entity.iri)
        self._cities = sorted(
            (mention.start, identity(e)) for e in graph.entities if e.type is EntityType.CITY for mention in e.mentions
        )
        self._sets: dict[frozenset[str], frozenset[str]] = {_NOTHING: _NOTHING}
        self._home = self._main_city(graph)
        town = next(iter(self._home), graph.iri)  # without a town the article's own: no council of another's
        self._identity = {e.iri: identity(e, town) for e in graph.entities}
        self._located: dict[str, set[str]] = defaultdict(set)
        self._tied: dict[str, set[str]] = defaultdict(set)
        self._roles: dict[str, frozenset[str]] = defaultdict(frozenset)
        self._dates: dict[str, frozenset[str]] = defaultdict(frozenset)
        for fact in graph.facts:
            self._take_in(fact)

    def _take_in(self, fact: Fact) -> None:
        if isinstance(fact.object, Value):
            if fact.object.kind is ValueKind.DATE:
                self._dates[fact.subject] |= {fact.object.text}
            return
        if fact.relation == "locatedIn" and self._type[fact.object] is EntityType.CITY:
            self._located[fact.subject].add(fact.object)
        self._tied[fact.subject].add(fact.object)
        self._tied[fact.object].add(fact.subject)
        if fact.role:
            self._roles[fact.subject] |= role_words(fact.role, self._lexicon)

    def identity(self, iri: str) -> str:
        """Return what stands for the thing in the company of others."""
        return self._identity[iri]

    def of(self, entity: Entity) -> Context:
        """Return the company of ``entity``."""
        tied = self._tied.get(entity.iri, set())
        beside = {o for m in entity.mentions for o in self._in_sentence[m.start]} - {entity.iri}
        return Context(
            located=self._cities_of(self._located.get(entity.iri, ())),
            stated=self._cities_of(tied),
            near=self._cities_of(beside),
            home=self._home,
            tied=self._things_of(tied),
            beside=self._things_of(beside),
            roles=self._roles.get(entity.iri, _NOTHING) | self._roles_near(entity),
            dates=self._dates.get(entity.iri, _NOTHING),
            published=self._published,
        )

    def _cities_of(self, iris: Iterable[str]) -> frozenset[str]:
        return self._kept(frozenset(self._identity[i] for i in iris if self._type[i] is EntityType.CITY))

    def _things_of(self, iris: Iterable[str]) -> frozenset[str]:
        return self._kept(frozenset(self._identity[i] for i in iris if self._type[i] in COMPANY))

    def _kept(self, found: frozenset[str]) -> frozenset[str]:
        """Return one set for all equal ones of the article: a million things hold few."""
        return self._sets.setdefault(found, found)

    def _main_city(self, graph: ArticleGraph) -> frozenset[str]:
        """Return the city of most sentences, the title and the place line counted thrice; of equals the first."""
        counts: Counter[str] = Counter()
        for place, city in self._cities:
            counts[city] += HEADLINE if place < len(graph.article.title) + PLACE_LINE else 1
        first = {city: place for place, city in reversed(self._cities)}
        return frozenset(sorted(counts, key=lambda c: (-counts[c], first[c], c))[:1])

    def _roles_near(self, entity: Entity) -> frozenset[str]:
        """Return the offices within :data:`REACH` words of a person's name in its first sentences."""
        if entity.type is not EntityType.PERSON:
            return _NOTHING
        surname = name_words(entity.name, EntityType.PERSON)[-1:]
        found = _NOTHING
        for mention in entity.mentions[:3]:
            words = mention.quote.split()
            for n, word in enumerate(words):
                if (folded(word.strip(".,;:()'")),) == surname:
                    found |= role_words(" ".join(words[max(0, n - REACH) : n + REACH]), self._lexicon)
        return found


def identity(entity: Entity, town: str = "") -> str:
    """Return what stands for the thing in the company of others: its authority, else its class and key.

    A local thing is told apart by the ``town`` that its article is about (the article itself, where it is about none):
    every council is not the same company.
    """
    if entity.authority:
        return intern(entity.authority)
    local = f"@{town}" if is_local(entity.name, entity.type) else ""
    return intern(f"{entity.type}:{identity_key(entity.name, entity.type)}{local}")


def role_words(text: str, lexicon: Lexicon) -> frozenset[str]:
    """Return the offices and professions in ``text``, folded, without the feminine ending.

    >>> sorted(role_words("die Baubürgermeisterin und Architektin", load_lexicon("de")))
    ['architekt', 'baubuergermeister']
    """
    found = set()
    for word in text.split():
        bare = word.strip(".,;:()„“\"'»«")
        if bare and lexicon.is_role(bare):
            plain = folded(bare)
            ending = next((e for e in _FEMININE if plain.endswith(e) and len(plain) > len(e) + 4), "")
            found.add(plain.removesuffix(ending))
    return frozenset(found)
