"""The lexicon: what single words tell about the names they stand in or beside."""

from __future__ import annotations

import pytest

from koopgraph.annotate.lexicon import Heads, Lexicon, load_lexicon
from koopgraph.model import EntityType

GERMAN, ENGLISH = load_lexicon("de"), load_lexicon("en")


@pytest.fixture
def small() -> Lexicon:
    """Return a lexicon of a few words, whose answers can be read off."""
    return Lexicon(
        language="de",
        heads=(
            Heads(EntityType.ORGANISATION, frozenset({"amt", "beirat"}), frozenset({"-amt"}), frozenset({"ehrenamt"})),
            Heads(EntityType.EVENT, frozenset({"fest", "beirat"}), frozenset({"richtfest"}), frozenset()),
        ),
        words={"roles": frozenset({"bürgermeister", "rat"}), "titles": frozenset({"dr"})},
        first_names=frozenset(),
        last_names=frozenset(),
    )


@pytest.mark.parametrize("word", ["Planungsamt", "PLANUNGSAMT", "Planungsamtes", "Planungsamts", "Amt", "Planungsamt-"])
def test_a_compound_has_the_class_of_its_last_part_in_every_case(small: Lexicon, word: str) -> None:
    assert small.head(word) is EntityType.ORGANISATION


def test_a_short_ending_needs_enough_of_a_first_part(small: Lexicon) -> None:
    assert small.head("Stadtfest") is EntityType.EVENT
    assert small.head("Xyfest") is None


def test_the_class_that_stands_first_wins_an_ending_that_two_claim(small: Lexicon) -> None:
    assert small.head("Baubeirat") is EntityType.ORGANISATION


def test_a_word_without_a_known_ending_is_no_head(small: Lexicon) -> None:
    assert small.head("Wetter") is None
    assert small.head("") is None


def test_alone_means_listed_whole_or_by_its_ending(small: Lexicon) -> None:
    assert small.alone("Richtfest") is EntityType.EVENT
    assert small.alone("Richtfests") is EntityType.EVENT
    assert small.alone("Tiefbauamtes") is EntityType.ORGANISATION
    assert small.alone("Sommerfest") is None


def test_a_word_that_is_never_a_name_stays_none(small: Lexicon) -> None:
    assert small.alone("Ehrenamt") is None
    assert small.alone("Ehrenamts") is None


@pytest.mark.parametrize(
    "word", ["Bürgermeister", "Oberbürgermeisterin", "Bürgermeisters", "Altbürgermeistern", "bürgermeister", "Stadtrat"]
)
def test_a_role_is_known_in_compounds_the_feminine_and_every_case(small: Lexicon, word: str) -> None:
    assert small.is_role(word)


def test_an_unknown_group_of_words_holds_nothing(small: Lexicon) -> None:
    assert small.is_word("titles", "DR")
    assert not small.is_word("no-such-group", "Dr")


def test_german_also_serves_a_language_that_was_not_recognised() -> None:
    unknown = load_lexicon("und")
    assert (unknown.language, unknown.heads, unknown.words) == ("de", GERMAN.heads, GERMAN.words)


def test_english_heads_are_whole_words() -> None:
    assert ENGLISH.head("Council") is EntityType.ORGANISATION
    assert ENGLISH.head("Supercouncil") is None


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Umweltministerium", EntityType.ORGANISATION),
        ("Fachtagung", EntityType.EVENT),
        ("Bahnhofstraße", EntityType.PLACE),
        ("Städtebaupreis", EntityType.AWARD),
        ("Förderprogramm", EntityType.PROGRAMME),
    ],
)
def test_the_shipped_heads_know_common_german_nouns(word: str, expected: EntityType) -> None:
    assert GERMAN.head(word) is expected


@pytest.mark.parametrize("lexicon", [GERMAN, ENGLISH], ids=["de", "en"])
def test_the_shipped_lists_have_the_groups_that_the_finders_ask_for(lexicon: Lexicon) -> None:
    wanted = {"roles", "titles", "particles", "articles", "says", "city_words", "place_prepositions", "motto_words"}
    wanted |= {"before_common_nouns", "motion_prepositions", "name_adjectives", "not_names"}
    wanted |= {f"descriptors_{k}" for k in ("organisation", "project", "programme", "document", "award", "event")}
    assert wanted <= lexicon.words.keys()
    assert all(lexicon.words[group] for group in wanted)


@pytest.mark.parametrize("lexicon", [GERMAN, ENGLISH], ids=["de", "en"])
def test_given_names_and_surnames_are_there(lexicon: Lexicon) -> None:
    assert {"Anna", "Elke", "Peter"} <= lexicon.first_names
    assert {"Müller", "Schmidt"} <= lexicon.last_names
