"""The rules of names: which passages name a thing, of which class, under which base form."""

from __future__ import annotations

import pytest

from koopgraph.annotate import view_of
from koopgraph.annotate.names import find
from koopgraph.model import Article, EntityType, Language, Mention

PERSON, CITY, PLACE, EVENT = EntityType.PERSON, EntityType.CITY, EntityType.PLACE, EntityType.EVENT
PROJECT, PROGRAMME, AWARD = EntityType.PROJECT, EntityType.PROGRAMME, EntityType.AWARD
ORGANISATION, DOCUMENT = EntityType.ORGANISATION, EntityType.DOCUMENT


def mentions(text: str, language: Language = "de", title: str = "") -> list[Mention]:
    full = f"{title}\n\n{text}" if title else text
    return list(find(view_of(Article("a.txt", full, title, language))))


def named(text: str, language: Language = "de", title: str = "") -> set[tuple[EntityType, str]]:
    return {(m.type, m.name) for m in mentions(text, language, title)}


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("Der Umbau in Leipzig dauert lange.", CITY, "Leipzig"),
        ("Auch in Nürnberg wird gebaut.", CITY, "Nürnberg"),
        ("Das Quartier liegt an der Bahnhofstraße.", PLACE, "Bahnhofstraße"),
        ("Auch in Sachsen wird gebaut.", PLACE, "Sachsen"),
        ("Die Linie führt nach Berlin-Friedrichshain.", PLACE, "Berlin-Friedrichshain"),
        ("Dort sprach Petra Schneider mit den Mietern.", PERSON, "Petra Schneider"),
        ("Gebaut wird von der Nordlicht Wohnbau GmbH.", ORGANISATION, "Nordlicht Wohnbau GmbH"),
        ("Die Universität Kassel forscht dazu.", ORGANISATION, "Universität Kassel"),
        ("Die TU Dortmund forscht dazu.", ORGANISATION, "TU Dortmund"),
        ("Es hilft das Institut für Bau-, Stadt- und Raumforschung.", ORGANISATION, "Institut für Bau-, Stadt- und Raumforschung"),
        ("Das Projekt „Grüne Fuge“ läuft noch.", PROJECT, "Grüne Fuge"),
        ("Das Projekt UferLeben läuft noch.", PROJECT, "UferLeben"),
        ("Das Geld stammt aus dem Programm „Lebendige Mitte“.", PROGRAMME, "Lebendige Mitte"),
        ("Das Geld stammt aus der Städtebauförderung.", PROGRAMME, "Städtebauförderung"),
        ("Nun beginnt der 4. Bundeskongress in Essen.", EVENT, "4. Bundeskongress"),
        ("Am Samstag ist der Tag der Städtebauförderung.", EVENT, "Tag der Städtebauförderung"),
        ("Sie bekamen den Deutschen Holzpreis 2018.", AWARD, "Deutscher Holzpreis 2018"),
        ("Grundlage ist die Leipzig-Charta.", DOCUMENT, "Leipzig-Charta"),
        ("Grundlage ist die Studie „Wohnen am Wasser“.", DOCUMENT, "Wohnen am Wasser"),
    ],
)  # fmt: skip
def test_each_class_of_thing_is_found_in_german(text: str, kind: EntityType, name: str) -> None:
    assert (kind, name) in named(text)


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("Work has begun in Sheffield this week.", CITY, "Sheffield"),
        ("The tram stops at Foundry Square every day.", PLACE, "Foundry Square"),
        ("Later Susan Taylor spoke to tenants.", PERSON, "Susan Taylor"),
        ("It is run by the University of Leeds now.", ORGANISATION, "University of Leeds"),
        ("It is built by Harbour Homes Ltd for them.", ORGANISATION, "Harbour Homes Ltd"),
        ("They talk about the project “Green Seam” often.", PROJECT, "Green Seam"),
        ("Money comes from the Levelling Up Fund again.", PROGRAMME, "Levelling Up Fund"),
        ("It won the Stirling Prize last year.", AWARD, "Stirling Prize"),
        ("It rests on the New Leipzig Charter alone.", DOCUMENT, "New Leipzig Charter"),
    ],
)
def test_each_class_of_thing_is_found_in_english(text: str, kind: EntityType, name: str) -> None:
    assert (kind, name) in named(text, "en")


