"""The engine finds what pySHACL finds, constraint by constraint; what it does not know it leaves to pySHACL."""

from __future__ import annotations

import warnings

import pytest
from agreement import both, stored, triples
from pyoxigraph import Store

from koopgraph.errors import OntologyError
from koopgraph.shacl.engine import check
from koopgraph.shacl.shapes import Shapes

DATA = """
e:a a e:C ; e:v 1, 2.50, "x", "x"@de, "y"@de, "abc\\nd", e:b, 3, "2020-01-01"^^xsd:date, "bad"^^xsd:date,
        "7"^^xsd:byte, "300"^^xsd:byte, true, "yes"^^xsd:boolean, "2020-01-01T00:00:00Z"^^xsd:dateTime,
        "2020-01-01T00:00:00"^^xsd:dateTime, 1e3, "Straße", "ſ", "2015"^^xsd:gYear, "20x"^^xsd:gYear, ""@en, "" ;
    e:w 2, "x", "z"@DE, e:b ; e:n _:k ; e:next e:b .
e:b a e:D ; e:v "q"@de-CH, "q"@de-AT ; e:next e:c ; e:w "late" .
_:k a e:C ; e:v "in blank" ; e:w 5 .
e:c e:next e:a ; e:v 5 ; e:parent e:d, e:e .
e:d a e:E . e:e a e:F . e:F a e:C ; e:h1 e:x .
e:D rdfs:subClassOf e:C . e:E rdfs:subClassOf e:D .
e:x e:v 4, 5, 6 ; e:kind e:Thumb ; e:digit e:x, e:y, e:b .
e:y e:kind e:Finger ; e:v 4 .
"""
KINDS = ("IRI", "Literal", "BlankNode", "BlankNodeOrIRI", "IRIOrLiteral", "BlankNodeOrLiteral")
DATATYPES = [
    "xsd:integer",
    "xsd:decimal",
    "xsd:string",
    "rdf:langString",
    "xsd:date",
    "xsd:byte",
    "xsd:boolean",
    "xsd:dateTime",
    "xsd:double",
    "xsd:gYear",
    "xsd:nonNegativeInteger",
    "xsd:anyURI",
]
BOUNDS = ("2", "2.5", '"2020-01-01"^^xsd:date', '"2020-01-01T00:00:00Z"^^xsd:dateTime', '"x"', "5e0")
RANGES = ("minInclusive", "maxInclusive", "minExclusive", "maxExclusive")
ON_VALUES = [
    *(f"sh:nodeKind sh:{kind}" for kind in KINDS),
    *(f"sh:datatype {datatype}" for datatype in DATATYPES),
    *(f"sh:{name} {bound}" for name in RANGES for bound in BOUNDS),
    "sh:class e:D",
    "sh:class e:C, e:D",
    "sh:minCount 3",
    "sh:maxCount 1",
    "sh:maxCount 0",
    "sh:minLength 2",
    "sh:maxLength 2",
    'sh:pattern "^[a-z]+$"',
    'sh:pattern "\\\\d"',
    'sh:pattern "^\\\\w+$"',
    'sh:pattern "^STRASSE|S$" ; sh:flags "i"',
    'sh:pattern "c$" ; sh:flags "m"',
    'sh:pattern "d$"',
    'sh:pattern "^(?!a)"',
    'sh:languageIn ("de" "en")',
    'sh:languageIn ("de-CH")',
    "sh:uniqueLang true",
    "sh:uniqueLang false",
    "sh:equals e:w",
    "sh:disjoint e:w",
    "sh:lessThan e:w",
    "sh:lessThanOrEquals e:w",
    "sh:hasValue 1",
    'sh:hasValue "nope"',
    'sh:in (1 "x" e:b 2.5)',
    "sh:in ()",
    "sh:and ([sh:nodeKind sh:Literal] [sh:datatype xsd:integer])",
    "sh:or ([sh:nodeKind sh:IRI] [sh:datatype xsd:integer])",
    "sh:or ([sh:nodeKind sh:IRI] [sh:datatype xsd:integer]) ; sh:or ([sh:nodeKind sh:Literal])",
    "sh:xone ([sh:nodeKind sh:Literal] [sh:datatype xsd:integer])",
    "sh:not [sh:datatype xsd:integer]",
    "sh:not [sh:datatype xsd:integer], [sh:nodeKind sh:IRI]",
    "sh:node [sh:property [sh:path e:next ; sh:minCount 1]]",
    "sh:node [sh:closed true ; sh:property [sh:path e:next]]",
    "sh:qualifiedValueShape [sh:datatype xsd:integer] ; sh:qualifiedMinCount 5",
    "sh:qualifiedValueShape [sh:datatype xsd:integer] ; sh:qualifiedMaxCount 1",
    "sh:qualifiedValueShape [sh:datatype xsd:integer] ; sh:qualifiedMinCount 9 ; sh:qualifiedMaxCount 1",
    "sh:qualifiedValueShape [sh:in (1 2 e:b)] ; sh:qualifiedMaxCount 1",
    "sh:property [sh:path e:next ; sh:minCount 1]",
    "sh:maxCount 1 ; sh:severity sh:Warning",
    "sh:maxCount 1 ; sh:severity sh:Info",
    "sh:maxCount 1 ; sh:deactivated true",
    "sh:maxCount 1 ; sh:deactivated false",
]
PATHS = [
    "(e:next e:v)",
    "[sh:inversePath e:next]",
    "[sh:alternativePath (e:v e:w)]",
    "[sh:zeroOrMorePath e:next]",
    "[sh:oneOrMorePath e:next]",
    "[sh:zeroOrOnePath e:next]",
    "([sh:zeroOrMorePath e:next] e:v)",
    "([sh:inversePath e:next] [sh:alternativePath (e:v [sh:inversePath e:next])])",
    "(rdf:type [sh:zeroOrMorePath rdfs:subClassOf])",
    "[sh:inversePath (e:next e:next)]",
    "([sh:alternativePath (e:next e:parent)] rdf:type)",
]
ON_PATHS = ["sh:maxCount 1", "sh:nodeKind sh:Literal", "sh:class e:C", "sh:minCount 4", "sh:hasValue 5"]
C = "sh:targetClass e:C ; "
DIGITS = "sh:path e:digit ; sh:qualifiedValueShapesDisjoint true ; sh:qualifiedMinCount 2 ; sh:qualifiedValueShape"
ON_NODES = [
    C + "sh:closed true ; sh:ignoredProperties (rdf:type e:w) ; sh:property [sh:path e:v]",
    C + "sh:closed true ; sh:property [sh:path e:v], [sh:path (e:w e:v)], [sh:path [sh:inversePath e:w]]",
    C + "sh:closed false",
    'sh:targetNode e:a, e:none, "text", 5 ; sh:nodeKind sh:BlankNode',
    "sh:targetSubjectsOf e:v ; sh:nodeKind sh:BlankNode",
    "sh:targetObjectsOf e:v ; sh:datatype xsd:integer",
    C + "sh:targetObjectsOf e:v ; sh:nodeKind sh:BlankNode",
    C + "sh:or ([sh:property [sh:path e:next ; sh:minCount 1]] [sh:property [sh:path e:w ; sh:minCount 2]])",
    C + "sh:not [sh:property [sh:path e:next ; sh:minCount 1]]",
    C + "sh:and ([sh:property [sh:path e:next ; sh:minCount 1]] e:Q) . "
    "e:Q a sh:NodeShape ; sh:property [sh:path e:w ; sh:minCount 2]",
    "sh:targetSubjectsOf e:v ; sh:class e:C",
    "sh:targetSubjectsOf e:v ; sh:hasValue e:a",
    "sh:targetSubjectsOf e:v ; sh:in (e:a)",
    "sh:targetObjectsOf e:v ; sh:minInclusive 3",
    'sh:targetSubjectsOf e:v ; sh:pattern "org/[ab]$"',
    "sh:targetSubjectsOf e:v ; sh:minLength 16",
    "sh:targetSubjectsOf e:v ; sh:equals e:next",
    "sh:targetSubjectsOf e:v ; sh:disjoint e:next",
    'sh:targetObjectsOf e:v ; sh:languageIn ("de")',
    f"sh:targetNode e:x ; sh:property [{DIGITS} [sh:property [sh:path e:kind ; sh:minCount 1]]], "
    f"[{DIGITS} [sh:property [sh:path e:kind ; sh:hasValue e:Finger]]]",
    C + "sh:severity sh:Warning ; sh:property [sh:path e:v ; sh:maxCount 1]",
    C + "sh:deactivated true ; sh:nodeKind sh:BlankNode",
    C + "sh:property [sh:path e:v ; sh:maxCount 1 ; sh:deactivated true]",
    C + "sh:node e:Q . e:Q a sh:NodeShape ; sh:deactivated true ; sh:nodeKind sh:BlankNode",
    "sh:deactivated true . e:P a sh:PropertyShape ; sh:targetClass e:C ; sh:path e:v ; sh:maxCount 1",
    "sh:deactivated true . e:P sh:targetClass e:C ; sh:property [sh:path e:v ; sh:maxCount 1]",
    C + "sh:property e:P . e:T a sh:NodeShape ; sh:targetSubjectsOf e:v ; sh:property e:P ; sh:severity sh:Warning . "
    "e:P sh:path e:v ; sh:maxCount 1",
    C + "sh:property [sh:path e:next ; sh:property [sh:path e:next ; sh:property [sh:path e:v ; sh:maxCount 1]]]",
    C + 'sh:sparql [sh:select "SELECT $this ?value { $this <https://e.org/v> ?value FILTER(isLiteral(?value)) }"]',
    C + 'sh:sparql [sh:select "SELECT $this { $this <https://e.org/next> ?n }" ; sh:message "weg"@de, "go"@en]',
    C + 'sh:sparql [sh:select "SELECT $this ?path { $this ?path ?n FILTER NOT EXISTS { ?n a ?c } }"]',
    "sh:targetNode e:v ; sh:sparql [sh:prefixes e:o ; sh:select "
    '"SELECT $this ?s ?value { ?s $this ?value FILTER NOT EXISTS { ?s a p:C } }"] . '
    'e:o sh:declare [sh:prefix "p" ; sh:namespace "https://e.org/"^^xsd:anyURI]',
]
LEFT = {
    C + "sh:property [sh:path e:next ; sh:node e:S]": "themselves",
    C + 'sh:property [sh:path e:v ; sh:pattern "c.d" ; sh:flags "s"]': "flags",
    C + "sh:property [sh:path e:v ; sh:minCuont 1]": "sh:minCuont",
    C + 'sh:sparql [sh:select "SELECT $this { BIND($this AS ?x) ?x <https://e.org/next> ?n }"]': "BIND",
    C + 'sh:property [sh:path e:next ; sh:sparql [sh:select "SELECT $this { $this $PATH ?n }"]]': "on a property",
    "sh:deactivated true . e:C a rdfs:Class, sh:NodeShape ; sh:property [sh:path e:v ; sh:maxCount 1]": "class",
}
BROKEN = [
    C + "sh:property e:none",
    C + "sh:property [sh:path e:v, e:w ; sh:maxCount 1]",
    C + 'sh:property [sh:path e:v ; sh:minCount "x"]',
    C + "sh:property [sh:path e:v ; sh:minCount 1, 2]",
    C + "sh:property [sh:path e:v ; sh:qualifiedValueShape [sh:class e:C]]",
    C + "sh:property [sh:minCount 1]",
    C + "sh:minCount 1",
    C + 'sh:sparql [sh:ask "ASK { $this ?p ?o }"]',
    C + 'sh:property [sh:path e:v ; sh:pattern "("]',
    C + "sh:or [sh:class e:D]",
]


