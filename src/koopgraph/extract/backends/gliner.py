"""What a GLiNER2 model finds: mentions of our classes and relations between them, its schema made from the ontology.

The model is a folder, or a name on the model hub: that one is fetched by gliner2, as its user asked for by
naming it. The model marks two passages a relation; the sentences from the one to the other are the evidence.
What a ``date`` or ``budget`` is worth is read by koopgraph's own rules: the passage must be a time or a sum.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from koopgraph.errors import ExtractionError, SettingsError
from koopgraph.extract.backends.contract import definition
from koopgraph.extract.backends.naming import mention_of
from koopgraph.extract.backends.passages import sentences_around, settled
from koopgraph.extract.registry import Extractor, ExtractorFactory, Table
from koopgraph.extract.settings import fill
from koopgraph.model import Annotated, Article, EntityType, Mention, Statement, Value, ValueKind
from koopgraph.rdf.vocabulary import RELATIONS, term_labels

if TYPE_CHECKING:
    from gliner2 import Schema

NAME = "gliner"
LANGUAGE = (
    "en"  # of labels and definitions: GLiNER2's models were trained on English ones, whatever the text's language
)
WINDOW, OVERLAP = 256, 48  # words a model call reads, beside the schema: a page, and enough to finish a sentence
FURTHEST = 3  # sentences: what two passages further apart have to do with each other is guesswork
QUOTES = "„“”\"»«‹›‚‘’' \n"

Span: TypeAlias = Mapping[str, Any]


class Model(Protocol):
    """What is used of ``gliner2.AutoExtractor``'s models."""

    def extract_long(
        self,
        text: str,
        schema: Any,
        threshold: float = ...,
        chunk_size: int = ...,
        chunk_overlap: int = ...,
        *,
        include_confidence: bool = ...,
        include_spans: bool = ...,
    ) -> dict[str, Any]:
        """Return ``entities`` (spans by label) and ``relation_extraction`` (pairs of spans by label)."""


@dataclass(frozen=True, slots=True)
class GlinerSettings:
    """``model`` is a folder or a name on the model hub; what scores below ``threshold`` is left out."""

    model: str
    threshold: float = 0.5


def make(table: Table) -> Extractor:
    """Return the extractor with its model loaded; raise :class:`SettingsError` where it cannot be."""
    settings = fill(GlinerSettings, NAME, table)
    if not 0 <= settings.threshold <= 1:
        raise SettingsError(f"setting 'threshold' of extractor {NAME!r} is from 0 to 1, not {settings.threshold}")
    reader = Reader(_load(settings.model), schema(), settings)
    return Extractor(NAME, reader.statements, mentions=reader.mentions, notes=reader.notes)


EXTRACTOR = ExtractorFactory(NAME, make, needs=("gliner2", "torch", "transformers"))


@cache
def class_labels() -> Mapping[str, EntityType]:
    """Return our classes by the words that the model is given for them."""
    return {term_labels()[kind][LANGUAGE]: kind for kind in EntityType}


@cache
def relation_labels() -> Mapping[str, str]:
    """Return our relations by the words that the model is given for them; themes are no passages of a text."""
    return {term_labels()[name][LANGUAGE]: name for name, one in RELATIONS.items() if one.value is not ValueKind.THEME}


def definitions() -> tuple[dict[str, str], dict[str, str]]:
    """Return what the model is told of our classes and of our relations: a definition for each label."""
    classes = {label: definition(kind, LANGUAGE) for label, kind in class_labels().items()}
    return classes, {label: definition(name, LANGUAGE) for label, name in relation_labels().items()}


def schema() -> Schema:
    """Return the schema: the ontology's classes and relations by their labels, with their definitions."""
    from gliner2 import Schema

    classes, relations = definitions()
    made: Schema = Schema().entities(classes).relations(relations)
    return made


