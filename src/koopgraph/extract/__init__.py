"""extract: what an annotated article states, by the extractors of the registry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from koopgraph.extract.registry import Extractor, available, extractor, get, select
from koopgraph.model import Annotated, Statement, Value, ValueKind
from koopgraph.rdf.iris import theme_iri
from koopgraph.rdf.vocabulary import relation_allowed

__all__ = ["Extractor", "available", "extract", "extractor", "get", "select"]


def extract(annotated: Annotated, extractors: Sequence[Extractor]) -> Iterator[Statement]:
    """Yield what every one of ``extractors`` finds in ``annotated``, as far as the ontology allows it.

    A statement counts only where the article has its quote at the offsets, whoever makes it. Raises
    :class:`KoopgraphError` for a relation or theme that the ontology does not have.
    """
    text = annotated.article.text
    for one in extractors:
        for statement in one(annotated):
            evidence = statement.evidence
            target = statement.object.kind if isinstance(statement.object, Value) else statement.object.type
            quoted = text[evidence.start : evidence.end] == evidence.quote
            if target is ValueKind.THEME and isinstance(statement.object, Value):
                theme_iri(statement.object.text)
            if quoted and relation_allowed(statement.relation, statement.subject.type, target):
                yield statement
