"""The names that an installed or stored spaCy pipeline finds, as mentions of our classes.

It gives names only; statements about them come from the other extractors. spaCy says nothing of how sure it
is, so every mention has the same confidence, a setting.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from koopgraph.annotate.word_tables import word_table
from koopgraph.errors import ExtractionError, SettingsError
from koopgraph.extract.backends.naming import city_or_place, mention_of
from koopgraph.extract.registry import Extractor, ExtractorFactory, Table
from koopgraph.extract.settings import environment_variable, fill
from koopgraph.model import Annotated, EntityType, Language, Mention, Statement

if TYPE_CHECKING:
    from spacy.language import Language as Pipeline

NAME = "spacy"
CITY_OR_PLACE = "City or Place"


@dataclass(frozen=True, slots=True)
class SpacySettings:
    """``model`` is a pipeline's package name or folder; ``model_de`` and ``model_en`` go before it in their language.

    ``labels`` add to ``data/spacy_labels.toml``. ``confidence`` is below that of a rule that is sure and above
    that of one that guesses.
    """

    model: str = ""
    model_de: str = ""
    model_en: str = ""
    confidence: float = 0.65
    labels: Mapping[str, str] = field(default_factory=dict)

    def models(self) -> dict[Language, str]:
        """Return the pipeline's name by the language of articles, without those that have none."""
        named: dict[Language, str] = {
            "de": self.model_de or self.model,
            "en": self.model_en or self.model,
            "und": self.model,
        }
        return {language: model for language, model in named.items() if model}


def make(table: Table) -> Extractor:
    """Return the extractor with its pipelines loaded; raise :class:`SettingsError` where one cannot be."""
    settings = fill(SpacySettings, NAME, table)
    models = settings.models()
    if not models:
        raise SettingsError(
            f"extractor {NAME!r} needs the name or folder of a pipeline: set {environment_variable(NAME, 'model')}, or "
            f"'model' in the table [extractors.{NAME}] of --config. Installed are: {', '.join(_installed()) or 'none'}"
        )
    loaded = {model: _load(model) for model in sorted(set(models.values()))}
    finder = Finder({language: loaded[model] for language, model in models.items()}, settings)
    return Extractor(NAME, _nothing, languages=tuple(models), mentions=finder.mentions, notes=finder.notes)


EXTRACTOR = ExtractorFactory(NAME, make, needs=("spacy",))


class Finder:
    """Runs the pipeline of an article's language and counts the labels that it does not know."""

    def __init__(self, pipelines: Mapping[Language, Pipeline], settings: SpacySettings) -> None:
        """Take the loaded pipelines; raise :class:`SettingsError` for a label that is mapped to no class of ours."""
        self._pipelines = pipelines
        self._settings = settings
        self._labels = {**word_table("spacy_labels.toml"), **settings.labels}
        self._unknown: dict[str, int] = {}
        for label, kind in self._labels.items():
            if kind not in {*EntityType, CITY_OR_PLACE, ""}:
                raise SettingsError(
                    f"label {label!r} of extractor {NAME!r} is mapped to {kind!r}, which is no class. "
                    f"Known are: {', '.join(EntityType)}, {CITY_OR_PLACE!r} and '' for none"
                )

    def mentions(self, annotated: Annotated) -> Iterator[Mention]:
        """Yield what the pipeline names in the article; raise :class:`ExtractionError` where it fails."""
        article = annotated.article
        try:
            document = self._pipelines[article.language](article.text)
        except Exception as error:  # a pipeline's components may raise anything
            reason = " ".join(str(error).split())
            raise ExtractionError(NAME, f"the pipeline failed ({reason})", "Try another pipeline") from error
        for entity in document.ents:
            kind = self._kind(entity.label_, entity.text)
            if kind is not None:
                found = mention_of(
                    article,
                    entity.start_char,
                    entity.end_char,
                    kind,
                    annotator=NAME,
                    confidence=self._settings.confidence,
                )
                if found is not None:
                    yield found

    def _kind(self, label: str, text: str) -> EntityType | None:
        kind = self._labels.get(label)
        if kind is None:
            self._unknown[label] = self._unknown.get(label, 0) + 1
        if not kind:
            return None
        return city_or_place(text) if kind == CITY_OR_PLACE else EntityType(kind)

    def notes(self) -> Table:
        """Return the pipelines used, and how often they gave a label that the table does not have."""
        used = {
            language: f"{p.meta['lang']}_{p.meta['name']} {p.meta['version']}"
            for language, p in self._pipelines.items()
        }
        return {"pipelines": used, "unknown_labels": dict(sorted(self._unknown.items()))}


def _nothing(annotated: Annotated) -> Iterable[Statement]:
    """Return no statement: a pipeline names things only."""
    return ()


def _installed() -> list[str]:
    from spacy.util import get_installed_models

    return sorted(get_installed_models())


def _load(model: str) -> Pipeline:
    import spacy

    try:
        pipeline: Pipeline = spacy.load(model)
    except Exception as error:  # a folder that is no pipeline, a version that does not fit, a component that is missing
        reason = " ".join(str(error).split())
        raise SettingsError(
            f"extractor {NAME!r} cannot load the pipeline {model!r} ({reason}). "
            f"Give a folder, or one of: {', '.join(_installed()) or 'none is installed'}"
        ) from error
    return pipeline
