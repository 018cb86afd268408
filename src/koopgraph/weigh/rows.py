"""The rows that the relation model sees: a scene's candidates with their measures and their wording."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from koopgraph.classifier import Block, Part
from koopgraph.weigh.claims import Claim
from koopgraph.weigh.ground import Ground
from koopgraph.weigh.measures import measure
from koopgraph.weigh.pairs import Candidates
from koopgraph.weigh.scene import Scene
from koopgraph.weigh.wording import wording


@dataclass(frozen=True, slots=True)
class Rows:
    """One row a candidate: ``blocks`` have its measures, ``parts`` its wording."""

    candidates: Candidates
    blocks: tuple[Block, ...]
    parts: tuple[Part, ...]


def rows_of(scene: Scene, ground: Ground, candidates: Candidates, claims: Sequence[Claim]) -> Rows:
    """Return the rows of ``candidates``, given the scene's ground and what the rules claim in it."""
    return Rows(candidates, measure(scene, ground, candidates, claims), wording(scene, candidates, claims))
