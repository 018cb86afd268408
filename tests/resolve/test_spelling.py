"""Which spellings share a key, which do not, and what a name says of itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koopgraph.model import EntityType
from koopgraph.resolve.names import folded
from koopgraph.resolve.spelling import concept_key, identity_key, is_local, name_words, parts_of, says_what

ORGANISATION, PERSON, CITY, PLACE = EntityType.ORGANISATION, EntityType.PERSON, EntityType.CITY, EntityType.PLACE
PROJECT, EVENT, DOCUMENT = EntityType.PROJECT, EntityType.EVENT, EntityType.DOCUMENT


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        (PERSON, "Jörg Weiß", "Joerg Weiss"),
        (PERSON, "Prof. Dr. Eva Kern", "Eva Kern"),
        (PERSON, "EVA KERN", "Eva Kern"),
        (PERSON, "Ivana Žižek", "Ivana Zizek"),
        (CITY, "Stadt Rostock", "Rostock"),
        (CITY, "Hansestadt Rostock", "Rostock"),
        (CITY, "Freie und Hansestadt Hamburg", "Hamburg"),
        (CITY, "City of Malmö", "Malmö"),
        (CITY, "Köln", "Koeln"),
        (PLACE, "Goethestr.", "Goethestraße"),
        (PLACE, "Goethestraße", "Goethestrasse"),
        (PLACE, "Land Berlin", "Berlin"),
        (PLACE, "St. Pauli", "Sankt Pauli"),
        (ORGANISATION, "GEWOBA AG", "Gewoba"),
        (ORGANISATION, "Stadtbau Jena GmbH & Co. KG", "Stadtbau Jena"),
        (ORGANISATION, "Bürgerverein Südost e. V.", "Bürgerverein Südost"),
        (ORGANISATION, "TU Berlin", "Technische Universität Berlin"),
        (ORGANISATION, "Uni Leipzig", "Universität Leipzig"),
        (ORGANISATION, "BBSR", "Bundesinstitut für Bau-, Stadt- und Raumforschung"),
        (ORGANISATION, "KFW", "Kreditanstalt für Wiederaufbau"),
        (ORGANISATION, "STADTRAT", "Rat der Stadt"),
        (DOCUMENT, "Leipzig-Charta", "„Leipzig Charta“"),
        (DOCUMENT, "der Leipzig-Charta", "Leipzig-Charta"),
        (EVENT, "9th Baltic Forum", "9. Baltic Forum"),
        (ORGANISATION, "Deutscher Städtetag", "Deutschen Städtetags"),
    ],
)
def test_spellings_of_one_name_share_a_key(kind: EntityType, one: str, other: str) -> None:
    assert identity_key(one, kind) == identity_key(other, kind) != ""


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        (PERSON, "Anna Meier", "Anna Meyer"),
        (PERSON, "Anna Schmid", "Anna Schmidt"),
        (PERSON, "Anna Kern", "Eva Kern"),
        (CITY, "Main", "Mainz"),
        (CITY, "Frankfurt (Oder)", "Frankfurt am Main"),
        (PLACE, "Bachstraße", "Buchstraße"),
        (PLACE, "Block 1", "Block 2"),
        (ORGANISATION, "Universität Leipzig", "Universität Kiel"),
        (DOCUMENT, "Leipzig-Charta", "Neue Leipzig-Charta"),
        (EVENT, "8. Bundeskongress", "9. Bundeskongress"),
        (PROJECT, "Alte Werft", "Neue Werft"),
        (ORGANISATION, "BUND", "Bund"),
    ],
)
def test_different_names_have_different_keys(kind: EntityType, one: str, other: str) -> None:
    assert identity_key(one, kind) != identity_key(other, kind)


def test_letters_of_other_scripts_are_written_in_latin_ones() -> None:
    assert folded("Müßig") == "muessig"
    assert folded("Čapek") == "capek"
    assert folded("Москва").isascii()


def test_a_legal_form_that_is_the_whole_name_stays() -> None:
    assert name_words("SE", ORGANISATION) == ("se",)


def test_english_phrases_become_the_german_word_the_longest_first() -> None:
    assert name_words("Aalen University of Applied Sciences", ORGANISATION) == ("aalen", "hochschule")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Universität Leipzig", "University of Leipzig"),
        ("Universität Leipzig", "Leipzig University"),
        ("Stadtplanungsamt Kiel", "Amt für Stadtplanung Kiel"),
        ("Bundesministerium für Wohnen", "Federal Ministry of Housing"),
    ],
)
def test_a_name_and_its_translation_have_the_same_meaning(one: str, other: str) -> None:
    assert concept_key(one, ORGANISATION) == concept_key(other, ORGANISATION)


def test_compounds_fall_into_known_parts_or_none() -> None:
    parts = frozenset({"stadt", "planung", "amt", "bau"})
    assert parts_of("stadtplanungsamt", parts) == ("stadt", "planung", "amt")
    assert parts_of("stadtplanungsamtx", parts) == ()
    assert parts_of("", parts) == ()


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (ORGANISATION, "Stadtrat"),
        (ORGANISATION, "Bauamt"),
        (ORGANISATION, "Volkshochschule"),
        (PLACE, "Bahnhofstraße"),
        (PLACE, "Marktplatz"),
        (DOCUMENT, "Masterplan"),
        (EVENT, "Bürgerversammlung"),
    ],
)
def test_what_every_town_has_is_local(kind: EntityType, name: str) -> None:
    assert is_local(name, kind)


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (ORGANISATION, "Bundesrat"),
        (ORGANISATION, "Bauamt Kiel"),
        (ORGANISATION, "GEWOBA"),
        (PROJECT, "HafenCity"),
        (EVENT, "Tag der Architektur"),
        (PLACE, "Sachsen"),
        (PERSON, "Bauer"),
        (CITY, "Neustadt"),
    ],
)
def test_names_that_one_thing_alone_has_people_and_cities_are_not_local(kind: EntityType, name: str) -> None:
    assert not is_local(name, kind)


def test_a_name_tells_what_a_thing_is_or_which_one() -> None:
    assert says_what("Landschaftsarchitekten", ORGANISATION)
    assert not says_what("Uferlinie", ORGANISATION)


@given(st.text(), st.sampled_from(list(EntityType)))
def test_any_text_has_a_key_words_and_a_meaning(name: str, kind: EntityType) -> None:
    assert isinstance(identity_key(name, kind), str)
    assert isinstance(concept_key(name, kind), str)
    assert isinstance(is_local(name, kind), bool)
    assert all(name_words(name, kind))


@given(st.text(min_size=1), st.sampled_from(list(EntityType)))
def test_case_makes_no_other_words(name: str, kind: EntityType) -> None:
    if name.upper().casefold() == name.casefold():
        assert name_words(name.upper(), kind) == name_words(name, kind)
