"""'das Projekt' and 'the conference' stand for what is named elsewhere."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from koopgraph.extract import references
from koopgraph.extract.salience import Salience
from koopgraph.model import Annotated, Mention

Mark = Callable[..., Annotated]
Said = Callable[..., set[tuple[str, str, str]]]


def found(annotated: Annotated) -> list[Mention]:
    return list(references.find(annotated, Salience(annotated)))


def test_a_class_noun_means_the_last_thing_of_its_class_in_the_paragraph(mark: Mark) -> None:
    text = "[Project|Uferpark] ist groß. [Project|Lernhof] ist klein. Das Projekt kostet viel."
    (reference,) = found(mark(text))
    assert (reference.name, reference.text, reference.annotator) == ("Lernhof", "Projekt", "references")


def test_without_one_before_it_the_main_thing_is_meant(mark: Mark) -> None:
    annotated = mark("Das Vorhaben kostet viel.\n\nSo wächst der [Project|Uferpark].", title="[Project|Uferpark]")
    assert [m.name for m in found(annotated)] == ["Uferpark"]


def test_a_head_noun_means_the_only_name_that_has_it(mark: Mark) -> None:
    text = "Der [Event|Wettbewerb „Hafenkante“] ist aus. Ausgelobt hatte den Wettbewerb die Kammer."
    assert [m.name for m in found(mark(text))] == ["Wettbewerb „Hafenkante“"]


def test_a_head_noun_of_two_names_means_none(mark: Mark) -> None:
    text = "Auf den [Event|Kongress Wasser] folgt der [Event|Kongress Boden]. Der Kongress dauert drei Tage."
    assert found(mark(text)) == []


@pytest.mark.parametrize("after", ["das Projekt „Zollfrei“", "das Projekt Zollfrei", "das Projekt-Team"])
def test_a_noun_with_its_own_name_is_no_reference(mark: Mark, after: str) -> None:
    assert found(mark(f"[Project|Uferpark] ist groß, {after} auch.")) == []


def test_an_indefinite_noun_is_no_reference(mark: Mark) -> None:
    assert found(mark("[Project|Uferpark] ist groß. Ein Projekt kostet viel.")) == []


def test_references_are_the_text_at_their_offsets(mark: Mark) -> None:
    annotated = mark("[City|Köln] wächst. Die Stadt fördert den [Project|Uferpark].\nDem Projekt hilft das sehr.")
    text = annotated.article.text
    assert [text[m.start : m.end] for m in found(annotated)] == ["Stadt", "Projekt"]


def test_english_references(mark: Mark) -> None:
    annotated = mark("[Project|Green Seam] is new. The scheme costs a lot.", language="en")
    assert [m.name for m in found(annotated)] == ["Green Seam"]


def test_what_is_said_of_a_reference_is_said_of_what_it_means_and_counts_less(mark: Mark, said: Said) -> None:
    named = mark("Die [Organisation|Wüstenstiftung] finanzierte den [Project|Uferpark].")
    referred = mark("[Project|Uferpark] wächst.\nFinanziert wurde das Projekt von der [Organisation|Wüstenstiftung].")
    assert ("Uferpark", "fundedBy", "Wüstenstiftung") in said(named)
    assert ("Uferpark", "fundedBy", "Wüstenstiftung") in said(referred)
