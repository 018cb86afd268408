"""Shared fixtures: a browser; two small articles, as the stages before ``rdf`` hand them on, and articles marked in the text."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from koopgraph.model import (
    Amount,
    Annotated,
    Article,
    ArticleGraph,
    Entity,
    EntityType,
    Evidence,
    Fact,
    Language,
    Mention,
    Sentence,
    TimeExpression,
    Value,
    ValueKind,
)
from koopgraph.rdf.iris import article_iri, entity_iri

if TYPE_CHECKING:
    from playwright.sync_api import Browser

BASE = "https://w3id.org/koopgraph/id/"

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def find_chromium() -> str | None:
    """Return the browser named by KOOPGRAPH_CHROMIUM, or the first of the usual ones in PATH."""
    named = os.environ.get("KOOPGRAPH_CHROMIUM")
    return named or next((found for name in NAMES if (found := shutil.which(name))), None)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Return a browser; where none is installed, the tests that need one are skipped."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright for Python is not installed")
    executable = find_chromium()
    if executable is None:
        pytest.skip(f"no browser: none of {', '.join(NAMES)} is in PATH, and KOOPGRAPH_CHROMIUM is not set")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        yield browser
        browser.close()


GERMAN = Article(
    source="bundeskongress.txt",
    title="koopstadt zieht in Leipzig Bilanz",
    text=(
        "koopstadt zieht in Leipzig Bilanz\n\n"
        "Vom 16. bis 18. September 2015 fand in Leipzig der 9. Bundeskongress Nationale Stadtentwicklungspolitik "
        "unter dem Motto „Städtische Energien – Integration leben“ statt. "
        "Tagungsort war die Kongresshalle am Zoo. "
        "Bremen und Leipzig sind Partnerstädte im Projekt koopstadt. "
        "koopstadt gehört zur Nationalen Stadtentwicklungspolitik, kostete 1,2 Millionen Euro und widmet sich "
        "dem Wohnen. "
        "Elke Pahl-Weber, Professorin an der TU Berlin, moderierte den Bundeskongress. "
        "Dort wurde auch die Leipzig-Charta vorgestellt. "
        "Die UNU zeichnete koopstadt als „Outstanding Flagship Project“ aus."
    ),
    language="de",
    authors=("Jana Muster",),
    published="2015-09-21",
    publisher="Leipziger Blatt",
    url="https://blatt.example/bundeskongress",
)

ENGLISH = Article(
    source="three-cities.md",
    title="Three cities, one project",
    text=(
        "Three cities, one project\n\n"
        "Leipzig is a partner city of koopstadt, which was planned from 2007 on. "
        "Leipzig works together with Bremen on housing."
    ),
    language="en",
)


def entity(article: Article, type_: EntityType, name: str, *others: str) -> Entity:
    """Make an entity of the article, named by its first sentence that holds one of the names."""
    names = (name, *others)
    sentence = next(s for s in _sentences(article) if any(n in s.quote for n in names))
    return Entity(entity_iri(BASE, type_, name), type_, name, names, article.language, (sentence,))


def fact(
    article: Article, subject: Entity, relation: str, object_: Entity | Value, quote: str, role: str | None = None
) -> Fact:
    """Make a fact that the article's first sentence with ``quote`` states."""
    evidence = next(s for s in _sentences(article) if quote in s.quote)
    target = object_ if isinstance(object_, Value) else object_.iri
    confidence = 0.9 if article.language == "de" else 0.8
    return Fact(subject.iri, relation, target, evidence, f"sample-{relation.lower()}", confidence, role)


def _sentences(article: Article) -> list[Evidence]:
    # The sample's sentences end in '. ' before a capital letter or 'koopstadt'; ordinals do not.
    cuts = [0, article.text.index("\n\n") + 2]
    for end in ("statt. ", "Zoo. ", "koopstadt. ", "Wohnen. ", "Bundeskongress. ", "vorgestellt. ", "on. "):
        at = article.text.find(end)
        cuts += [at + len(end)] if at >= 0 else []
    cuts = sorted({*cuts, len(article.text)})
    spans = pairwise(cuts)
    return [Evidence.of(article, start, start + len(article.text[start:end].rstrip())) for start, end in spans]


