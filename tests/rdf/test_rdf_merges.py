"""Merges and proposals as triples: whole, in no order, and as the shapes ask."""

from __future__ import annotations

from dataclasses import replace

import pyshacl
import pytest
from pyoxigraph import Literal, NamedNode
from rdflib import Graph

from koopgraph.model import Evidence, Language, Merge, Naming, Proposal
from koopgraph.rdf.iris import article_iri
from koopgraph.rdf.merges import merge_triples, proposal_triples
from koopgraph.rdf.triples import Triple
from koopgraph.rdf.vocabulary import KOOP, NIF, PROV, RDF, ontology_file

BASE = "https://example.org/id/"
BBSR = f"{BASE}organisation/bundesinstitut-fuer-bau-stadt-und-raumforschung"
FIRST, SECOND = article_iri(BASE, "a.txt"), article_iri(BASE, "b.md")
LANGUAGES: dict[str, Language] = {FIRST: "de", SECOND: "und"}
MERGE = Merge(
    BBSR,
    "acronym",
    0.93,
    (
        Naming(FIRST, "BBSR", Evidence(0, 18, "Das BBSR sagt das.")),
        Naming(SECOND, "Bundesinstitut für Bau-, Stadt- und Raumforschung", Evidence(4, 12, "Das auch")),
    ),
    shared=("Bonn",),
    curator="Jana Muster",
)
PROPOSAL = Proposal((f"{BASE}person/a", f"{BASE}person/b"), "one name", 0.5, MERGE.namings)


def triples(found: Merge | Proposal) -> set[Triple]:
    if isinstance(found, Merge):
        return set(merge_triples(found, base=BASE, languages=LANGUAGES))
    return set(proposal_triples(found, base=BASE, languages=LANGUAGES))


def objects(found: Merge | Proposal, predicate: str) -> set[str]:
    kind = KOOP.Merge if isinstance(found, Merge) else KOOP.MergeProposal
    (iri,) = {s for s, p, o in triples(found) if p.value == RDF.type and o == NamedNode(kind)}
    return {str(o) for s, p, o in triples(found) if s == iri and p.value == predicate}


def test_a_merge_says_what_was_merged_by_which_rule_how_surely_and_by_whom() -> None:
    assert objects(MERGE, KOOP.merged) == {f"<{BBSR}>"}
    assert objects(MERGE, KOOP.rule) == {'"acronym"'}
    assert objects(MERGE, KOOP.confidence) == {'"0.93"^^<http://www.w3.org/2001/XMLSchema#decimal>'}
    assert objects(MERGE, KOOP.shared) == {'"Bonn"'}
    assert objects(MERGE, PROV.wasAttributedTo) == {f"<{BASE}curator/jana-muster>"}


def test_a_form_is_tagged_where_the_language_of_its_article_is_known() -> None:
    assert objects(MERGE, KOOP.form) == {'"BBSR"@de', '"Bundesinstitut für Bau-, Stadt- und Raumforschung"'}


def test_a_merge_points_to_the_passages_that_name_it_and_describes_them() -> None:
    passages = objects(MERGE, PROV.wasDerivedFrom)
    assert passages == {f"<{BASE}passage/a-txt_0_18>", f"<{BASE}passage/b-md_4_12>"}
    assert Literal("Das BBSR sagt das.", language="de") in {o for _, p, o in triples(MERGE) if p.value == NIF.anchorOf}


def test_a_naming_that_only_metadata_give_has_no_passage() -> None:
    author = replace(MERGE, namings=(Naming(FIRST, "J. Muster"), MERGE.namings[1]))
    assert objects(author, PROV.wasDerivedFrom) == {f"<{BASE}passage/b-md_4_12>"}


@pytest.mark.parametrize("found", [MERGE, PROPOSAL])
def test_the_order_of_the_namings_changes_nothing(found: Merge | Proposal) -> None:
    assert triples(found) == triples(replace(found, namings=found.namings[::-1]))


def test_a_proposal_names_both_things() -> None:
    assert objects(PROPOSAL, KOOP.candidate) == {f"<{iri}>" for iri in PROPOSAL.entities}
    assert not objects(PROPOSAL, PROV.wasAttributedTo)


def test_different_pairs_and_rules_are_different_records() -> None:
    variants = [MERGE, replace(MERGE, rule="x"), replace(MERGE, entity=f"{BBSR}x"), replace(MERGE, namings=(MERGE.namings[0],) * 2)]  # fmt: skip
    assert len({next(merge_triples(m, base=BASE, languages=LANGUAGES)).subject for m in variants}) == len(variants)


def test_what_is_written_conforms_to_the_shapes() -> None:
    articles = f"<{FIRST}> a <{KOOP.Article}> . <{SECOND}> a <{KOOP.Article}> ."
    lines = [f"{s} {p} {o} ." for s, p, o in triples(MERGE) | triples(PROPOSAL)]
    graph = Graph().parse(data="\n".join([articles, *lines]), format="turtle")
    shapes = Graph().parse(data=ontology_file("shapes.ttl").read_bytes(), format="turtle")
    _, _, report = pyshacl.validate(graph, shacl_graph=shapes)
    judged = [line for line in report.splitlines() if "Source Shape" in line and "Article" not in line]
    assert judged == [], report
