"""Who judged what, as triples of the provenance graph (``docs/curation.md``)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from pyoxigraph import Literal, NamedNode

from koopgraph.model import ArticleGraph
from koopgraph.rdf.iris import curator_iri, statement_iri
from koopgraph.rdf.triples import Triple, statement, triple
from koopgraph.rdf.vocabulary import PROV, RDF, RDFS


def curator_triples(
    graphs: Iterable[ArticleGraph], curated: Mapping[str, Collection[str]], *, base: str, others: Iterable[str] = ()
) -> Iterator[Triple]:
    """Yield that statements and things are attributed to the people who judged them, and who these are.

    ``curated`` gives the curators of things that were added, renamed or given a class, by their final IRIs; ``others``
    are curators of what is told elsewhere (merges, links). A triple may come twice.
    """
    people = set(others)
    for graph in graphs:
        for fact in graph.facts:
            if fact.curator:
                iri = statement_iri(base, *statement(fact, graph.article.language))
                yield _attributed(iri, fact.curator, base)
                people.add(fact.curator)
    for iri, curators in curated.items():
        for curator in curators:
            yield _attributed(iri, curator, base)
            people.add(curator)
    yield from _agents(people, base)


def _attributed(iri: str, curator: str, base: str) -> Triple:
    return triple(iri, PROV.wasAttributedTo, NamedNode(curator_iri(base, curator)))


def _agents(people: Iterable[str], base: str) -> Iterator[Triple]:
    names = {curator_iri(base, name): name for name in sorted(people, reverse=True)}
    for iri, name in names.items():
        yield triple(iri, RDF.type, NamedNode(PROV.Agent))
        yield triple(iri, RDFS.label, Literal(name))
