"""Why names are one thing, and which things may be one, as triples of the provenance graph (``docs/graph.md``)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pyoxigraph import Literal, NamedNode

from koopgraph.model import Language, Merge, Naming, Proposal
from koopgraph.rdf.iris import curator_iri, merge_iri, passage_iri, proposal_iri
from koopgraph.rdf.triples import Triple, confidence, passage_triples, text, triple
from koopgraph.rdf.vocabulary import KOOP, PROV, RDF


def merge_triples(merge: Merge, *, base: str, languages: Mapping[str, Language]) -> Iterator[Triple]:
    """Yield why two names are one thing: the rule, how surely, both forms and the passages that name it.

    ``languages`` are those of the articles by their IRIs, which tag forms and quotes. The two namings have no
    order: swapped they give the same triples.
    """
    iri = merge_iri(base, merge.entity, merge.rule, *_told_apart(merge.namings))
    yield triple(iri, RDF.type, NamedNode(KOOP.Merge))
    yield triple(iri, KOOP.merged, NamedNode(merge.entity))
    yield from _judgement(iri, merge, base, languages)
    if merge.curator:
        yield triple(iri, PROV.wasAttributedTo, NamedNode(curator_iri(base, merge.curator)))


def proposal_triples(proposal: Proposal, *, base: str, languages: Mapping[str, Language]) -> Iterator[Triple]:
    """Yield which two things may be one, and why a person should judge it; as :func:`merge_triples`."""
    iri = proposal_iri(base, *sorted(proposal.entities), proposal.rule, *_told_apart(proposal.namings))
    yield triple(iri, RDF.type, NamedNode(KOOP.MergeProposal))
    for candidate in proposal.entities:
        yield triple(iri, KOOP.candidate, NamedNode(candidate))
    yield from _judgement(iri, proposal, base, languages)


def _told_apart(namings: tuple[Naming, Naming]) -> list[str]:
    """Return what tells a pair of namings from others, whichever stands first."""
    spans = ((n, f"{n.evidence.start}-{n.evidence.end}" if n.evidence else "") for n in namings)
    return [part for parts in sorted((n.article, n.form, span) for n, span in spans) for part in parts]


def _judgement(iri: str, found: Merge | Proposal, base: str, languages: Mapping[str, Language]) -> Iterator[Triple]:
    yield triple(iri, KOOP.rule, Literal(found.rule))
    yield triple(iri, KOOP.confidence, confidence(found.score))
    for shared in found.shared:
        yield triple(iri, KOOP.shared, Literal(shared))
    for naming in found.namings:
        language = languages.get(naming.article, "und")
        yield triple(iri, KOOP.form, text(naming.form, language))
        if naming.evidence is not None:
            named = passage_iri(base, naming.article, naming.evidence.start, naming.evidence.end)
            yield triple(iri, PROV.wasDerivedFrom, NamedNode(named))
            yield from passage_triples(named, naming.article, naming.evidence, language)
