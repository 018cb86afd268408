"""The named questions: what each finds, and that its head is whole."""

from __future__ import annotations

import pytest
from pyoxigraph import Store

from koopgraph.errors import QueryError
from koopgraph.query import Question, find_question, list_questions, run

CONGRESS = "9. Bundeskongress Nationale Stadtentwicklungspolitik"
DATE = "2015-09-16/2015-09-18"
PRESENTED = "Dort wurde auch die Leipzig-Charta vorgestellt."

ANSWERS: dict[str, tuple[dict[str, str], dict[str, object]]] = {
    "article-says": (
        {"article": "three-cities.md"},
        {
            "begin": 99,
            "relation": "cooperatesWith",
            "subjectName": "Bremen",
            "objectName": "Leipzig",
            "sentence": "Leipzig works together with Bremen on housing.",
        },
    ),
    "articles": ({}, {"source": "three-cities.md", "title": "Three cities, one project", "statements": 3}),
    "awards": (
        {},
        {
            "awardName": "Outstanding Flagship Project",
            "recipientName": "koopstadt",
            "kind": "Project",
            "givers": "UNU",
        },
    ),
    "cities-sharing-projects": (
        {"city": "Leipzig"},
        {"cityName": "Leipzig", "otherName": "Bremen", "shared": 1, "since": "2007", "projects": "koopstadt"},
    ),
    "contradictions": (
        {"entity": "stadtforum"},
        {
            "subjectName": "Stadtforum",
            "relation": "date",
            "value": "2014",
            "issued": "2015-09-21",
            "sentence": PRESENTED,
            "source": "bundeskongress.txt",
            "confidence": 0.7,
        },
    ),
    "events": (
        {"year": "2015", "city": "leipzig"},
        {
            "eventName": CONGRESS,
            "date": DATE,
            "places": "Kongresshalle am Zoo; Leipzig",
            "organisers": "BBSR",
            "motto": "Städtische Energien – Integration leben",
        },
    ),
    "evidence": (
        {"entity": "TU Berlin"},
        {
            "relation": "affiliatedWith",
            "role": "Professorin",
            "sentence": "Elke Pahl-Weber, Professorin an der TU Berlin, moderierte den Bundeskongress.",
            "source": "bundeskongress.txt",
            "begin": 418,
            "end": 495,
            "confidence": 0.9,
            "extractors": "sample-affiliatedwith",
        },
    ),
    "funding": (
        {"funder": "bundesinstitut"},
        {
            "funderName": "BBSR",
            "fundedName": "koopstadt",
            "kind": "Project",
            "budget": "1200000 EUR",
            "date": "2007/..",
        },
    ),
    "low-confidence": ({}, {"confidence": 0.25, "relation": "presentedAt", "extractor": "events"}),
    "merges": (
        {"entity": "bundesinstitut"},
        {
            "entityName": "BBSR",
            "forms": "BBSR; Bundesinstitut",
            "rule": "acronym",
            "confidence": 0.93,
            "shared": "Bonn; Leipzig",
            "sentence": PRESENTED,
            "source": "bundeskongress.txt",
            "curator": "https://w3id.org/koopgraph/id/curator/jana-muster",
        },
    ),
    "people-connecting-organisations": (
        {},
        {"personName": "Elke Pahl-Weber", "links": 2, "linkedNames": "TU Berlin; BBSR"},
    ),
    "possible-duplicates": (
        {"entity": "Stadtforum"},
        {
            "confidence": 0.5,
            "firstName": "Stadtforum",
            "firstClass": "Event",
            "secondName": "BBSR",
            "secondClass": "Organisation",
            "rule": "one name",
            "shared": None,
            "sentence": PRESENTED,
            "source": "bundeskongress.txt",
        },
    ),
    "project-life": (
        {"project": "Koopstadt"},
        {"date": DATE, "relation": "presentedAt", "objectName": CONGRESS, "source": "bundeskongress.txt"},
    ),
    "themes-by-city": (
        {"city": "city:bremen"},
        {"cityName": "Bremen", "themeDe": "Wohnen", "themeEn": "housing", "count": 1, "things": "koopstadt"},
    ),
    "who-moderated-or-spoke": (
        {"event": "Bundeskongress"},
        {
            "eventName": CONGRESS,
            "personName": "Elke Pahl-Weber",
            "role": "moderates",
            "affiliations": "TU Berlin (Professorin)",
            "places": "Kongresshalle am Zoo; Leipzig",
        },
    ),
}