def _german_graph() -> ArticleGraph:
    koopstadt = entity(GERMAN, EntityType.PROJECT, "koopstadt")
    congress = entity(
        GERMAN, EntityType.EVENT, "9. Bundeskongress Nationale Stadtentwicklungspolitik", "Bundeskongress"
    )
    leipzig = entity(GERMAN, EntityType.CITY, "Leipzig")
    bremen = entity(GERMAN, EntityType.CITY, "Bremen")
    hall = entity(GERMAN, EntityType.PLACE, "Kongresshalle am Zoo")
    policy = entity(
        GERMAN, EntityType.PROGRAMME, "Nationale Stadtentwicklungspolitik", "Nationalen Stadtentwicklungspolitik"
    )
    woman = entity(GERMAN, EntityType.PERSON, "Elke Pahl-Weber")
    university = entity(GERMAN, EntityType.ORGANISATION, "TU Berlin")
    unu = entity(GERMAN, EntityType.ORGANISATION, "UNU")
    charter = entity(GERMAN, EntityType.DOCUMENT, "Leipzig-Charta")
    award = entity(GERMAN, EntityType.AWARD, "Outstanding Flagship Project")
    author = Entity(entity_iri(BASE, EntityType.PERSON, "Jana Muster"), EntityType.PERSON, "Jana Muster", (), "de")
    facts = (
        fact(GERMAN, congress, "takesPlaceIn", leipzig, "fand in Leipzig"),
        fact(GERMAN, congress, "takesPlaceIn", hall, "Tagungsort"),
        fact(GERMAN, congress, "date", Value(ValueKind.DATE, "2015-09-16/2015-09-18"), "16. bis 18."),
        fact(GERMAN, congress, "motto", Value(ValueKind.MOTTO, "Städtische Energien – Integration leben"), "Motto"),
        fact(GERMAN, koopstadt, "partnerCity", bremen, "Partnerstädte"),
        fact(GERMAN, koopstadt, "partnerCity", leipzig, "Partnerstädte"),
        fact(GERMAN, koopstadt, "partOf", policy, "gehört zur"),
        fact(GERMAN, koopstadt, "budget", Value(ValueKind.BUDGET, "1200000 EUR"), "1,2 Millionen"),
        fact(GERMAN, koopstadt, "theme", Value(ValueKind.THEME, "housing"), "Wohnen"),
        fact(GERMAN, woman, "affiliatedWith", university, "Professorin", "Professorin"),
        fact(GERMAN, woman, "moderates", congress, "moderierte"),
        fact(GERMAN, charter, "presentedAt", congress, "vorgestellt"),
        fact(GERMAN, koopstadt, "receives", award, "zeichnete"),
        fact(GERMAN, award, "awardedBy", unu, "zeichnete"),
    )
    things = (koopstadt, congress, leipzig, bremen, hall, policy, woman, university, unu, charter, award, author)
    return ArticleGraph(article_iri(BASE, GERMAN.source), GERMAN, things, facts, (author.iri,))


def _english_graph() -> ArticleGraph:
    koopstadt = entity(ENGLISH, EntityType.PROJECT, "koopstadt")
    leipzig = entity(ENGLISH, EntityType.CITY, "Leipzig")
    bremen = entity(ENGLISH, EntityType.CITY, "Bremen")
    facts = (
        fact(ENGLISH, koopstadt, "partnerCity", leipzig, "partner city"),
        fact(ENGLISH, koopstadt, "date", Value(ValueKind.DATE, "2007/.."), "from 2007 on"),
        fact(ENGLISH, leipzig, "cooperatesWith", bremen, "works together"),
    )
    return ArticleGraph(article_iri(BASE, ENGLISH.source), ENGLISH, (koopstadt, leipzig, bremen), facts)


@pytest.fixture(scope="session")
def sample_base() -> str:
    """Return the base that the sample's IRIs are minted with."""
    return BASE


@pytest.fixture(scope="session")
def sample_graphs() -> tuple[ArticleGraph, ...]:
    """Return two articles with all nine types of things; both state that Leipzig is a partner city of koopstadt.

    ``tests/data/sample.trig`` is what becomes of them.
    """
    return (_german_graph(), _english_graph())


_MARK = re.compile(r"\[(\w+)(?:=([^|\]]*))?\|([^\]]*)\]")
Mark = Callable[..., Annotated]


def _marked(marked: str, *, language: Language = "de", title: str = "") -> Annotated:
    full = f"{title}\n{marked}" if title else marked
    mentions: list[Mention] = []
    times: list[TimeExpression] = []
    amounts: list[Amount] = []
    text, position = "", 0
    for match in _MARK.finditer(full):
        kind, value, words = match.groups()
        text += full[position : match.start()]
        start, end = len(text), len(text) + len(words)
        if kind == "time":
            times.append(TimeExpression(start, end, words, value))
        elif kind == "money":
            amounts.append(Amount(start, end, words, value))
        else:
            mentions.append(Mention(start, end, words, EntityType(kind), value or words, "test"))
        text, position = text + words, match.end()
    text += full[position:]
    lines = [Sentence(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text)]
    plain_title = _MARK.sub(r"\3", title)
    article = Article("a.txt", text, plain_title, language)
    return Annotated(article, tuple(lines), tuple(mentions), tuple(times), tuple(amounts))


@pytest.fixture(scope="session")
def mark() -> Mark:
    """Return a function that makes an annotated article of a marked text, one line a sentence.

    ``[City|Leipzig]`` marks a name, ``[City=Leipzig|Leipzigs]`` one with its base form, ``[time=2015|im Jahr 2015]``
    a time with its EDTF and ``[money=5 EUR|5 Euro]`` a sum. Keywords: ``language`` and a marked ``title``.
    """
    return _marked
