"""The scene of an article: its things, where they occur, and the parts of one that is too large."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from koopgraph.model import Annotated, Evidence, Statement, Value, ValueKind
from koopgraph.weigh import scene as scenes
from koopgraph.weigh.scene import make_scene

Mark = Callable[..., Annotated]


def test_forms_of_a_name_are_one_thing_and_values_are_things(mark: Mark) -> None:
    annotated = mark(
        "[City=Gera|Geras] [Project|Uferband] kostet [money=5 EUR|5 Euro]. [City|Gera] baut [time=2015|2015]."
    )
    scene = make_scene(annotated, ())
    assert {t.name for t in scene.things} >= {"Gera", "Uferband", "5 EUR", "2015"}
    gera = scene.number_of(annotated.mentions[0])
    assert gera == scene.number_of(annotated.mentions[2])
    assert scene.start[scene.thing == gera].tolist() == [m.start for m in annotated.mentions if m.name == "Gera"]


def test_a_nominal_reference_is_an_occurrence_of_what_it_means(mark: Mark) -> None:
    annotated = mark("[Project|Uferband] wächst.\nDas Projekt liegt am Wasser.")
    scene = make_scene(annotated, ())
    project = scene.number_of(annotated.mentions[0])
    assert scene.is_reference[scene.thing == project].tolist() == [False, True]


def test_a_motto_is_a_thing_where_its_statement_stands(mark: Mark) -> None:
    annotated = mark("Es regnet. [Event|Stadtfest]: „Wir!“")
    event = annotated.mentions[0]
    evidence = Evidence.of(annotated.article, 11, len(annotated.article.text))
    motto = Value(ValueKind.MOTTO, "Wir!")
    scene = make_scene(annotated, [Statement(event, "motto", motto, evidence, "mottos", 0.8)])
    assert scene.start[scene.thing == scene.number_of(motto)].tolist() == [11]


def test_what_the_article_does_not_have_has_no_number(mark: Mark) -> None:
    scene = make_scene(mark("[City|Gera] baut."), ())
    assert scene.number_of(Value(ValueKind.DATE, "1999")) is None
    assert scene.number_of(mark("[City|Jena] baut.").mentions[0]) is None


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from(["[City|Köln]", "[Place|Süd 🏠]", "ß", "İ", "e\u0301", "[time=2015|2015]", "\n"]), max_size=20
    )
)
def test_rows_point_at_the_words_that_stand_there(mark: Mark, pieces: list[str]) -> None:
    annotated = mark(" ".join(pieces))
    scene = make_scene(annotated, ())
    for row, number in enumerate(scene.thing):
        token = scene.tokens[scene.first_token[row]]
        sentence = annotated.sentences[scene.sentence[row]]
        assert token.start <= scene.start[row] < token.end
        assert sentence.start <= scene.start[row] < sentence.end
        assert annotated.article.text.startswith(scene.things[number].name, int(scene.start[row]))
        assert scene.first_token[row] < scene.last_token[row] <= len(scene.tokens)


def test_blocks_keep_every_occurrence_of_a_large_scene(mark: Mark, monkeypatch: pytest.MonkeyPatch) -> None:
    annotated = mark("\n".join(f"[City|{name}] und [Project|Uferband]." for name in ("Gera", "Jena", "Köln", "Ulm")))
    whole = make_scene(annotated, ())
    monkeypatch.setattr(scenes, "BLOCK", 3)
    blocks = list(whole.blocks())
    assert [s for block in blocks for s in block.start.tolist()] == whole.start.tolist()
    names = [block.things[n].name for block in blocks for n in block.thing]
    assert names == [whole.things[n].name for n in whole.thing]
    assert all(block.number_of(block.things[n].object) == n for block in blocks for n in block.thing)  # type: ignore[arg-type]