@pytest.fixture(scope="module")
def store() -> Store:
    """Return the data that every shape is tried on."""
    return stored(DATA)


def on_nodes(text: str) -> Shapes:
    return Shapes(triples(f"e:S a sh:NodeShape ; {text} ."))


def on_property(path: str, text: str) -> Shapes:
    return on_nodes(C + f"sh:property e:P . e:P a sh:PropertyShape ; sh:path {path} ; {text}")


@pytest.mark.parametrize("text", ON_VALUES)
def test_a_constraint_on_values_finds_what_the_reference_finds(store: Store, text: str) -> None:
    found, expected, checked = both(store, on_property("e:v", text))
    assert found == expected
    assert checked.left == ()


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("text", ON_PATHS)
def test_a_path_reaches_what_the_reference_reaches(store: Store, path: str, text: str) -> None:
    found, expected, checked = both(store, on_property(path, text))
    assert found == expected
    assert checked.left == ()


@pytest.mark.parametrize("text", ON_NODES)
def test_a_shape_of_nodes_finds_what_the_reference_finds(store: Store, text: str) -> None:
    found, expected, checked = both(store, on_nodes(text))
    assert found == expected
    assert checked.left == ()


@pytest.mark.parametrize("text", LEFT)
def test_what_the_engine_does_not_know_is_left_to_the_reference_and_said(store: Store, text: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of pySHACL, on recursion
        found, expected, checked = both(store, on_nodes(text))
    assert found == expected
    ((_, reason),) = checked.left
    assert LEFT[text] in reason


@pytest.mark.parametrize("text", BROKEN)
def test_shapes_that_shacl_does_not_allow_are_refused_as_the_reference_does(store: Store, text: str) -> None:
    for engine in ("auto", "reference"):
        with pytest.raises(OntologyError, match="cannot be used"):
            check(store, on_nodes(text), engine=engine)


def test_only_the_shape_that_needs_it_is_left_to_the_reference(store: Store) -> None:
    shapes = on_nodes(
        C + "sh:property [sh:path e:v ; sh:maxCount 1] . e:T a sh:NodeShape ; sh:targetClass e:C ; "
        'sh:property [sh:path e:v ; sh:pattern "c.d" ; sh:flags "s"]'
    )
    found, expected, checked = both(store, shapes)
    assert found == expected
    assert [iri for iri, _ in checked.left] == ["https://e.org/T"]


def test_what_has_no_order_fails_a_bound_where_the_reference_breaks_off() -> None:
    store = stored('e:a a e:C ; e:v "NaN"^^xsd:double, 3 .')
    (result,) = check(store, on_property("e:v", "sh:minInclusive 2.5")).results
    assert str(result.value).startswith('"NaN"')


def test_triple_terms_are_refused_in_plain_words() -> None:
    with pytest.raises(OntologyError, match="triple terms"):
        check(stored("e:a a e:C ; e:v <<( e:a e:v e:b )>> ."), on_property("e:v", "sh:minCount 1"))
