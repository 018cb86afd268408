"""The ledger of a build: what became of every source, as it is done in whatever order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from koopgraph.model import Problem
from koopgraph.work.job import Done


@dataclass(slots=True)
class Ledger:
    """What became of every source, in the order of the sources: a record, problems, or both.

    ``entries`` counts them, as far as they are known; ``settled`` those of which it is known what became.
    """

    entries: int = 0
    settled: int = 0
    reused: int = 0
    _keys: dict[int, bytes] = field(default_factory=dict)
    _problems: list[tuple[int, Problem]] = field(default_factory=list)
    _notes: dict[str, Mapping[str, Mapping[str, object]]] = field(default_factory=dict)

    def enter(self) -> int:
        """Return the number of the next article or problem."""
        self.entries += 1
        return self.entries - 1

    def reuse(self, key: bytes) -> None:
        """Enter an article that has a record already."""
        self._keys[self.enter()] = key
        self.settled += 1
        self.reused += 1

    def fail(self, problem: Problem) -> None:
        """Enter a source of which no article comes."""
        self._problems.append((self.enter(), problem))
        self.settled += 1

    def add(self, done: Done) -> None:
        """Take in a batch that is done."""
        self.settled += done.tasks
        self._keys.update(done.keys)
        self._problems += done.problems
        self._notes[done.worker] = done.notes

    @property
    def failed(self) -> int:
        """How many problems there are so far."""
        return len(self._problems)

    def newest(self, known: int) -> list[Problem]:
        """Return the problems but for the first ``known`` that came."""
        return [problem for _, problem in self._problems[known:]]

    @property
    def keys(self) -> list[bytes]:
        """The keys of all records, in the order of the sources."""
        return [key for _, key in sorted(self._keys.items())]

    @property
    def problems(self) -> list[Problem]:
        """All problems, in the order of the sources."""
        return [problem for _, problem in sorted(self._problems, key=lambda entry: entry[0])]

    @property
    def notes(self) -> dict[str, dict[str, object]]:
        """What the extractors told, by their names; what several workers counted is summed."""
        told: dict[str, dict[str, object]] = {}
        for _, by_extractor in sorted(self._notes.items()):
            for name, notes in by_extractor.items():
                told[name] = _summed(told.get(name, {}), notes)
        return told


def _summed(one: Mapping[str, object], other: Mapping[str, object]) -> dict[str, object]:
    """Return both tables as one: numbers are added, tables summed likewise, of the rest the latter is taken.

    >>> _summed({"model": "m", "dropped": {"x": 1}, "n": 2}, {"model": "m", "dropped": {"y": 1}, "n": 3})
    {'model': 'm', 'dropped': {'x': 1, 'y': 1}, 'n': 5}
    """
    both = dict(one)
    for name, value in other.items():
        known = both.get(name)
        if isinstance(known, Mapping) and isinstance(value, Mapping):
            both[name] = _summed(known, value)
        elif isinstance(known, int | float) and isinstance(value, int | float):
            both[name] = known + value
        else:
            both[name] = value
    return both
