"""Things and statements that people add: in the article whose words say so, or in the file of judgements itself.

What has its source outside the corpus is stated by the file of judgements, which counts as an article then: so every
statement opens the passage that states it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from koopgraph.curation.applied import CuratedThing, curator_of, problem_of
from koopgraph.curation.classes import local_iri
from koopgraph.curation.judgements import AddedStatement, AddedThing, Curation, Judgement, ThingKey
from koopgraph.curation.place import FILE_NAME
from koopgraph.curation.things import Aliases, Name, Things, name_of
from koopgraph.model import Article, ArticleGraph, Entity, Evidence, Fact, Problem, Value, ValueKind
from koopgraph.rdf.iris import article_iri, entity_iri
from koopgraph.rdf.vocabulary import relation_allowed
from koopgraph.resolve.article import Claim, claim_of, surest
from koopgraph.resolve.names import key
from koopgraph.resolve.records import Node

EXTRACTOR = "curation"
"""What a statement that a person added names as its extractor."""
TITLE = "Kuratierung"


@dataclass(slots=True)
class _Draft:
    """An article's graph that grows."""

    graph: ArticleGraph
    entities: dict[str, Entity] = field(default_factory=dict)
    facts: dict[Claim, Fact] = field(default_factory=dict)
    named: dict[Name, str] = field(default_factory=dict)
    others: dict[ThingKey, str] = field(default_factory=dict)

    @classmethod
    def of(cls, graph: ArticleGraph) -> _Draft:
        draft = cls(graph, {e.iri: e for e in graph.entities}, {claim_of(f): f for f in graph.facts})
        for names in (lambda e: (e.name,), lambda e: e.forms, lambda e: e.names):
            for entity in graph.entities:
                for name in names(entity):
                    draft.named.setdefault((entity.type, key(name, entity.type)), entity.iri)
        return draft

    def put(self, entity: Entity) -> None:
        self.entities[entity.iri] = entity
        for name in (entity.name, *entity.forms):
            self.named.setdefault((entity.type, key(name, entity.type)), entity.iri)

    def finished(self) -> ArticleGraph:
        entities = tuple(sorted(self.entities.values(), key=lambda e: e.iri))
        return replace(self.graph, entities=entities, facts=surest(self.facts.values()))


def sources_of(judgements: Iterable[Judgement]) -> set[str]:
    """Return the sources of the articles that anything is added to."""
    added = (one.source.article for one in judgements if isinstance(one, AddedThing | AddedStatement))
    return {source for source in added if source is not None}


