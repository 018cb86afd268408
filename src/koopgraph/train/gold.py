"""Gold articles: the text as it arrives and what a careful reader recorded from it (ID.txt and ID.json)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from koopgraph.errors import TrainError
from koopgraph.model import Article, EntityType
from koopgraph.read import SourceFile, read_file


@dataclass(frozen=True, slots=True)
class GoldEntity:
    """One thing: its class, fullest name and the distinct strings that name it."""

    id: str
    type: EntityType
    name: str
    mentions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GoldRelation:
    """One relation between two entities' ids, or an entity's id and a literal ``value``."""

    subject: str
    relation: str
    object: str | None
    value: str | None
    evidence: str
    role: str | None = None


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """An article with its gold standard. ``path`` is the JSON file's."""

    path: Path
    article: Article
    entities: tuple[GoldEntity, ...]
    relations: tuple[GoldRelation, ...]


def read_gold(folders: Iterator[Path] | list[Path] | tuple[Path, ...]) -> list[GoldArticle]:
    """Return the gold articles of ``folders``, sorted by name; raise :class:`TrainError` for what is malformed."""
    found = []
    for folder in folders:
        if not folder.is_dir():
            raise TrainError(f"{folder}: no such folder; name one with ID.txt and ID.json files")
        files = sorted(folder.glob("*.json"))
        if not files:
            raise TrainError(f"{folder}: holds no gold; it needs ID.json beside each ID.txt")
        found += [_read(path) for path in files]
    return found


def _read(path: Path) -> GoldArticle:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise TrainError(f"{path}: cannot be read ({error})") from error
    except json.JSONDecodeError as error:
        raise TrainError(f"{path}:{error.lineno}:{error.colno}: no JSON ({error.msg})") from error
    if not isinstance(data, dict):
        raise TrainError(f"{path}: not an object with 'file', 'entities' and 'relations'")
    file = path.parent / _text(data, "file", path, "")
    if not file.is_file():
        raise TrainError(f"{path}: its text {file.name} is not beside it")
    article = next(iter(read_file(SourceFile(file, file.name))), None)
    if not isinstance(article, Article):
        reason = article.reason if article is not None else "it is empty"
        raise TrainError(f"{file}: cannot be read as an article ({reason})")
    entities = tuple(_entity(e, path, n) for n, e in enumerate(_list(data, "entities", path, "")))
    ids = {e.id for e in entities}
    relations = tuple(_relation(r, path, n, ids) for n, r in enumerate(_list(data, "relations", path, "")))
    return GoldArticle(path, article, entities, relations)


def _entity(data: Any, path: Path, number: int) -> GoldEntity:
    where = f"entities[{number}]"
    kind = _text(data, "type", path, where)
    if kind not in list(EntityType):
        raise TrainError(f"{path}: {where}.type is {kind!r}; known are {', '.join(EntityType)}")
    mentions = _list(data, "mentions", path, where)
    if not all(isinstance(m, str) and m for m in mentions):
        raise TrainError(f"{path}: {where}.mentions must be strings, none of them empty")
    return GoldEntity(
        _text(data, "id", path, where), EntityType(kind), _text(data, "name", path, where), tuple(mentions)
    )


def _relation(data: Any, path: Path, number: int, ids: set[str]) -> GoldRelation:
    where = f"relations[{number}]"
    subject, relation = _text(data, "s", path, where), _text(data, "p", path, where)
    target = data.get("o")
    value = data.get("value")
    if (target is None) == (value is None):
        raise TrainError(f"{path}: {where} needs either 'o' or 'value'")
    for id in (subject, target):
        if id is not None and id not in ids:
            raise TrainError(f"{path}: {where} names the entity {id!r}, which is not among the entities")
    return GoldRelation(
        subject,
        relation,
        target,
        value if value is None else str(value),
        str(data.get("evidence", "")),
        data.get("role"),
    )


def _text(data: Any, key: str, path: Path, where: str) -> str:
    value = data.get(key) if isinstance(data, dict) else None
    if not isinstance(value, str) or not value:
        raise TrainError(f"{path}: {where}{'.' if where else ''}{key} is missing or no text")
    return value


def _list(data: Any, key: str, path: Path, where: str) -> list[Any]:
    value = data.get(key) if isinstance(data, dict) else None
    if not isinstance(value, list):
        raise TrainError(f"{path}: {where}{'.' if where else ''}{key} is missing or no list")
    return value
