"""A tiny gold folder: six invented articles of one pattern, each with its gold standard."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

ROWS = (
    ("Uferband", "Lübeck", "Anna Möller", "Bauamt"),
    ("Hofgrün", "Görlitz", "Peter Brüning", "Tiefbauamt"),
    ("Nordkante", "Bremen", "Elke Straßer", "Planungsamt"),
    ("Werkbogen", "Kassel", "Jörg Löffler", "Umweltamt"),
    ("Talblick", "Nürnberg", "Uta Schäfer", "Stadtplanungsamt"),
    ("Brückenkopf", "Köln", "Ömer Yıldız", "Grünflächenamt"),
)


def gold_data(number: int) -> tuple[str, dict[str, object]]:
    """Return the text of one article and its gold standard."""
    project, city, person, office = ROWS[number]
    text = (
        f"Projekt {project} beginnt\n\n"
        f"Das Projekt „{project}“ in {city} beginnt im Mai. {person} vom {office} leitet {project}. "
        f"{city} zahlt zwei Millionen Euro.\n"
    )
    things = (("Project", project), ("City", city), ("Person", person), ("Organisation", office))
    entities = [
        {"id": f"e{n}", "type": kind, "name": name, "mentions": [name]} for n, (kind, name) in enumerate(things)
    ]
    leads = f"{person} vom {office} leitet {project}."
    relations = [
        {"s": "e0", "p": "locatedIn", "o": "e1", "evidence": f"Das Projekt „{project}“ in {city} beginnt im Mai."},
        {"s": "e2", "p": "affiliatedWith", "o": "e3", "evidence": leads},
        {"s": "e2", "p": "leads", "o": "e0", "evidence": leads},
    ]
    data = {
        "id": f"tiny-{number}",
        "file": f"tiny-{number}.txt",
        "language": "de",
        "article": {"title": f"Projekt {project} beginnt", "authors": [], "published": None},
        "entities": entities,
        "relations": relations,
    }
    return text, data


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """Return a folder with six gold articles."""
    folder = tmp_path / "gold"
    folder.mkdir()
    for number in range(len(ROWS)):
        text, data = gold_data(number)
        (folder / f"tiny-{number}.txt").write_text(text, encoding="utf-8")
        (folder / f"tiny-{number}.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return folder
