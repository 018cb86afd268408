"""What a built graph leaves to be judged: possible duplicates, doubtful merges, uncertain statements.

The list is read at once, for it is short per entry; names, sentences and articles are read when an entry is shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Set
from typing import TYPE_CHECKING, TypeAlias

from koopgraph.curation.judgements import StatementKey, ThingKey
from koopgraph.rdf.vocabulary import DCTERMS, KOOP, NIF, PROV, RDF, THEMES
from koopgraph.resolve.names import key
from koopgraph.review.items import Entry, Item, Kind, PairKey, Quote, Reviewed
from koopgraph.review.marks import find_marks, value_forms
from koopgraph.review.texts import Texts, around
from koopgraph.review.things import Things

if TYPE_CHECKING:
    from pyoxigraph import BlankNode, Literal, NamedNode, Store, Triple

    Term = NamedNode | BlankNode | Literal | Triple

_Table: TypeAlias = dict[str, tuple[str, ...]]

MOST_QUOTES = 6
"""Sentences of one question; a thing that a hundred articles name is judged by the first ones as well."""
SAME_NAME = "same name"
"""The rule of merges that nobody needs to look at."""


class Queue:
    """The questions of a graph, those first where it is most likely wrong."""

    def __init__(self, store: Store, texts: Texts | None = None) -> None:
        """Read what there is to judge; ``texts`` give what stands around a sentence."""
        self._store = store
        self._texts = texts or Texts(None)
        self.things = Things(store)
        sure = self._table(KOOP.confidence)
        judged = self._table(PROV.wasAttributedTo).keys()
        found = (*self._pairs(sure, judged), *self._statements(sure, judged))
        self.entries: tuple[Entry, ...] = tuple(
            sorted(
                (entry for entry in found if all(iri in self.things for iri in entry.things)),
                key=lambda e: (-e.doubt, e.kind, e.rule, e.things, e.relation, e.value or "", e.node),
            )
        )
        self._by_id = {entry.id: entry for entry in self.entries}

    def entry(self, id_: str) -> Entry | None:
        """Return the entry of that ``id``."""
        return self._by_id.get(id_)

    def item(self, entry: Entry) -> Item:
        """Return the question with its things, sentences and the key of its judgement."""
        quotes = self._quotes(entry)
        sides = tuple(self._side(entry, side) for side in range(2 if entry.forms else len(entry.things)))
        judged = self._pair_key(sides, quotes) if entry.forms else self._statement_key(entry, sides, quotes)
        shared = tuple(sorted(_text(term) for term in self._objects(entry.node, KOOP.shared)))
        return Item(entry, sides, quotes[:MOST_QUOTES], judged, shared, max(0, len(quotes) - MOST_QUOTES))

    def nodes_of(self, article: str) -> frozenset[str]:
        """Return the nodes of entries whose sentences stand in the article with that source."""
        from pyoxigraph import Literal, NamedNode

        found = set()
        for stated in self._store.quads_for_pattern(None, NamedNode(DCTERMS.source), Literal(article)):
            if isinstance(stated.subject, NamedNode):
                for passage in self._store.quads_for_pattern(None, NamedNode(NIF.referenceContext), stated.subject):
                    if isinstance(passage.subject, NamedNode):
                        users = self._store.quads_for_pattern(None, NamedNode(PROV.wasDerivedFrom), passage.subject)
                        found |= {_text(user.subject) for user in users}
        return frozenset(found)

    def _pairs(self, sure: _Table, judged: Set[str]) -> Iterator[Entry]:
        """Yield proposals and merges, but for merges by name and those that a person has judged."""
        rules, forms = self._table(KOOP.rule), self._table(KOOP.form)
        for kind, predicate in ((Kind.PROPOSAL, KOOP.candidate), (Kind.MERGE, KOOP.merged)):
            for node, things in self._table(predicate).items():
                rule = min(rules.get(node, ("",)))
                if node in judged or (kind is Kind.MERGE and rule == SAME_NAME):
                    continue
                named = sorted(forms.get(node, ())) or [""]
                both = (named[0], named[-1])
                if kind is Kind.MERGE and both[0] == both[1]:
                    continue
                yield Entry(kind, node, tuple(sorted(things)), _best(sure.get(node)), rule, both)

    def _statements(self, sure: _Table, judged: Set[str]) -> Iterator[Entry]:
        from pyoxigraph import Literal, NamedNode

        relations, objects = self._table(RDF.predicate), self._terms(RDF.object)
        for node, subjects in self._table(RDF.subject).items():
            if node in judged:
                continue
            relation = min(relations[node]).removeprefix(KOOP.iri)
            object_ = objects[node][0]
            things: tuple[str, ...] = (subjects[0], _text(object_))
            value = None
            if isinstance(object_, Literal) or (isinstance(object_, NamedNode) and object_.value.startswith(THEMES)):
                things, value = things[:1], _text(object_).removeprefix(THEMES)
            yield Entry(Kind.STATEMENT, node, things, _best(sure.get(node)), relation=relation, value=value)

    def _side(self, entry: Entry, side: int) -> Reviewed:
        iri = entry.things[min(side, len(entry.things) - 1)]
        names = self.things.names(iri)
        name = entry.forms[side] if entry.kind is Kind.MERGE else names[0]
        others = tuple(other for other in names if other != name)
        return Reviewed(iri, self.things.type(iri), name, others, self.things.articles(iri))

    def _quotes(self, entry: Entry) -> tuple[Quote, ...]:
        names = self._names(entry)
        own = [self._passages(entry.node)]
        if entry.kind is Kind.PROPOSAL:
            # What else either article says of them tells namesakes apart.
            own += [self._passages(iri) for iri in entry.things]
        sides = self._sides(entry, own, names)
        places = dict.fromkeys(place for found in own for place in found)
        return tuple(self._quote(place, sides.get(place[2]), names) for place in places)

    def _sides(
        self, entry: Entry, own: list[list[tuple[str, int, str]]], names: list[tuple[str, ...]]
    ) -> dict[str, int]:
        """Return, by passage, the side that it speaks for, where it is one of them alone."""
        if entry.kind is Kind.STATEMENT:
            return {}
        if entry.kind is Kind.PROPOSAL:
            first, second = ({passage for _, _, passage in places} for places in own[1:])
            return {**dict.fromkeys(first - second, 0), **dict.fromkeys(second - first, 1)}
        found = {}
        for _, _, passage in own[0]:
            marks = find_marks(self._one(passage, NIF.anchorOf), [[form] for form in entry.forms])
            if len({mark.side for mark in marks}) == 1:
                found[passage] = marks[0].side
        return found

    def _names(self, entry: Entry) -> list[tuple[str, ...]]:
        if entry.kind is Kind.MERGE:
            others = self.things.names(entry.things[0])
            kind = self.things.type(entry.things[0])
            keys = [key(form, kind) for form in entry.forms]
            return [
                (form, *(name for name in others if key(name, kind) == keys[side]))
                for side, form in enumerate(entry.forms)
            ]
        names = [self.things.names(iri) for iri in entry.things]
        return names if entry.value is None else [*names, value_forms(entry.value)]

    def _quote(self, place: tuple[str, int, str], side: int | None, names: list[tuple[str, ...]]) -> Quote:
        article, _, passage = place
        iri = self._one(passage, NIF.referenceContext)
        sentence, begin = self._one(passage, NIF.anchorOf), int(self._one(passage, NIF.beginIndex) or 0)
        whole = self._texts.of(iri)
        fits = whole[begin : begin + len(sentence)] == sentence
        title, published = self._one(iri, DCTERMS.title), self._one(iri, DCTERMS.issued)
        before, after = around(whole, begin, begin + len(sentence), title=title) if fits else ("", "")
        text, start = before + sentence + after, len(before)
        marks = find_marks(text, names, first=side or 0)
        return Quote(article, title, published, text, start, start + len(sentence), side, marks)

    def _passages(self, node: str) -> list[tuple[str, int, str]]:
        """Return the passages of a node: source of the article, offset, IRI; in this order."""
        places = []
        for passage in self._objects(node, PROV.wasDerivedFrom):
            source = self._one(self._one(_text(passage), NIF.referenceContext), DCTERMS.source)
            places.append((source, int(self._one(_text(passage), NIF.beginIndex) or 0), _text(passage)))
        return sorted(set(places))

    def _pair_key(self, sides: tuple[Reviewed, ...], quotes: tuple[Quote, ...]) -> PairKey:
        one, other = (self._thing_key(side, number, quotes) for number, side in enumerate(sides))
        if one.type is other.type and key(one.name, one.type) == key(other.name, other.type):
            one, other = (self._thing_key(side, n, quotes, certain=True) for n, side in enumerate(sides))
        return (one, other)

    def _statement_key(self, entry: Entry, sides: tuple[Reviewed, ...], quotes: tuple[Quote, ...]) -> StatementKey:
        subject, *objects = (self._thing_key(side, number, quotes) for number, side in enumerate(sides))
        return StatementKey(subject, entry.relation, objects[0] if objects else None, entry.value)

    def _thing_key(self, side: Reviewed, number: int, quotes: tuple[Quote, ...], *, certain: bool = False) -> ThingKey:
        """Return the key of a thing: with an article where its name is another thing's too (or ``certain``)."""
        if not certain and not self.things.ambiguous(side.type, side.name):
            return ThingKey(side.type, side.name)
        own = [quote.article for quote in quotes if quote.side in (number, None) and quote.article in side.articles]
        return ThingKey(side.type, side.name, next(iter((*own, *side.articles)), None))

    def _terms(self, predicate: str) -> dict[str, list[Term]]:
        from pyoxigraph import NamedNode

        found: dict[str, list[Term]] = defaultdict(list)
        for quad in self._store.quads_for_pattern(None, NamedNode(predicate), None, None):
            found[_text(quad.subject)].append(quad.object)
        return found

    def _table(self, predicate: str) -> _Table:
        return {node: tuple(map(_text, terms)) for node, terms in self._terms(predicate).items()}

    def _objects(self, node: str, predicate: str) -> Iterator[Term]:
        from pyoxigraph import NamedNode

        for quad in self._store.quads_for_pattern(NamedNode(node), NamedNode(predicate), None, None):
            yield quad.object

    def _one(self, node: str, predicate: str) -> str:
        return min(map(_text, self._objects(node, predicate)), default="") if node else ""


def _best(confidences: Iterable[str] | None) -> float:
    return max(map(float, confidences or ()), default=0.0)


def _text(term: Term) -> str:
    return str(getattr(term, "value", term))
