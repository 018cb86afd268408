"""Which names name one thing: inflection, surnames, acronyms and short forms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koopgraph.model import EntityType
from koopgraph.resolve.names import fullness, is_acronym_of, is_short_form, key, quoted_part, stem, words_of

PERSON, CITY, PROJECT, EVENT = EntityType.PERSON, EntityType.CITY, EntityType.PROJECT, EntityType.EVENT
ORGANISATION, PROGRAMME, AWARD = EntityType.ORGANISATION, EntityType.PROGRAMME, EntityType.AWARD


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("Nationale Stadtentwicklungspolitik", "Nationalen Stadtentwicklungspolitik", PROGRAMME),
        ("Deutscher Städtebaupreis", "Deutschen Städtebaupreis", AWARD),
        ("Leipzig-Charta", "Leipzig Charta", EntityType.DOCUMENT),
        ("Die „Grüne Fuge“", "Grüne Fuge", PROJECT),
        ("Stadtplanungsamt", "Stadtplanungsamtes", ORGANISATION),
        ("UFERPARK", "Uferpark", PROJECT),
        ("The Green Seam", "Green Seam", PROJECT),
        ("Anna-Maria Brix", "Anna Maria Brix", PERSON),
    ],
)
def test_inflection_hyphens_case_quotes_and_articles_make_no_other_name(one: str, other: str, kind: EntityType) -> None:
    assert key(one, kind) == key(other, kind)


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("Anna Petersen", "Anna Peters", PERSON),
        ("Bremen", "Bremerhaven", CITY),
        ("8. Bundeskongress", "9. Bundeskongress", EVENT),
        ("Landespreis 2018", "Landespreis 2019", AWARD),
    ],
)
def test_what_tells_two_things_apart_tells_their_names_apart(one: str, other: str, kind: EntityType) -> None:
    assert key(one, kind) != key(other, kind)


@given(st.text(max_size=40), st.sampled_from(list(EntityType)))
def test_any_name_of_a_thing_has_a_key(name: str, kind: EntityType) -> None:
    assert key(name, kind) or not name or kind is PERSON


@pytest.mark.parametrize("word", ["Amt", "see", "tor", "ost"])
def test_a_short_word_keeps_its_ending(word: str) -> None:
    assert stem(word) == word


def test_words_are_folded_and_freed_of_signs() -> None:
    assert words_of("Das »Straßen-Fest« (2019)") == ("strassen", "fest", "2019")


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("BBSR", "Bundesinstitut für Bau-, Stadt- und Raumforschung"),
        ("IfL", "Institut für Länderkunde"),
        ("UNU", "United Nations University"),
        ("NSP", "Die Nationale Stadtentwicklungs-Politik"),
        ("GWG", "Gera Wohn Gesellschaft mbH"),
    ],
)
def test_an_acronym_has_the_initials_of_the_long_form(short: str, long: str) -> None:
    assert is_acronym_of(short, long)


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("BBSR", "Bundesamt für Energie"),
        ("IFL", "Länderkundeinstitut"),
        ("Ifl", "Institut für Länderkunde"),
        ("I L", "Institut Land"),
        ("I", "Institut"),
        ("", "Institut für Länderkunde"),
        ("IL", ""),
    ],
)
def test_other_letters_one_word_or_few_capitals_make_no_acronym(short: str, long: str) -> None:
    assert not is_acronym_of(short, long)


@pytest.mark.parametrize(
    ("short", "long", "kind"),
    [
        ("Petersen", "Tjark Petersen", PERSON),
        ("Petersens", "Tjark Petersen", PERSON),
        ("KielQuer", "KielQuer – Mobilität für alle", PROJECT),
        ("Bundeskongress", "9. Bundeskongress", EVENT),
        ("Nordlicht Wohnbau", "Nordlicht Wohnbau GmbH", ORGANISATION),
        ("SWL", "SWL GmbH & Co. KG", ORGANISATION),
    ],
)
def test_a_shortened_name_fits_the_fuller_one(short: str, long: str, kind: EntityType) -> None:
    assert is_short_form(short, long, kind)


@pytest.mark.parametrize(
    ("short", "long", "kind"),
    [
        ("Tjark", "Tjark Petersen", PERSON),
        ("Peters", "Tjark Petersen", PERSON),
        ("Anna Petersen", "Tjark Petersen", PERSON),
        ("Frankfurt", "Frankfurt an der Oder", CITY),
        ("Halle", "Neue Halle", EntityType.PLACE),
        ("Preis", "Landes Preis", AWARD),
        ("Uferpark", "Uferpark", PROJECT),
        ("TU", "TU Berlin", ORGANISATION),
        ("", "Uferpark", PROJECT),
    ],
)
def test_given_names_cities_awards_and_bare_openings_are_no_short_forms(
    short: str, long: str, kind: EntityType
) -> None:
    assert not is_short_form(short, long, kind)


@given(st.text(max_size=30), st.text(max_size=30), st.sampled_from(list(EntityType)))
def test_of_two_names_at_most_one_is_short_for_the_other(one: str, other: str, kind: EntityType) -> None:
    assert not (is_short_form(one, other, kind) and is_short_form(other, one, kind))


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Werkstatt „Quer gefragt“", ("Quer gefragt",)),
        ("Reihe «Stadt» und »Land«", ("Stadt", "Land")),
        ("“Green Seam” walk", ("Green Seam",)),
        ("ohne Zeichen", ()),
        ("leer „“", ()),
    ],
)
def test_what_stands_in_quotation_marks_is_a_name_too(name: str, parts: tuple[str, ...]) -> None:
    assert quoted_part(name) == parts


def test_the_fullest_form_comes_first() -> None:
    names = ["BBSR", "Bundesinstitut", "Bundesinstitut für Bauforschung"]
    assert min(names, key=lambda n: fullness(n, ORGANISATION)) == "Bundesinstitut für Bauforschung"


def test_of_a_citys_forms_the_shortest_that_is_not_in_capitals_comes_first() -> None:
    assert min(["BREMEN", "Bremen", "Hansestadt Bremen"], key=lambda n: fullness(n, CITY)) == "Bremen"
