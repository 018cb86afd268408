"""From what single articles state to one RDF dataset with evidence (``docs/graph.md`` shows the shape).

1. Each article's named graph is independent of all others and leaves as soon as the article arrives.
2. What the articles say of things is gathered over all of them (:mod:`koopgraph.rdf.gathered`).
3. The default graph and the provenance graph follow at the end, from what was gathered and found.

The set of quads does not depend on the order of the articles; writing sorts it. A build of many articles does the same
part by part, by way of the disk (:mod:`koopgraph.rdf.dataset_files`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pyoxigraph import DefaultGraph, NamedNode, Quad

from koopgraph.curation.applied import AuthorityLink
from koopgraph.errors import KoopgraphError
from koopgraph.model import ArticleGraph, Contradiction, Language, Merge, Proposal
from koopgraph.rdf.contradictions import contradiction_triples
from koopgraph.rdf.curators import curator_triples
from koopgraph.rdf.gathered import Gathered, Names
from koopgraph.rdf.iris import provenance_graph_iri
from koopgraph.rdf.merges import merge_triples, proposal_triples
from koopgraph.rdf.shares import Passages, Share, share_of
from koopgraph.rdf.triples import (
    Triple,
    derived,
    implied,
    membership,
    metadata,
    passage_triples,
    statement,
    text,
    triple,
)
from koopgraph.rdf.vocabulary import SKOS


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

    @property
    def named_in(self) -> set[str]:
        """The IRIs of the articles that merges and proposals quote."""
        found: list[Merge | Proposal] = [*self.merges, *self.proposals]
        return {naming.article for one in found for naming in one.namings}

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


@dataclass(frozen=True, slots=True)
class Told:
    """One article's own triples, of its named ``graph`` and its ``passages``, and its ``share`` in what is gathered."""

    graph: tuple[Triple, ...]
    passages: tuple[Triple, ...]
    share: Share


class Articles:
    """Takes the articles one after the other, and remembers of them what is needed at the end."""

    def __init__(self, findings: Findings, *, base: str) -> None:
        """Take what was found over all articles, and what begins every IRI."""
        self._findings, self._base = findings, base
        self._named_in = findings.named_in
        self._languages: dict[str, Language] = {}
        self._seen: set[str] = set()
        self._curated: list[ArticleGraph] = []

    def tell(self, graph: ArticleGraph) -> Told:
        """Return the article's own triples and its share.

        Raises :class:`KoopgraphError` as :meth:`remember` and :func:`told_by` do.
        """
        self.remember(graph.iri, graph.article.source, graph.article.language)
        self.remember_judged(graph)
        return told_by(graph, base=self._base)

    def remember(self, iri: str, source: str, language: Language) -> None:
        """Take note of an article; raise :class:`KoopgraphError` where it has the IRI of another one."""
        if iri in self._seen:
            raise KoopgraphError(f"{source}: two articles are named {iri}. Give each its own name.")
        self._seen.add(iri)
        if iri in self._named_in:
            self._languages[iri] = language

    def remember_judged(self, graph: ArticleGraph) -> None:
        """Take note of the facts of an article that people judged, where there are any."""
        judged = tuple(fact for fact in graph.facts if fact.curator)
        if judged:
            self._curated.append(replace(graph, article=replace(graph.article, text=""), entities=(), facts=judged))

    def asserted(self) -> Iterator[Triple]:
        """Yield what the findings add to the default graph."""
        yield from self._findings.asserted()

    def provenance(self) -> Iterator[Triple]:
        """Yield what was found over all articles, and who judged, for the provenance graph."""
        yield from self._findings.triples(base=self._base, languages=self._languages)
        curated, others = self._findings.curated, self._findings.curators
        yield from curator_triples(self._curated, curated, base=self._base, others=others)


def told_by(graph: ArticleGraph, *, base: str) -> Told:
    """Return an article's own triples and its share.

    Raises :class:`KoopgraphError` where a quote is not what the article has at its offsets, one entity has two classes,
    or a relation or theme is unknown.
    """
    share, passages = share_of(graph, base=base)
    own = tuple(_article_triples(graph, share, base=base))
    return Told(own, tuple(_passage_triples(graph, passages)), share)


def assemble(graphs: Iterable[ArticleGraph], *, base: str, findings: Findings = Findings()) -> Iterator[Quad]:
    """Yield the whole dataset: each article's graph, the default graph, the provenance graph.

    ``base`` begins every minted IRI and must be the one that the graphs' IRIs were minted with. ``findings`` go to the
    provenance graph. A quad may come twice; stores and :mod:`koopgraph.rdf.serialise` keep one.
    Raises :class:`KoopgraphError` as :meth:`Articles.tell` does.
    """
    articles, gathered = Articles(findings, base=base), Gathered(base)
    default, provenance = DefaultGraph(), NamedNode(provenance_graph_iri(base))
    for graph in graphs:
        told = articles.tell(graph)
        gathered.add(told.share)
        name = NamedNode(graph.iri)
        yield from (Quad(*stated, name) for stated in told.graph)
        yield from (Quad(*stated, default) for stated in metadata(graph))
        yield from (Quad(*stated, provenance) for stated in told.passages)
    for asserted in (gathered.asserted(), articles.asserted()):
        yield from (Quad(*stated, default) for stated in asserted)
    for known in (gathered.provenance(), articles.provenance()):
        yield from (Quad(*stated, provenance) for stated in known)


def _article_triples(graph: ArticleGraph, share: Share, *, base: str) -> Iterator[Triple]:
    """Yield exactly what one article states: its metadata, its entities as it names them, its facts."""
    yield from metadata(graph)
    yield from Names(share.entities).triples()
    stated = {statement(fact, share.language): fact for fact in share.facts}
    for said in stated.keys() - implied(stated):
        yield said
        yield from derived(said)
    for fact in share.facts:
        if fact.relation == "affiliatedWith":
            roles = [text(fact.role, share.language)] if fact.role else []
            yield from membership(statement(fact, share.language), roles, base=base)


def _passage_triples(graph: ArticleGraph, passages: Passages) -> Iterator[Triple]:
    for iri, evidence in passages.items():
        yield from passage_triples(iri, graph.iri, evidence, graph.article.language)
