"""Checking: planted faults are found, named in plain words and traced to their articles."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse

from koopgraph.errors import KoopgraphError, OntologyError
from koopgraph.findings import SH, Finding, Report
from koopgraph.store import open_graph
from koopgraph.validate import validate

SAMPLE = Path(__file__).parent / "data" / "sample.trig"
BASE = "https://w3id.org/koopgraph/id/"
KOOP = "https://w3id.org/koopgraph/ontology#"
BREMEN = NamedNode(f"{BASE}city/bremen")
LABEL = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
PREFIXES = f"""
@prefix sh: <{SH}> . @prefix koop: <{KOOP}> . @prefix e: <https://e.org/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix schema: <https://schema.org/> .
"""


@pytest.fixture
def store() -> Store:
    """Return the sample's store, which a test may spoil."""
    return open_graph(SAMPLE)


def koop(name: str) -> NamedNode:
    return NamedNode(KOOP + name)


def shapes(tmp_path: Path, text: str, name: str = "own.ttl") -> Path:
    """Write a file of shapes."""
    file = tmp_path / name
    file.write_text(PREFIXES + text, encoding="utf-8")
    return file


def test_the_sample_holds_to_the_shapes(store: Store) -> None:
    report = validate(store)
    assert report.findings == ()
    assert report.conforms
    assert report.to_text() == "The graph holds to all shapes.\n"


def test_a_thing_without_a_label_is_found(store: Store) -> None:
    (label,) = store.quads_for_pattern(BREMEN, LABEL, None, DefaultGraph())
    store.remove(label)
    (finding,) = validate(store).findings
    assert (finding.focus, finding.path, finding.severity) == (BREMEN.value, LABEL.value, "Violation")
    assert finding.message == (
        "The thing needs exactly one rdfs:label: add the name, or turn further names into skos:altLabel."
    )
    assert finding.articles == ("bundeskongress.txt", "three-cities.md")


def test_a_triple_without_a_statement_is_found_and_traced_to_its_article(store: Store) -> None:
    leipzig = NamedNode(f"{BASE}city/leipzig")
    article = NamedNode(f"{BASE}article/three-cities-md")
    for graph in ({}, {"graph_name": article}):
        store.add(Quad(leipzig, koop("locatedIn"), BREMEN, **graph))
    found = [finding for finding in validate(store).findings if finding.focus == KOOP + "locatedIn"]
    assert [(finding.value, finding.articles) for finding in found] == [(BREMEN.value, ("three-cities.md",))]


def test_a_statement_without_evidence_is_found(store: Store) -> None:
    statement = next(store.quads_for_pattern(None, TYPE, NamedNode(TYPE.value.replace("#type", "#Statement")))).subject
    derived = NamedNode("http://www.w3.org/ns/prov#wasDerivedFrom")
    for quad in list(store.quads_for_pattern(statement, derived, None)):
        store.remove(quad)
    findings = validate(store).findings
    assert [(finding.focus, finding.path) for finding in findings] == [(statement.value, derived.value)]


def test_a_date_that_is_no_edtf_is_found_with_its_article(store: Store) -> None:
    congress = next(store.quads_for_pattern(None, TYPE, koop("Event"))).subject
    store.add(Quad(congress, koop("date"), Literal("gestern")))
    findings = [finding for finding in validate(store, language="de").findings if finding.path == KOOP + "date"]
    assert [(finding.value, finding.articles) for finding in findings] == [('"gestern"', ("bundeskongress.txt",))]
    assert findings[0].message.startswith("Das Datum ist kein EDTF")
    assert findings[0].label == "9. Bundeskongress Nationale Stadtentwicklungspolitik"


def test_offsets_that_are_reversed_are_found_at_their_passage(store: Store) -> None:
    begin = NamedNode("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#beginIndex")
    quad = next(store.quads_for_pattern(None, begin, None))
    store.remove(quad)
    store.add(Quad(quad.subject, begin, Literal(9999), quad.graph_name))
    (finding,) = validate(store).findings
    assert (finding.focus, finding.path) == (quad.subject.value, begin.value)
    assert len(finding.articles) == 1


