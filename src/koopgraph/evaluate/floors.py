"""Quality as a gate: figures below which a change is not to fall, kept in a file beside the tests.

The file is TOML, a table for each gold folder (by its bare name) and in it one for each language::

    [dev]
    gold = "sha256:…"

    [dev.de]
    entities_f1 = 0.72
    relations_f1 = 0.31
    relations_precision = 0.5

``gold`` is the hash of the articles that the figures were measured on: figures of another gold cannot be compared.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Any

from koopgraph.errors import EvaluationError
from koopgraph.evaluate.evaluation import Evaluation
from koopgraph.evaluate.gold import GoldArticle
from koopgraph.evaluate.scores import ALL, Scores
from koopgraph.files import atomic_write

FIGURES = ("entities_f1", "relations_f1", "relations_precision")
"""The figures that have floors, for each language."""
_DIGITS = 3
_HEAD = (
    "# Floors of quality for each gold folder and language. The tests fail where a figure falls below its floor.\n"
    "# Written by: koopgraph evaluate GOLD --floors FILE --update-floors (docs/evaluate.md).\n"
)


@dataclass(frozen=True, slots=True)
class Floors:
    """The floors of one gold folder: its hash, and figures by (language, name of the figure)."""

    gold: str
    figures: Mapping[tuple[str, str], float]


@dataclass(frozen=True, slots=True)
class Fall:
    """A figure below its floor."""

    language: str
    figure: str
    floor: float
    measured: float

    def __str__(self) -> str:
        """Say it in one line."""
        return f"{self.language} {self.figure} is {self.measured:.3f}, below its floor {self.floor:.3f}"


def gold_hash(gold: Iterable[GoldArticle]) -> str:
    """Return the SHA-256 over names and contents of the gold's files, sorted by name; line ends do not matter."""
    digest = sha256()
    files = {path for one in gold for path in (one.path, one.path.parent / one.article.source)}
    for path in sorted(files, key=lambda path: path.name):
        content = path.read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{path.name}\0{len(content)}\0".encode() + content)
    return f"sha256:{digest.hexdigest()}"


def measured(evaluation: Evaluation) -> Floors:
    """Return the evaluation's figures, as floors that it just reaches."""
    figures = {
        (language, name): math.floor(round(figure * 10**_DIGITS, 6)) / 10**_DIGITS
        for language, scores in evaluation.languages.items()
        for name, figure in zip(FIGURES, _figures(scores), strict=True)
    }
    return Floors(gold_hash(evaluation.gold), MappingProxyType(figures))


def check(evaluation: Evaluation, file: Path) -> list[Fall]:
    """Return the figures that are below their floors in ``file``.

    Raises :class:`EvaluationError` where the file has none for this gold folder, or the gold has changed since.
    """
    floors = read_floors(file).get(evaluation.folder.resolve().name)
    if floors is None:
        raise EvaluationError(
            f"{file}: has no floors for {evaluation.folder.resolve().name}; set them with --update-floors"
        )
    if floors.gold != gold_hash(evaluation.gold):
        raise EvaluationError(
            f"{evaluation.folder}: the gold is not the one that the floors in {file} were measured on; if it was "
            "changed on purpose, set them anew with --update-floors --allow-lower"
        )
    return list(_falls(floors, measured(evaluation)))


def update(evaluation: Evaluation, file: Path, *, allow_lower: bool = False) -> list[Fall]:
    """Raise the floors of this gold folder in ``file`` to what was measured, and record the gold's hash.

    Where a floor would fall, or the gold is another one, nothing is written unless ``allow_lower`` is given:
    the falls are returned (none means that the file was written), another gold raises :class:`EvaluationError`.
    """
    known = read_floors(file) if file.exists() else {}
    name, now = evaluation.folder.resolve().name, measured(evaluation)
    if name in known and not allow_lower:
        if known[name].gold != now.gold:
            raise EvaluationError(f"{evaluation.folder}: the gold has changed; give --allow-lower to measure it anew")
        if falls := list(_falls(known[name], now)):
            return falls
    _write({**known, name: now}, file)
    return []


def read_floors(file: Path) -> dict[str, Floors]:
    """Return the floors of every gold folder in ``file``; raise :class:`EvaluationError` where it is malformed."""
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise EvaluationError(f"{file}: cannot be read ({error.strerror}); make it with --update-floors") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise EvaluationError(f"{file}: is no valid TOML ({error})") from error
    return {name: _floors(file, name, table) for name, table in data.items()}


def _floors(file: Path, name: str, table: Any) -> Floors:
    if not isinstance(table, dict) or not isinstance(table.get("gold"), str):
        raise EvaluationError(f"{file}: {name} is no table with the hash 'gold'")
    figures: dict[tuple[str, str], float] = {}
    for language, entries in table.items():
        if language == "gold":
            continue
        for figure, floor in entries.items() if isinstance(entries, dict) else [(language, entries)]:
            if figure not in FIGURES or not isinstance(floor, int | float):
                raise EvaluationError(f"{file}: {name}.{language}: {figure} is none of {', '.join(FIGURES)}, a number")
            figures[language, figure] = float(floor)
    return Floors(table["gold"], MappingProxyType(figures))


def _figures(scores: Scores) -> tuple[float, float, float]:
    entities, relations = scores.entities[ALL], scores.relations.get(ALL)
    return (entities.f1, relations.f1 if relations else 0.0, relations.precision if relations else 0.0)


def _falls(floors: Floors, now: Floors) -> Iterator[Fall]:
    for (language, figure), floor in sorted(floors.figures.items()):
        figure_now = now.figures.get((language, figure), 0.0)
        if figure_now < floor:
            yield Fall(language, figure, floor, figure_now)


def _write(floors: Mapping[str, Floors], file: Path) -> None:
    parts = [_HEAD]
    for name, those in sorted(floors.items()):
        parts.append(f'\n[{_key(name)}]\ngold = "{those.gold}"\n')
        for language in sorted({language for language, _ in those.figures}):
            parts.append(f"\n[{_key(name)}.{_key(language)}]\n")
            parts += [
                f"{figure} = {floor:g}\n" for (tag, figure), floor in sorted(those.figures.items()) if tag == language
            ]
    with atomic_write(file, "w") as out:
        out.write("".join(parts))


def _key(name: str) -> str:
    """Return a TOML key: quoted where it has to be."""
    bare = name.isascii() and name.replace("-", "").replace("_", "").isalnum()
    return name if bare else '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
