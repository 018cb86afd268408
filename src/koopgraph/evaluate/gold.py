"""Gold articles: the text as it arrives and what a careful reader recorded from it (ID.txt and ID.json).

The text may be any file that koopgraph reads (``ID.html``, ``ID.md``); the JSON names it in ``file``. What is
malformed raises :class:`EvaluationError` with the file and the place in it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from koopgraph.errors import EvaluationError, OntologyError
from koopgraph.model import Article, EntityType, Language
from koopgraph.rdf.vocabulary import relation as known_relation
from koopgraph.read import SourceFile, read_file


@dataclass(frozen=True, slots=True)
class GoldEntity:
    """One thing: its class, fullest name and the distinct strings that name it.

    An ``optional`` one may be found or not: it counts neither as missed nor as spurious.
    """

    id: str
    type: EntityType
    name: str
    mentions: tuple[str, ...]
    optional: bool = False


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
    """An article with its gold standard. ``path`` is the JSON file's, ``language`` the one that the gold tells."""

    path: Path
    article: Article
    entities: tuple[GoldEntity, ...]
    relations: tuple[GoldRelation, ...]
    language: Language = "und"

    @property
    def id(self) -> str:
        """The name of the gold file without its ending."""
        return self.path.stem


def gold_files(folder: Path) -> list[Path]:
    """Return the JSON files of a gold folder, sorted; raise :class:`EvaluationError` where there are none."""
    if not folder.is_dir():
        raise EvaluationError(f"{folder}: no such folder; name one with ID.txt and ID.json files")
    found = sorted(folder.glob("*.json"))
    if not found:
        raise EvaluationError(f"{folder}: holds no gold; it needs ID.json beside each ID.txt")
    return found


def read_gold(folder: Path) -> Iterator[GoldArticle]:
    """Yield the gold articles of ``folder``, sorted by name; raise :class:`EvaluationError` for what is malformed."""
    for path in gold_files(folder):
        yield _read(path)


def _read(path: Path) -> GoldArticle:
    data = _load(path)
    file = path.parent / _text(data, "file", path, "")
    if not file.is_file():
        raise EvaluationError(f"{path}: its text {file.name} is not beside it")
    try:
        stored = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise EvaluationError(f"{file}: cannot be read as UTF-8 ({error})") from error
    article = next(iter(read_file(SourceFile(file, file.name))), None)
    if not isinstance(article, Article):
        reason = article.reason if article is not None else "it is empty"
        raise EvaluationError(f"{file}: cannot be read as an article ({reason})")
    entities = tuple(_entity(e, path, n, stored) for n, e in enumerate(_list(data, "entities", path, "")))
    types = {e.id: e.type for e in entities}
    if len(types) < len(entities):
        raise EvaluationError(f"{path}: two entities have the same id")
    relations = tuple(_relation(r, path, n, types, stored) for n, r in enumerate(_list(data, "relations", path, "")))
    return GoldArticle(path, article, entities, relations, _language(data, path))


def _load(path: Path) -> Mapping[str, Any]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise EvaluationError(f"{path}: cannot be read ({error})") from error
    except json.JSONDecodeError as error:
        raise EvaluationError(f"{path}:{error.lineno}:{error.colno}: no JSON ({error.msg})") from error
    if not isinstance(data, dict):
        raise EvaluationError(f"{path}: not an object with 'file', 'entities' and 'relations'")
    return data


def _language(data: Mapping[str, Any], path: Path) -> Language:
    language = data.get("language", "und")
    if language not in get_args(Language):
        raise EvaluationError(f"{path}: language is {language!r}; known are {', '.join(get_args(Language))}")
    known: Language = language
    return known


def _entity(data: Any, path: Path, number: int, stored: str) -> GoldEntity:
    where = f"entities[{number}]"
    kind = _text(data, "type", path, where)
    if kind not in list(EntityType):
        raise EvaluationError(f"{path}: {where}.type is {kind!r}; known are {', '.join(EntityType)}")
    mentions = _list(data, "mentions", path, where)
    for mention in mentions:
        if not isinstance(mention, str) or not mention or mention not in stored:
            raise EvaluationError(f"{path}: {where}.mentions has {mention!r}, which the text does not")
    if not mentions:
        raise EvaluationError(f"{path}: {where} has no mention")
    id, name = _text(data, "id", path, where), _text(data, "name", path, where)
    return GoldEntity(id, EntityType(kind), name, tuple(mentions), bool(data.get("optional")))


def _relation(data: Any, path: Path, number: int, types: Mapping[str, EntityType], stored: str) -> GoldRelation:
    where = f"relations[{number}]"
    subject, name = _text(data, "s", path, where), _text(data, "p", path, where)
    try:
        relation = known_relation(name)
    except OntologyError as error:
        raise EvaluationError(f"{path}: {where}.p: {error}") from error
    end = _text(data, "value" if relation.value else "o", path, where)
    for id in (subject,) if relation.value else (subject, end):
        if id not in types:
            raise EvaluationError(f"{path}: {where} names the entity {id!r}, which is not among the entities")
    kind = relation.value or types[end]
    if not relation.allows(types[subject], kind):
        raise EvaluationError(f"{path}: {where}: {name} does not lead from {types[subject]} to {kind}")
    evidence = _text(data, "evidence", path, where)
    if evidence not in stored:
        raise EvaluationError(f"{path}: {where}.evidence is not in the text: {evidence!r}")
    target, value = (None, end) if relation.value else (end, None)
    return GoldRelation(subject, name, target, value, evidence, data.get("role"))


def _text(data: Any, key: str, path: Path, where: str) -> str:
    value = data.get(key) if isinstance(data, dict) else None
    if not isinstance(value, str) or not value:
        raise EvaluationError(f"{path}: {where}{'.' if where else ''}{key} is missing or no text")
    return value


def _list(data: Any, key: str, path: Path, where: str) -> list[Any]:
    value = data.get(key) if isinstance(data, dict) else None
    if not isinstance(value, list):
        raise EvaluationError(f"{path}: {where}{'.' if where else ''}{key} is missing or no list")
    return value
