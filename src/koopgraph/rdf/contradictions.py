"""Where articles disagree, as triples of the provenance graph (``docs/graph.md``)."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode

from koopgraph.model import Claim, Contradiction, Fact
from koopgraph.rdf.iris import contradiction_iri, statement_iri
from koopgraph.rdf.triples import Triple, statement, triple
from koopgraph.rdf.vocabulary import KOOP, RDF


def contradiction_triples(found: Contradiction, *, base: str) -> Iterator[Triple]:
    """Yield what is contradicted and the statements that cannot all hold.

    Their values, passages and confidences stand at the statements, which :func:`koopgraph.rdf.assembly.assemble`
    makes of the same facts.
    """
    iri = contradiction_iri(base, found.subject, found.relation)
    yield triple(iri, RDF.type, NamedNode(KOOP.Contradiction))
    yield triple(iri, KOOP.about, NamedNode(found.subject))
    for claim in found.claims:
        stated = statement(_fact(found, claim), claim.language)
        yield triple(iri, KOOP.statement, NamedNode(statement_iri(base, *stated)))


def _fact(found: Contradiction, claim: Claim) -> Fact:
    return Fact(found.subject, found.relation, claim.object, claim.evidence, "", claim.confidence)
