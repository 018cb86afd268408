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
    "articles": ({}, {"source": "three-cities.md", "title": "Three cities, one project", "statements": 4}),
    "awards": (
        {},
        {
            "awardName": "Outstanding Flagship Project",
            "recipientName": "koopstadt",
            "kind": "Project",
            "giverName": "UNU",
        },
    ),
    "cities-sharing-projects": (
        {"city": "Leipzig"},
        {"cityName": "Bremen", "otherName": "Leipzig", "shared": 1, "projects": "koopstadt"},
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
        {"funderName": "BBSR", "fundedName": "koopstadt", "kind": "Project", "budget": "1200000 EUR"},
    ),
    "low-confidence": ({}, {"confidence": 0.4, "relation": "presentedAt", "extractor": "events"}),
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
        },
    ),
}


def comparable(value: object) -> object:
    """Return a list of names as a set: a group's order is the engine's."""
    return frozenset(value.split("; ")) if isinstance(value, str) else value


def test_every_question_that_ships_is_tested() -> None:
    assert [question.name for question in list_questions()] == sorted(ANSWERS)


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
    rows = run(store, "merges").rows
    assert [(row["entityName"], row["source"]) for row in rows] == [
        ("BBSR", "bundeskongress.txt"),
        ("BBSR", "three-cities.md"),
        ("koopstadt", None),
    ]


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
    with pytest.raises(QueryError, match=r"Did you mean awards\? Known are: article-says, articles, awards"):
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