def comparable(value: object) -> object:
    """Return a list of names as a set: a group's order is the engine's."""
    return frozenset(value.split("; ")) if isinstance(value, str) else value


def test_every_question_that_ships_has_an_example_and_there_are_many() -> None:
    assert {question.name for question in list_questions()} >= set(ANSWERS)
    assert len(list_questions()) >= 25
    assert all(len(question.example) > 1 for question in list_questions())


@pytest.mark.parametrize("question", list_questions(), ids=lambda question: question.name)
def test_the_example_result_is_what_the_sample_articles_give(store: Store, question: Question) -> None:
    needed = {p.name: p.example for p in question.parameters if not p.optional and p.default is None}
    columns, *rows = question.example
    found = run(store, question.name, needed).rows[: len(rows)]
    assert [tuple("–" if row[c] is None else str(row[c]) for c in columns) for row in found] == rows


@pytest.mark.parametrize("question", list_questions(), ids=lambda question: question.name)
def test_a_question_gives_the_same_rows_in_the_same_order_from_any_store(store: Store, question: Question) -> None:
    values = {p.name: p.example for p in question.parameters if p.default is None}
    other = Store()
    other.bulk_extend(sorted(store, key=str, reverse=True))
    assert run(other, question.name, values).rows == run(store, question.name, values).rows


@pytest.mark.parametrize("name", sorted(ANSWERS))
def test_a_named_question_finds_what_the_articles_say(store: Store, name: str) -> None:
    bindings, expected = ANSWERS[name]
    rows = run(store, name, bindings).rows
    wanted = {key: comparable(value) for key, value in expected.items()}
    assert wanted in [{key: comparable(row[key]) for key in expected} for row in rows]


@pytest.mark.parametrize("question", list_questions(), ids=lambda question: question.name)
def test_a_question_has_titles_in_both_languages_and_an_order(question: Question) -> None:
    assert set(question.titles) == {"de", "en"}
    assert "ORDER BY" in question.text
    assert all(parameter.example for parameter in question.parameters)


@pytest.mark.parametrize(
    ("name", "bindings"),
    [
        ("evidence", {"entity": "Atlantis"}),
        ("events", {"year": "1999"}),
        ("events", {"city": "Halle"}),
        ("who-moderated-or-spoke", {"person": "Jana Muster"}),
        ("who-moderated-or-spoke", {"event": "https://w3id.org/koopgraph/id/event/none"}),
        ("cities-sharing-projects", {"city": "Halle"}),
        ("funding", {"funder": "UNU"}),
        ("themes-by-city", {"city": "Halle"}),
        ("people-connecting-organisations", {"person": "Jana Muster"}),
        ("low-confidence", {"limit": "0.1"}),
        ("contradictions", {"entity": "koopstadt"}),
        ("merges", {"entity": "Leipzig"}),
        ("about", {"entity": "Atlantis"}),
        ("authority-links", {"entity": "Bremen"}),
        ("best-attested", {"least": "3"}),
        ("biggest-budgets", {"currency": "CHF"}),
        ("biggest-budgets", {"least": "2000000"}),
        ("changes", {"from": "2016", "to": "2017"}),
        ("city-projects", {"city": "Halle"}),
        ("cooperating-cities", {"city": "Halle"}),
        ("documents", {"place": "Bremen"}),
        ("event-series", {"event": "Jour fixe"}),
        ("namesakes", {"name": "Leipzig"}),
        ("offices", {"person": "Jana Muster"}),
        ("organisations-by-projects", {"organisation": "UNU"}),
        ("people-at-events", {"person": "Jana Muster"}),
        ("places-within", {"place": "Halle"}),
        ("press-timeline", {"entity": "Atlantis"}),
        ("programme-projects", {"programme": "koopstadt"}),
        ("single-source", {"entity": "Atlantis"}),
        ("successions", {"organisation": "UNU"}),
        ("who-leads", {"leader": "Bremen"}),
        ("who-leads", {"project": "Hafenpark"}),
        ("without-statements", {"class": "koop:City"}),
        ("possible-duplicates", {"entity": "koopstadt"}),
    ],
)
def test_a_parameter_narrows_the_answer(store: Store, name: str, bindings: dict[str, str]) -> None:
    assert not run(store, name, bindings)


@pytest.mark.parametrize(
    "entity",
    [
        "koopstadt",
        "KOOPSTADT",
        "project:koopstadt",
        "https://w3id.org/koopgraph/id/project/koopstadt",
        "<https://w3id.org/koopgraph/id/project/koopstadt>",
    ],
)
def test_a_thing_is_found_by_name_curie_and_iri(store: Store, entity: str) -> None:
    rows = run(store, "evidence", {"entity": entity}).rows
    assert {row["relation"] for row in rows} >= {"partnerCity", "budget", "theme", "receives", "date"}


