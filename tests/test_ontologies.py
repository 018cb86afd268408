"""The ontology files: well formed, bilingual, and in step with the model and with each other."""

from __future__ import annotations

import pytest
from rdflib import DCTERMS, OWL, RDF, RDFS, SH, SKOS, BNode, Graph, Literal, URIRef

from koopgraph.model import EntityType, ValueKind
from koopgraph.rdf.vocabulary import KOOP, RELATIONS, THEMES, ontology_file, themes

FILES = ("koopgraph.ttl", "themes.ttl", "shapes.ttl")
GUIDELINE = {
    "partnerCity": ("Project Programme", "City"),
    "locatedIn": ("Project Organisation Place Document", "City Place"),
    "takesPlaceIn": ("Event", "City Place"),
    "date": ("Event Project Programme Award Document", ""),
    "partOf": ("Project Organisation Event", "Project Programme Organisation Event"),
    "fundedBy": ("Project Programme Event", "Organisation Programme City Place"),
    "leads": ("Person Organisation City", "Project Programme"),
    "partner": ("Project Programme", "Organisation"),
    "organises": ("Organisation City Person", "Event"),
    "participatesIn": ("Person Organisation City Project", "Event"),
    "moderates": ("Person", "Event"),
    "speaksAt": ("Person", "Event"),
    "presentedAt": ("Project Document", "Event"),
    "affiliatedWith": ("Person", "Organisation Project City"),
    "receives": ("Project City Organisation Person", "Award"),
    "awardedBy": ("Award", "Organisation City"),
    "cooperatesWith": ("City Organisation", "City Organisation"),
    "budget": ("Project Programme Event", ""),
    "motto": ("Event Project", ""),
    "theme": ("Project Programme Event", ""),
}
THEME_IDS = set(
    """
    housing energy education mobility climate green-space participation social-cohesion digitalisation culture economy
    heritage migration city-centre urban-renewal land-use water health public-space youth research
    regional-cooperation finance governance
    """.split()  # noqa: SIM905 -- as the guideline prints them
)


def read(name: str) -> Graph:
    return Graph().parse(data=ontology_file(name).read_bytes(), format="turtle")


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return read("koopgraph.ttl")


def languages(graph: Graph, term: URIRef, predicate: URIRef) -> list[str | None]:
    return sorted(o.language for o in graph.objects(term, predicate) if isinstance(o, Literal) and str(o).strip())


@pytest.mark.parametrize("name", FILES)
def test_every_file_parses_and_names_its_licence_and_title_in_both_languages(name: str) -> None:
    graph = read(name)
    header = next(s for s in graph.subjects(DCTERMS.license) if isinstance(s, URIRef))

    assert graph.value(header, DCTERMS.license) == URIRef("https://creativecommons.org/licenses/by/4.0/")
    assert languages(graph, header, DCTERMS.title) == ["de", "en"]


def test_every_term_has_one_label_and_one_definition_in_german_and_english(ontology: Graph) -> None:
    for term in KOOP:
        assert languages(ontology, URIRef(term), RDFS.label) == ["de", "en"], term
        assert languages(ontology, URIRef(term), SKOS.definition) == ["de", "en"], term


def test_the_classes_are_those_of_the_model_the_article_and_the_records(ontology: Graph) -> None:
    classes = {str(c) for c in ontology.subjects(RDF.type, OWL.Class) if isinstance(c, URIRef)}

    records = {KOOP.Merge, KOOP.MergeProposal, KOOP.LinkProposal, KOOP.Contradiction}
    assert classes == {KOOP[t] for t in EntityType} | {KOOP.Article} | records


def test_a_city_is_a_place(ontology: Graph) -> None:
    assert (URIRef(KOOP.City), RDFS.subClassOf, URIRef(KOOP.Place)) in ontology


def test_a_project_is_no_organisation_as_schema_project_would_make_it(ontology: Graph) -> None:
    schema_project = URIRef("https://schema.org/Project")

    assert (URIRef(KOOP.Project), RDFS.subClassOf, schema_project) not in ontology
    assert (URIRef(KOOP.Project), SKOS.closeMatch, schema_project) in ontology


@pytest.mark.parametrize("name", GUIDELINE)
def test_a_relation_has_the_domain_and_range_of_the_guideline(name: str) -> None:
    domain, range_ = GUIDELINE[name]

    assert RELATIONS[name].domain == {EntityType(t) for t in domain.split()}
    assert RELATIONS[name].range == {EntityType(t) for t in range_.split()}


