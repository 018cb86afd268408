"""The line of a query that an error speaks of, and the mark under its place."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Store

from koopgraph.query import QuerySyntaxError, run
from koopgraph.query.excerpt import excerpt


def test_the_caret_stands_under_the_place() -> None:
    with pytest.raises(QuerySyntaxError) as raised:
        run(Store(), "SELECT ?s\nWHERE { ?s rdfs:label 'Köln' FILTR(?o) }")
    assert raised.value.excerpt.split("\n") == [
        "  WHERE { ?s rdfs:label 'Köln' FILTR(?o) }",
        "                               ^",
    ]


def test_wide_letters_and_tabs_do_not_shift_it() -> None:
    assert excerpt("\t'東京' FILTR", 1, 7).split("\n") == ["   '東京' FILTR", "          ^"]


def test_a_long_line_is_cut_around_the_place() -> None:
    line, caret = excerpt("x" * 500 + "!" + "y" * 500, 1, 501).split("\n")
    assert line == "  …" + "x" * 60 + "!" + "y" * 59 + "…"
    assert line[caret.index("^")] == "!"


def test_what_steers_a_terminal_is_not_shown() -> None:
    assert "\x1b" not in excerpt("\x1b[31m FILTR", 1, 7)


@given(st.text(max_size=200), st.integers(-1, 9), st.integers(1, 300))
def test_any_place_of_any_text_has_two_lines_or_none(text: str, line: int, column: int) -> None:
    assert len(excerpt(text, line, column).split("\n")) in {1, 2}


def test_an_error_is_the_same_in_another_process() -> None:
    error = QuerySyntaxError("what is wrong.", 1, 2, "ASK")
    copied = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    assert (str(copied), copied.line, copied.column, copied.excerpt) == (str(error), 1, 2, "  ASK\n   ^")
