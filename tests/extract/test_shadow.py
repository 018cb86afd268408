"""The shadow of a passage: one sign for each name, time and sum, and what is left out beside them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koopgraph.extract.shadow import SIGNS, Shadow, ShadowMaker, sign_of
from koopgraph.model import Annotated, Article, EntityType, Mention, Sentence

Mark = Callable[..., Annotated]
PERSON, CITY, ORGANISATION = (SIGNS[k] for k in ("Person", "City", "Organisation"))
PROJECT, TIME, SPAN, MONEY = (SIGNS[k] for k in ("Project", "time", "span", "money"))


def shadow(annotated: Annotated, number: int = 0) -> Shadow:
    return ShadowMaker(annotated).of(annotated.sentences[number])


def test_every_class_has_a_sign_of_its_own() -> None:
    assert set(SIGNS) >= {kind.value for kind in EntityType} | {"time", "span", "money"}
    assert len(set(SIGNS.values())) == len(SIGNS)


def test_names_times_and_sums_become_signs_and_the_rest_stays(mark: Mark) -> None:
    annotated = mark("[Project|Uferpark] kostet [money=5000 EUR|5.000 Euro], fertig [time=2027|2027].")
    assert shadow(annotated).text == f"{PROJECT} kostet {MONEY}, fertig {TIME}."


def test_a_time_from_and_to_has_a_sign_of_its_own(mark: Mark) -> None:
    annotated = mark("Bauzeit [time=2019/2022|2019 bis 2022], Fest am [time=2022-05-03|3. Mai 2022].")
    assert shadow(annotated).text == f"Bauzeit {SPAN}, Fest am {TIME}."


def test_marks_are_found_at_the_position_of_their_sign(mark: Mark) -> None:
    annotated = mark("Frau [Person|Anna Brix] wirbt in [City|Gera] für „[Project|Uferpark]“, [time=2027|2027].")
    made = shadow(annotated)
    assert [m.text for m in made.marks.values()] == ["Anna Brix", "Gera", "Uferpark", "2027"]
    assert all(made.text[position] == sign_of(marked) for position, marked in made.marks.items())
    assert made.kinds == {PERSON, CITY, PROJECT, TIME}


def test_offsets_are_those_of_the_sentence_in_the_article(mark: Mark) -> None:
    annotated = mark("Erster Satz.\nIn [City|Gera] geht es weiter.")
    made = shadow(annotated, 1)
    assert annotated.article.text[made.start : made.end] == "In Gera geht es weiter."
    assert made.text == f"In {CITY} geht es weiter."


def test_a_passage_can_span_sentences(mark: Mark) -> None:
    annotated = mark("[Person|Anna Brix] kommt.\nSie leitet [Project|Uferpark].")
    made = ShadowMaker(annotated).of(*annotated.sentences)
    assert made.text == f"{PERSON} kommt.\nSie leitet {PROJECT}."
    assert (made.start, made.end) == (0, len(annotated.article.text))


@pytest.mark.parametrize("quoted", ["„[{}]“", "„[{}]”", "«[{}]»", "»[{}]«", "“[{}]”", '"[{}]"', "‚[{}]‘"])
def test_quotation_marks_around_a_name_are_left_out(mark: Mark, quoted: str) -> None:
    annotated = mark(f"Das Projekt {quoted.format('Project|Uferpark')} läuft.")
    assert shadow(annotated).text == f"Das Projekt {PROJECT} läuft."


@pytest.mark.parametrize(
    "title", ["Prof.", "Prof. Dr.", "Dr.-Ing.", "Frau", "Herrn Dr.", "Mr.", "Sir", "Dr. h. c.", "Cllr"]
)
def test_titles_before_a_person_are_left_out(mark: Mark, title: str) -> None:
    assert shadow(mark(f"Dann sprach {title} [Person|Anna Brix].")).text == f"Dann sprach {PERSON}."


def test_titles_before_anything_else_stay(mark: Mark) -> None:
    assert shadow(mark("Dann sprach Frau [Organisation|GEWOBA].")).text == f"Dann sprach Frau {ORGANISATION}."


@pytest.mark.parametrize("word", ["die Stadt", "der Landeshauptstadt", "Hansestadt", "the city of", "Gemeinde"])
def test_the_word_city_before_a_city_is_left_out(mark: Mark, word: str) -> None:
    assert shadow(mark(f"Das zahlt {word} [City|Gera].")).text == f"Das zahlt {CITY}."


def test_an_acronym_in_brackets_after_its_long_form_is_left_out(mark: Mark) -> None:
    annotated = mark("Das [Organisation|Institut für Länderkunde] ([Organisation|IfL]) zieht nach [City|Gera].")
    made = shadow(annotated)
    assert made.text == f"Das {ORGANISATION} zieht nach {CITY}."
    assert [m.text for m in made.marks.values()] == ["Institut für Länderkunde", "Gera"]


def test_brackets_after_a_person_are_no_alias(mark: Mark) -> None:
    annotated = mark("[Person|Anna Brix] ([Organisation|IfL]) kam, [Person|Ben Ott] ([Person|Otti]) auch.")
    assert shadow(annotated).text == f"{PERSON} ({ORGANISATION}) kam, {PERSON} ({PERSON}) auch."


def test_a_time_or_sum_inside_a_name_has_no_sign_of_its_own(mark: Mark) -> None:
    annotated = mark("Der [Award|Landespreis 2019] wurde verliehen.")
    inside = ShadowMaker(
        Annotated(
            annotated.article,
            annotated.sentences,
            annotated.mentions,
            times=(mark("Der Landespreis [time=2019|2019]").times),
        )
    )
    assert inside.of(annotated.sentences[0]).text == f"Der {SIGNS['Award']} wurde verliehen."


def test_nominal_references_stand_for_the_names_they_mean(mark: Mark) -> None:
    annotated = mark("Dann begann das Projekt.")
    reference = Mention(12, 23, "das Projekt", EntityType.PROJECT, "Uferpark", "references")
    made = ShadowMaker(annotated, [reference]).of(annotated.sentences[0])
    assert made.text == f"Dann begann {PROJECT}."


def test_a_name_that_sticks_out_of_the_passage_is_left_as_text() -> None:
    article = Article("a.txt", "Halle an der\nSaale baut", "")
    whole = Mention(0, 18, "Halle an der\nSaale", EntityType.CITY, "Halle an der Saale", "test")
    annotated = Annotated(article, (Sentence(0, 12), Sentence(13, 23)), (whole,))
    assert shadow(annotated).text == "Halle an der"


@given(st.text(alphabet="ab \ue000\ue005\ue011\uf8ff„“(", min_size=1, max_size=30))
def test_signs_that_the_text_itself_holds_become_blanks(text: str) -> None:
    annotated = Annotated(Article("a.txt", text, ""), (Sentence(0, len(text)),), ())
    made = shadow(annotated)
    assert not set(made.text) & set(SIGNS.values())
    assert (len(made.text), made.marks, made.kinds) == (len(text), {}, frozenset())
