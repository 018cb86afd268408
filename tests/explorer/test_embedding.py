"""JSON inside a page, and tables of columns."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koopgraph.explorer.embedding import columns, embedded_json

cells = st.one_of(st.none(), st.integers(-5, 5), st.text(max_size=4), st.lists(st.integers(0, 3), max_size=2))


@given(st.recursive(st.text() | st.integers() | st.none(), lambda inner: st.lists(inner), max_leaves=8))
def test_any_value_survives_without_a_character_that_could_end_the_element(value: object) -> None:
    text = embedded_json(value)
    assert json.loads(text) == value
    assert not set(text) & set("<>&\u2028\u2029")


def test_what_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        embedded_json(float("nan"))


@given(st.lists(st.fixed_dictionaries({"a": cells, "b": cells}), max_size=12))
def test_columns_hold_every_row(rows: list[dict[str, object]]) -> None:
    packed = json.loads(embedded_json(columns(rows)))
    assert packed["count"] == len(rows)
    for number, row in enumerate(rows):
        for name, value in row.items():
            column = packed["columns"][name]
            if "each" in column:
                assert column["each"][number] == value
            elif "at" in column:
                assert column["values"][column["at"][number]] == value
            else:
                assert column["all"] == value


def test_recurring_values_are_kept_once() -> None:
    packed = columns([{"kind": "Person" if number % 2 else "City"} for number in range(10)])
    assert packed["columns"] == {"kind": {"values": ["City", "Person"], "at": [0, 1] * 5}}
