"""Links as quads: what is accepted in the default graph, what is proposed in the provenance graph."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from koopgraph.link.reconcile.links_file import Link, Links, ProposedLink
from koopgraph.rdf.iris import curator_iri, link_iri, provenance_graph_iri
from koopgraph.rdf.triples import Triple, confidence, triple
from koopgraph.rdf.vocabulary import DCTERMS, KOOP, PROV, RDF, RDFS, SKOS


def link_triples(links: Links, iris: Collection[str], *, base: str) -> Iterator[Quad]:
    """Yield the quads of the links of those things, by IRI, that are in the graph.

    An accepted entry is the thing's ``skos:exactMatch`` in the default graph, and has a ``koop:LinkProposal`` in
    the provenance graph that says how well it fits and who accepted it. Where none is accepted, every candidate
    has one; where a person has refused them all, none has.
    """
    provenance = NamedNode(provenance_graph_iri(base))
    for link in _of(links, iris):
        if link.accepted is not None:
            yield Quad(NamedNode(link.thing), NamedNode(SKOS.exactMatch), NamedNode(link.accepted), DefaultGraph())
        for proposed in _told(link):
            for stated in _proposal(link, proposed, base):
                yield Quad(*stated, provenance)


def links_of_build(
    links: Links, built: Collection[Quad], things: Collection[str], *, base: str, refused: Collection[tuple[str, str]]
) -> list[Quad]:
    """Return the quads that earlier runs of ``koopgraph link`` add to a new build of ``built``.

    ``things`` are the IRIs of its things, ``refused`` pairs of thing and entry that a curator has taken back.
    """
    if not links.records:
        return []
    kept = Links(tuple(link for link in links.records if (link.thing, link.accepted) not in refused))
    return list(link_triples(not_built(kept, set(built)), things, base=base))


def not_built(links: Links, built: Container[Quad]) -> Links:
    """Return the links without those that a build makes itself, from the gazetteer or a curator's judgements.

    Told as ours too, they would go with our record of them when a later run takes it back.
    """
    match = NamedNode(SKOS.exactMatch)

    def is_built(link: Link) -> bool:
        if link.accepted is None:
            return False
        return Quad(NamedNode(link.thing), match, NamedNode(link.accepted), DefaultGraph()) in built

    return Links(tuple(link for link in links.records if not is_built(link)))


def unmatched(links: Links, iris: Collection[str]) -> tuple[Link, ...]:
    """Return the links of things that are not in the graph: they have no effect, and are to be reported."""
    known = set(iris)
    return tuple(link for link in links.records if link.thing not in known)


def without_links(quads: Iterable[Quad]) -> set[Quad]:
    """Return the quads without what :func:`link_triples` yields; links that others made stay."""
    kept = set(quads)
    records = {q.subject for q in kept if q.predicate.value == RDF.type and q.object == NamedNode(KOOP.LinkProposal)}
    described = {quad for quad in kept if quad.subject in records}
    things = {q.subject: q.object for q in described if q.predicate.value == KOOP.linked}
    for quad in described:
        if quad.predicate.value == KOOP.authority:
            thing = things[quad.subject]
            if isinstance(thing, NamedNode):
                kept.discard(Quad(thing, NamedNode(SKOS.exactMatch), quad.object, DefaultGraph()))
    return kept - described


def _of(links: Links, iris: Collection[str]) -> Iterator[Link]:
    known = set(iris)
    return (link for link in links.records if link.thing in known)


def _told(link: Link) -> Iterable[ProposedLink]:
    if link.accepted is None:
        return () if link.curated else link.candidates
    # A person may accept an entry that the service did not think of: then it is theirs alone, and sure.
    unheard = ProposedLink(link.accepted, link.label, 1.0)
    return (next((c for c in link.candidates if c.iri == link.accepted), unheard),)


def _proposal(link: Link, proposed: ProposedLink, base: str) -> Iterator[Triple]:
    iri = link_iri(base, link.thing, proposed.iri)
    yield triple(iri, RDF.type, NamedNode(KOOP.LinkProposal))
    yield triple(iri, RDFS.label, Literal(proposed.name))
    yield triple(iri, KOOP.linked, NamedNode(link.thing))
    yield triple(iri, KOOP.authority, NamedNode(proposed.iri))
    yield triple(iri, KOOP.confidence, confidence(proposed.score))
    yield triple(iri, DCTERMS.source, Literal(link.service))
    if link.curated:
        yield triple(iri, PROV.wasAttributedTo, NamedNode(curator_iri(base, link.by)))
