"""Small gold articles, and graphs of them that are made by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from koopgraph.evaluate.gold import GoldArticle, GoldEntity, GoldRelation
from koopgraph.evaluate.predictions import Predicted, PredictedEntity, PredictedRelation
from koopgraph.model import Article, EntityType, Evidence

GOLD = Path(__file__).resolve().parents[1] / "data" / "gold"
TEXT = "Bremen und Leipzig sind Partner in koopstadt.\nFrau Dr. Ada Weiß leitet koopstadt seit Herbst 2016."
LAST = TEXT.index("Frau")


@pytest.fixture
def gold_folder() -> Path:
    """Return the folder of small gold articles."""
    return GOLD


@pytest.fixture
def gold() -> GoldArticle:
    """Return an article with a project, two cities and a person."""
    entities = (
        GoldEntity("e1", EntityType.PROJECT, "koopstadt", ("koopstadt",)),
        GoldEntity("e2", EntityType.CITY, "Bremen", ("Bremen",)),
        GoldEntity("e3", EntityType.CITY, "Leipzig", ("Leipzig",)),
        GoldEntity("e4", EntityType.PERSON, "Ada Weiß", ("Ada Weiß", "Weiß")),
    )
    first, second = TEXT.splitlines()
    relations = (
        GoldRelation("e1", "partnerCity", "e2", None, first),
        GoldRelation("e1", "partnerCity", "e3", None, first),
        GoldRelation("e2", "cooperatesWith", "e3", None, first),
        GoldRelation("e4", "leads", "e1", None, second),
        GoldRelation("e1", "date", None, "2016-23/..", "seit Herbst 2016"),
    )
    article = Article("a.txt", TEXT, "Bremen und Leipzig", "de")
    return GoldArticle(Path("a.json"), article, entities, relations, "de")


def entity(iri: str, kind: EntityType, *names: str) -> PredictedEntity:
    return PredictedEntity(iri, kind, frozenset(names))


def relation(subject: str, name: str, object_: str, confidence: float | None = 0.5, at: int = 0) -> PredictedRelation:
    passage = Evidence(0, LAST - 1, TEXT[: LAST - 1]) if at == 0 else Evidence(LAST, len(TEXT), TEXT[LAST:])
    return PredictedRelation(subject, name, object_, (passage,), confidence, ("rules",))


@pytest.fixture
def predicted() -> Predicted:
    """Return a graph with two right relations, a symmetric one turned round, a wrong one and a wrong thing."""
    entities = (
        entity("p", EntityType.PROJECT, "Koopstadt"),
        entity("bremen", EntityType.CITY, "Bremen", "Bremens"),
        entity("leipzig", EntityType.CITY, "Leipzig"),
        entity("halle", EntityType.CITY, "Halle"),
    )
    relations = (
        relation("p", "partnerCity", "bremen", 0.9),
        relation("leipzig", "cooperatesWith", "bremen", 0.7),
        relation("p", "date", "2016/..", 0.6, at=1),
        relation("p", "partnerCity", "halle", 0.8),
    )
    return Predicted({one.iri: one for one in entities}, relations)
