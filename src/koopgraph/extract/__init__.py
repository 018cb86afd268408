"""extract: what an annotated article states, by the extractors of the registry."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from koopgraph.errors import ExtractionError
from koopgraph.extract.proposals import with_proposals
from koopgraph.extract.registry import Extractor, ExtractorFactory, available, built_in, extractor, get, select
from koopgraph.model import Annotated, Mention, Statement, Value, ValueKind
from koopgraph.rdf.dates import is_edtf
from koopgraph.rdf.iris import theme_iri
from koopgraph.rdf.vocabulary import relation_allowed

__all__ = [
    "Extractor",
    "ExtractorFactory",
    "Findings",
    "available",
    "built_in",
    "extract",
    "extractor",
    "gather",
    "get",
    "select",
]

_BUDGET = re.compile(r"\d+ [A-Z]{3}")


@dataclass(frozen=True, slots=True)
class Findings:
    """An article with all its mentions, what it states, and why an extractor could not read it."""

    annotated: Annotated
    statements: tuple[Statement, ...]
    failures: tuple[ExtractionError, ...] = ()


def gather(annotated: Annotated, extractors: Sequence[Extractor]) -> Findings:
    """Return what ``extractors`` find in ``annotated``: mentions, then statements, then their weights.

    An extractor that raises :class:`ExtractionError` is left out of this article; the others count.
    """
    failures: dict[str, ExtractionError] = {}
    proposed: list[Mention] = []
    for one in extractors:
        try:
            proposed += one.propose(annotated)
        except ExtractionError as error:
            failures[one.name] = error
    annotated = with_proposals(annotated, proposed)
    statements: list[Statement] = []
    for one in extractors:
        if one.name in failures:
            continue
        try:
            statements += extract(annotated, [one])
        except ExtractionError as error:
            failures[one.name] = error
    for one in extractors:
        if one.weigh is not None:
            statements = [s for s in one.weigh(annotated, statements) if _counts(s, annotated.article.text)]
    return Findings(annotated, tuple(statements), tuple(failures.values()))


def extract(annotated: Annotated, extractors: Sequence[Extractor]) -> Iterator[Statement]:
    """Yield what every one of ``extractors`` finds in ``annotated``, as far as the ontology allows it.

    A statement counts only where the article has its quote at the offsets, whoever makes it. Raises
    :class:`KoopgraphError` for a relation or theme that the ontology does not have.
    """
    for one in extractors:
        for statement in one(annotated):
            if _counts(statement, annotated.article.text):
                yield statement


def _counts(statement: Statement, text: str) -> bool:
    """Whether the text has the quote at its offsets and the ontology allows the statement."""
    evidence = statement.evidence
    target = statement.object.kind if isinstance(statement.object, Value) else statement.object.type
    quoted = text[evidence.start : evidence.end] == evidence.quote
    allowed = relation_allowed(statement.relation, statement.subject.type, target)
    return quoted and allowed and _is_well_formed(statement.object)


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