def test_there_are_no_other_relations_than_those_of_the_guideline() -> None:
    assert set(RELATIONS) == set(GUIDELINE)
    assert {n for n, r in RELATIONS.items() if r.value} == set(ValueKind)


def test_relations_to_things_are_object_properties_and_those_to_values_are_datatype_properties(ontology: Graph) -> None:
    for relation in RELATIONS.values():
        kind = OWL.DatatypeProperty if relation.literal else OWL.ObjectProperty
        assert (URIRef(relation.iri), RDF.type, kind) in ontology, relation.name


def test_moderating_and_speaking_are_special_ways_of_taking_part_and_only_cooperation_is_symmetric() -> None:
    assert {n: r.parent for n, r in RELATIONS.items() if r.parent} == {
        "moderates": "participatesIn",
        "speaksAt": "participatesIn",
    }
    assert [n for n, r in RELATIONS.items() if r.symmetric] == ["cooperatesWith"]


def test_the_themes_are_those_of_the_guideline_each_complete_in_both_languages() -> None:
    graph = read("themes.ttl")

    assert set(themes()) == THEME_IDS
    for theme in THEME_IDS:
        concept = URIRef(THEMES + theme)
        assert (concept, RDF.type, SKOS.Concept) in graph
        assert (concept, SKOS.inScheme, URIRef(THEMES)) in graph
        assert languages(graph, concept, SKOS.prefLabel) == ["de", "en"]
        assert languages(graph, concept, SKOS.definition) == ["de", "en"]
        assert set(languages(graph, concept, SKOS.altLabel)) == {"de", "en"}


def test_no_name_of_a_theme_is_also_the_preferred_name_of_another() -> None:
    graph = read("themes.ttl")
    preferred = {(str(label).casefold(), label.language): s for s, label in graph.subject_objects(SKOS.prefLabel)}

    assert len(preferred) == 2 * len(THEME_IDS)
    for concept, label in graph.subject_objects(SKOS.altLabel):
        assert preferred.get((str(label).casefold(), label.language)) is None, (concept, label)


def test_the_shapes_name_no_term_that_the_ontology_lacks_and_check_every_relation() -> None:
    shapes = read("shapes.ttl")
    used = {str(n) for triple in shapes for n in triple if isinstance(n, URIRef) and str(n).startswith(KOOP.iri)}
    targets = {str(o) for o in shapes.objects(None, SH.targetSubjectsOf)}

    assert used <= set(KOOP)
    assert {r.iri for r in RELATIONS.values()} <= targets
    assert {r.iri for r in RELATIONS.values()} == {str(o) for o in shapes.objects(None, SH.targetNode)}


def test_the_shapes_demand_the_domains_and_ranges_of_the_ontology() -> None:
    shapes = read("shapes.ttl")
    base = "https://w3id.org/koopgraph/shapes#"

    def classes(shape: URIRef) -> set[str]:
        direct = set(shapes.objects(shape, SH["class"]))
        options = {
            c for o in shapes.objects(shape, SH["or"]) for item in shapes.items(o) for c in shapes[item : SH["class"]]
        }
        return {str(c) for c in direct | options}

    for name, relation in RELATIONS.items():
        assert classes(URIRef(base + name)) == {KOOP[t] for t in relation.domain}
        assert classes(URIRef(f"{base}{name}-object")) == {KOOP[t] for t in relation.range}
        for subject, narrowed in relation.narrowed.items():
            assert classes(URIRef(f"{base}{name}-{subject}-object")) == {KOOP[t] for t in narrowed}
    allowed = next(shapes.objects(URIRef(f"{base}theme-object"), SH["in"]))
    assert {str(o) for o in shapes.items(allowed)} == {THEMES + t for t in THEME_IDS}


def test_every_shape_says_what_to_do_in_german_and_english() -> None:
    shapes = read("shapes.ttl")
    checks = {*shapes.subjects(RDF.type, SH.PropertyShape), *shapes.subjects(SH.select)}

    assert len(checks) > 50
    for check in checks:
        assert languages(shapes, check, SH.message) == ["de", "en"], check


def test_the_class_expressions_are_the_only_blank_nodes_of_the_ontology(ontology: Graph) -> None:
    allowed = {OWL.Class, OWL.Restriction, OWL.AllDisjointClasses, None}
    blank = {s for s in ontology.subjects() if isinstance(s, BNode)}

    assert {ontology.value(node, RDF.type) for node in blank} <= allowed
