"""Who and what surrounds each thing of one article, as numbers of identities.

Identity across articles is judged by names and by context: the cities, organisations, projects and people that
the article ties to the thing or names in the same sentence, the offices of a person, the years of an event.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache

from koopgraph.annotate.lexicon import load_lexicon
from koopgraph.model import ArticleGraph, Entity, EntityType, Fact, Language, Value, ValueKind
from koopgraph.resolve.interned import Names, Strings
from koopgraph.resolve.names import folded
from koopgraph.resolve.spelling import name_words

COMPANY = frozenset(
    [EntityType.ORGANISATION, EntityType.PROJECT, EntityType.PROGRAMME, EntityType.EVENT, EntityType.PERSON]
)
"""Classes whose things tell by their company who is meant."""
REACH = 6
"""Words on either side of a person's name among which an office is that person's."""
HEADLINE, PLACE_LINE = 3, 40
"""What a city counts that stands in the title or in so many characters after it, where articles name their place."""
_FEMININE = ("innen", "in")
_SIGNS = ".,;:()„“\"'»«"
_NOBODY: frozenset[int] = frozenset()


class Company:
    """What one article ties together; things are known by their places among its ``entities``."""

    def __init__(
        self, graph: ArticleGraph, entities: Sequence[Entity], names: Sequence[int], known: Names, strings: Strings
    ) -> None:
        """Take the article, its things and the numbers of their names among those ``known``."""
        self._entities = entities
        self._strings = strings
        self._language = graph.article.language
        self._places = {entity.iri: n for n, entity in enumerate(entities)}
        self._in_sentence: dict[int, list[int]] = defaultdict(list)
        for n, entity in enumerate(entities):
            for mention in entity.mentions:
                self._in_sentence[mention.start].append(n)
        self._identities(graph, names, known)
        self._located: dict[int, set[int]] = defaultdict(set)
        self._tied: dict[int, set[int]] = defaultdict(set)
        self._roles: dict[int, set[str]] = defaultdict(set)
        self._dates: dict[int, set[str]] = defaultdict(set)
        for fact in graph.facts:
            self._take_in(fact)

    def _identities(self, graph: ArticleGraph, names: Sequence[int], known: Names) -> None:
        """Number what stands for each thing in the company of others: its authority, else its class and key.

        A local thing is told apart by the town that the article is about (the article itself, where it is about
        none): every council is not the same company.
        """
        number, texts = self._strings.number, self._strings.texts
        self.identity = [
            number(e.authority)
            if e.authority
            else number(f"{e.type}:")
            if name in known.voiceless
            else known.keys[name]
            for e, name in zip(self._entities, names, strict=True)
        ]
        self._is_city = [e.type is EntityType.CITY for e in self._entities]
        self._counts = [e.type in COMPANY for e in self._entities]
        self.home = self._main_city(graph)
        town = texts[self.home[0]] if self.home else graph.iri
        for n, name in enumerate(names):
            if known.local[name] and not self._entities[n].authority:
                self.identity[n] = number(f"{texts[self.identity[n]]}@{town}")

    def _main_city(self, graph: ArticleGraph) -> list[int]:
        """Return the city of most sentences, the title and the place line counted thrice; of equals the first."""
        counts: Counter[int] = Counter()
        first: dict[int, int] = {}
        for n, is_city in enumerate(self._is_city):
            for mention in self._entities[n].mentions if is_city else ():
                city = self.identity[n]
                counts[city] += HEADLINE if mention.start < len(graph.article.title) + PLACE_LINE else 1
                first[city] = min(first.get(city, mention.start), mention.start)
        texts = self._strings.texts
        return sorted(counts, key=lambda c: (-counts[c], first[c], texts[c]))[:1]

    def _take_in(self, fact: Fact) -> None:
        subject = self._places[fact.subject]
        if isinstance(fact.object, Value):
            if fact.object.kind is ValueKind.DATE:
                self._dates[subject].add(fact.object.text)
            return
        target = self._places[fact.object]
        if fact.relation == "locatedIn" and self._is_city[target]:
            self._located[subject].add(target)
        self._tied[subject].add(target)
        self._tied[target].add(subject)
        if fact.role:
            self._roles[subject] |= role_words(fact.role, self._language)

    def tied(self, thing: int) -> Collection[int]:
        """Return the things of statements about the thing, by their places."""
        return self._tied.get(thing, _NOBODY)

    def located(self, thing: int) -> Collection[int]:
        """Return the cities where statements say that the thing is, by their places."""
        return self._located.get(thing, _NOBODY)

    def beside(self, thing: int) -> Collection[int]:
        """Return the things of its sentences, by their places."""
        mentions = self._entities[thing].mentions
        found = {other for mention in mentions for other in self._in_sentence[mention.start]}
        found.discard(thing)
        return found

    def cities(self, things: Iterable[int]) -> set[int]:
        """Return the identities of the cities among the things."""
        return {self.identity[n] for n in things if self._is_city[n]}

    def others(self, things: Iterable[int]) -> set[int]:
        """Return the identities of those of the things that count as company."""
        return {self.identity[n] for n in things if self._counts[n]}

    def dates(self, thing: int) -> list[int]:
        """Return the dates of its statements as numbers of strings."""
        return [self._strings.number(date) for date in sorted(self._dates.get(thing, ()))]

    def roles(self, thing: int) -> list[int]:
        """Return its offices as numbers of strings: those of statements, and what stands beside a person's name."""
        found = set(self._roles.get(thing, ()))
        entity = self._entities[thing]
        if entity.type is EntityType.PERSON:
            surname = name_words(entity.name, EntityType.PERSON)[-1:]
            for mention in entity.mentions[:3]:
                words = mention.quote.split()
                for n, word in enumerate(words):
                    if (folded(word.strip(".,;:()'")),) == surname:
                        near = " ".join(words[max(0, n - REACH) : n + REACH])
                        found |= role_words(near, self._language)
        return [self._strings.number(role) for role in sorted(found)]


def role_words(text: str, language: Language) -> frozenset[str]:
    """Return the offices and professions in ``text``, folded, without the feminine ending.

    >>> sorted(role_words("die Baubürgermeisterin und Architektin", "de"))
    ['architekt', 'baubuergermeister']
    """
    found = (_role(word.strip(_SIGNS), language) for word in text.split())
    return frozenset(role for role in found if role)


@lru_cache(maxsize=16384)
def _role(word: str, language: Language) -> str:
    if not word or not load_lexicon(language).is_role(word):
        return ""
    plain = folded(word)
    ending = next((e for e in _FEMININE if plain.endswith(e) and len(plain) > len(e) + 4), "")
    return plain.removesuffix(ending)