class Additions:
    """Adds what people add to the articles' graphs; what came of it stands in the attributes."""

    def __init__(self, graphs: Mapping[str, ArticleGraph], curation: Curation, things: Things, *, base: str) -> None:
        """Take the graphs that :func:`sources_of` asks for, by those sources, and the index of the keys in all."""
        self._graphs = graphs
        self._curation = curation
        self._things = things
        self._aliases = Aliases(curation.judgements)
        self._base = base
        self._drafts: dict[str, _Draft] = {}
        self.applied: set[int] = set()
        self.problems: list[Problem] = []
        self.curated: list[CuratedThing] = []
        self.joined: list[tuple[Node, Node]] = []
        for number, judgement in enumerate(curation.judgements):
            if isinstance(judgement, AddedThing | AddedStatement):
                self._add(number, judgement)

    def graphs(self) -> Iterator[ArticleGraph]:
        """Yield the graphs that anything was added to, that of the file of judgements among them."""
        for draft in self._drafts.values():
            yield draft.finished()

    def _add(self, number: int, judgement: AddedThing | AddedStatement) -> None:
        draft = self._draft(judgement)
        if draft is None:
            return  # the article is not there (any more): unmatched
        self.applied.add(number)
        evidence = self._evidence(draft.graph.article, judgement)
        if evidence is None:
            where = f"quotes what {judgement.source.article} does not say"
            self._problem(judgement, where, "Copy the article's words letter by letter, or remove the judgement.")
        elif isinstance(judgement, AddedThing):
            names = (judgement.thing.name, *judgement.names)
            iri = self._thing(draft, judgement.thing, names, evidence)
            self.curated.append(((draft.graph.iri, iri), curator_of(judgement.made)))
        else:
            self._state(draft, judgement, evidence)

    def _draft(self, judgement: AddedThing | AddedStatement) -> _Draft | None:
        source = judgement.source.article
        place = FILE_NAME if source is None else source
        if place not in self._drafts:
            graph = self._own_graph() if source is None else self._graphs.get(source)
            if graph is None:
                return None
            self._drafts[place] = _Draft.of(graph)
        return self._drafts[place]

    def _own_graph(self) -> ArticleGraph:
        article = Article(FILE_NAME, self._curation.text, TITLE)
        return ArticleGraph(article_iri(self._base, FILE_NAME), article, (), ())

    def _evidence(self, article: Article, judgement: AddedThing | AddedStatement) -> Evidence | None:
        if judgement.source.quote is None:
            start, end = judgement.made.span or (0, len(article.text))
            return Evidence.of(article, start, end) if article.text[start:end] else None
        start = article.text.find(judgement.source.quote)
        return Evidence.of(article, start, start + len(judgement.source.quote)) if start >= 0 else None

    def _state(self, draft: _Draft, judgement: AddedStatement, evidence: Evidence) -> None:
        statement, curator = judgement.statement, curator_of(judgement.made)
        subject = self._named(draft, statement.subject, evidence, curator)
        target: str | Value
        if statement.object is not None:
            target = self._named(draft, statement.object, evidence, curator)
            kind = draft.entities[target].type
            allowed = relation_allowed(statement.relation, draft.entities[subject].type, kind)
        else:
            target = Value(ValueKind(statement.relation), statement.value or "")
            allowed = relation_allowed(statement.relation, draft.entities[subject].type, target.kind)
        if not allowed:
            self._problem(judgement, "does not fit the classes that things have now", "Correct the classes it names.")
        elif subject == target:
            self._problem(judgement, "states something of a thing and itself", "Name two things that differ.")
        else:
            fact = Fact(subject, statement.relation, target, evidence, EXTRACTOR, 1.0, judgement.role, curator)
            draft.facts[claim_of(fact)] = fact

    def _named(self, draft: _Draft, thing: ThingKey, evidence: Evidence, curator: str) -> str:
        """Return the thing of the article that the key means; one that the article has not is added."""
        elsewhere = thing.article not in (None, draft.graph.article.source)
        found = draft.others.get(thing) if elsewhere else self._find(draft, thing)
        if found is not None:
            return found
        first = next((known for known in self._things.nodes(thing) if known[0] != draft.graph.iri), None)
        kind = thing.type if first is None else self._things.kinds[first]  # not the key's, where it was corrected
        iri = self._new(draft, replace(thing, type=kind), (thing.name,), evidence)
        node = (draft.graph.iri, iri)
        if elsewhere:
            draft.others[thing] = iri
        if first is None:
            self.curated.append((node, curator))
        else:  # articles name it
            self.joined.append((first, node))
        return iri

    def _find(self, draft: _Draft, thing: ThingKey) -> str | None:
        named = (draft.named.get(name_of(each)) for each in self._aliases.of(thing))
        return next((iri for iri in named if iri is not None), None)

    def _thing(self, draft: _Draft, thing: ThingKey, names: tuple[str, ...], evidence: Evidence) -> str:
        found = self._find(draft, thing)
        if found is None:
            return self._new(draft, thing, names, evidence)
        entity = draft.entities[found]
        passages = entity.mentions
        if not any(m.start <= evidence.start and evidence.end <= m.end for m in passages):
            passages = tuple(sorted((*passages, evidence), key=lambda m: (m.start, m.end)))
        further = replace(
            entity,
            names=tuple(sorted({*entity.names, *names})),
            forms=tuple(sorted({*entity.forms, *names})),
            mentions=passages,
        )
        draft.put(further)
        return found

    def _new(self, draft: _Draft, thing: ThingKey, names: tuple[str, ...], evidence: Evidence) -> str:
        article = draft.graph.article
        forms = tuple(sorted(set(names)))
        iri = local_iri(self._base, article, thing.type, thing.name)
        entity = Entity(iri, thing.type, thing.name, forms, article.language, (evidence,), forms)
        if draft.entities.get(iri, entity) != entity:  # a namesake, which is another thing
            iri = entity_iri(self._base, thing.type, f"{thing.name} {thing.article or article.source}")
            entity = replace(entity, iri=iri)
        draft.put(entity)
        return iri

    def _problem(self, judgement: AddedThing | AddedStatement, reason: str, remedy: str) -> None:
        self.problems.append(problem_of(self._curation, judgement, reason, remedy))
