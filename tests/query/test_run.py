"""Running SPARQL: bindings that stay values, errors that say where, updates that are refused."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Store

from koopgraph.errors import QueryError
from koopgraph.query import QuerySyntaxError, list_questions, run
from koopgraph.query.binding import bind
from koopgraph.query.tokens import tokenize

BREMEN = "https://w3id.org/koopgraph/id/city/bremen"

INJECTIONS = [
    '" } DELETE WHERE { ?s ?p ?o } #',
    "' || true) #",
    '") } UNION { ?s ?p ?o } #',
    "\\u0022 } ASK { ?s ?p ?o",
    "\\",
    '"""',
    "> . ?s ?p ?o . <",
    "<https://e.org/> ?p ?o } #>",
    "Leipzig\n} #",
    "%s {0} $name ?name",
    "\x00\x1b[31m",
]


@pytest.mark.parametrize("text", INJECTIONS)
def test_a_hostile_value_stays_a_value(store: Store, text: str) -> None:
    before = set(store)
    if text.startswith("<"):
        with pytest.raises(QueryError, match="cannot be a value"):
            run(store, "SELECT ?s { ?s rdfs:label $name }", {"name": text})
    else:
        assert not run(store, "SELECT ?s { ?s rdfs:label ?l FILTER(STR(?l) = $name) }", {"name": text})
        for question in list_questions():
            bindings = {parameter.name: text for parameter in question.parameters if parameter.name != "limit"}
            assert bindings == {} or not run(store, question.name, bindings)
    assert set(store) == before


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_reaches_the_query_unchanged(text: str) -> None:
    literal = Literal(text)
    assert run(Store(), "SELECT (STR($value) AS ?same) {}", {"value": literal}).rows == ({"same": text},)


def test_a_text_that_no_rdf_can_hold_is_refused(store: Store) -> None:
    with pytest.raises(QueryError, match="cannot be a value"):
        run(store, "ASK { ?s ?p $x }", {"x": "\ud800"})


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?s WHERE { ?s rdfs:label ?l FILTER(STR(?l) = $name) }",
        "SELECT ?s $name WHERE { ?s rdfs:label ?l FILTER(STR(?l) = $name) }",
        "SELECT * { BIND(LCASE($name) AS ?k) ?s rdfs:label ?l FILTER(LCASE(STR(?l)) = ?k) }",
        "SELECT ?s (COUNT(*) AS ?n) { ?s rdfs:label ?l FILTER(STR(?l) = $name) } GROUP BY ?s",
        "SELECT ?s { { SELECT ?s WHERE { ?s rdfs:label ?l FILTER(STR(?l) = $name) } } }",
        "SELECT ?s { ?s a koop:City FILTER EXISTS { ?s rdfs:label ?l FILTER(STR(?l) = $name) } }",
        "SELECT ?s { { ?s rdfs:label ?l FILTER(STR(?l) = $name) } UNION { ?s koop:motto $name } }",
        "SELECT ?s { VALUES ?class { koop:City } ?s a ?class ; rdfs:label ?l FILTER(STR(?l) = $name) }",
        "SELECT ?s { VALUES (?class ?x) { (koop:City 1) } ?s a ?class ; rdfs:label ?l FILTER(STR(?l) = $name) }",
        "SELECT ?s { ?s a koop:City OPTIONAL { ?s rdfs:label ?l FILTER(STR(?l) = ?name) } FILTER(BOUND(?l)) }",
    ],
)
def test_a_value_reaches_every_place_of_a_query(store: Store, query: str) -> None:
    assert {row["s"] for row in run(store, query, {"name": "Bremen"})} == {BREMEN}


def test_a_value_reaches_ask_construct_and_describe(store: Store) -> None:
    pattern = "{ ?s a koop:City ; rdfs:label ?l FILTER(STR(?l) = $name) }"
    assert run(store, f"ASK {pattern}", {"name": "Bremen"}).answer is True
    assert len(run(store, f"CONSTRUCT {{ ?s a koop:City }} WHERE {pattern}", {"name": "Bremen"})) == 1
    described = run(store, "DESCRIBE $city", {"city": BREMEN})
    assert {triple.subject for triple in described.triples} == {NamedNode(BREMEN)}


@pytest.mark.parametrize(
    ("value", "datatype"),
    [(5, "integer"), (0.5, "double"), (Decimal("0.50"), "decimal"), (True, "boolean"), ("5", "string")],
)
def test_a_value_of_python_becomes_a_typed_literal(value: object, datatype: str) -> None:
    result = run(Store(), "SELECT (DATATYPE($x) AS ?type) {}", {"x": value})  # type: ignore[dict-item]
    assert result.rows == ({"type": f"http://www.w3.org/2001/XMLSchema#{datatype}"},)


