"""One person's way through a queue: the current question, what was said, what is left. Knows no terminal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from koopgraph.curation.file import CurationFile
from koopgraph.curation.judgements import Judgement, Made, Verdict
from koopgraph.model import EntityType
from koopgraph.review.items import Entry, Item, Kind
from koopgraph.review.judged import Judged
from koopgraph.review.queue import Queue


@dataclass(frozen=True, slots=True)
class Filters:
    """Which questions to ask: of these kinds and classes (empty: all), of one article, with a text in a name."""

    kinds: frozenset[Kind] = frozenset()
    classes: frozenset[EntityType] = frozenset()
    article: str | None = None
    text: str = ""


NO_FILTERS = Filters()


@dataclass(frozen=True, slots=True)
class Progress:
    """Of the questions that the filters let through: how many were answered in this session, how many are left."""

    done: int
    left: int

    @property
    def total(self) -> int:
        """All that there were when the session began."""
        return self.done + self.left


@dataclass(frozen=True, slots=True)
class _Answer:
    """An answer of this session: its question, what the questions it answers had before, the judgements written."""

    entry: Entry
    before: dict[str, Verdict | None]
    written: int


class Session:
    """Asks, writes each answer down at once, and remembers the way back."""

    def __init__(
        self,
        queue: Queue,
        file: CurationFile,
        *,
        by: str,
        today: Callable[[], date] = date.today,
        filters: Filters = NO_FILTERS,
    ) -> None:
        """Take up a queue where the curation file leaves it; ``by`` is who judges."""
        self._queue = queue
        self._file = file
        self._by = by
        self._today = today
        judged = Judged(queue, file.curation.judgements)
        self._entries = [entry for entry in queue.entries if not judged.covers(entry)]
        self._said: dict[str, Verdict] = {}
        self._history: list[_Answer] = []
        self._view: Sequence[Entry] = ()
        self._place = 0
        self.filters = filters
        self.set_filters(filters)

    @property
    def current(self) -> Item | None:
        """The question to be answered, or None where there is none left."""
        return self._queue.item(self._view[self._place]) if self._place < len(self._view) else None

    @property
    def verdict(self) -> Verdict | None:
        """What this session said of the current question already, where one went back to it."""
        return self._said.get(self._view[self._place].node) if self._place < len(self._view) else None

    @property
    def progress(self) -> Progress:
        """How far one is."""
        done = sum(entry.node in self._said for entry in self._view)
        return Progress(done, len(self._view) - done)

    @property
    def left(self) -> tuple[Entry, ...]:
        """All questions that the filters let through and nobody has answered, the most doubtful first."""
        return tuple(entry for entry in self._view if entry.node not in self._said)

    @property
    def decisions(self) -> int:
        """How many answers of this session are in the file."""
        return len(self._history)

    def decide(self, verdict: Verdict, *, right: int = 0) -> None:
        """Write the verdict on the current question to the file, and go on; nothing where there is no question.

        Of things of two classes that are the same, ``right`` is the one (0 or 1) that has the right class. Raises
        ``ValueError`` where the verdict is one on the other kind of question, and what writing raises.
        """
        item = self.current
        if item is None:
            return
        made = Made(by=self._by, on=self._today().isoformat())
        judgements = item.judgements(verdict, made, right=right)
        self._write(judgements)
        answered = [item.entry.node, *self._alike(item.entry, judgements)]
        before = {node: self._said.get(node) for node in answered}
        self._history.append(_Answer(item.entry, before, len(judgements)))
        self._said.update(dict.fromkeys(answered, verdict))
        self._next_open(self._place + 1)

    def skip(self) -> None:
        """Go on without an answer; after the last question, to the first that is left."""
        self._next_open(self._place + 1)

    def back(self) -> None:
        """Go to the question before, answered or not."""
        self._place = max(0, self._place - 1)

    def undo(self) -> bool:
        """Take the last answer of this session back and return to its question; False where there is none."""
        if not self._history:
            return False
        answer = self._history[-1]
        for _ in range(answer.written):
            self._file.undo()
        self._history.pop()
        entry = answer.entry
        for node, verdict in answer.before.items():
            if verdict is None:
                del self._said[node]
            else:
                self._said[node] = verdict
        if entry not in self._view:
            self.set_filters(NO_FILTERS)
        self._place = self._view.index(entry)
        return True

    def set_filters(self, filters: Filters) -> None:
        """Ask only what the filters let through, from the most doubtful on."""
        nodes = self._queue.nodes_of(filters.article) if filters.article else None
        text = filters.text.casefold()
        self.filters = filters
        self._view = [
            entry
            for entry in self._entries
            if (not filters.kinds or entry.kind in filters.kinds)
            and (nodes is None or entry.node in nodes)
            and (not filters.classes or any(self._queue.things.type(i) in filters.classes for i in entry.things))
            and (not text or self._has(entry, text))
        ]
        self._place = 0
        self._next_open(0)

    def _write(self, judgements: Sequence[Judgement]) -> None:
        """Write all of them, or (where one cannot be written) none."""
        for number, judgement in enumerate(judgements):
            try:
                self._file.append(judgement)
            except BaseException:
                for _ in range(number):
                    self._file.undo()
                raise

    def _alike(self, entry: Entry, judgements: Sequence[Judgement]) -> list[str]:
        """Return the nodes of other questions about the same things that the judgements answer too."""
        others = [e for e in self._entries if e.things == entry.things and e.kind is entry.kind and e is not entry]
        judged = Judged(self._queue, judgements if others else [])
        return [other.node for other in others if other.node not in self._said and judged.covers(other)]

    def _next_open(self, start: int) -> None:
        """Go to the first open question from ``start`` on, then from the beginning; past the end where none is."""
        places = (*range(start, len(self._view)), *range(min(start, len(self._view))))
        self._place = next((p for p in places if self._view[p].node not in self._said), len(self._view))

    def _has(self, entry: Entry, text: str) -> bool:
        names = [name for iri in entry.things for name in self._queue.things.names(iri)]
        return any(text in name.casefold() for name in (*names, *entry.forms, entry.value or "", entry.rule))
