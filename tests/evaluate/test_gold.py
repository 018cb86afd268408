"""Gold folders: read in order, and every slip named with its file and place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from koopgraph.errors import EvaluationError, KoopgraphError
from koopgraph.evaluate import read_gold
from koopgraph.model import EntityType

TEXT = "Gera plant\n\nGera plant das Projekt Neuer Markt."


def write(folder: Path, **changes: Any) -> Path:
    """Write a gold article that is right but for ``changes``."""
    data = {
        "id": "a",
        "file": "a.txt",
        "language": "de",
        "article": {},
        "entities": [
            {"id": "e1", "type": "Project", "name": "Neuer Markt", "mentions": ["Neuer Markt"]},
            {"id": "e2", "type": "City", "name": "Gera", "mentions": ["Gera"]},
        ],
        "relations": [{"s": "e1", "p": "locatedIn", "o": "e2", "evidence": "Gera plant das Projekt"}],
    }
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    (folder / "a.json").write_text(json.dumps({**data, **changes}), encoding="utf-8")
    return folder


def test_gold_articles_come_sorted_with_their_texts(gold_folder: Path) -> None:
    articles = list(read_gold(gold_folder))
    assert [a.id for a in articles] == ["canal-quarter", "hafenkante", "werkstattgespraech"]
    assert [a.language for a in articles] == ["en", "de", "de"]
    assert articles[1].article.title == "Neues Leben an der Hafenkante"
    assert articles[1].entities[0].type is EntityType.PROJECT
    assert [e.name for e in articles[1].entities if e.optional] == ["Messe in Stralsund"]


def test_relations_have_an_object_or_a_value_a_role_and_evidence(gold_folder: Path) -> None:
    _, article, event = read_gold(gold_folder)
    works = next(r for r in article.relations if r.relation == "affiliatedWith")
    assert (works.object, works.value, works.role) == ("e2", None, "Baudezernentin")
    motto = next(r for r in event.relations if r.relation == "motto")
    assert (motto.object, motto.value) == (None, "Umbauen statt abreißen")


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"file": "b.txt"}, "b.txt is not beside it"),
        ({"language": "fr"}, "language is 'fr'"),
        ({"entities": None}, "entities is missing or no list"),
        ({"entities": [{"id": "e1", "type": "Town", "name": "x", "mentions": ["Gera"]}]}, "entities[0].type is 'Town'"),
        ({"entities": [{"id": "e1", "type": "City", "name": "x", "mentions": []}]}, "entities[0] has no mention"),
        ({"entities": [{"id": "e1", "type": "City", "name": "x", "mentions": ["Jena"]}]}, "'Jena', which the text"),
        ({"entities": [{"id": "e1", "type": "City", "name": "Gera", "mentions": ["Gera"]}] * 2}, "the same id"),
        ({"relations": [{"s": "e1", "p": "nearTo", "o": "e2", "evidence": "Gera"}]}, "unknown relation 'nearTo'"),
        ({"relations": [{"s": "e1", "p": "locatedIn", "o": "e9", "evidence": "Gera"}]}, "names the entity 'e9'"),
        ({"relations": [{"s": "e1", "p": "locatedIn", "evidence": "Gera"}]}, "relations[0].o is missing"),
        ({"relations": [{"s": "e1", "p": "date", "o": "e2", "evidence": "Gera"}]}, "relations[0].value is missing"),
        ({"relations": [{"s": "e2", "p": "locatedIn", "o": "e1", "evidence": "Gera"}]}, "does not lead from City"),
        ({"relations": [{"s": "e1", "p": "locatedIn", "o": "e2", "evidence": "Jena"}]}, "evidence is not in the text"),
        ({"relations": ["e1"]}, "relations[0].s is missing"),
    ],
)
def test_a_slip_is_named_with_file_and_place(tmp_path: Path, changes: dict[str, Any], says: str) -> None:
    with pytest.raises(EvaluationError) as caught:
        list(read_gold(write(tmp_path, **changes)))
    assert says in str(caught.value)
    assert "a.json" in str(caught.value)


def test_what_is_no_json_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{\n"id": }', encoding="utf-8")
    with pytest.raises(EvaluationError, match=r"a\.json:2:7"):
        list(read_gold(tmp_path))


@pytest.mark.parametrize("name", ["", "nowhere"])
def test_a_folder_without_gold_is_an_error_for_the_user(tmp_path: Path, name: str) -> None:
    with pytest.raises(KoopgraphError, match=r"ID\.json"):
        list(read_gold(tmp_path / name))
