"""The limit of rows, counted in every format while the answer is written."""

from __future__ import annotations

from io import BytesIO
from typing import IO, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, QueryResultsFormat, QuerySolutions, Store

from koopgraph.errors import AnswerTooLargeError
from koopgraph.query import SOLUTION_FORMATS, Request, run, write_answer
from koopgraph.query.rows import RowLimit

FORMATS = {
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
}
HOSTILE = st.text(alphabet='\\",{}<result>\n\r\tä', max_size=8)


def passes(content: bytes, format: str, limit: int, size: int) -> bool:
    output = BytesIO()
    limited = RowLimit(cast("IO[bytes]", output), format, limit)
    try:
        for start in range(0, len(content), size):
            limited.write(content[start : start + size])
    except AnswerTooLargeError:
        return False
    assert output.getvalue() == content
    return True


@pytest.mark.parametrize("format", sorted(FORMATS))
@given(
    rows=st.lists(st.tuples(st.none() | HOSTILE, st.none() | HOSTILE), min_size=1, max_size=6), size=st.integers(1, 40)
)
def test_rows_are_counted_whatever_is_in_them_and_however_they_are_cut(
    format: str, rows: list[tuple[str | None, str | None]], size: int
) -> None:
    cells = (" ".join("UNDEF" if cell is None else str(Literal(cell)) for cell in row) for row in rows)
    solutions = Store().query(f"SELECT ?x ?y {{ VALUES (?x ?y) {{ {' '.join(f'({cell})' for cell in cells)} }} }}")
    assert isinstance(solutions, QuerySolutions)
    content = solutions.serialize(format=FORMATS[format])
    assert content is not None
    assert passes(content, format, len(rows), size)
    assert len(rows) == 1 or not passes(content, format, len(rows) - 1, size)


@pytest.mark.parametrize("format", sorted(SOLUTION_FORMATS))
def test_an_answer_of_more_rows_is_an_error(store: Store, format: str) -> None:
    query = "SELECT ?s { ?s ?p ?o }"
    rows = len(run(store, query))
    write_answer(store, Request(query, format=format), BytesIO(), max_rows=rows)
    with pytest.raises(AnswerTooLargeError, match=f"more than {rows - 1} rows"):
        write_answer(store, Request(query, format=format), BytesIO(), max_rows=rows - 1)
    write_answer(store, Request("ASK {}", format=format), BytesIO(), max_rows=0)


def test_so_are_more_triples(store: Store) -> None:
    request = Request("CONSTRUCT WHERE { ?s ?p ?o }", format="ntriples")
    with pytest.raises(AnswerTooLargeError, match="more than 5 rows"):
        write_answer(store, request, BytesIO(), max_rows=5)
    write_answer(store, request, BytesIO(), max_rows=10_000)
