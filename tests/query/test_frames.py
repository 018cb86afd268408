"""Results as tables of Arrow, pandas and polars: typed columns, missing values as nulls."""

from __future__ import annotations

import sys
from datetime import date
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, Store

from koopgraph.errors import QueryError
from koopgraph.query import Result, run
from koopgraph.query.frames import columns_of, to_arrow, write_parquet

TYPED = """SELECT * { VALUES (?int ?num ?yes ?day ?name ?mixed ?none ?iri) {
    (1 1 true "2015-09-16"^^xsd:date "Köln"@de 1 UNDEF koop:City)
    (UNDEF 2.5 false UNDEF "a\\nb" "x" UNDEF UNDEF)
    (-3 1e3 UNDEF "0001-01-01"^^xsd:date UNDEF true UNDEF koop:Event) } }"""
CITY, EVENT = "https://w3id.org/koopgraph/ontology#City", "https://w3id.org/koopgraph/ontology#Event"
VALUES = {
    "int": ("integer", (1, None, -3)),
    "num": ("float", (1.0, 2.5, 1000.0)),
    "yes": ("boolean", (True, False, None)),
    "day": ("date", (date(2015, 9, 16), None, date(1, 1, 1))),
    "name": ("text", ("Köln", "a\nb", None)),
    "mixed": ("text", ("1", "x", "true")),
    "none": ("text", (None, None, None)),
    "iri": ("text", (CITY, None, EVENT)),
}
EMPTY = "SELECT ?a ?b { ?a ?b ?c }"


def column(*values: str) -> tuple[str, tuple[object, ...]]:
    only = columns_of(run(Store(), f"SELECT * {{ VALUES ?x {{ {' '.join(values)} }} }}"))[0]
    return only.type, only.values


def test_columns_have_the_type_of_their_values() -> None:
    assert {c.name: (c.type, c.values) for c in columns_of(run(Store(), TYPED))} == VALUES


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (("9223372036854775807",), ("integer", (2**63 - 1,))),
        (('"99999999999999999999"^^xsd:integer', "1"), ("text", ("99999999999999999999", "1"))),
        (('"x"^^xsd:integer', "1"), ("text", ("x", "1"))),
        (('"x"^^xsd:boolean', "true"), ("text", ("x", "true"))),
        (('"2015-09-16Z"^^xsd:date',), ("text", ("2015-09-16Z",))),
        (('"2015"^^xsd:gYear',), ("text", ("2015",))),
        (('"5"^^xsd:unsignedByte', '"6"^^xsd:long'), ("integer", (5, 6))),
        (("1", "true"), ("text", ("1", "true"))),
    ],
)
def test_a_value_that_fits_no_type_makes_its_column_text(
    values: tuple[str, ...], expected: tuple[str, tuple[object, ...]]
) -> None:
    assert column(*values) == expected


def test_triples_and_yes_or_no_are_tables_too() -> None:
    triples = run(Store(), 'CONSTRUCT { koop:City rdfs:label "Stadt"@de } {}')
    assert [(c.name, c.values) for c in columns_of(triples)] == [
        ("subject", (CITY,)),
        ("predicate", ("http://www.w3.org/2000/01/rdf-schema#label",)),
        ("object", ("Stadt",)),
    ]
    assert [(c.name, c.type, c.values) for c in columns_of(run(Store(), "ASK {}"))] == [("answer", "boolean", (True,))]


def test_pandas_gets_types_that_know_missing_values() -> None:
    pytest.importorskip("pandas")
    frame = run(Store(), TYPED).to_pandas()
    assert [str(frame[name].dtype) for name in VALUES][:5] == ["Int64", "Float64", "boolean", "object", "string"]
    assert frame["int"].sum() == -2
    assert frame["num"].tolist() == [1.0, 2.5, 1000.0]
    assert frame["name"].isna().tolist() == [False, False, True]
    assert frame["day"][0] == date(2015, 9, 16)
    assert frame["iri"][2] == EVENT
    assert list(run(Store(), EMPTY).to_pandas().columns) == ["a", "b"]


def test_polars_gets_types_and_nulls() -> None:
    polars = pytest.importorskip("polars")
    frame = run(Store(), TYPED).to_polars()
    types = ["Int64", "Float64", "Boolean", "Date", "String", "String", "String", "String"]
    assert [str(frame[name].dtype) for name in VALUES] == types
    assert {name: tuple(frame[name]) for name in frame.columns} == {
        name: values for name, (_, values) in VALUES.items()
    }
    assert run(Store(), EMPTY).to_polars().schema == {"a": polars.String, "b": polars.String}


def test_parquet_comes_back_as_it_was_written() -> None:
    from pyarrow import parquet

    file = BytesIO()
    write_parquet(run(Store(), TYPED), file)
    table = parquet.read_table(BytesIO(file.getvalue()))
    types = ["int64", "double", "bool", "date32[day]", "string", "string", "string", "string"]
    assert [str(table.schema.field(name).type) for name in VALUES] == types
    assert {name: tuple(values) for name, values in table.to_pydict().items()} == {n: v for n, (_, v) in VALUES.items()}


def test_a_parquet_file_needs_a_column() -> None:
    with pytest.raises(QueryError, match="needs a column"):
        write_parquet(run(Store(), "SELECT * {}"), BytesIO())


@given(st.lists(st.one_of(st.none(), st.integers(), st.floats(allow_nan=False), st.booleans(), st.text(max_size=5))))
def test_any_column_becomes_a_table(values: list[int | float | bool | str | None]) -> None:
    terms = ["UNDEF" if value is None else str(Literal(value)) for value in values if value != "\ud800"]
    result = Result.of(Store().query(f"SELECT ?x {{ VALUES ?x {{ {' '.join(terms)} }} }}"))
    found = to_arrow(result).column("x").to_pylist()
    assert len(found) == len(values)
    assert [value is None for value in found] == [value is None for value in values]


@pytest.mark.parametrize(
    ("package", "remedy"),
    [("pandas", "pip install pandas"), ("polars", "pip install polars")],
)
def test_a_missing_package_is_one_clear_error(monkeypatch: pytest.MonkeyPatch, package: str, remedy: str) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    result = run(Store(), "ASK {}")
    act = {"pandas": result.to_pandas, "polars": result.to_polars}[package]
    with pytest.raises(QueryError, match=f"{package} is not installed. Install it: .*{remedy}"):
        act()
