"""Rows of a query as texts, for tables and descriptions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from koopgraph.query.result import plain
from koopgraph.query.runner import evaluate

if TYPE_CHECKING:
    from pyoxigraph import Store

    from koopgraph.query.result import Term


def rows(store: Store, query: str, **texts: str) -> Iterator[tuple[tuple[Term | None, ...], list[str]]]:
    """Yield each row of a SELECT as terms and as texts (``""`` for none); ``texts`` are values of its variables."""
    from pyoxigraph import Literal, QuerySolutions

    solutions = evaluate(store, query, {name: Literal(value) for name, value in texts.items()})
    if isinstance(solutions, QuerySolutions):
        for solution in solutions:
            terms = tuple(solution)
            yield terms, ["" if term is None else str(plain(term)) for term in terms]
