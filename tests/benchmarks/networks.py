"""Networks of exactly so many nodes and edges, with communities, as quads in the shape that builds write.

1. A community is a city and its things, in the classes' shares of the training articles; sizes differ by a power law.
2. Each thing is joined to one of its community that has many statements already; of the other statements most stay in
   the community, the rest joins it with hubs of others.
3. An article tells of about twenty things of one community: a sentence for each of their statements.
4. Cities have the gazetteer's position, things their class's share of dates, themes and budgets (``triples.toml``).

The same numbers give the same quads.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from mentions import BASE, KINDS, SHARES
from pyoxigraph import Quad
from things import Thing, World
from triples import SHAPE

from koopgraph.model import Article, ArticleGraph, Entity, EntityType, Evidence, Fact, Value, ValueKind
from koopgraph.rdf.assembly import assemble
from koopgraph.rdf.iris import article_iri, entity_iri

TYPICAL = 45  # things of a community; the largest are some times as large
INSIDE = 0.8  # statements that stay in their community, beside the one that ties each thing to it
ARTICLE = 20  # things that an article tells of
ISOLATED = 0.02  # things that no statement joins to anything
PREFERENCE = 0.7  # how often the one that is joined is drawn by its statements, not evenly
SENTENCES = (
    "Nach Angaben der Stadtverwaltung arbeitet {a} seit dem Frühjahr eng mit {b} zusammen.",
    "{a} stellte die Pläne am Dienstagabend gemeinsam mit {b} der Öffentlichkeit vor.",
    "Der Rat beschloss, dass {a} künftig durch {b} unterstützt und fachlich begleitet wird.",
    "Bei {a} soll bis zum Jahresende geklärt werden, welche Rolle {b} dabei übernimmt.",
)
_RELATIONS: dict[tuple[str, str], list[str]] = {}
for _name, _kinds in SHAPE["stated"].items():
    for _subject, _object, _ in _kinds:
        _RELATIONS.setdefault((_subject, _object), []).append(_name)


@dataclass(slots=True)
class _Node:
    entity: Entity
    thing: Thing
    community: int
    facts: list[tuple[str, int]] = field(default_factory=list)


def articles(nodes: int, edges: int, *, seed: int = 1) -> tuple[ArticleGraph, ...]:
    """Return articles of ``nodes`` things and ``edges`` statements between two of them."""
    return tuple(_Maker(nodes, edges, seed).articles())


def quads(made: Iterable[ArticleGraph]) -> Iterator[Quad]:
    """Yield the dataset of :func:`articles`; a quad may come twice."""
    return assemble(made, base=BASE)


class _Maker:
    def __init__(self, nodes: int, edges: int, seed: int) -> None:
        self._chance = random.Random(seed)
        self._world = World(seed)
        self._nodes: list[_Node] = []
        self._members: list[list[int]] = []
        self._ends: list[list[int]] = []  # of each community: its things, once for each of their statements
        self._pairs: set[tuple[int, int]] = set()
        self._make_nodes(nodes)
        self._make_edges(edges)

    def _make_nodes(self, count: int) -> None:
        taken: set[str] = set()
        while len(self._nodes) < count:
            community = len(self._members)
            size = min(count - len(self._nodes), int(TYPICAL * 0.5 * (1 - self._chance.random()) ** -0.6))
            start = len(self._nodes)
            for number in range(size):
                kind = self._chance.choices(KINDS, SHARES)[0] if number else EntityType.CITY
                # Cities beside the one that the community is named after are the next ones of the list.
                city = community + number if kind is EntityType.CITY else community
                thing = self._world.thing(kind, city % 4000, number if kind is not EntityType.CITY else 0)
                name, again = thing.forms[0], 1
                while (iri := entity_iri(BASE, kind, name)) in taken:
                    again += 1
                    name = f"{thing.forms[0]} {again}"
                taken.add(iri)
                names = tuple(sorted({name, *thing.forms[1:2]}))
                entity = Entity(iri, kind, name, names, "de", (), names, thing.authority if again == 1 else None)
                self._nodes.append(_Node(entity, thing, community))
            self._members.append(list(range(start, len(self._nodes))))
            self._ends.append([start])

    def _make_edges(self, count: int) -> None:
        for members in self._members:
            for number in members[1:]:
                if self._chance.random() >= ISOLATED and count > 0:
                    count -= self._join(number, self._drawn(self._nodes[number].community, before=number))
        while count > 0:
            first = self._chance.randrange(len(self._nodes))
            own = self._nodes[first].community
            inside = self._chance.random() < INSIDE
            count -= self._join(first, self._drawn(own if inside else self._chance.randrange(len(self._members))))

    def _drawn(self, community: int, *, before: int | None = None) -> int:
        members, ends = self._members[community], self._ends[community]
        if self._chance.random() < PREFERENCE:
            return self._chance.choice(ends)
        return self._chance.randrange(members[0], members[-1] + 1 if before is None else before)

    def _join(self, first: int, second: int) -> bool:
        if first == second or (min(first, second), max(first, second)) in self._pairs:
            return False
        self._pairs.add((min(first, second), max(first, second)))
        kinds = self._nodes[first].thing.type, self._nodes[second].thing.type
        if kinds not in _RELATIONS and kinds[::-1] in _RELATIONS:
            first, second, kinds = second, first, kinds[::-1]
        relation = self._chance.choice(_RELATIONS.get(kinds, ["partner"]))
        self._nodes[first].facts.append((relation, second))
        for end in (first, second):
            self._ends[self._nodes[end].community].append(end)
        return True

    def articles(self) -> Iterator[ArticleGraph]:
        """Yield the articles, each with the statements of its things."""
        for members in self._members:
            for start in range(0, len(members), ARTICLE):
                yield self._article(members[start : start + ARTICLE])

    def _article(self, members: Sequence[int]) -> ArticleGraph:
        source = f"article-{members[0]}.txt"
        quotes: list[str] = []
        named: dict[int, list[Evidence]] = {}
        facts: list[Fact] = []
        at = 0
        for number in members:
            for relation, target in [*self._nodes[number].facts, *self._values(number)]:
                evidence = self._sentence(number, target, at)
                at = evidence.end + 1
                quotes.append(evidence.quote)
                for end in (number, target):
                    if isinstance(end, int):
                        named.setdefault(end, []).append(evidence)
                said = self._nodes[target].entity.iri if isinstance(target, int) else target
                confidence = round(0.3 + 0.69 * self._chance.random(), 2)
                facts.append(Fact(self._nodes[number].entity.iri, relation, said, evidence, "rules", confidence))
            if number not in named:
                evidence = self._sentence(number, number, at)
                at = evidence.end + 1
                quotes.append(evidence.quote)
                named[number] = [evidence]
        entities = tuple(self._entity(number, passages) for number, passages in sorted(named.items()))
        article = Article(source, "\n".join(quotes), quotes[0][:60], "de", published=self._day())
        return ArticleGraph(article_iri(BASE, source), article, entities, tuple(facts))

    def _values(self, number: int) -> Iterator[tuple[str, Value]]:
        kind = self._nodes[number].thing.type
        for relation in ("date", "budget", "theme"):
            for subject, _, stated in SHAPE["stated"][relation]:
                if subject == kind and self._chance.random() < stated / SHAPE["things"][kind]:
                    text = {"date": self._day(), "budget": f"{1 + self._chance.randrange(90)}00000 EUR"}
                    theme = self._chance.choice(sorted(SHAPE["themes"]))
                    yield relation, Value(ValueKind(relation), text.get(relation, theme))

    def _day(self) -> str:
        chance = self._chance
        return f"{2005 + chance.randrange(21)}-{1 + chance.randrange(12):02}-{1 + chance.randrange(28):02}"

    def _sentence(self, number: int, target: int | Value, at: int) -> Evidence:
        other = self._nodes[target].entity.name if isinstance(target, int) else target.text
        quote = self._chance.choice(SENTENCES).format(a=self._nodes[number].entity.name, b=other)
        return Evidence(at, at + len(quote), quote)

    def _entity(self, number: int, passages: list[Evidence]) -> Entity:
        known = self._nodes[number].entity
        mentions = tuple(dict.fromkeys(passages))
        return Entity(known.iri, known.type, known.name, known.names, "de", mentions, known.forms, known.authority)
