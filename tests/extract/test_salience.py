"""Salience: the thing that a sentence means without naming it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from koopgraph.extract.passages import passages_of
from koopgraph.model import Annotated, EntityType, Mention

Mark = Callable[..., Annotated]
PROJECTS, CITIES = (EntityType.PROJECT,), (EntityType.CITY,)


def main(annotated: Annotated) -> str:
    found = passages_of(annotated).salience.main({EntityType.PROJECT})
    return found.text if found else ""


def about(
    annotated: Annotated, sentence: int, kinds: tuple[EntityType, ...] = PROJECTS, without: tuple[Mention, ...] = ()
) -> str:
    passages = passages_of(annotated)
    found = passages.salience.about(passages.shadows[sentence], kinds, without)
    return found.text if found else ""


def test_the_only_thing_of_a_class_is_the_main_one(mark: Mark) -> None:
    assert main(mark("In [City|Gera] liegt [Project|Uferpark].")) == "Uferpark"


def test_of_several_the_one_named_more_often_is_the_main_one(mark: Mark) -> None:
    assert main(mark("[Project|Netz] und [Project|Uferpark].\nAuch [Project|Uferpark] wächst.")) == "Uferpark"


def test_a_place_in_the_title_counts_more_than_one_in_the_text(mark: Mark) -> None:
    annotated = mark("[Project|Netz] wächst.\n[Project|Netz] blüht.", title="[Project|Uferpark]")
    assert main(annotated) == "Uferpark"


def test_of_equals_none_is_the_main_one(mark: Mark) -> None:
    assert main(mark("[Project|Netz] und [Project|Uferpark] wachsen.")) == ""
    assert main(mark("In [City|Gera] wächst nichts.")) == ""


def test_all_forms_of_a_name_count_together(mark: Mark) -> None:
    text = "[Project|Netz], [Project|Netz].\n[Project|Uferpark Gera Mitte], [Project|Uferpark Gera], [Project|Uferpark Gera]."
    assert main(mark(text)) == "Uferpark Gera Mitte"


def test_a_thing_in_the_other_slot_of_a_statement_is_not_meant(mark: Mark) -> None:
    annotated = mark("[Project|Uferpark], [Project|Uferpark] und [Project|Netz].")
    park, _, net = annotated.mentions
    assert about(annotated, 0, PROJECTS, (net,)) == "Uferpark"
    assert about(annotated, 0, PROJECTS, (park,)) != "Uferpark"


def test_the_first_class_that_has_a_thing_is_meant(mark: Mark) -> None:
    annotated = mark("In [City|Gera] liegt [Project|Uferpark].")
    assert about(annotated, 0, (EntityType.EVENT, EntityType.PROJECT, EntityType.CITY)) == "Uferpark"


def test_a_sentence_is_about_what_it_names_first(mark: Mark) -> None:
    annotated = mark("[Project|Uferpark] wächst.\n[Project|Netz] neben [Project|Uferpark].", title="[Project|Uferpark]")
    assert about(annotated, 2) == "Netz"


def test_else_about_what_was_named_last_in_the_paragraph_before_it(mark: Mark) -> None:
    annotated = mark("[Project|Netz] wächst.\nEs kostet viel.", title="[Project|Uferpark]\n")
    assert about(annotated, 2) == "Netz"


def test_else_about_the_main_thing(mark: Mark) -> None:
    annotated = mark("[Project|Netz] wächst.\n\nDas kostet viel.", title="[Project|Uferpark]\n")
    assert about(annotated, 2) == "Uferpark"


@pytest.mark.parametrize("kinds", [PROJECTS, CITIES])
def test_an_article_that_names_nothing_is_about_nothing(mark: Mark, kinds: tuple[EntityType, ...]) -> None:
    assert about(mark("Das kostet viel."), 0, kinds) == ""
