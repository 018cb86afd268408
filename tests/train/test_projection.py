"""Gold mentions laid onto the text: longest first, whole words, and labels that give the spans back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from koopgraph.annotate import view_of
from koopgraph.evaluate.gold import GoldEntity
from koopgraph.model import Article, EntityType
from koopgraph.train.projection import bio, project, spans_of

CITY, ORGANISATION = EntityType.CITY, EntityType.ORGANISATION


def projected(text: str, *entities: GoldEntity) -> list[tuple[str, EntityType]]:
    view = view_of(Article("a.txt", text, "", "de"))
    return [
        (text[view.tokens[first].start : view.tokens[last].end], kind) for first, last, kind in project(view, entities)
    ]


def entity(kind: EntityType, *names: str) -> GoldEntity:
    return GoldEntity(names[0], kind, names[0], names)


def test_a_city_inside_a_longer_name_is_no_city_of_its_own() -> None:
    found = projected(
        "Die Universität Köln liegt in Köln.", entity(CITY, "Köln"), entity(ORGANISATION, "Universität Köln")
    )
    assert found == [("Universität Köln", ORGANISATION), ("Köln", CITY)]


def test_a_mention_is_found_at_every_place_but_not_inside_a_word() -> None:
    assert projected("Bremen, Bremens Häfen und Bremerhaven; Bremen!", entity(CITY, "Bremen", "Bremens")) == [
        ("Bremen", CITY),
        ("Bremens", CITY),
        ("Bremen", CITY),
    ]


def test_an_empty_text_has_no_mentions() -> None:
    assert projected("", entity(CITY, "Köln")) == []


LENGTHS = st.lists(st.tuples(st.integers(0, 3), st.integers(1, 4), st.sampled_from(list(EntityType))), max_size=10)


@given(LENGTHS)
def test_labels_give_back_the_spans_that_they_were_made_of(lengths: list[tuple[int, int, EntityType]]) -> None:
    spans, place = [], 0
    for gap, words, kind in lengths:
        spans.append((place + gap, place + gap + words - 1, kind))
        place += gap + words
    assert spans_of(bio(place + 1, spans)) == spans


@given(st.text(alphabet="aäöüßAÄÖÜ -.„“\n😀", max_size=60), st.text(alphabet="aäöüßAÄÖÜ -", min_size=1, max_size=6))
def test_what_is_projected_is_the_mention_word_for_word(text: str, name: str) -> None:
    assert all(found == name for found, _ in projected(text, entity(CITY, name)))
