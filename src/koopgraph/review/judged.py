"""Which questions of a queue a curation file has answered already."""

from __future__ import annotations

from collections.abc import Iterable

from koopgraph.curation.judgements import Judgement, PairJudgement, Retype, StatementJudgement, StatementKey, ThingKey
from koopgraph.model import EntityType
from koopgraph.rdf.vocabulary import RELATIONS
from koopgraph.resolve.names import key
from koopgraph.review.items import Entry, Kind, PairKey
from koopgraph.review.queue import Queue


class Judged:
    """The judgements of a file, found again by the names they give; asking about one entry takes no search."""

    def __init__(self, queue: Queue, judgements: Iterable[Judgement]) -> None:
        """Look up what each judgement means in the queue's graph."""
        self._queue = queue
        self._pairs: set[frozenset[str]] = set()
        self._names: dict[frozenset[tuple[str, str]], list[PairKey]] = {}
        self._statements: set[tuple[str, str, str | None]] = set()
        self._retyped: dict[str, EntityType] = {}
        for judgement in judgements:
            if isinstance(judgement, PairJudgement):
                self._add_pair(judgement.things)
            elif isinstance(judgement, StatementJudgement):
                self._add_statement(judgement.statement)
            elif isinstance(judgement, Retype):
                self._retyped.update(dict.fromkeys(queue.things.find(judgement.thing), judgement.type))

    def covers(self, entry: Entry) -> bool:
        """Whether the question has its answer in the file, be it that nobody can tell."""
        if entry.kind is Kind.STATEMENT:
            return (*_ends(entry), entry.value) in self._statements
        if entry.kind is Kind.PROPOSAL:
            return frozenset(entry.things) in self._pairs or self._got_one_class(entry)
        kind = self._queue.things.type(entry.things[0])
        alike = self._names.get(frozenset(_comparable(ThingKey(kind, form)) for form in entry.forms), [])
        return any(self._fits(entry, pair) for pair in alike)

    def _got_one_class(self, entry: Entry) -> bool:
        """Whether things of two classes were given one."""
        if self._retyped.keys().isdisjoint(entry.things):
            return False
        before = {self._queue.things.type(iri) for iri in entry.things}
        after = {self._retyped.get(iri, self._queue.things.type(iri)) for iri in entry.things}
        return len(after) < len(before)

    def _fits(self, entry: Entry, pair: PairKey) -> bool:
        """Whether the articles of a judgement, where it names any, are those of the merge."""
        if all(thing.article is None for thing in pair):
            return True
        item = self._queue.item(entry)
        articles = [{quote.article for quote in item.quotes if quote.side in (n, None)} for n in range(2)]
        orders = (pair, pair[::-1])
        return any(
            all(
                _comparable(thing) == _comparable(ThingKey(side.type, side.name)) and thing.article in (None, *found)
                for thing, side, found in zip(things, item.sides, articles, strict=True)
            )
            for things in orders
        )

    def _add_pair(self, things: PairKey) -> None:
        ones, others = (self._queue.things.find(thing) for thing in things)
        self._pairs |= {frozenset((one, other)) for one in ones for other in others if one != other}
        self._names.setdefault(frozenset(map(_comparable, things)), []).append(things)

    def _add_statement(self, said: StatementKey) -> None:
        subjects = self._queue.things.find(said.subject)
        objects = self._queue.things.find(said.object) if said.object else ()
        for subject in subjects:
            if said.value is not None:
                self._statements.add((subject, said.relation, said.value))
            for object_ in objects:
                self._statements.add((*_ordered(subject, said.relation, object_), None))


def _ends(entry: Entry) -> tuple[str, str]:
    if entry.value is not None:
        return entry.things[0], entry.relation
    return _ordered(entry.things[0], entry.relation, entry.things[1])


def _ordered(subject: str, relation: str, object_: str) -> tuple[str, str]:
    """Return subject and relation with object; a symmetric relation has its ends in one order."""
    known = RELATIONS.get(relation)
    if known is not None and known.symmetric and object_ < subject:
        subject, object_ = object_, subject
    return subject, f"{relation} {object_}"


def _comparable(thing: ThingKey) -> tuple[str, str]:
    return thing.type.value, key(thing.name, thing.type)
