"""The small windows over a question: keys, filter, search."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar, Generic, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, SelectionList, Static
from textual.widgets.selection_list import Selection

from koopgraph.model import EntityType
from koopgraph.review.items import Item, Kind
from koopgraph.review.session import NO_FILTERS, Filters
from koopgraph.review.words import Words

HELP = (
    *(("s", "same"), ("d", "different"), ("u", "unsure"), ("a", "accept"), ("r", "reject")),
    *(("n", "skip"), ("p", "back"), ("z", "undo"), ("f", "filter"), ("/", "search")),
    *(("t", "theme"), ("↑ ↓", "scroll"), ("q", "quit")),
)
"""The keys that the help lists, each with its word."""


Answer = TypeVar("Answer")


class Dialog(ModalScreen[Answer | None], Generic[Answer]):
    """A window that escape closes without effect."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", show=False)]

    def __init__(self, words: Words, filters: Filters = NO_FILTERS) -> None:
        """Take the words to say and the filters that hold."""
        super().__init__()
        self.words = words
        self.filters = filters

    def action_cancel(self) -> None:
        """Close the window; nothing changes."""
        self.dismiss(None)

    def line(self, key: str, classes: str) -> Static:
        """Return a line of the window with the words of that key."""
        return Static(Content(self.words.say(key)), classes=classes)


class Help(Dialog[None]):
    """All keys with what they do; any key closes it."""

    def compose(self) -> ComposeResult:
        """List the keys."""
        lines = [
            Content.assemble((f"{key:>4}  ", "bold $accent"), self.words.say(f"help-{word}")) for key, word in HELP
        ]
        with VerticalScroll():
            yield self.line("help-title", "title")
            yield Static(Content("\n").join(lines))
            yield self.line("help-close", "hint")

    def on_key(self, event: events.Key) -> None:
        """Close at any key but those that scroll."""
        if event.key not in {"up", "down", "pageup", "pagedown"}:
            event.stop()
            self.dismiss(None)


class RightClass(Dialog[int]):
    """Which of two classes is right."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("1", "choose(0)", show=False),
        Binding("2", "choose(1)", show=False),
    ]

    def __init__(self, words: Words, item: Item) -> None:
        """Take the question about things of two classes."""
        super().__init__(words)
        self._item = item

    def compose(self) -> ComposeResult:
        """List both classes with their keys."""
        names = [self.words.term(side.type.value) for side in self._item.sides]
        lines = [Content.assemble((f"{number}  ", "bold $accent"), name) for number, name in enumerate(names, 1)]
        with VerticalScroll():
            yield self.line("ask-class", "title")
            yield Static(Content("\n").join(lines))
            yield self.line("class-help", "hint")

    def action_choose(self, side: int) -> None:
        """Take the class of that side."""
        self.dismiss(side)


class Search(Dialog[Filters]):
    """A text that a name must have."""

    def compose(self) -> ComposeResult:
        """Ask for the text."""
        with VerticalScroll(can_focus=False):
            yield self.line("search-title", "title")
            yield Input(self.filters.text, id="text")
            yield self.line("search-help", "hint")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Apply the text."""
        self.dismiss(replace(self.filters, text=event.value.strip()))


class Filter(Dialog[Filters]):
    """Kinds and classes to choose, and an article to name."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "apply", show=False, priority=True),
        Binding("escape", "cancel", show=False),
    ]

    def compose(self) -> ComposeResult:
        """List kinds and classes, those that are asked about chosen."""
        kinds = [Selection(Content(self.words.say(k)), k.value, k in self.filters.kinds, id=k.value) for k in Kind]
        classes = [Selection(Content(self.words.term(c)), c.value, c in self.filters.classes) for c in EntityType]
        with VerticalScroll(can_focus=False):
            yield self.line("filter-title", "title")
            yield SelectionList[str](*kinds, id="kinds", compact=True)
            yield Static(Content(" "), classes="gap")
            yield SelectionList[str](*classes, id="classes", compact=True)
            yield Input(self.filters.article or "", placeholder=self.words.say("filter-article"), id="article")
            yield self.line("filter-help", "hint")

    def action_apply(self) -> None:
        """Apply what is chosen; nothing chosen means all."""
        kinds = self.query_one("#kinds", SelectionList).selected
        classes = self.query_one("#classes", SelectionList).selected
        article = self.query_one("#article", Input).value.strip()
        self.dismiss(
            replace(
                self.filters,
                kinds=frozenset(map(Kind, kinds)),
                classes=frozenset(map(EntityType, classes)),
                article=article or None,
            )
        )
