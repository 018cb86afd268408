"""Parquet: the rows of the CSV tables with numbers and days as such, as pyarrow, pandas and polars read them."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pyarrow
import pytest
from pyarrow import parquet
from pyoxigraph import RdfFormat, Store

from koopgraph.export.parquet import write_parquet
from koopgraph.export.tables import DAYS, FRACTIONS, WHOLE_NUMBERS, write_tables
from koopgraph.store import open_graph

SAMPLE = Path(__file__).resolve().parents[1] / "data" / "sample.trig"
LEIPZIG = """@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix schema: <https://schema.org/> .
@prefix koop: <https://w3id.org/koopgraph/ontology#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix gn: <http://www.geonames.org/ontology#> .
<https://e.org/l> a koop:City ; rdfs:label "=Leipzig" ; schema:latitude 51.3396 ; schema:longitude -12.3713 ;
  gn:population 616093 .
<https://e.org/e> a koop:Event ; rdfs:label "E" ; schema:startDate "2015-09-16"^^xsd:date ; schema:endDate "2015"^^xsd:gYear .
<https://e.org/x> a koop:City ; rdfs:label "X" ; schema:latitude "north" ; schema:longitude 1.0 , 2.0 .
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("parquet") / "new"
    write_parquet(open_graph(SAMPLE), made)
    return made


@pytest.mark.parametrize("name", ["nodes", "edges", "values"])
def test_the_rows_and_columns_are_those_of_the_csv(folder: Path, tmp_path: Path, name: str) -> None:
    write_tables(open_graph(SAMPLE), tmp_path)
    with (tmp_path / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        expected = [{key: value or None for key, value in row.items()} for row in csv.DictReader(lines)]
    found = parquet.read_table(folder / f"{name}.parquet").to_pylist()
    assert [{key: None if value is None else str(value) for key, value in row.items()} for row in found] == expected


def test_numbers_and_days_have_their_types(folder: Path) -> None:
    types = {
        field.name: field.type
        for name in ("nodes", "edges", "values")
        for field in parquet.read_schema(folder / f"{name}.parquet")
    }
    assert {name for name, type_ in types.items() if type_ == pyarrow.float64()} == FRACTIONS
    assert {name for name, type_ in types.items() if type_ == pyarrow.int64()} == WHOLE_NUMBERS
    assert {name for name, type_ in types.items() if type_ == pyarrow.date32()} == DAYS


def test_places_have_positions_events_days_and_what_is_none_is_null(tmp_path: Path) -> None:
    store = Store()
    store.load(LEIPZIG, format=RdfFormat.TURTLE)
    write_parquet(store, tmp_path)
    write_tables(store, tmp_path)
    rows = {row["id"][-1]: row for row in parquet.read_table(tmp_path / "nodes.parquet").to_pylist()}
    assert (rows["l"]["latitude"], rows["l"]["longitude"], rows["l"]["population"]) == (51.3396, -12.3713, 616093)
    assert (rows["e"]["start_date"], rows["e"]["end_date"]) == (date(2015, 9, 16), None)
    assert (rows["x"]["latitude"], rows["x"]["longitude"]) == (None, None)
    assert rows["l"]["label"] == "=Leipzig"
    assert "'=Leipzig" in (tmp_path / "nodes.csv").read_text(encoding="utf-8")
    assert "51.3396,-12.3713,616093" in (tmp_path / "nodes.csv").read_text(encoding="utf-8")


def test_pandas_and_polars_read_it(folder: Path) -> None:
    pandas, polars = pytest.importorskip("pandas"), pytest.importorskip("polars")
    edges = pandas.read_parquet(folder / "edges.parquet")
    assert edges["confidence"].max() == polars.read_parquet(folder / "edges.parquet")["confidence"].max() == 0.9
    assert len(edges) == 13


def test_the_same_graph_makes_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    write_parquet(open_graph(SAMPLE), tmp_path)
    for name in ("nodes", "edges", "values"):
        assert (tmp_path / f"{name}.parquet").read_bytes() == (folder / f"{name}.parquet").read_bytes()


def test_an_empty_graph_makes_empty_tables(tmp_path: Path) -> None:
    write_parquet(Store(), tmp_path)
    assert parquet.read_table(tmp_path / "edges.parquet").num_rows == 0
