"""Terms, prefixes and relations as code uses them."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import NamedNode
from rdflib import URIRef

import koopgraph
from koopgraph.errors import OntologyError
from koopgraph.model import EntityType, ValueKind
from koopgraph.rdf import vocabulary
from koopgraph.rdf.iris import data_prefixes
from koopgraph.rdf.vocabulary import KOOP, PREFIXES, SKOS, ontology_file, relation_allowed, term_labels


def test_a_misspelt_term_fails_where_it_stands_and_suggests_the_right_one() -> None:
    with pytest.raises(AttributeError, match="did you mean 'takesPlaceIn'"):
        _ = KOOP.takesPlacein
    with pytest.raises(AttributeError):
        _ = SKOS.preflabel
    with pytest.raises(KeyError):
        _ = KOOP["Building"]


def test_a_term_is_a_plain_string_for_pyoxigraph_and_rdflib_alike() -> None:
    assert NamedNode(KOOP.date).value == str(URIRef(KOOP.date)) == "https://w3id.org/koopgraph/ontology#date"


def test_every_koop_term_named_anywhere_in_the_package_is_in_the_ontology() -> None:
    package = Path(koopgraph.__file__).parent
    texts = [p.read_text(encoding="utf-8") for p in sorted(package.rglob("*")) if p.suffix in (".py", ".rq", ".ttl")]
    used = {term for text in texts for term in re.findall(r"\b(?:koop:|KOOP\.)([A-Za-z]\w*)", text)} - {"iri"}

    assert {"date", "confidence", "contentHash"} <= used
    assert used <= {iri.removeprefix(KOOP.iri) for iri in KOOP}


def test_no_prefix_covers_another_so_that_every_iri_has_one_short_form() -> None:
    spaces = sorted({**PREFIXES, **data_prefixes("https://w3id.org/koopgraph/id/")}.values())

    assert len(spaces) == len(set(spaces))
    assert [(a, b) for a in spaces for b in spaces if a != b and b.startswith(a)] == []


@pytest.mark.parametrize(
    ("name", "subject", "object_", "allowed"),
    [
        ("partnerCity", EntityType.PROJECT, EntityType.CITY, True),
        ("partnerCity", EntityType.PROJECT, EntityType.PLACE, False),
        ("partOf", EntityType.EVENT, EntityType.PROGRAMME, True),
        ("partOf", EntityType.EVENT, EntityType.PROJECT, False),
        ("partOf", EntityType.ORGANISATION, EntityType.ORGANISATION, True),
        ("partOf", EntityType.PERSON, EntityType.ORGANISATION, False),
        ("date", EntityType.EVENT, ValueKind.DATE, True),
        ("date", EntityType.CITY, ValueKind.DATE, False),
        ("date", EntityType.EVENT, ValueKind.MOTTO, False),
        ("leads", EntityType.PERSON, ValueKind.DATE, False),
    ],
)
def test_a_relation_holds_between_the_types_of_the_ontology_alone(
    name: str, subject: EntityType, object_: EntityType | ValueKind, allowed: bool
) -> None:
    assert relation_allowed(name, subject, object_) is allowed


def test_an_unknown_relation_is_answered_with_the_known_ones() -> None:
    with pytest.raises(OntologyError, match=r"'friendOf'.*affiliatedWith, awardedBy"):
        relation_allowed("friendOf", EntityType.PERSON, EntityType.PERSON)


def test_a_missing_ontology_file_is_reported_with_what_to_do() -> None:
    with pytest.raises(OntologyError, match=r"nothing\.ttl.*Install koopgraph again"):
        ontology_file("nothing.ttl")


def test_every_class_and_relation_has_labels_for_the_pages_in_both_languages() -> None:
    assert term_labels()["Organisation"] == {"de": "Organisation", "en": "organisation"}
    assert all(set(labels) == {"de", "en"} for labels in term_labels().values())


def test_the_vocabulary_does_without_rdflib() -> None:
    code = f"import sys, {vocabulary.__name__}; sys.exit('rdflib' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