def test_a_value_for_a_variable_that_the_query_lacks_is_refused(store: Store) -> None:
    with pytest.raises(QueryError, match=r"no variable \?x to bind; it has: s"):
        run(store, "SELECT ?s { ?s a koop:City }", {"x": "y"})


def test_a_value_for_a_variable_that_the_query_sets_itself_is_refused(store: Store) -> None:
    with pytest.raises(QueryError, match=r"sets one of \?x itself"):
        run(store, "SELECT ?x { BIND(1 AS ?x) }", {"x": "y"})


def test_a_construct_without_template_takes_no_values(store: Store) -> None:
    with pytest.raises(QueryError, match="Write its template"):
        run(store, "CONSTRUCT WHERE { ?s rdfs:label $name }", {"name": "Bremen"})


def test_a_name_in_a_text_or_comment_is_no_variable() -> None:
    with pytest.raises(QueryError, match="no variable"):
        bind("ASK { ?s ?p '$name' } # $name", {"name": "x"})


@pytest.mark.parametrize(
    ("query", "line", "column", "says"),
    [
        ("SELECT ?s\nWHERE { ?s ?p ?o FILTR(?o) }", 2, 18, "did you mean FILTER"),
        ("SELEKT ?s { ?s ?p ?o }", 1, 1, "did you mean SELECT"),
        ("SELECT ?s { ?s ?p ?o", 1, 11, "never closed"),
        ("SELECT ?s { ?s ?p ?o } }", 1, 24, "closes nothing"),
        ("SELECT ?s { ?s ?p (1 2} }", 1, 23, "closes nothing"),
        ("SELECT ?s {\n ?s ?p 'Leip }", 2, 8, "quotation mark"),
        ("SELECT ?s { ?s foaff:name ?o }", 1, 16, "prefix foaff: is not declared"),
        ("SELECT ?s, ?p { ?s ?p ?o }", 1, 10, "not by commas"),
        ("SELECT ?s { ?s ?p Leipzig }", 1, 19, "texts stand in quotation marks"),
        ("SELECT ?s { ?s ?p }", 1, 20, "malformed at or before"),
        ("SELECT ?s { ?s ?p ?o } ORDER ?s", 1, 32, "expected BY"),
        ("SELECT ?s { ?s ?p ?o } GROUP BY ?p", 1, 35, "not grouped"),
        ("SELECT ?s { ?s ?p <x> }", 1, 22, "relative or malformed"),
    ],
)
def test_a_malformed_query_says_where_and_why(store: Store, query: str, line: int, column: int, says: str) -> None:
    with pytest.raises(QuerySyntaxError, match=says) as raised:
        run(store, query)
    assert (raised.value.line, raised.value.column) == (line, column)


@pytest.mark.parametrize("query", ["", "  \n", "# nothing but a comment\n"])
def test_an_empty_query_says_what_to_write(store: Store, query: str) -> None:
    with pytest.raises(QueryError, match="query is empty"):
        run(store, query)


@pytest.mark.parametrize(
    "update",
    [
        "DELETE WHERE { ?s ?p ?o }",
        "PREFIX e: <https://e.org/> INSERT DATA { e:a e:b e:c }",
        "drop all",
        "LOAD <https://e.org/>",
        "WITH <https://e.org/> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "CLEAR DEFAULT",
    ],
)
def test_an_update_is_refused(store: Store, update: str) -> None:
    before = set(store)
    with pytest.raises(QueryError, match="is an update; a query only reads"):
        run(store, update)
    assert set(store) == before


def test_a_query_asks_no_other_server(store: Store) -> None:
    with pytest.raises(QueryError, match="ask this graph alone"):
        run(store, "SELECT * { SERVICE <https://e.org/sparql> { ?s ?p ?o } }")


def test_words_of_updates_are_fine_in_names_and_texts(store: Store) -> None:
    assert run(store, "PREFIX insert: <https://e.org/> SELECT * { ?s insert:delete 'DROP SERVICE' }").rows == ()


def test_a_prefix_of_the_query_wins_over_the_known_one(store: Store) -> None:
    assert run(store, "PREFIX koop: <https://e.org/> SELECT ?s { ?s a koop:City }").rows == ()


def test_only_the_merged_statements_answer(store: Store) -> None:
    count = "SELECT (COUNT(*) AS ?n) { project:koopstadt koop:partnerCity city:leipzig }"
    assert run(store, count).rows == ({"n": 1},)


@given(st.text())
def test_tokens_stand_where_they_say(text: str) -> None:
    for token in tokenize(text):
        assert text[token.start : token.start + len(token.text)] == token.text


@given(st.text(alphabet="{}()<>?$:'\"\\# aSELCT\n", max_size=30))
def test_any_text_is_answered_or_refused_with_a_reason(text: str) -> None:
    try:
        run(Store(), text)
    except QueryError as error:
        reason = str(error)
    else:
        reason = "answered"
    assert reason
