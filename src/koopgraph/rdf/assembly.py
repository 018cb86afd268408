"""From what single articles state to one RDF dataset with evidence (``docs/graph.md`` shows the shape).

1. Each article's named graph is independent of all others and leaves as soon as the article arrives.
2. Entities, statements and passages are gathered over all articles: every article has one vote on an
   entity's name; a statement collects passages, extractors and roles, and keeps the best confidence.
3. The default graph and the provenance graph follow at the end, from what was gathered.

The set of quads does not depend on the order of the articles; writing sorts it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from koopgraph.curation.applied import AuthorityLink
from koopgraph.errors import KoopgraphError
from koopgraph.model import ArticleGraph, Contradiction, Entity, EntityType, Evidence, Fact, Language, Merge, Proposal
from koopgraph.rdf.contradictions import contradiction_triples
from koopgraph.rdf.curators import curator_triples
from koopgraph.rdf.gazetteer import place_triples
from koopgraph.rdf.iris import passage_iri, provenance_graph_iri, statement_iri
from koopgraph.rdf.merges import merge_triples, proposal_triples
from koopgraph.rdf.triples import (
    Triple,
    confidence,
    derived,
    implied,
    membership,
    metadata,
    passage_triples,
    statement,
    text,
    triple,
)
from koopgraph.rdf.vocabulary import KOOP, PROV, RDF, RDFS, SKOS


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found over all articles: why things are one, which may be, where articles disagree, what people judged.

    ``links`` are people's judgements on entries of authorities; ``curated`` gives, by the IRI of a thing, who added it,
    renamed it or gave it its class.
    """

    merges: Sequence[Merge] = ()
    proposals: Sequence[Proposal] = ()
    contradictions: Sequence[Contradiction] = ()
    links: Sequence[AuthorityLink] = ()
    curated: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def curators(self) -> set[str]:
        """Who judged merges and links."""
        return {merge.curator for merge in self.merges if merge.curator} | {link.curator for link in self.links}

    def asserted(self) -> Iterator[Triple]:
        """Yield what people assert of entries of authorities, for the default graph."""
        for link in self.links:
            if link.accepted:
                yield triple(link.iri, SKOS.exactMatch, NamedNode(link.authority))

    def triples(self, *, base: str, languages: Mapping[str, Language]) -> Iterator[Triple]:
        """Yield them as triples of the provenance graph; ``languages`` are those of the articles by their IRIs."""
        for merge in self.merges:
            yield from merge_triples(merge, base=base, languages=languages)
        for proposal in self.proposals:
            yield from proposal_triples(proposal, base=base, languages=languages)
        for contradiction in self.contradictions:
            yield from contradiction_triples(contradiction, base=base)


def assemble(graphs: Iterable[ArticleGraph], *, base: str, findings: Findings = Findings()) -> Iterator[Quad]:
    """Yield the whole dataset: each article's graph, the default graph, the provenance graph.

    ``base`` begins every minted IRI and must be the one that the graphs' IRIs were minted with. ``findings`` go to the
    provenance graph. A quad may come twice; stores and :mod:`koopgraph.rdf.serialise` keep one.
    Raises :class:`KoopgraphError` where a quote is not what the article has at its offsets, two articles
    have one IRI, one entity has two classes, or a relation or theme is unknown.
    """
    corpus = _Corpus(base)
    for graph in graphs:
        corpus.add(graph)
        name = NamedNode(graph.iri)
        yield from (Quad(*stated, name) for stated in article_triples(graph, base=base))
    yield from (Quad(*stated, DefaultGraph()) for stated in corpus.asserted())
    provenance = NamedNode(provenance_graph_iri(base))
    yield from (Quad(*stated, provenance) for stated in corpus.provenance())
    yield from (Quad(*stated, DefaultGraph()) for stated in findings.asserted())
    for told in (findings.triples(base=base, languages=corpus.languages), corpus.curators(findings)):
        yield from (Quad(*stated, provenance) for stated in told)


