"""The YAML of a file of judgements as a tree of plain texts, lists and mappings that know where they stand.

Built from the parser's events, not by a loader: every scalar is the text that people wrote ('2015-09-16' no date, 'No'
no boolean), and what such a file never needs is refused before it can do harm: tags, anchors, aliases, deep nesting.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NoReturn, TypeAlias

import yaml

from koopgraph.errors import CurationError

DEEPEST = 6
"""Levels of nesting: list, judgement, statement, thing, names; and one to spare."""
_LISTED = "Write a list, each entry of which begins with '- '."


@dataclass(frozen=True, slots=True)
class Place:
    """Where in which file something stands: characters (half-open) and line (counted from 1)."""

    file: str
    line: int
    start: int
    end: int

    def refuse(self, reason: str, remedy: str) -> NoReturn:
        """Raise the :class:`CurationError` that says what is wrong here, and what to do."""
        raise CurationError(self.file, self.line, reason, remedy)


@dataclass(frozen=True, slots=True)
class Text:
    """A scalar, as it was written; ``missing`` where nothing or ``null`` was."""

    value: str
    place: Place
    missing: bool = False


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    nodes: tuple[Node, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Fields:
    """A mapping; its keys are unique."""

    nodes: dict[str, Node]
    place: Place


Node: TypeAlias = Text | Items | Fields


def parse(text: str, file: str) -> Items:
    """Return the list that ``text`` is, empty where it says nothing; raise :class:`CurationError` for anything else."""
    reader = _Reader(text, file)
    try:
        return reader.document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else None
        problem = error.problem or error.context or "the text breaks off"
        raise CurationError(file, line, f"is no valid YAML ({problem})", _mend(line)) from None
    except yaml.YAMLError as error:
        position = getattr(error, "position", None)
        line = text.count("\n", 0, position) + 1 if isinstance(position, int) else None
        reason = getattr(error, "reason", None) or "it cannot be parsed"
        raise CurationError(file, line, f"is no valid YAML ({reason})", _mend(line)) from None


def _mend(line: int | None) -> str:
    where = "the line" if line else "the file"
    return f"Correct {where}: names with ': ', '#' or quotation marks inside stand in quotation marks."


class _Reader:
    def __init__(self, text: str, file: str) -> None:
        self._text = text
        self._file = file
        # libyaml reads ten times as fast and says the same places.
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        self._events: Iterator[Any] = yaml.parse(text, Loader=loader)

    def document(self) -> Items:
        nothing = Items((), Place(self._file, 1, 0, 0))
        found: Items | None = None
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent) and found is not None:
                self._place(event).refuse("begins a second document ('---')", "Keep one list; remove the line.")
            if isinstance(event, yaml.NodeEvent):
                node = self._node(event, 1)
                if isinstance(node, Text) and node.missing:
                    node = nothing
                if not isinstance(node, Items):
                    node.place.refuse("is no list of judgements", _LISTED)
                found = node
        return found or nothing

    def _node(self, event: Any, depth: int) -> Node:
        self._check(event, depth)
        place = self._place(event)
        if isinstance(event, yaml.ScalarEvent):
            plain = event.implicit[0]
            return Text(event.value, place, missing=plain and event.value.casefold() in ("", "~", "null"))
        if isinstance(event, yaml.SequenceStartEvent):
            return self._items(place, depth)
        return self._fields(place, depth)

    def _check(self, event: Any, depth: int) -> None:
        place = self._place(event)
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            place.refuse("uses an anchor or alias ('&', '*')", "Write out what it stands for; quote a name with '*'.")
        if event.tag is not None and not (isinstance(event, yaml.ScalarEvent) and event.tag == "!"):
            place.refuse(
                f"has the tag {event.tag!r}", "Judgements are plain text: remove the tag; quote a name with '!'."
            )
        if depth > DEEPEST:
            place.refuse("is nested too deeply", "See docs/curation.md for the form of a judgement.")

    def _items(self, place: Place, depth: int) -> Items:
        nodes = []
        for event in self._events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            nodes.append(self._node(event, depth + 1))
        return Items(tuple(nodes), self._until(place, nodes, event))

    def _fields(self, place: Place, depth: int) -> Fields:
        nodes: dict[str, Node] = {}
        for event in self._events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self._node(event, depth + 1)
            if not isinstance(key, Text):
                key.place.refuse("has a list or mapping for a key", "Keys are words, such as 'class'.")
            if key.value in nodes:
                key.place.refuse(f"has the key {key.value!r} twice", "Remove one of them.")
            nodes[key.value] = self._node(next(self._events), depth + 1)
        return Fields(nodes, self._until(place, list(nodes.values()), event))

    def _until(self, place: Place, nodes: list[Node], end: Any) -> Place:
        """Return the place up to the closing bracket, or the last node where there is none (comments may follow)."""
        last = max((node.place.end for node in nodes), default=place.start)
        closed = end.end_mark.index if end.start_mark.index < end.end_mark.index else last
        return Place(place.file, place.line, place.start, max(closed, last))

    def _place(self, event: Any) -> Place:
        start, end = event.start_mark.index, event.end_mark.index
        end = start + len(self._text[start:end].rstrip())
        return Place(self._file, event.start_mark.line + 1, start, end)
