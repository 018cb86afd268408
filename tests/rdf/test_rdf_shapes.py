"""The SHACL shapes: a right dataset conforms, and each shape catches what it is there for."""

from __future__ import annotations

from pathlib import Path

import pyshacl
import pytest
from rdflib import RDF, SH, Dataset, Graph, URIRef

from koopgraph.rdf.vocabulary import PREFIXES, RELATIONS, ontology_file

SAMPLE = Path(__file__).resolve().parents[1] / "data" / "sample.trig"
PROVENANCE = "https://w3id.org/koopgraph/id/graph/provenance"
SHAPES = "https://w3id.org/koopgraph/shapes#"
HEADER = "".join(f"@prefix {p}: <{iri}> .\n" for p, iri in PREFIXES.items()) + (
    "@prefix x: <https://example.org/broken/> .\n@prefix : <https://example.org/fine/> .\n"
    ':city a koop:City ; rdfs:label "C" . :place a koop:Place ; rdfs:label "P" .\n'
    ':person a koop:Person ; rdfs:label "N" . :event a koop:Event ; rdfs:label "E" .\n'
    ':organisation a koop:Organisation ; rdfs:label "O" . :project a koop:Project ; rdfs:label "R" .\n'
)

BROKEN = {
    "Entity": '[] a koop:City ; rdfs:label "blank" .',
    "Entity-class": 'x:Entity-class a koop:City, koop:Place ; rdfs:label "X" .',
    "Entity-label": 'x:Entity-label a koop:City ; rdfs:label "X", "Y" .',
    "Entity-label ": "x:unnamed a koop:City .",
    "Entity-altLabel": 'x:Entity-altLabel a koop:City ; rdfs:label "X"@de ; skos:altLabel "X"@de .',
    "Entity-derived": "x:Entity-derived a koop:City ; prov:wasDerivedFrom :city .",
    "Bound-start": 'x:Bound-start schema:startDate "2015-09-16" .',
    "Bound-end": 'x:Bound-end schema:endDate "2015-02-30"^^xsd:date .',
    "Membership-member": "x:Membership-member a org:Membership ; org:member :city .",
    "Membership-organization": "x:Membership-organization a org:Membership ; org:organization :person .",
    "Position-latitude": "x:Position-latitude schema:latitude 91.5 ; schema:longitude 12.5 .",
    "Position-longitude": "x:Position-longitude schema:latitude 51.5 .",
    "Linked-ags": 'x:Linked-ags a koop:City ; koop:ags "1471300" .',
    "Linked-population": 'x:Linked-population gn:population "many" .',
    "Linked-parentADM1": "x:Linked-parentADM1 gn:parentADM1 :place .",
    "Linked-parentCountry": "x:Linked-parentCountry gn:parentCountry <https://sws.geonames.org/1/>, <https://sws.geonames.org/2/> .",
    "Article": "[] a koop:Article .",
    "Article-title": "x:Article-title a koop:Article .",
    "Article-source": 'x:Article-source a koop:Article ; dcterms:source "a", "b" .',
    "Article-language": 'x:Article-language a koop:Article ; dcterms:language "fr" .',
    "Article-contentHash": 'x:Article-contentHash a koop:Article ; koop:contentHash "abc" .',
    "Article-issued": 'x:Article-issued a koop:Article ; dcterms:issued "21.09.2015"^^edtf: .',
    "Article-creator": "x:Article-creator a koop:Article ; dcterms:creator :city .",
    "Article-url": 'x:Article-url a koop:Article ; schema:url "javascript:alert(1)"^^xsd:anyURI .',
    "Statement": "[] a rdf:Statement .",
    "Statement-subject": "x:Statement-subject a rdf:Statement .",
    "Statement-predicate": "x:Statement-predicate a rdf:Statement ; rdf:predicate rdfs:label .",
    "Statement-object": "x:Statement-object a rdf:Statement ; rdf:object :city, :place .",
    "Statement-confidence": "x:Statement-confidence a rdf:Statement ; koop:confidence 1.5 .",
    "Statement-extractor": "x:Statement-extractor a rdf:Statement .",
    "Statement-derived": "x:Statement-derived a rdf:Statement .",
    "Passage": "[] a nif:String .",
    "Passage-context": "x:Passage-context a nif:String ; nif:referenceContext :city .",
    "Passage-begin": """x:Passage-begin a nif:String ; nif:beginIndex "9"^^xsd:nonNegativeInteger ;
        nif:endIndex "9"^^xsd:nonNegativeInteger .""",
    "Passage-end": "x:Passage-end a nif:String ; nif:endIndex 9 .",
    "Passage-anchor": 'x:Passage-anchor a nif:String ; nif:anchorOf "" .',
    "Merge": "[] a koop:Merge .",
    "Merge-merged": "x:Merge-merged a koop:Merge ; koop:merged :city, :place .",
    "MergeProposal": "[] a koop:MergeProposal .",
    "MergeProposal-candidate": "x:MergeProposal-candidate a koop:MergeProposal ; koop:candidate :city .",
    "Judged-rule": "x:Judged-rule a koop:Merge .",
    "Judged-confidence": "x:Judged-confidence a koop:MergeProposal ; koop:confidence 2.0 .",
    "Judged-form": 'x:Judged-form a koop:Merge ; koop:form "a", "b", "c" .',
    "Judged-derived": "x:Judged-derived a koop:MergeProposal ; prov:wasDerivedFrom :city .",
    "Contradiction": "[] a koop:Contradiction .",
    "Contradiction-about": "x:Contradiction-about a koop:Contradiction ; koop:about :city, :place .",
    "Contradiction-statement": "x:Contradiction-statement a koop:Contradiction ; koop:statement :city, :place .",
    "LinkProposal": "[] a koop:LinkProposal .",
    "LinkProposal-linked": "x:LinkProposal-linked a koop:LinkProposal ; koop:linked :city, :place .",
    "LinkProposal-authority": "x:LinkProposal-authority a koop:LinkProposal ; koop:authority <urn:x> .",
    "Evidence": ":project koop:partnerCity :city .",
    "SpecialRole-moderates": "x:SpecialRole-moderates koop:moderates :event ; koop:participatesIn :event .",
    "SpecialRole-speaksAt": "x:SpecialRole-speaksAt koop:speaksAt :event ; koop:participatesIn :event .",
    "partOf-Project-object": "x:partOf-Project-object a koop:Project ; koop:partOf :event .",
    "partOf-Organisation-object": "x:partOf-Organisation-object a koop:Organisation ; koop:partOf :project .",
    "partOf-Event-object": "x:partOf-Event-object a koop:Event ; koop:partOf :organisation .",
    "date-object": 'x:date-object koop:date "16.09.2015"^^edtf: .',
    "date-object ": 'x:untyped koop:date "2015" .',
    "budget-object": 'x:budget-object koop:budget "12.500.000 EUR" .',
    "motto-object": "x:motto-object koop:motto :city .",
    "theme-object": "x:theme-object koop:theme theme:sports .",
    # Awards have no relation but awardedBy and date, and people are the object of none.
    **{r: f"x:{r} a koop:Award ; koop:{r} :city ." for r in RELATIONS if r not in ("awardedBy", "date")},
    **{f"{r}-object": f"x:{r}-object koop:{r} :person ." for r, known in RELATIONS.items() if not known.value},
    "awardedBy": "x:awardedBy a koop:City ; koop:awardedBy :organisation .",
    "date": 'x:date a koop:City ; koop:date "2015"^^edtf: .',
}
"""What breaks each shape; the thing that does is named after it, unless it is blank or said otherwise."""

