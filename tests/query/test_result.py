"""Results: rows in Python, and every format that they are written in."""

from __future__ import annotations

import csv
import io
import json

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Store, parse

from koopgraph.errors import QueryError
from koopgraph.query import FORMATS, run
from koopgraph.query.result import plain

CITIES = """
SELECT ?city ?name ?motto
WHERE { ?city a koop:City ; rdfs:label ?name OPTIONAL { ?city koop:motto ?motto } }
ORDER BY ?name
"""
TRIPLES = "CONSTRUCT { ?s rdfs:label ?l } WHERE { ?s a koop:City ; rdfs:label ?l }"


def test_rows_hold_texts_numbers_and_none(store: Store) -> None:
    rows = run(store, CITIES).rows
    assert rows[0] == {"city": "https://w3id.org/koopgraph/id/city/bremen", "name": "Bremen", "motto": None}
    assert run(store, "SELECT (COUNT(*) AS ?n) { ?s a koop:City }").rows == ({"n": 2},)


@pytest.mark.parametrize(
    ("text", "datatype", "value"),
    [
        ("7", "integer", 7),
        ("0.85", "decimal", 0.85),
        ("1e2", "double", 100.0),
        ("true", "boolean", True),
        ("false", "boolean", False),
        ("2015", "gYear", "2015"),
        ("2015-09-16", "date", "2015-09-16"),
        ("seven", "integer", "seven"),
    ],
)
def test_a_literal_becomes_what_python_holds(text: str, datatype: str, value: object) -> None:
    found = plain(Literal(text, datatype=NamedNode(f"http://www.w3.org/2001/XMLSchema#{datatype}")))
    assert (found, type(found)) == (value, type(value))


def test_a_result_can_be_iterated_counted_and_asked(store: Store) -> None:
    result = run(store, CITIES)
    assert [row["name"] for row in result] == ["Bremen", "Leipzig"]
    assert [row["name"] for row in result] == ["Bremen", "Leipzig"]
    assert len(result) == 2
    assert result
    assert not run(store, "ASK { ?s a koop:Nothing }")


def test_a_table_has_aligned_columns_short_iris_and_a_count(store: Store) -> None:
    lines = run(store, CITIES).to_text().splitlines()
    assert lines[0] == "city          name     motto"
    assert lines[2:] == ["city:bremen   Bremen", "city:leipzig  Leipzig", "", "2 rows"]


def test_a_table_holds_no_control_characters(store: Store) -> None:
    text = run(store, 'SELECT ("\\u001B[31m\\nred\\u202E" AS ?x) {}').to_text()
    assert text.splitlines()[2].strip() == "[31m red"


def test_a_table_without_rows_has_its_header(store: Store) -> None:
    assert run(store, "SELECT ?x { ?x a koop:Nothing }").to_text() == "x\n─\n\n0 rows\n"


def test_csv_is_read_back_by_a_csv_reader(store: Store) -> None:
    rows = list(csv.DictReader(io.StringIO(run(store, CITIES).to_text("csv"), newline="")))
    assert [row["name"] for row in rows] == ["Bremen", "Leipzig"]


def test_json_is_the_standards(store: Store) -> None:
    found = json.loads(run(store, CITIES).to_text("json"))
    assert found["head"]["vars"] == ["city", "name", "motto"]
    assert found["results"]["bindings"][0]["name"]["value"] == "Bremen"


def test_tsv_and_xml_hold_the_rows(store: Store) -> None:
    result = run(store, CITIES)
    assert result.to_text("tsv").splitlines()[0] == "?city\t?name\t?motto"
    assert '<binding name="name">' in result.to_text("xml")


def test_turtle_of_a_construct_is_read_back(store: Store) -> None:
    result = run(store, TRIPLES)
    read = {quad.triple for quad in parse(result.to_text("turtle"), format=RdfFormat.TURTLE)}
    assert read == set(result.triples)
    assert len(result) == 2


def test_a_construct_as_a_table_has_a_row_a_triple(store: Store) -> None:
    lines = run(store, TRIPLES).to_text().splitlines()
    assert lines[0].split() == ["subject", "predicate", "object"]
    assert lines[2].split() == ["city:bremen", "rdfs:label", "Bremen"]
    assert lines[-1] == "2 triples"


@pytest.mark.parametrize(("query", "word"), [("ASK { ?s a koop:City }", "yes"), ("ASK { ?s a koop:None }", "no")])
def test_an_ask_answers_yes_or_no(store: Store, query: str, word: str) -> None:
    assert run(store, query).to_text() == f"{word}\n"
    assert json.loads(run(store, query).to_text("json"))["boolean"] is (word == "yes")


@pytest.mark.parametrize(
    ("query", "format", "says"),
    [
        (CITIES, "turtle", "SELECT gives rows. Choose one of table, csv, tsv, json, xml"),
        ("ASK { ?s ?p ?o }", "turtle", "ASK gives yes or no"),
        (TRIPLES, "csv", "gives triples. Choose one of table, turtle"),
        (CITIES, "excel", "Known are: table, csv, tsv, json, xml, turtle"),
    ],
)
def test_a_format_that_does_not_fit_says_which_do(store: Store, query: str, format: str, says: str) -> None:
    with pytest.raises(QueryError, match=says):
        run(store, query).to_text(format)


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_ends_in_a_line_end_and_is_the_same_twice(store: Store, format: str) -> None:
    query = TRIPLES if format == "turtle" else CITIES
    text = run(store, query).to_text(format)
    assert text.endswith("\n")
    assert text == run(store, query).to_text(format)
