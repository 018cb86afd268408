"""A GLiNER2 model's findings: from a stand-in with the real one's method, and from a real one of random weights."""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from koopgraph.errors import ExtractionError, SettingsError
from koopgraph.extract import Findings, gather
from koopgraph.extract.backends import gliner as backend
from koopgraph.extract.registry import Extractor
from koopgraph.model import Annotated, EntityType, Statement, Value
from koopgraph.rdf.vocabulary import RELATIONS

LACKING = "pip install 'koopgraph[gliner]'"


class FakeModel:
    """Answers with spans of the text, given as (label, words) and (relation, head, tail)."""

    def __init__(self, entities: Sequence[tuple[str, str]], relations: Sequence[tuple[str, str, str]] = ()) -> None:
        self.entities = entities
        self.relations = relations
        self.calls: list[str] = []

    def extract_long(
        self,
        text: str,
        schema: Any,
        threshold: float = 0.5,
        chunk_size: int = 384,
        chunk_overlap: int = 64,
        batch_size: int = 8,
        num_workers: int = 0,
        format_results: bool = True,
        include_confidence: bool = False,
        include_spans: bool = False,
        overlap_policy: str | None = None,
    ) -> dict[str, Any]:
        assert include_confidence
        assert include_spans
        self.calls.append(text)

        def span(words: str) -> dict[str, Any]:
            start = text.index(words)
            return {"text": words, "confidence": 0.9, "start": start, "end": start + len(words)}

        entities: dict[str, list[dict[str, Any]]] = {}
        relations: dict[str, list[dict[str, Any]]] = {}
        for label, words in self.entities:
            entities.setdefault(label, []).append(span(words))
        for label, head, tail in self.relations:
            relations.setdefault(label, []).append({"head": span(head), "tail": span(tail)})
        return {"entities": entities, "relation_extraction": relations}


class FailingModel(FakeModel):
    def extract_long(self, *_: Any, **__: Any) -> dict[str, Any]:
        raise RuntimeError("out of\nmemory")


def extractor_of(model: FakeModel) -> Extractor:
    reader = backend.Reader(model, None, backend.GlinerSettings("tiny"))
    return Extractor("gliner", reader.statements, mentions=reader.mentions, notes=reader.notes)


def read(model: FakeModel, article: Annotated) -> Findings:
    return gather(article, [extractor_of(model)])


def triple(statement: Statement) -> tuple[str, str, str]:
    target = statement.object
    return statement.subject.name, statement.relation, target.text if isinstance(target, Value) else target.name


def test_the_model_is_told_the_ontologys_classes_and_relations_with_their_definitions() -> None:
    classes, relations = backend.definitions()
    assert classes["award"] == "A named prize or distinction."
    assert relations["moderates"] == "Moderates the event."
    assert set(backend.class_labels().values()) == set(EntityType)
    assert set(backend.relation_labels().values()) == set(RELATIONS) - {"theme"}


def test_entities_become_mentions_with_the_models_confidence(article: Annotated) -> None:
    model = FakeModel([("person", "Elke Pahl-Weber"), ("project", "Vorhaben Flussband Nord"), ("weather", "September")])
    mentions = list(extractor_of(model).propose(article))
    assert {(m.name, m.type, m.annotator, m.confidence) for m in mentions} == {
        ("Elke Pahl-Weber", EntityType.PERSON, "gliner", 0.9),
        ("Vorhaben Flussband Nord", EntityType.PROJECT, "gliner", 0.9),
    }


def test_relations_become_statements_with_the_sentence_as_evidence(article: Annotated) -> None:
    model = FakeModel([], [("moderates", "Elke Pahl-Weber", "den Bundeskongress")])
    (statement,) = read(model, article).statements
    assert triple(statement)[:2] == ("Elke Pahl-Weber", "moderates")
    assert statement.evidence.quote.endswith("moderierte den Bundeskongress.")
    assert (statement.extractor, statement.confidence) == ("gliner", 0.9)


def test_dates_and_sums_are_what_our_rules_read_in_the_passage(article: Annotated) -> None:
    congress = "9. Bundeskongress Nationale Stadtentwicklungspolitik"
    model = FakeModel([], [("date", congress, "September 2015"), ("budget", "Flussband Nord", "12,5 Millionen")])
    assert {triple(s)[1:] for s in read(model, article).statements} == {
        ("date", "2015-09-16/2015-09-18"),
        ("budget", "12500000 EUR"),
    }


def test_a_relation_that_comes_back_with_its_definition_is_known(article: Annotated) -> None:
    model = FakeModel([], [("moderates: Moderates the event.", "Elke Pahl-Weber", "den Bundeskongress")])
    assert len(read(model, article).statements) == 1


