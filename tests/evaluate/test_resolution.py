"""Gold names become items; clusters of items are compared with the things that they are."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from koopgraph.errors import EvaluationError
from koopgraph.evaluate.resolution import (
    ALL,
    Judged,
    by_article_iri,
    figures,
    found_graphs,
    given_names,
    gold_graphs,
    items,
    mistakes,
    read_resolution,
)
from koopgraph.model import EntityType

FIRST = """Halle plant am Fluss

Halle (Saale), 3. Mai 2021. Prof. Eva Wiesner von der Technischen Universität Weststadt (TUW) leitet das Projekt Uferband.
Wiesner stellte das Uferband in Halles Rathaus vor.
"""
SECOND = """Halle baut ein Bad

Halle (Westf.), 4. Mai 2021. Die TU Weststadt berät die Stadt Halle.
"""
ENTRIES = {
    "first.txt": [
        {
            "type": "City",
            "name": "Halle (Saale)",
            "mentions": ["Halle (Saale)", "Halle", "Halles"],
            "bases": {"Halles": "Halle"},
            "thing": "city-saale",
        },
        {"type": "Person", "name": "Eva Wiesner", "mentions": ["Prof. Eva Wiesner", "Wiesner"], "thing": "person-eva"},
        {
            "type": "Organisation",
            "name": "Technische Universität Weststadt",
            "mentions": ["Technischen Universität Weststadt", "TUW"],
            "thing": "organisation-tuw",
        },
        {"type": "Project", "name": "Uferband", "mentions": ["Uferband"], "thing": "project-uferband"},
    ],
    "second.txt": [
        {"type": "City", "name": "Halle (Westf.)", "mentions": ["Halle (Westf.)", "Halle"], "thing": "city-westf"},
        {"type": "Organisation", "name": "TU Weststadt", "mentions": ["TU Weststadt"], "thing": "organisation-tuw"},
    ],
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("resolution")
    (made / "first.txt").write_text(FIRST, encoding="utf-8")
    (made / "second.txt").write_text(SECOND, encoding="utf-8")
    (made / "gold.json").write_text(json.dumps({"articles": ENTRIES, "things": {}}), encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def judged(folder: Path) -> list[Judged]:
    return gold_graphs(folder)


def test_mentions_are_exactly_the_golds_the_longest_first(folder: Path) -> None:
    annotated = given_names(read_resolution(folder)[0])
    assert [(m.text, m.name) for m in annotated.mentions if m.type is EntityType.CITY] == [
        ("Halle", "Halle"),
        ("Halle (Saale)", "Halle (Saale)"),
        ("Halles", "Halle"),
    ]
    assert [(m.text, m.name) for m in annotated.mentions if m.type is EntityType.PERSON] == [
        ("Prof. Eva Wiesner", "Eva Wiesner"),
        ("Wiesner", "Wiesner"),
    ]
    text = annotated.article.text
    assert all(text[m.start : m.end] == m.text for m in annotated.mentions)
    assert [t.edtf for t in annotated.times] == ["2021-05-03"]


def test_entities_of_an_article_are_told_which_thing_they_are(judged: list[Judged]) -> None:
    graph, things = judged[0]
    labels = {entity.iri: entity.name for entity in graph.entities}
    assert set(things.values()) == {"city-saale", "person-eva", "organisation-tuw", "project-uferband"}
    assert {labels[iri] for iri, thing in things.items() if thing == "person-eva"} == {"Eva Wiesner"}
    assert {labels[iri] for iri, thing in things.items() if thing == "organisation-tuw"} == {
        "Technische Universität Weststadt"
    }


def test_koopgraphs_own_extractors_state_the_facts(judged: list[Judged]) -> None:
    assert any(fact.relation == "leads" for fact in judged[0].graph.facts)


def test_clusters_that_are_the_things_are_perfect(judged: list[Judged]) -> None:
    scores = figures(judged, items(judged))
    assert scores.bcubed[ALL].f1 == scores.pairwise[ALL].f1 == 1.0
    assert list(scores.bcubed) == [ALL, "Project", "City", "Organisation", "Person"]
    assert scores.bcubed[ALL].number == len(items(judged))
    assert mistakes(judged, items(judged)) == []


def test_what_articles_call_the_same_is_the_baseline(judged: list[Judged]) -> None:
    baseline = by_article_iri(judged)
    scores = figures(judged, baseline)
    assert scores.pairwise["Organisation"].recall == 0.0  # 'TU Weststadt' is not yet the 'Technische Universität'
    assert scores.bcubed[ALL].recall < 1.0
    assert ("split", {"organisation-tuw"}) in [
        (m.kind, {items(judged)[i] for those in m.parts.values() for i in those}) for m in mistakes(judged, baseline)
    ]


def test_wrong_merges_are_listed_first_with_their_items_by_thing(judged: list[Judged]) -> None:
    cities = {item: "one" for item, thing in items(judged).items() if thing.startswith("city-")}
    merged, *_ = mistakes(judged, cities)
    assert merged.kind == "merged"
    assert set(merged.parts) == {"city-saale", "city-westf"}
    assert figures(judged, cities).pairwise["City"].precision < 1.0


def test_names_that_koopgraph_finds_itself_count_where_the_gold_has_them(folder: Path) -> None:
    found = found_graphs(folder)
    assert {"city-saale", "person-eva"} <= set(found[0].things.values())
    assert set(found[0].things) <= {entity.iri for entity in found[0].graph.entities}


def test_malformed_gold_is_named(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match=r"gold\.json: cannot be read"):
        read_resolution(tmp_path)
    (tmp_path / "gold.json").write_text('{"articles": {"a.txt": [{"type": "City"}]}}', encoding="utf-8")
    with pytest.raises(EvaluationError, match="no gold for resolution"):
        read_resolution(tmp_path)
    (tmp_path / "gold.json").write_text('{"articles": {"a.txt": []}}', encoding="utf-8")
    with pytest.raises(EvaluationError, match=r"a\.txt: cannot be read as an article"):
        read_resolution(tmp_path)
