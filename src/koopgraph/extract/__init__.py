"""extract: what an annotated article states, by the extractors of the registry."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from koopgraph.extract.registry import Extractor, available, extractor, get, select
from koopgraph.model import Annotated, Mention, Statement, Value, ValueKind
from koopgraph.rdf.dates import is_edtf
from koopgraph.rdf.iris import theme_iri
from koopgraph.rdf.vocabulary import relation_allowed

__all__ = ["Extractor", "available", "extract", "extractor", "get", "select"]

_BUDGET = re.compile(r"\d+ [A-Z]{3}")


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
            allowed = relation_allowed(statement.relation, statement.subject.type, target)
            if quoted and allowed and _is_well_formed(statement.object):
                yield statement


def _is_well_formed(target: Mention | Value) -> bool:
    """Whether a value has the form that the ontology asks for; raises for a theme that it does not have."""
    if not isinstance(target, Value):
        return True
    match target.kind:
        case ValueKind.DATE:
            return is_edtf(target.text)
        case ValueKind.BUDGET:
            return _BUDGET.fullmatch(target.text) is not None
        case ValueKind.THEME:
            return bool(theme_iri(target.text))
        case ValueKind.MOTTO:
            return bool(target.text.strip())