class Reader:
    """Runs the model once an article: its entities are mentions, its relations statements between settled ones."""

    def __init__(self, model: Model, schema: Any, settings: GlinerSettings) -> None:
        """Take the loaded model and what to ask it for."""
        self._model = model
        self._schema = schema
        self._settings = settings
        self._last: tuple[Article, Mapping[str, Any]] | None = None  # one call serves mentions and statements
        self._dropped: Counter[str] = Counter()

    def mentions(self, annotated: Annotated) -> Iterator[Mention]:
        """Yield what the model names; raise :class:`ExtractionError` where it fails."""
        article = annotated.article
        for label, spans in self._found(article, "entities"):
            for span in _spans(spans):
                found = mention_of(
                    article,
                    span["start"],
                    span["end"],
                    class_labels()[label],
                    annotator=NAME,
                    confidence=_confidence(span),
                )
                if found is not None:
                    yield found

    def statements(self, annotated: Annotated) -> Iterator[Statement]:
        """Yield the relations between passages that name something and that the ontology lets hold between them."""
        for label, pairs in self._found(annotated.article, "relation_extraction"):
            for pair in pairs or ():
                head, tail = _spans([pair.get("head")]), _spans([pair.get("tail")])
                found = _statement(annotated, relation_labels()[label], head[0], tail[0]) if head and tail else None
                self._dropped["relations"] += found is None
                if found is not None:
                    yield replace(found, confidence=min(found.confidence, _confidence(pair, 1.0)))

    def _found(self, article: Article, part: str) -> Iterable[tuple[str, Any]]:
        """Return what the model says of the article, of one kind, by those labels that it was asked for."""
        if self._last is None or self._last[0] != article:
            self._last = (article, self._read(article))
        known: Mapping[str, object] = class_labels() if part == "entities" else relation_labels()
        # Models of the architecture 'span' give a relation back as 'label: definition'.
        told = ((label.partition(": ")[0], spans) for label, spans in (self._last[1].get(part) or {}).items())
        return [(label, spans) for label, spans in told if label in known]

    def _read(self, article: Article) -> Mapping[str, Any]:
        try:
            return self._model.extract_long(
                article.text,
                self._schema,
                threshold=self._settings.threshold,
                chunk_size=WINDOW,
                chunk_overlap=OVERLAP,
                include_confidence=True,
                include_spans=True,
            )
        except Exception as error:  # a model may raise anything: out of memory, a text that it cannot split
            reason = " ".join(str(error).split())[:200]
            raise ExtractionError(NAME, f"the model failed ({reason})", "Try another model") from error

    def notes(self) -> Table:
        """Return the model, and how many of its relations were dropped."""
        return {"model": os.path.basename(self._settings.model.rstrip("/\\")), "dropped": dict(+self._dropped)}


def _statement(annotated: Annotated, relation: str, head: Span, tail: Span) -> Statement | None:
    subject = settled(annotated, head["start"], head["end"])
    target = _value(annotated, relation, tail) or settled(annotated, tail["start"], tail["end"])
    if subject is None or target is None or subject == target:
        return None
    if not RELATIONS[relation].allows(subject.type, target.kind if isinstance(target, Value) else target.type):
        return None
    start, end = min(head["start"], tail["start"]), max(head["end"], tail["end"])
    between = sum(1 for sentence in annotated.sentences if sentence.start < end and start < sentence.end)
    if between > FURTHEST:
        return None
    evidence = sentences_around(annotated, start, end)
    return Statement(subject, relation, target, evidence, NAME, min(_confidence(head), _confidence(tail)))


def _value(annotated: Annotated, relation: str, tail: Span) -> Value | None:
    """Return what the passage is worth where the relation's object is a time, a sum or a motto."""
    kind = RELATIONS[relation].value
    if kind is ValueKind.MOTTO:
        motto = " ".join(annotated.article.text[tail["start"] : tail["end"]].strip(QUOTES).split())
        return Value(kind, motto) if motto else None
    readings = {
        ValueKind.DATE: [(time.start, time.end, time.edtf) for time in annotated.times],
        ValueKind.BUDGET: [(amount.start, amount.end, amount.value) for amount in annotated.amounts],
    }
    for start, end, text in readings.get(kind, ()) if kind else ():
        if start < tail["end"] and tail["start"] < end:
            return Value(kind, text) if kind else None
    return None


def _spans(entries: Any) -> list[Span]:
    """Return those entries that have offsets."""
    found = [entry for entry in entries or () if isinstance(entry, Mapping)]
    return [span for span in found if isinstance(span.get("start"), int) and isinstance(span.get("end"), int)]


def _confidence(scored: Span, unknown: float = 0.0) -> float:
    """Return a span's score, or a pair's: only models of the architecture 'boundary' score these."""
    return round(min(1.0, max(0.0, float(scored.get("confidence", unknown)))), 4)


def _load(model: str) -> Model:
    if model.startswith((".", "/", "~")) or os.path.isabs(model):
        model = os.path.expanduser(model)
        if not os.path.isdir(model):
            raise SettingsError(f"extractor {NAME!r}: {model} is no folder. Name the folder of a GLiNER2 model")
    import gliner2

    try:
        loaded: Model = gliner2.AutoExtractor.from_pretrained(model)
    except Exception as error:  # no connection, no such name, files that are missing or do not fit
        reason = " ".join(str(error).split())[:300]
        raise SettingsError(f"extractor {NAME!r} cannot load the model {model!r} ({reason})") from error
    return loaded
