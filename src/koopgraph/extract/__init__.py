"""extract: what an annotated article states, by the extractors of the registry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from koopgraph.extract.registry import Extractor, available, extractor, get, select
from koopgraph.model import Annotated, Statement, Value
from koopgraph.rdf.vocabulary import relation_allowed

__all__ = ["Extractor", "available", "extract", "extractor", "get", "select"]


def extract(annotated: Annotated, extractors: Sequence[Extractor]) -> Iterator[Statement]:
    """Yield what every one of ``extractors`` finds in ``annotated``, as far as the ontology allows it."""
    for one in extractors:
        for statement in one(annotated):
            target = statement.object.kind if isinstance(statement.object, Value) else statement.object.type
            if relation_allowed(statement.relation, statement.subject.type, target):
                yield statement
