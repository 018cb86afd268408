"""What all articles say of things, merged: each entity under one name, each statement once with all that supports it.

Every article has one vote on an entity's name; a statement collects passages, extractors and roles, and keeps the best
confidence. What is said of one thing depends on nothing that is said of others: things may be gathered in parts.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode

from koopgraph.errors import KoopgraphError
from koopgraph.model import EntityType, Language
from koopgraph.rdf.gazetteer import place_triples
from koopgraph.rdf.iris import statement_iri
from koopgraph.rdf.shares import EntityShare, Share
from koopgraph.rdf.triples import Triple, confidence, derived, implied, membership, statement, text, triple
from koopgraph.rdf.vocabulary import KOOP, PROV, RDF, RDFS, SKOS


@dataclass(slots=True)
class _Names:
    """How many articles prefer and use each (form, language) of one entity's name."""

    type: EntityType
    preferred: Counter[tuple[str, Language]] = field(default_factory=Counter)
    used: Counter[tuple[str, Language]] = field(default_factory=Counter)

    def label(self) -> str:
        """Return the form that most articles prefer; of equals the longest, then the first by alphabet."""
        votes: Counter[str] = Counter()
        for (name, _), count in self.preferred.items():
            votes[name] += count
        return min(votes, key=lambda name: (-votes[name], -len(name), name))

    def forms(self) -> dict[str, Language]:
        """Return every form once, with the language of most articles that use it."""
        forms: dict[str, Language] = {}
        for (name, language), _ in sorted(self.used.items(), key=lambda item: (-item[1], item[0])):
            forms.setdefault(name, language)
        return forms


class Names:
    """The names of all entities that were seen so far."""

    def __init__(self, entities: Iterable[EntityShare] = ()) -> None:
        """Take those of ``entities``."""
        self._names: dict[str, _Names] = {}
        for entity in entities:
            self.add(entity)

    def add(self, entity: EntityShare) -> None:
        """Take how one article names an entity; raise :class:`KoopgraphError` where it has another class elsewhere."""
        names = self._names.setdefault(entity.iri, _Names(entity.type))
        if names.type is not entity.type:
            raise KoopgraphError(f"{entity.iri} is both {names.type} and {entity.type}. Give each its own IRI.")
        names.preferred[entity.name, entity.language] += 1
        names.used.update((name, entity.language) for name in {entity.name, *entity.names})

    def triples(self) -> Iterator[Triple]:
        """Yield each entity's class, its one label and its other names."""
        for iri, names in self._names.items():
            label, forms = names.label(), names.forms()
            yield triple(iri, RDF.type, NamedNode(KOOP[names.type]))
            yield triple(iri, RDFS.label, text(label, forms.pop(label)))
            for form, language in forms.items():
                yield triple(iri, SKOS.altLabel, text(form, language))


@dataclass(slots=True)
class _Support:
    """What speaks for one statement, over all articles."""

    confidence: float = 0.0
    extractors: set[str] = field(default_factory=set)
    roles: set[Literal] = field(default_factory=set)
    passages: set[str] = field(default_factory=set)


class Gathered:
    """Gathers what articles say, of all things or of a part of them, and yields it merged."""

    def __init__(self, base: str) -> None:
        """Begin with nothing; ``base`` begins every IRI that is minted."""
        self._base = base
        self._names = Names()
        self._authorities: dict[str, str] = {}
        self._support: dict[Triple, _Support] = defaultdict(_Support)
        self._first_named: dict[str, set[str]] = defaultdict(set)

    def add(self, share: Share) -> None:
        """Take what one article says."""
        for entity in share.entities:
            self._names.add(entity)
            if entity.authority:
                known = self._authorities.get(entity.iri, entity.authority)
                self._authorities[entity.iri] = min(known, entity.authority)
            if entity.passage:
                self._first_named[entity.iri].add(entity.passage)
        for fact in share.facts:
            support = self._support[statement(fact, share.language)]
            support.confidence = max(support.confidence, fact.confidence)
            support.extractors.add(fact.extractor)
            support.passages.add(fact.passage)
            if fact.role and fact.relation == "affiliatedWith":
                support.roles.add(text(fact.role, share.language))

    def asserted(self) -> Iterator[Triple]:
        """Yield for the default graph: entities, what the gazetteer knows of them, every statement once."""
        yield from self._names.triples()
        for iri, authority in self._authorities.items():
            yield from place_triples(iri, authority)
        for stated in self._support.keys() - implied(self._support):
            yield stated
            yield from derived(stated)
            if stated.predicate.value == KOOP.affiliatedWith:
                yield from membership(stated, self._support[stated].roles, base=self._base)

    def provenance(self) -> Iterator[Triple]:
        """Yield for the provenance graph: why each statement is made, and where each entity is named."""
        for stated, support in self._support.items():
            yield from self._reified(stated, support)
        for iri, passages in self._first_named.items():
            for passage in passages:
                yield triple(iri, PROV.wasDerivedFrom, NamedNode(passage))

    def _reified(self, stated: Triple, support: _Support) -> Iterator[Triple]:
        iri = statement_iri(self._base, *stated)
        yield triple(iri, RDF.type, NamedNode(RDF.Statement))
        yield triple(iri, RDF.subject, stated.subject)
        yield triple(iri, RDF.predicate, stated.predicate)
        yield triple(iri, RDF.object, stated.object)
        yield triple(iri, KOOP.confidence, confidence(support.confidence))
        for extractor in support.extractors:
            yield triple(iri, KOOP.extractor, Literal(extractor))
        for role in support.roles:
            yield triple(iri, KOOP.role, role)
        for passage in support.passages:
            yield triple(iri, PROV.wasDerivedFrom, NamedNode(passage))
