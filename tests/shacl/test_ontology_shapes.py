"""The ontology's shapes: each can be broken, both engines say so alike, and every message tells the fix."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from agreement import both, key
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Store

from koopgraph.rdf.vocabulary import RDF, XSD
from koopgraph.shacl.engine import check
from koopgraph.shacl.messages import DEFAULTS, message
from koopgraph.shacl.shapes import TARGETS, Shapes, read_shapes
from koopgraph.shacl.terms import SH, Result
from koopgraph.store import open_graph

if TYPE_CHECKING:
    from koopgraph.shacl.terms import Node

SAMPLE = Path(__file__).parents[1] / "data" / "sample.trig"
SHAPES = read_shapes([])
PROPERTY_SHAPES = sorted(
    {node for triple in SHAPES.triples if triple.predicate.value == SH + "property" for node in [triple.object]},
    key=str,
)
NODE_SHAPES = [node for node in SHAPES.targeted() if SHAPES.objects(node, SH + "message")]
FOCUS = NamedNode("https://e.org/focus")
JUNK = [
    Literal(""),
    Literal("junk"),
    Literal("junk", language="de"),
    Literal(-999),
    Literal("1.5", datatype=NamedNode(XSD.decimal)),
    NamedNode("https://e.org/junk"),
]
CLASSES = tuple(f"https://w3id.org/koopgraph/ontology#{name}" for name in ("Person", "Event", "Place", "City"))
VERBS = {
    "de": [
        "Geben",
        "Behalten",
        "Ergänzen",
        "Streichen",
        "Verweisen",
        "Leiten",
        "Berichtigen",
        "Schreiben",
        "Bauen",
        "Wählen",
        "Machen",
    ],
    "en": ["give", "keep", "add", "drop", "refer", "derive", "correct", "write", "build", "choose", "turn"],
}


def paths(node: Node) -> list[NamedNode]:
    return [path for path in SHAPES.objects(node, SH + "path") if isinstance(path, NamedNode)]


def targets(store: Store, shape: Node) -> list[Quad]:
    """Return triples that make a thing a focus of a shape."""
    made = [Quad(FOCUS, NamedNode(RDF.type), each) for each in SHAPES.objects(shape, SH + "targetClass")[:1]]
    return made + [Quad(FOCUS, predicate, JUNK[-1]) for predicate in SHAPES.objects(shape, SH + "targetSubjectsOf")]


def of_result(results: set[tuple[str, ...]], shape: Node) -> set[str]:
    """Return the components that a shape found to fail."""
    return {
        component.removeprefix(SH).removesuffix("ConstraintComponent")
        for *_, component, s in results
        if s == str(shape)
    }


def expected(shape: Node) -> set[str]:
    """Return the components that the two broken graphs of a shape have to bring up, junk and nothing at all."""
    names = {each.removeprefix(SH) for each in SHAPES.predicates(shape) if each.startswith(SH)}
    return {name[0].upper() + name[1:] for name in names - {"path", "message", "qualifiedValueShape"}}


@pytest.mark.parametrize("shape", PROPERTY_SHAPES, ids=lambda node: node.value.partition("#")[2])
def test_a_shape_of_a_property_is_broken_alike_for_both_engines(shape: Node) -> None:
    (path,) = paths(shape)
    parents = SHAPES.having(SH + "property", shape)
    seen: set[str] = set()
    missing = open_graph(SAMPLE)
    spoilt = open_graph(SAMPLE)
    for parent in parents:
        missing.extend(quad for quad in targets(missing, parent) if quad.predicate != path)
        spoilt.extend(targets(spoilt, parent))
    spoilt.extend(Quad(FOCUS, path, value) for value in JUNK)
    for other in [*SHAPES.objects(shape, SH + "disjoint"), *SHAPES.objects(shape, SH + "lessThan")]:
        spoilt.extend(Quad(FOCUS, other, value) for value in JUNK)
    spoilt.extend(Quad(FOCUS, NamedNode(RDF.type), NamedNode(c)) for c in CLASSES if path.value == RDF.type)
    spoilt.add(Quad(FOCUS, path, Literal(99999)))
    for store in (missing, spoilt):
        found, reference, checked = both(store, SHAPES)
        assert found == reference
        assert checked.left == ()
        seen |= of_result(found, shape)
    assert seen >= expected(shape)


@pytest.mark.parametrize("shape", NODE_SHAPES, ids=lambda node: node.value.partition("#")[2])
def test_a_shape_of_things_is_broken_alike_for_both_engines(shape: Node) -> None:
    store = open_graph(SAMPLE)
    blank = BlankNode("thing")
    for quad in targets(store, shape):
        store.add(Quad(blank, quad.predicate, quad.object))
    found, reference, _ = both(store, SHAPES)
    assert found == reference
    assert of_result(found, shape)


def test_a_triple_without_a_statement_is_found_with_the_same_words() -> None:
    store = open_graph(SAMPLE)
    koop = "https://w3id.org/koopgraph/ontology#"
    store.add(Quad(FOCUS, NamedNode(koop + "motto"), Literal("Neu", language="de")))
    store.add(Quad(FOCUS, NamedNode(koop + "locatedIn"), JUNK[-1]))
    found, reference, _ = both(store, SHAPES)
    assert found == reference
    said = [
        {(key(r), message(r, SHAPES, "de")) for r in check(store, SHAPES, engine=engine).results if r.messages}
        for engine in ("auto", "reference")
    ]
    sparql = SH + "SPARQLConstraintComponent"
    ours, theirs = ({(k, text) for k, text in each if sparql in k} for each in said)
    assert len(ours) == 2
    assert {k for k, _ in ours} == {k for k, _ in theirs}
    assert all(FOCUS.value in text and "{?" not in text for _, text in ours)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_however_a_graph_is_spoilt_both_engines_agree(data: st.DataObject) -> None:
    store = open_graph(SAMPLE)
    quads = sorted(store, key=str)
    default = [quad for quad in quads if quad.graph_name == DefaultGraph() or "provenance" in str(quad.graph_name)]
    terms = sorted({quad.object for quad in default}, key=str) + JUNK
    for quad in data.draw(st.lists(st.sampled_from(default), max_size=8, unique=True)):
        store.remove(quad)
        if data.draw(st.booleans()):
            store.add(Quad(quad.subject, quad.predicate, data.draw(st.sampled_from(terms)), quad.graph_name))
        if data.draw(st.booleans()):
            other = data.draw(st.sampled_from(default))
            store.add(Quad(other.subject, quad.predicate, quad.object, quad.graph_name))
    found, reference, checked = both(store, SHAPES)
    assert found == reference
    assert checked.left == ()


def test_every_shape_that_can_fail_tells_the_fix_in_both_languages() -> None:
    plain = TARGETS | {SH + "property", SH + "path", SH + "message", RDF.type}
    inner = {item for t in SHAPES.triples for item in [t.object] if t.predicate.value == SH + "qualifiedValueShape"}
    shapes = {*SHAPES.targeted(), *PROPERTY_SHAPES} - inner
    for shape in sorted(shapes, key=str):
        rules = SHAPES.predicates(shape) - plain
        queries = SHAPES.objects(shape, SH + "sparql")
        for node in queries or ([shape] if rules else []):
            messages = dict(SHAPES.messages(node))
            assert set(messages) == {"de", "en"}, shape
            for language, text in messages.items():
                fix = text.partition(": ")[2]
                assert any(verb in fix for verb in VERBS[language]), (shape, text)


@pytest.mark.parametrize("component", DEFAULTS)
def test_every_condition_tells_the_fix_where_a_shape_has_no_message(component: str) -> None:
    result = Result(FOCUS, "", None, SH + "Violation", f"{SH}{component}ConstraintComponent", FOCUS)
    for language in ("de", "en"):
        assert ": " in message(result, Shapes([]), language)