@pytest.mark.parametrize(
    "relation",
    [
        ("moderates", "Leipzig", "den Bundeskongress"),  # a city does not
        ("moderates", "moderierte", "den Bundeskongress"),  # no name at all
        ("date", "Flussband Nord", "Vorhaben"),  # no time
        ("located in", "Flussband Nord", "Bilanz in Leipzig"),  # too far from each other
    ],
)
def test_what_cannot_be_is_dropped_and_counted(article: Annotated, relation: tuple[str, str, str]) -> None:
    extractor = extractor_of(FakeModel([], [relation]))
    assert gather(article, [extractor]).statements == ()
    assert extractor.notes()["dropped"] == {"relations": 1}


def test_one_call_serves_an_articles_mentions_and_statements(article: Annotated) -> None:
    model = FakeModel([("person", "Elke Pahl-Weber")], [("moderates", "Elke Pahl-Weber", "den Bundeskongress")])
    read(model, article)
    assert model.calls == [article.article.text]


def test_a_model_that_fails_costs_the_article_nothing_else(article: Annotated) -> None:
    (failure,) = read(FailingModel([]), article).failures
    assert isinstance(failure, ExtractionError)
    assert failure.reason == "the model failed (out of memory)"


def test_spans_without_offsets_are_passed_over(article: Annotated) -> None:
    class Odd(FakeModel):
        def extract_long(self, *_: Any, **__: Any) -> dict[str, Any]:
            return {
                "entities": {"person": [{"text": "Elke"}, None, "Elke"], "city": None},
                "relation_extraction": {"moderates": [{"head": None, "tail": "x"}], "date": None},
            }

    found = read(Odd([]), article)
    assert (found.statements, found.annotated) == ((), article)


def test_a_folder_that_does_not_exist_is_not_looked_for_on_the_hub(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="is no folder"):
        backend._load(str(tmp_path / "nothing"))


def test_without_a_model_nothing_is_fetched() -> None:
    with pytest.raises(SettingsError, match="KOOPGRAPH_GLINER_MODEL"):
        backend.EXTRACTOR.make({})


# ------------------------------------------------------------------ against the real package, where torch is installed


@pytest.fixture(scope="module")
def gliner2() -> Any:
    """Return the real package, which needs PyTorch."""
    pytest.importorskip("torch", reason=LACKING)
    return pytest.importorskip("gliner2", reason=LACKING)


@pytest.fixture(scope="module", params=["span", "boundary"])
def folder(gliner2: Any, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the folder of a real GLiNER2 model with random weights and a vocabulary of single characters."""
    import torch
    import transformers
    from tokenizers import Regex, Tokenizer, models, pre_tokenizers

    torch.manual_seed(1)
    special = {"unk_token": "[UNK]", "pad_token": "[PAD]", "cls_token": "[CLS]", "sep_token": "[SEP]"}
    characters = [*special.values(), *map(chr, range(33, 127)), *"äöüÄÖÜß–„“"]
    words = Tokenizer(models.WordLevel({c: i for i, c in enumerate(characters)}, special["unk_token"]))
    words.pre_tokenizer = pre_tokenizers.Split(Regex("."), "isolated")
    tokenizer = transformers.PreTrainedTokenizerFast(tokenizer_object=words, **special)
    encoder = transformers.BertConfig(
        vocab_size=len(characters),
        hidden_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=8192,
    )
    config = gliner2.ExtractorConfig(model_name="tiny", architecture=request.param)
    model = gliner2.AutoExtractor.from_config(config, encoder_config=encoder, tokenizer=tokenizer)
    path = tmp_path_factory.mktemp(request.param)
    model.save_pretrained(str(path))
    return str(path)


def test_a_real_model_of_random_weights_finds_what_stands_in_the_article(folder: str, article: Annotated) -> None:
    extractor = backend.EXTRACTOR.make({"model": folder, "threshold": 0.0})
    text = article.article.text
    mentions = list(extractor.propose(article))
    assert mentions
    assert all(text[m.start : m.end] == m.text and 0 <= m.confidence <= 1 for m in mentions)
    relations = backend._load(folder).extract_long(text, backend.schema(), threshold=0.0)["relation_extraction"]
    assert {label.partition(": ")[0] for label in relations} <= set(backend.relation_labels())
    found = gather(article, [extractor])
    assert found.failures == ()
    assert all(s.evidence.quote in text for s in found.statements)


def test_the_real_schema_takes_what_we_tell(gliner2: Any) -> None:
    built = backend.schema().build()
    classes, relations = backend.definitions()
    assert (dict(built["entity_descriptions"]), dict(built["relation_descriptions"])) == (classes, relations)
    assert [label for relation in built["relations"] for label in relation] == list(relations)


def test_the_stand_in_takes_what_the_real_model_takes(gliner2: Any) -> None:
    for real in (gliner2.SpanExtractor, gliner2.BoundaryExtractor):
        assert list(inspect.signature(real.extract_long).parameters) == list(
            inspect.signature(FakeModel.extract_long).parameters
        )