def article_triples(graph: ArticleGraph, *, base: str) -> Iterator[Triple]:
    """Yield exactly what one article states: its metadata, its entities as it names them, its facts."""
    yield from metadata(graph)
    yield from _Naming(graph.entities).triples()
    stated = {statement(fact, graph.article.language) for fact in graph.facts}
    for said in stated - implied(stated):
        yield said
        yield from derived(said)
    for fact in graph.facts:
        if fact.relation == "affiliatedWith":
            yield from membership(statement(fact, graph.article.language), _roles(fact, graph), base=base)


def _roles(fact: Fact, graph: ArticleGraph) -> list[Literal]:
    if not fact.role or fact.relation != "affiliatedWith":
        return []
    return [text(fact.role, graph.article.language)]


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


class _Naming:
    """The names of all entities that were seen so far."""

    def __init__(self, entities: Iterable[Entity] = ()) -> None:
        self._names: dict[str, _Names] = {}
        for entity in entities:
            self.add(entity)

    def add(self, entity: Entity) -> None:
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


class _Corpus:
    """Gathers what all articles state, and yields it merged."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._naming = _Naming()
        self._authorities: dict[str, str] = {}
        self._curated: list[ArticleGraph] = []
        self._articles: dict[str, list[Triple]] = {}
        self.languages: dict[str, Language] = {}
        self._support: dict[Triple, _Support] = defaultdict(_Support)
        self._first_named: dict[str, set[str]] = defaultdict(set)
        self._passages: dict[str, tuple[str, Evidence, Language]] = {}

    def add(self, graph: ArticleGraph) -> None:
        """Take in one article."""
        if graph.iri in self._articles:
            raise KoopgraphError(f"{graph.article.source}: two articles are named {graph.iri}. Give each its own name.")
        self._articles[graph.iri] = list(metadata(graph))
        self.languages[graph.iri] = graph.article.language
        for entity in graph.entities:
            self._naming.add(entity)
            if entity.authority:
                known = self._authorities.get(entity.iri, entity.authority)
                self._authorities[entity.iri] = min(known, entity.authority)
            if entity.mentions:
                self._first_named[entity.iri].add(self._passage(entity.mentions[0], graph))
        if any(fact.curator for fact in graph.facts):
            self._curated.append(graph)
        for fact in graph.facts:
            support = self._support[statement(fact, graph.article.language)]
            support.confidence = max(support.confidence, fact.confidence)
            support.extractors.add(fact.extractor)
            support.roles.update(_roles(fact, graph))
            support.passages.add(self._passage(fact.evidence, graph))

    def _passage(self, evidence: Evidence, graph: ArticleGraph) -> str:
        if graph.article.text[evidence.start : evidence.end] != evidence.quote:
            raise KoopgraphError(
                f"{graph.article.source}: characters {evidence.start}–{evidence.end} are not {evidence.quote!r}. "
                "Quote the stored text, by Evidence.of."
            )
        iri = passage_iri(self._base, graph.iri, evidence.start, evidence.end)
        self._passages[iri] = (graph.iri, evidence, graph.article.language)
        return iri

    def asserted(self) -> Iterator[Triple]:
        """Yield the default graph: articles, entities, what the gazetteer knows of them, every statement once."""
        for known in self._articles.values():
            yield from known
        yield from self._naming.triples()
        for iri, authority in self._authorities.items():
            yield from place_triples(iri, authority)
        for stated in self._support.keys() - implied(self._support):
            yield stated
            yield from derived(stated)
            if stated.predicate.value == KOOP.affiliatedWith:
                yield from membership(stated, self._support[stated].roles, base=self._base)

    def curators(self, findings: Findings) -> Iterator[Triple]:
        """Yield who judged statements and things, and who these people are."""
        yield from curator_triples(self._curated, findings.curated, base=self._base, others=findings.curators)

    def provenance(self) -> Iterator[Triple]:
        """Yield the provenance graph: why each statement is made and where each entity is named."""
        for stated, support in self._support.items():
            yield from self._reified(stated, support)
        for iri, passages in self._first_named.items():
            for passage in passages:
                yield triple(iri, PROV.wasDerivedFrom, NamedNode(passage))
        for iri, (article, evidence, language) in self._passages.items():
            yield from passage_triples(iri, article, evidence, language)

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
