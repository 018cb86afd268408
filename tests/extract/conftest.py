"""What all built-in extractors find in a marked text (the fixture ``mark``), so that extraction is tested by itself."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from koopgraph.extract import extract, select
from koopgraph.model import Annotated, Statement, Value

Said = Callable[..., set[tuple[str, str, str]]]


@pytest.fixture(scope="session")
def said() -> Said:
    """Return a function from an annotated article to what all built-in extractors find: subject, relation, object.

    It checks for every statement that its evidence is the article's text at the offsets.
    """
    extractors = select()

    def read(annotated: Annotated) -> set[tuple[str, str, str]]:
        return {_triple(statement, annotated.article.text) for statement in extract(annotated, extractors)}

    return read


def _triple(statement: Statement, text: str) -> tuple[str, str, str]:
    evidence = statement.evidence
    assert text[evidence.start : evidence.end] == evidence.quote
    target = statement.object
    return (statement.subject.name, statement.relation, target.text if isinstance(target, Value) else target.name)