@pytest.mark.parametrize("year", ["2012", "2013", "2014"])
def test_an_event_of_several_years_is_found_by_each(store: Store, year: str) -> None:
    assert [row["eventName"] for row in run(store, "events", {"year": year})] == ["Stadtforum"]


def test_events_are_in_the_order_of_time_those_without_a_date_last(store: Store) -> None:
    assert [row["eventName"] for row in run(store, "events")] == ["Stadtforum", CONGRESS, "Jour fixe"]


def test_the_life_of_a_project_is_in_the_order_of_time(store: Store) -> None:
    rows = run(store, "project-life", {"project": "koopstadt"}).rows
    assert [row["date"] for row in rows] == ["2007/..", DATE]


def test_a_contradiction_has_a_row_a_passage_the_newest_article_first(store: Store) -> None:
    rows = run(store, "contradictions").rows
    assert [(row["value"], row["source"]) for row in rows] == [
        ("2014", "bundeskongress.txt"),
        ("2012", "three-cities.md"),
    ]


def test_a_merge_has_a_row_a_sentence_and_one_where_it_has_none(store: Store) -> None:
    sources = [row["source"] for row in run(store, "merges", {"entity": "BBSR"})]
    assert sources == ["bundeskongress.txt", "three-cities.md"]
    assert [row["source"] for row in run(store, "merges", {"entity": "koopstadt"})] == [None]


@pytest.mark.parametrize(("year", "stage"), [("2006", "planned"), ("2007", "running"), ("2020", "running")])
def test_the_stage_of_a_project_is_that_of_the_year_asked(store: Store, year: str, stage: str) -> None:
    rows = run(store, "city-projects", {"city": "Bremen", "year": year}).rows
    assert [(row["projectName"], row["stage"]) for row in rows] == [("koopstadt", stage)]


def test_cities_share_projects_in_both_directions_but_all_pairs_come_once(store: Store) -> None:
    assert len(run(store, "cities-sharing-projects")) == 1
    for city, other in (("Bremen", "Leipzig"), ("Leipzig", "Bremen")):
        rows = run(store, "cities-sharing-projects", {"city": city}).rows
        assert [(row["cityName"], row["otherName"]) for row in rows] == [(city, other)]


def test_what_an_article_says_is_in_the_order_of_its_text(store: Store) -> None:
    begins = [row["begin"] for row in run(store, "article-says", {"article": "koopstadt zieht in Leipzig Bilanz"})]
    assert len(begins) == 16
    assert begins == sorted(begins, key=int)  # type: ignore[arg-type]


def test_a_question_with_a_base_of_its_own_is_answered_too() -> None:
    store = Store()
    store.update(
        """PREFIX koop: <https://w3id.org/koopgraph/ontology#> PREFIX dcterms: <http://purl.org/dc/terms/>
        INSERT DATA { <https://e.org/article/a-txt> a koop:Article ; dcterms:source "a.txt" ; dcterms:title "A" }"""
    )
    assert run(store, "SELECT ?t { article:a-txt dcterms:title ?t }").rows == ({"t": "A"},)


def test_an_unknown_question_is_answered_with_the_known_ones() -> None:
    with pytest.raises(QueryError, match=r"Did you mean awards\? Known are: about, article-says, articles"):
        find_question("award")


def test_a_missing_parameter_is_named_with_what_it_is(store: Store) -> None:
    with pytest.raises(QueryError, match=r"'project': name or IRI of a project.*--bind project='koopstadt'"):
        run(store, "project-life")


def test_an_unknown_parameter_is_answered_with_the_known_ones(store: Store) -> None:
    with pytest.raises(QueryError, match="no parameter 'town'; it has: year, city"):
        run(store, "events", {"town": "Leipzig"})


def test_a_query_of_ones_own_can_have_a_head(store: Store) -> None:
    text = """
        # title-en: Cities
        # param: name | a city's name | default Bremen
        ASK { ?s a koop:City ; rdfs:label ?l FILTER(STR(?l) = $name) }
    """
    assert run(store, text).answer is True
    assert run(store, text, {"name": "Halle"}).answer is False


def test_a_head_that_is_malformed_says_how_it_is_written(store: Store) -> None:
    with pytest.raises(QueryError, match=r"Write '# param: name \| description"):
        run(store, "# param: name\nASK { ?s ?p $name }")
