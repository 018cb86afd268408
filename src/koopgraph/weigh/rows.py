"""The rows that the relation model sees: a scene's candidates with their measures and their wording."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from koopgraph.classifier import Block, Part
from koopgraph.weigh.claims import Claim
from koopgraph.weigh.ground import ground_of
from koopgraph.weigh.measures import measure
from koopgraph.weigh.pairs import Candidates
from koopgraph.weigh.scene import Scene
from koopgraph.weigh.wording import wording, words_of


@dataclass(frozen=True, slots=True)
class Rows:
    """One row a candidate: ``blocks`` have its measures, ``parts`` its wording."""

    candidates: Candidates
    blocks: tuple[Block, ...]
    parts: tuple[Part, ...]


def rows_of(scene: Scene, candidates: Iterable[Candidates], claims: Sequence[Claim]) -> Iterator[Rows]:
    """Yield the rows of all ``candidates`` of a scene in turn, given what the rules claim in it."""
    ground, words = ground_of(scene), words_of(scene)
    for some in candidates:
        yield Rows(some, measure(scene, ground, some, claims), wording(scene, words, some, claims))