FOCUS = {"Entity-label ": "unnamed", "date-object ": "untyped"}


def sample() -> Graph:
    """Return the sample's default graph and provenance graph: what the shapes are for."""
    dataset = Dataset()
    dataset.parse(data=SAMPLE.read_bytes(), format="trig")
    graph = Graph()
    for part in (dataset.default_graph, dataset.graph(PROVENANCE)):
        graph += part
    return graph


def shapes() -> Graph:
    return Graph().parse(data=ontology_file("shapes.ttl").read_bytes(), format="turtle")


@pytest.fixture(scope="module")
def report() -> Graph:
    graph = sample().parse(data=HEADER + "\n".join(BROKEN.values()), format="turtle")
    _, results, _ = pyshacl.validate(graph, shacl_graph=shapes())
    assert isinstance(results, Graph)
    return results


def test_the_shapes_are_valid_shacl_and_the_sample_conforms_to_them() -> None:
    conforms, _, text = pyshacl.validate(sample(), shacl_graph=shapes(), meta_shacl=True)

    assert conforms, text


@pytest.mark.parametrize("broken", BROKEN)
def test_a_shape_catches_what_breaks_it(report: Graph, broken: str) -> None:
    shape = broken.strip()
    caught = {report.value(r, SH.focusNode) for r in report.subjects(SH.sourceShape, URIRef(SHAPES + shape))}

    if shape == "Evidence":
        assert URIRef("https://w3id.org/koopgraph/ontology#partnerCity") in caught
    elif BROKEN[broken].startswith("[]"):
        assert caught
        assert not any(isinstance(focus, URIRef) for focus in caught)
    else:
        assert URIRef(f"https://example.org/broken/{FOCUS.get(broken, shape)}") in caught


def test_every_shape_is_broken_by_some_example() -> None:
    graph = shapes()
    constraints = set(graph.subjects(RDF.type, SH.PropertyShape)) | set(graph.subjects(SH.message, None))
    named = {str(shape).removeprefix(SHAPES) for shape in constraints if isinstance(shape, URIRef)}

    assert named <= {shape.strip() for shape in BROKEN}


def test_a_triple_without_a_statement_is_named_in_the_message(report: Graph) -> None:
    results = report.subjects(SH.sourceShape, URIRef(f"{SHAPES}Evidence"))
    messages = {str(m) for r in results for m in report.objects(r, SH.resultMessage) if "fine/project https" in str(m)}

    assert len(messages) == 2
    for message in messages:
        assert "https://example.org/fine/city" in message
        assert "partnerCity" in message
        assert "{" not in message
