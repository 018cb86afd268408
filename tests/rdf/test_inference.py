"""What follows by the ontology: against a reasoner, and as laws."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse

import koopgraph
from koopgraph import KnowledgeGraph
from koopgraph.model import Options
from koopgraph.rdf.inference import closure, inferred_quads, rules, rules_of, with_inferred
from koopgraph.rdf.iris import inferred_graph_iri
from koopgraph.rdf.vocabulary import KOOP, OWL, RDF, RDFS, ontology_file

SAMPLE = Path(__file__).resolve().parents[1] / "data" / "sample.trig"
ARTICLES = SAMPLE.parent / "articles"
GRAPH = NamedNode("https://example.org/graph/inferred")
BASE = "https://w3id.org/koopgraph/id/"
THING = st.builds(lambda n: NamedNode(f"https://example.org/{n}"), st.integers(0, 4))
KNOWN = sorted(rules().properties, key=str)
STATEMENT = st.one_of(
    st.builds(Quad, THING, st.sampled_from(KNOWN), st.one_of(THING, st.builds(Literal, st.text(max_size=3)))),
    st.builds(Quad, THING, st.just(NamedNode(RDF.type)), st.sampled_from(sorted(rules().classes, key=str))),
)


def triples(quads: set[Quad]) -> set[Triple]:
    return {quad.triple for quad in quads}


def koop(subject: str, relation: str, object_: str) -> Quad:
    return Quad(NamedNode(f"{BASE}{subject}"), NamedNode(KOOP[relation]), NamedNode(f"{BASE}{object_}"))


def test_who_moderates_participates() -> None:
    found = triples(closure([koop("person/elke", "moderates", "event/forum")], GRAPH))
    assert koop("person/elke", "participatesIn", "event/forum").triple in found


def test_cooperation_holds_both_ways() -> None:
    found = triples(closure([koop("city/bremen", "cooperatesWith", "city/leipzig")], GRAPH))
    assert found == {koop("city/leipzig", "cooperatesWith", "city/bremen").triple}


def test_an_inverse_of_another_vocabulary_turns_the_statement_round() -> None:
    found = triples(closure([koop("city/bremen", "organises", "event/forum")], GRAPH))
    organizer = NamedNode("https://schema.org/organizer")
    assert found == {Triple(NamedNode(f"{BASE}event/forum"), organizer, NamedNode(f"{BASE}city/bremen"))}


def test_a_city_is_a_place_here_and_elsewhere() -> None:
    bremen = NamedNode(f"{BASE}city/bremen")
    found = closure([Quad(bremen, NamedNode(RDF.type), NamedNode(KOOP.City))], GRAPH)
    classes = {quad.object.value for quad in found}
    assert {KOOP.Place, "https://schema.org/City", "https://schema.org/Place"} <= classes
    assert KOOP.City not in classes


def test_only_what_the_default_graph_says_counts() -> None:
    said = koop("city/bremen", "cooperatesWith", "city/leipzig")
    assert not closure([Quad(said.subject, said.predicate, said.object, NamedNode("https://e.org/article"))], GRAPH)


@pytest.mark.parametrize(
    ("ontology", "from_", "expected"),
    [
        ("<urn:a> owl:inverseOf <urn:b> .", "urn:b", {("urn:a", True)}),
        ("<urn:a> owl:inverseOf <urn:b> . <urn:b> rdfs:subPropertyOf <urn:c> .", "urn:a", {("urn:b", True), ("urn:c", True)}),
        ("<urn:a> rdfs:subPropertyOf [ owl:inverseOf [ owl:inverseOf <urn:c> ] ] .", "urn:a", {("urn:c", False)}),
        ("<urn:a> rdfs:subPropertyOf <urn:b> . <urn:b> rdfs:subPropertyOf <urn:a> .", "urn:a", {("urn:b", False)}),
        ("<urn:a> rdfs:subPropertyOf <urn:b> . <urn:b> a owl:SymmetricProperty .", "urn:a", {("urn:b", False), ("urn:b", True)}),
    ],
)  # fmt: skip
def test_ways_through_an_ontology_are_followed_to_their_ends(
    ontology: str, from_: str, expected: set[tuple[str, bool]]
) -> None:
    prefixes = (
        "@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . "
    )
    known = rules_of(quad.triple for quad in parse(prefixes + ontology, format=RdfFormat.TURTLE))
    assert {(name.value, inverse) for name, inverse in known.properties[NamedNode(from_)]} == expected


@given(st.sets(STATEMENT, max_size=12))
def test_following_again_adds_nothing_and_nothing_asserted_is_repeated(statements: set[Quad]) -> None:
    found = closure(statements, GRAPH)
    whole = statements | {Quad(*(t.subject, t.predicate, t.object)) for t in triples(found)}
    assert not closure(whole, GRAPH)
    assert not triples(found) & triples(statements)


@given(st.sets(STATEMENT, max_size=8), st.sets(STATEMENT, max_size=8))
def test_more_statements_never_make_less_follow(some: set[Quad], more: set[Quad]) -> None:
    less, all_ = closure(some, GRAPH), closure(some | more, GRAPH)
    assert triples(less) <= triples(all_) | triples(more)


@given(st.sets(STATEMENT, max_size=12))
def test_a_store_infers_what_its_quads_do(statements: set[Quad]) -> None:
    store = Store()
    store.extend(statements)
    assert inferred_quads(store, GRAPH) == closure(statements, GRAPH)


# A process of its own: owlrl changes how rdflib reads datatypes, for all who use it.
REASON = """
import sys, rdflib, owlrl
graph = rdflib.Graph().parse(data=sys.stdin.buffer.read().decode(), format="nt")
owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
for s, p, o in graph:
    if not isinstance(s, rdflib.Literal) and isinstance(p, rdflib.URIRef) and not isinstance(o, rdflib.BNode):
        print("\\t".join(str(term).replace("\\n", " ") for term in (s, p, o)))
