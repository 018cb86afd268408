"""The rows that the relation model sees: a scene's candidates with their measures and their wording."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from koopgraph.classifier import Part, Table
from koopgraph.model import Statement
from koopgraph.weigh.measures import measure
from koopgraph.weigh.pairs import Candidates
from koopgraph.weigh.scene import Scene
from koopgraph.weigh.wording import wording


@dataclass(frozen=True, slots=True)
class Rows:
    """One row a candidate: ``table`` has its measures in the order of ``columns``, ``parts`` its wording."""

    candidates: Candidates
    columns: tuple[str, ...]
    table: Table
    parts: tuple[Part, ...]


def rows_of(scene: Scene, candidates: Candidates, statements: Sequence[Statement]) -> Rows:
    """Return the rows of ``candidates``, given what the rules state of the article."""
    columns, table = measure(scene, candidates, statements)
    return Rows(candidates, columns, table, wording(scene, candidates, statements))
