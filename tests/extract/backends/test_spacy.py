"""Names from a spaCy pipeline: one without a model, whose rules stand in for a trained recogniser."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from koopgraph.errors import ExtractionError, SettingsError
from koopgraph.extract import gather
from koopgraph.extract.registry import Extractor
from koopgraph.model import Annotated, Article, EntityType

spacy = pytest.importorskip("spacy", reason="pip install 'koopgraph[spacy]'")
backend = pytest.importorskip("koopgraph.extract.backends.spacy")

PATTERNS = [
    {"label": "PER", "pattern": "Elke Pahl-Weber"},
    {"label": "LOC", "pattern": "Leipzig"},
    {"label": "LOC", "pattern": "Flussband Nord"},
    {"label": "BUILDING", "pattern": "Vorhaben"},
    {"label": "MISC", "pattern": "September"},
]
Save = Callable[..., str]


@pytest.fixture
def save(tmp_path: Path) -> Save:
    """Return a function that stores a pipeline of rules and returns its folder."""

    def make(patterns: list[dict[str, str]], language: str = "de") -> str:
        pipeline = spacy.blank(language)
        pipeline.add_pipe("entity_ruler").add_patterns(patterns)
        folder = tmp_path / f"pipeline-{language}"
        pipeline.to_disk(folder)
        return str(folder)

    return make


def make(**table: object) -> Extractor:
    made: Extractor = backend.EXTRACTOR.make(table)
    return made


def found(extractor: Extractor, article: Annotated) -> set[tuple[str, str]]:
    return {(m.name, m.type) for m in extractor.propose(article)}


def test_names_become_mentions_of_our_classes_and_name_their_annotator(save: Save, article: Annotated) -> None:
    extractor = make(model=save(PATTERNS), confidence=0.8)
    mentions = list(extractor.propose(article))
    assert ("Elke Pahl-Weber", EntityType.PERSON) in {(m.name, m.type) for m in mentions}
    assert {(m.annotator, m.confidence) for m in mentions} == {("spacy", 0.8)}
    assert all(article.article.text[m.start : m.end] == m.text for m in mentions)


def test_the_gazetteer_tells_cities_from_other_places(save: Save, article: Annotated) -> None:
    names = found(make(model=save(PATTERNS)), article)
    assert {("Leipzig", EntityType.CITY), ("Flussband Nord", EntityType.PLACE)} <= names


def test_a_label_without_a_class_names_nothing_and_an_unknown_one_is_counted(save: Save, article: Annotated) -> None:
    extractor = make(model=save(PATTERNS))
    assert not {"September", "Vorhaben"} & {name for name, _ in found(extractor, article)}
    assert extractor.notes()["unknown_labels"] == {"BUILDING": 1}


def test_the_user_can_map_labels_anew(save: Save, article: Annotated) -> None:
    labels = {"BUILDING": "Project", "PER": "", "LOC": "Place"}
    names = found(make(model=save(PATTERNS), labels=labels), article)
    assert {("Vorhaben", EntityType.PROJECT), ("Leipzig", EntityType.PLACE)} <= names
    assert "Elke Pahl-Weber" not in {name for name, _ in names}


def test_a_label_cannot_be_mapped_to_what_is_no_class(save: Save) -> None:
    with pytest.raises(SettingsError, match=r"'PER' .* 'Human', which is no class"):
        make(model=save(PATTERNS), labels={"PER": "Human"})


def test_genitives_and_quotation_marks_are_no_part_of_a_name(save: Save) -> None:
    text = "Titel\n\nDer Umbau Leipzigs und das Fest „Licht am Fluss“ wurden gelobt."
    whole = Annotated(Article("a.txt", text, "Titel", "de"), (), ())
    patterns = [{"label": "GPE", "pattern": "Leipzigs"}, {"label": "EVENT", "pattern": "„Licht am Fluss“"}]
    mentions = {m.name: m.text for m in make(model=save(patterns)).propose(whole)}
    assert mentions == {"Leipzig": "Leipzigs", "Licht am Fluss": "Licht am Fluss"}


def test_the_articles_own_mentions_and_the_pipelines_are_settled_together(save: Save, article: Annotated) -> None:
    patterns = [{"label": "LOC", "pattern": "Leipzig"}, {"label": "PRODUCT", "pattern": "Vorhaben Flussband Nord"}]
    extractor = make(model=save(patterns), labels={"PRODUCT": "Project"}, confidence=0.99)
    settled = gather(article, [extractor]).annotated.mentions
    assert [m.annotator for m in settled if "Flussband" in m.text] == ["spacy"]
    leipzig = {m.annotator for m in settled if m.text == "Leipzig"}
    assert "spacy" not in leipzig  # what was known already stays as it was found
    assert all(one.end <= other.start for one, other in pairwise(settled))


def test_each_language_may_have_its_own_pipeline(save: Save, article: Annotated) -> None:
    german = save([{"label": "PER", "pattern": "Elke"}], "de")
    english = save([{"label": "PERSON", "pattern": "Anna"}], "en")
    extractor = make(model_de=german, model_en=english)
    other = Annotated(Article("b.txt", "Anna meets Elke.", "", "en"), (), ())
    unknown = Annotated(Article("c.txt", "Anna Elke", "", "und"), (), ())
    assert found(extractor, article) == {("Elke", "Person")}
    assert found(extractor, other) == {("Anna", "Person")}
    assert found(extractor, unknown) == set()


def test_the_pipeline_can_be_named_by_an_environment_variable(
    save: Save, article: Annotated, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KOOPGRAPH_SPACY_MODEL", save(PATTERNS))
    assert ("Leipzig", EntityType.CITY) in found(make(), article)


def test_without_a_pipeline_the_error_says_where_to_name_one() -> None:
    with pytest.raises(SettingsError, match=r"KOOPGRAPH_SPACY_MODEL.*\[extractors.spacy\].*Installed are"):
        make()


def test_a_pipeline_that_does_not_exist_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot load the pipeline") as error:
        make(model=str(tmp_path / "nothing"))
    assert "\n" not in str(error.value)


def test_a_pipeline_that_fails_on_an_article_costs_this_article_its_names_only(save: Save, article: Annotated) -> None:
    extractor = make(model=save(PATTERNS))
    long = Annotated(Article("a.txt", "Wort " * 300_000, "", "de"), (), ())  # above spaCy's own limit
    with pytest.raises(ExtractionError, match="the pipeline failed"):
        list(extractor.propose(long))
    failures = gather(long, [extractor]).failures
    assert [failure.extractor for failure in failures] == ["spacy"]
    assert found(extractor, article)


def test_it_states_nothing_itself(save: Save, article: Annotated) -> None:
    assert list(make(model=save(PATTERNS))(article)) == []