"""


def reasoned(triples: list[Triple]) -> set[tuple[str, ...]]:
    """Return what a reasoner makes of the triples."""
    text = "\n".join(f"{triple} ." for triple in triples).encode("utf-8")
    run = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", REASON], input=text, capture_output=True, check=True, timeout=120
    )
    return {tuple(line.split("\t")) for line in run.stdout.decode("utf-8").splitlines()}


def test_what_follows_agrees_with_a_reasoner_of_owl() -> None:
    """OWL 2 RL knows more rules: of the ontology it gets the axioms that count here, and its equality is left out."""
    pytest.importorskip("owlrl")
    store = KnowledgeGraph.open(SAMPLE).store
    store.extend(Quad(NamedNode(f"{BASE}x"), known, NamedNode(f"{BASE}y")) for known in rules().properties)
    store.extend(Quad(NamedNode(f"{BASE}z"), NamedNode(RDF.type), known) for known in rules().classes)
    data = [quad.triple for quad in store if isinstance(quad.graph_name, DefaultGraph)]
    axioms = [
        quad.triple
        for quad in parse(ontology_file("koopgraph.ttl").read_bytes(), format=RdfFormat.TURTLE)
        if quad.predicate.value in {RDFS.subClassOf, RDFS.subPropertyOf, OWL.inverseOf}
        or quad.object == NamedNode(OWL.SymmetricProperty)
    ]
    found = {
        (s, p, o)
        for s, p, o in reasoned([*data, *axioms])
        if s.startswith(BASE) and p != OWL.sameAs and not o.startswith((OWL.iri, RDFS.iri))
    }
    ours = {
        (triple.subject.value, triple.predicate.value, triple.object.value)
        for triple in [*data, *triples(inferred_quads(store, GRAPH))]
        if triple.subject.value.startswith(BASE)
    }
    assert ours == found


def test_a_store_on_the_disk_is_not_changed_by_what_follows(tmp_path: Path) -> None:
    built = koopgraph.build(ARTICLES / "koopstadt-bilanz.txt", output=tmp_path / "out")
    before = set(built.store)
    graph = NamedNode(inferred_graph_iri(BASE))
    copy = with_inferred(built.store, graph)
    assert set(built.store) == before
    assert {quad for quad in copy if quad.graph_name != graph} == before
    assert {quad for quad in copy if quad.graph_name == graph} == inferred_quads(built.store, graph)


def test_a_build_that_infers_differs_by_that_graph_alone(tmp_path: Path) -> None:
    source = ARTICLES / "koopstadt-bilanz.txt"
    plain = koopgraph.build(source, output=tmp_path / "plain")
    infers = koopgraph.build(source, output=tmp_path / "infers", options=Options(infer=True))
    graph = NamedNode(inferred_graph_iri(BASE))
    assert set(infers.store) - set(plain.store) == inferred_quads(plain.store, graph)
    for name in ("graph.ttl", "network.html"):
        assert (tmp_path / "plain" / name).read_bytes() == (tmp_path / "infers" / name).read_bytes()
    assert with_inferred(infers.store, graph) is infers.store
    assert infers.validate().conforms


def test_questions_count_nothing_twice(tmp_path: Path) -> None:
    graph = KnowledgeGraph.open(SAMPLE)
    count = "SELECT (COUNT(*) AS ?n) { ?s a koop:City }"
    assert graph.infer().query(count).rows == graph.query(count).rows


def test_a_query_that_says_from_what_gets_that() -> None:
    article = f"{BASE}article/three-cities-md"
    query = "SELECT * FROM <ARTICLE> { ?a koop:cooperatesWith ?b }".replace("ARTICLE", article)
    assert len(KnowledgeGraph.open(SAMPLE).infer().query(query)) == 1