@pytest.mark.parametrize(
    ("text", "form", "base"),
    [
        ("Die Mitte Leipzigs wird umgebaut.", "Leipzigs", "Leipzig"),
        ("Die Kassen Bremens sind leer, sagt Bremen.", "Bremens", "Bremen"),
        ("Die Wirtschaft Sachsens wächst.", "Sachsens", "Sachsen"),
    ],
)
def test_a_genitive_keeps_its_text_and_gets_the_base_form_as_name(text: str, form: str, base: str) -> None:
    assert (form, base) in {(m.text, m.name) for m in mentions(text)}


def test_the_english_possessive_of_a_city_is_its_base_form_too() -> None:
    assert (CITY, "Sheffield") in named("In 2019 Sheffield's council met again in Sheffield.", "en")


@pytest.mark.parametrize("title", ["Prof. Dr.", "Frau", "Dr.-Ing.", "Professorin"])
def test_titles_are_no_part_of_a_persons_name(title: str) -> None:
    assert (PERSON, "Sabine Krüger") in named(f"Danach sprach {title} Sabine Krüger über Wohnungen.")


def test_an_office_before_a_person_is_no_part_of_the_name() -> None:
    assert (PERSON, "Sabine Krüger") in named("Danach sprach Oberbürgermeisterin Sabine Krüger über Wohnungen.")


def test_a_surname_alone_is_a_person_once_the_full_name_was_given() -> None:
    found = named("Sabine Krüger baut seit 2010. Nun will Krüger mehr Holz.")
    assert {(PERSON, "Sabine Krüger"), (PERSON, "Krüger")} <= found


def test_a_surname_that_no_full_name_introduces_is_no_person() -> None:
    assert PERSON not in {kind for kind, _ in named("Nun will Krüger mehr Holz.")}


def test_an_acronym_in_brackets_has_the_class_of_the_name_before_it_everywhere() -> None:
    text = "Das Institut für Länderkunde (IfL) zieht um. Dem IfL fehlt Platz."
    assert [m.type for m in mentions(text) if m.text == "IfL"] == [ORGANISATION, ORGANISATION]


def test_a_name_found_once_for_sure_is_found_everywhere() -> None:
    text = "Das Projekt „Grüne Fuge“ läuft. Viele Leute mögen Grüne Fuge sehr."
    assert [m.text for m in mentions(text) if m.type is PROJECT] == ["Grüne Fuge", "Grüne Fuge"]


def test_a_spelling_of_its_own_that_comes_again_is_a_project() -> None:
    found = named("Alle reden von UferLeben. Doch UferLeben kostet.", title="Neues vom Fluss")
    assert (PROJECT, "UferLeben") in found


@pytest.mark.parametrize(
    "text",
    [
        "Das Treffen stand unter dem Motto „Stadt für alle“.",
        "„Wir bauen morgen“, sagte eine Frau.",
        "Er rief: „Baut endlich Wohnungen“ und ging.",
    ],
)
def test_mottos_and_speech_are_no_names(text: str) -> None:
    assert named(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "Das Essen war gut, die Halle voll.",
        "Am Schlossberg und in der Neustadt ist Platz.",
        "Die Bürger:innen und Planer*innen reden mit.",
        "Es war einmal ein Haus. Das Wetter blieb schön.",
        "DIE GANZE STADT WIRD UMGEBAUT",
    ],
)
def test_ordinary_words_that_look_like_names_are_none(text: str) -> None:
    assert {kind for kind, _ in named(text)} & {CITY, PERSON, ORGANISATION} == set()


@pytest.mark.parametrize(("text", "city"), [("Er fährt nach Essen.", "Essen"), ("Sie wohnt in Halle.", "Halle")])
def test_an_ambiguous_name_is_a_city_after_a_word_of_place(text: str, city: str) -> None:
    assert (CITY, city) in named(text)


def test_a_city_inside_a_longer_name_is_no_city_of_its_own() -> None:
    assert CITY not in {kind for kind, _ in named("Die Hochschule Mannheim baut an.")}


def test_a_foundation_named_after_a_person_is_no_person() -> None:
    assert PERSON not in {kind for kind, _ in named("Das Geld kam von der Robert Bosch Stiftung.")}


def test_a_text_without_names_has_no_mentions() -> None:
    assert mentions("") == mentions("und so weiter") == []
