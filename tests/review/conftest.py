"""A small graph with one question of each kind, and hostile words in a sentence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from pyoxigraph import Quad, Store

from koopgraph.curation.file import CurationFile
from koopgraph.model import (
    Article,
    ArticleGraph,
    Entity,
    EntityType,
    Evidence,
    Fact,
    Merge,
    Naming,
    Proposal,
    Value,
    ValueKind,
)
from koopgraph.rdf.assembly import Findings, assemble
from koopgraph.rdf.iris import article_iri, entity_iri
from koopgraph.review.queue import Queue
from koopgraph.review.session import Session

BASE = "https://example.org/id/"
HOSTILE = "Jana Schmidt spricht [red]laut[/] und [/] =1+1 \x1b[31m dazu."

SHORT = Article(
    "a.txt",
    "Kiel baut\n\nDas BBSR fördert die Hafenkante. Jana Schmidt leitet die Hafenkante seit 2019.",
    "Kiel baut",
    "de",
    published="2021-03",
)
LONG = Article(
    "b.txt",
    f"Ein Bericht\n\nDas Bundesinstitut für Bau-, Stadt- und Raumforschung rät zu. {HOSTILE}",
    "Ein Bericht",
    "de",
)


def passage(article: Article, words: str) -> Evidence:
    start = article.text.index(words)
    return Evidence.of(article, start, start + len(words))


def thing(kind: EntityType, names: tuple[str, ...], *where: Evidence, iri: str = "") -> Entity:
    return Entity(iri or entity_iri(BASE, kind, names[0]), kind, names[0], names, "de", where, names)


FUNDS = passage(SHORT, "Das BBSR fördert die Hafenkante.")
LEADS = passage(SHORT, "Jana Schmidt leitet die Hafenkante seit 2019.")
ADVISES = passage(LONG, "Das Bundesinstitut für Bau-, Stadt- und Raumforschung rät zu.")
SPEAKS = passage(LONG, HOSTILE)
BBSR = entity_iri(BASE, EntityType.ORGANISATION, "BBSR")
OTHER_JANA = entity_iri(BASE, EntityType.PERSON, "Jana Schmidt") + "-b-txt"
FULL = "Bundesinstitut für Bau-, Stadt- und Raumforschung"


def _graphs() -> tuple[ArticleGraph, ...]:
    jana = thing(EntityType.PERSON, ("Jana Schmidt",), LEADS)
    quay = thing(EntityType.PROJECT, ("Hafenkante",), FUNDS)
    first = ArticleGraph(
        article_iri(BASE, SHORT.source),
        SHORT,
        (thing(EntityType.ORGANISATION, ("BBSR",), FUNDS), jana, quay),
        (
            Fact(quay.iri, "fundedBy", BBSR, FUNDS, "test", 0.7),
            Fact(jana.iri, "leads", quay.iri, LEADS, "test", 0.4),
            Fact(quay.iri, "date", Value(ValueKind.DATE, "2019/.."), LEADS, "test", 0.9),
            Fact(quay.iri, "theme", Value(ValueKind.THEME, "water"), FUNDS, "test", 0.8),
        ),
    )
    second = ArticleGraph(
        article_iri(BASE, LONG.source),
        LONG,
        (
            thing(EntityType.ORGANISATION, (FULL,), ADVISES, iri=BBSR),
            thing(EntityType.PERSON, ("Jana Schmidt",), SPEAKS, iri=OTHER_JANA),
        ),
        (),
    )
    return (first, second)


def _merges() -> tuple[Merge, ...]:
    a, b = (article_iri(BASE, article.source) for article in (SHORT, LONG))
    return (
        Merge(BBSR, "acronym introduced", 0.92, (Naming(a, "BBSR", FUNDS), Naming(b, FULL, ADVISES)), ("Kiel",)),
        Merge(BBSR, "same name", 0.95, (Naming(a, "BBSR", FUNDS), Naming(b, "BBSR", ADVISES))),
        Merge(BBSR, "judged same", 1.0, (Naming(a, "BBSR", FUNDS), Naming(b, FULL, ADVISES)), curator="Jana Muster"),
    )


def _proposals() -> tuple[Proposal, ...]:
    a, b = (article_iri(BASE, article.source) for article in (SHORT, LONG))
    jana = entity_iri(BASE, EntityType.PERSON, "Jana Schmidt")
    namings = (Naming(a, "Jana Schmidt", LEADS), Naming(b, "Jana Schmidt", SPEAKS))
    return (Proposal((jana, OTHER_JANA), "same name, other company", 0.46, namings),)


def _findings() -> Findings:
    return Findings(merges=_merges(), proposals=_proposals())


def _two_classes() -> tuple[Proposal, ...]:
    a, b = (article_iri(BASE, article.source) for article in (SHORT, LONG))
    quay = entity_iri(BASE, EntityType.PROJECT, "Hafenkante")
    namings = (Naming(a, "Hafenkante", FUNDS), Naming(b, FULL, ADVISES))
    return (Proposal((BBSR, quay), "same name, other class", 0.6, namings),)


@pytest.fixture(scope="session")
def quads() -> tuple[Quad, ...]:
    return tuple(assemble(_graphs(), base=BASE, findings=_findings()))


@pytest.fixture(scope="session")
def graphs() -> tuple[ArticleGraph, ...]:
    return _graphs()


@pytest.fixture(scope="session")
def queue(quads: tuple[Quad, ...]) -> Queue:
    """Return the questions of two articles: by doubt a statement (.6), a proposal (.46), statements, a merge."""
    store = Store()
    store.extend(quads)
    return Queue(store)


@pytest.fixture(scope="session")
def two_classes() -> Queue:
    """Return a queue whose one proposal is of an organisation and a project."""
    store = Store()
    store.extend(assemble(_graphs(), base=BASE, findings=Findings(proposals=_two_classes())))
    return Queue(store)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return the name of a file of judgements that does not exist yet."""
    return tmp_path / "curation.yaml"


MakeSession = Callable[..., Session]


@pytest.fixture
def session(queue: Queue, file: Path) -> MakeSession:
    """Return a function that begins a session of Jana Muster on 23 November 2026."""

    def begin(**options: object) -> Session:
        return Session(queue, CurationFile(file), by="Jana Muster", today=lambda: date(2026, 11, 23), **options)  # type: ignore[arg-type]

    return begin