def test_shapes_of_ones_own_are_checked_as_well(store: Store, tmp_path: Path) -> None:
    own = shapes(
        tmp_path,
        """e:P a sh:NodeShape ; sh:targetClass koop:Project ; sh:property [ sh:path schema:url ; sh:minCount 1 ;
        sh:severity sh:Warning ; sh:message "Add the project's page."@en , "Ergänzen Sie die Seite."@de ] .""",
    )
    report = validate(store, shapes=[own])
    assert [(finding.severity, finding.message) for finding in report.findings] == [
        ("Warning", "Add the project's page.")
    ]
    assert report.conforms
    assert validate(store, shapes=[own], language="de").findings[0].message == "Ergänzen Sie die Seite."


def test_a_city_counts_as_a_place(store: Store, tmp_path: Path) -> None:
    own = shapes(
        tmp_path,
        "e:P a sh:NodeShape ; sh:targetClass koop:Place ; sh:property [ sh:path koop:motto ; sh:minCount 1 ] .",
    )
    found = {finding.label for finding in validate(store, shapes=[own]).findings}
    assert found == {"Bremen", "Leipzig", "Kongresshalle am Zoo"}


def test_checking_does_not_change_the_graph(store: Store) -> None:
    before = set(store)
    validate(store)
    assert set(store) == before


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("this is no turtle", "malformed"),
        ("e:P a sh:NodeShape ; sh:targetClass koop:City ; sh:property e:none .", "shapes cannot be used"),
    ],
)
def test_shapes_that_cannot_be_used_say_so(store: Store, tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(OntologyError, match=says):
        validate(store, shapes=[shapes(tmp_path, text)])


def test_a_file_of_shapes_that_is_missing_says_so(store: Store, tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match="cannot be read"):
        validate(store, shapes=[tmp_path / "none.ttl"])


def finding(**changes: object) -> Finding:
    """Make a finding."""
    fields: dict[str, object] = {
        "focus": BREMEN.value,
        "label": "Bremen",
        "path": KOOP + "date",
        "value": '"gestern"@de',
        "message": "Write it so.",
        "severity": "Violation",
        "shape": "https://e.org/shape",
        "articles": ("a.txt", "b.txt"),
    }
    return Finding(**{**fields, **changes})  # type: ignore[arg-type]


def test_a_table_says_what_is_wrong_in_one_row_each() -> None:
    lines = Report((finding(), finding(severity="Info", label="", value=""))).to_text().splitlines()
    assert lines[0].split() == ["severity", "node", "property", "value", "message", "articles"]
    assert lines[2].split("  ")[0] == "Violation"
    assert f"Bremen ({BREMEN.value})" in lines[2]
    assert "koop:date" in lines[2]
    assert lines[2].endswith("a.txt, b.txt")
    assert lines[-1] == "1 violation, 1 warning or hint"


def test_json_holds_every_field() -> None:
    report = json.loads(Report((finding(),)).to_text("json"))
    assert report["conforms"] is False
    assert report["findings"][0]["articles"] == ["a.txt", "b.txt"]


@pytest.mark.parametrize("value", ["", "https://e.org/x", '"gestern"@de', '"a\\"b\\n"', "_:b1"])
def test_turtle_is_a_validation_report_of_shacl(value: str) -> None:
    text = Report((finding(value=value),)).to_text("turtle")
    triples = {quad.triple for quad in parse(text, format=RdfFormat.TURTLE)}
    focus = [triple.object for triple in triples if triple.predicate.value == SH + "focusNode"]
    values = [triple.object for triple in triples if triple.predicate.value == SH + "value"]
    assert focus == [BREMEN]
    assert len(values) == bool(value)
    assert any(
        isinstance(t, Triple) and t.predicate.value == SH + "conforms" and t.object.value == "false" for t in triples
    )


def test_an_unknown_format_is_answered_with_the_known_ones() -> None:
    with pytest.raises(KoopgraphError, match="Known are: table, turtle, json"):
        Report(()).to_text("html")
