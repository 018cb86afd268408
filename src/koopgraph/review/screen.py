"""The terminal interface: one question on the screen, one key an answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from koopgraph.curation.judgements import Verdict
from koopgraph.errors import KoopgraphError
from koopgraph.query.table import printable
from koopgraph.review import cards
from koopgraph.review.colours import DARK, LIGHT, fitting
from koopgraph.review.dialogs import Dialog, Filter, Help, RightClass, Search
from koopgraph.review.items import Item, Kind, Quote
from koopgraph.review.session import NO_FILTERS, Filters, Session
from koopgraph.review.words import Words

KEYS = {
    Verdict.SAME: "s",
    Verdict.DIFFERENT: "d",
    Verdict.UNSURE: "u",
    Verdict.ACCEPT: "a",
    Verdict.REJECT: "r",
}
"""The key of each verdict."""
OTHER_KEYS = (
    *(("n", "skip"), ("p", "back"), ("z", "undo"), ("f", "filter")),
    *(("/", "search"), ("?", "help"), ("q", "quit")),
)
_WIDE, _HIGH = 100, 28
"""From how many columns two sides stand side by side, and from how many lines they have frames."""


class ReviewApp(App[None]):
    """Shows a session's questions and takes the answers; every answer is in the file when the next one appears."""

    CSS_PATH = "review.tcss"
    TITLE = "koopgraph review"
    ENABLE_COMMAND_PALETTE = False
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (_WIDE, "-wide")]  # noqa: RUF012 (typed so by Textual)
    VERTICAL_BREAKPOINTS = [(0, "-low"), (_HIGH, "-high")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(key, f"decide('{verdict.value}')", show=False) for verdict, key in KEYS.items()),
        Binding("n", "skip", show=False),
        Binding("p", "previous", show=False),
        Binding("z", "undo", show=False),
        Binding("f", "filter", show=False),
        Binding("slash", "search", show=False),
        Binding("question_mark", "help", show=False),
        Binding("t", "theme", show=False),
        Binding("q", "quit", show=False),
        *(Binding(key, f"scroll('{key}')", show=False) for key in ("up", "down", "pageup", "pagedown")),
    ]

    def __init__(self, session: Session, words: Words, *, file: str) -> None:
        """Show ``session`` in the language of ``words``; ``file`` is the name of the file of judgements."""
        super().__init__()
        self._session = session
        self._words = words
        self._file = file
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = fitting().name

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return the colours beyond Textual's own that the style sheet names."""
        return dict(DARK.variables)

    def compose(self) -> ComposeResult:
        """Lay out the screen; what it says comes with each question."""
        with Horizontal(id="top"):
            yield Static(Content(self.TITLE or ""), id="title")
            yield Static(id="progress")
        yield Static(id="question")
        yield Static(id="reason")
        with VerticalScroll(id="body", can_focus=False):
            with Horizontal(id="pair"):
                with Vertical(id="left", classes="side"):
                    yield Static(id="first", classes="card")
                    yield Static(id="first-quotes", classes="quotes own")
                yield Static(id="relation")
                with Vertical(id="right", classes="side"):
                    yield Static(id="second", classes="card")
                    yield Static(id="second-quotes", classes="quotes own")
            yield Static(id="common", classes="quotes")
            yield Static(id="all", classes="quotes")
        yield Static(id="empty")
        yield Static(id="status")
        with Vertical(id="bottom"):
            yield Static(id="decisions")
            yield Static(id="others")

    def on_mount(self) -> None:
        """Ask the first question."""
        self._show()

    def action_decide(self, word: str) -> None:
        """Write a verdict down and go on."""
        item, verdict = self._session.current, Verdict(word)
        if item is None:
            return
        if verdict not in item.entry.verdicts:
            self._tell(self._words.say(f"not-here-{'statement' if item.entry.kind is Kind.STATEMENT else 'pair'}"))
            return
        if verdict is Verdict.SAME and item.of_two_classes:
            self.push_screen(RightClass(self._words, item), lambda side: self._decide(item, verdict, side))
        else:
            self._decide(item, verdict, 0)

    def _decide(self, item: Item, verdict: Verdict, right: int | None) -> None:
        if right is None:
            return
        try:
            self._session.decide(verdict, right=right)
        except KoopgraphError as error:
            self._complain(error)
            return
        what = cards.summary(item, self._words)
        self._show(self._words.say("told", verdict=self._words.say(verdict.value), what=what))

    def action_skip(self) -> None:
        """Go on without an answer."""
        self._session.skip()
        self._show()

    def action_previous(self) -> None:
        """Show the question before."""
        self._session.back()
        self._show()

    def action_undo(self) -> None:
        """Take the last answer back."""
        try:
            undone = self._session.undo()
        except KoopgraphError as error:
            self._complain(error)
            return
        item = self._session.current
        if undone and item is not None:
            self._show(self._words.say("undone", what=cards.summary(item, self._words)))
        else:
            self._tell(self._words.say("nothing-to-undo"))

    def action_filter(self) -> None:
        """Ask for kinds, classes and an article."""
        self._open(Filter(self._words, self._session.filters))

    def action_search(self) -> None:
        """Ask for a text in names."""
        self._open(Search(self._words, self._session.filters))

    def action_help(self) -> None:
        """Show the keys."""
        self.push_screen(Help(self._words))

    def action_theme(self) -> None:
        """Change between dark and light."""
        self.theme = LIGHT.name if self.theme == DARK.name else DARK.name

    def action_scroll(self, where: str) -> None:
        """Scroll the sentences."""
        body = self.query_one("#body", VerticalScroll)
        move = {"up": body.scroll_up, "down": body.scroll_down}
        paged = {"pageup": body.scroll_page_up, "pagedown": body.scroll_page_down}
        {**move, **paged}[where](animate=False)

    def _open(self, dialog: Dialog[Filters]) -> None:
        def apply(filters: Filters | None) -> None:
            if filters is not None:
                self._session.set_filters(filters)
                self._show()

        self.push_screen(dialog, apply)

    def _show(self, status: str = "") -> None:
        """Show the current question, or that there is none."""
        item = self._session.current
        progress = self._session.progress
        done, left = (self._words.said(number) for number in (progress.done, progress.left))
        self._set("progress", Content(self._words.say("left", done=done, left=left)))
        self._set("others", cards.keys(self._named(OTHER_KEYS)))
        self.screen_stack[0].set_class(item is None, "empty")
        self._tell(status or self._filtered())
        if item is None:
            self._set("empty", self._farewell())
        else:
            self._ask(item)

    def _ask(self, item: Item) -> None:
        words = self._words
        self.screen_stack[0].set_class(item.entry.kind is Kind.STATEMENT, "statement")
        asked = cards.question(item, words)
        if self._session.verdict is not None:
            asked = asked.append("  ").append(cards.said(self._session.verdict, words))
        self._set("question", asked)
        self._set("reason", cards.reason(item, words))
        for side, name in enumerate(("first", "second")):
            self._set(name, cards.thing(item, side, words))
            own = [quote for quote in item.quotes if quote.side == side]
            self._set(f"{name}-quotes", cards.quotes(own, words))
        if item.entry.kind is Kind.STATEMENT:
            self._set("relation", cards.relation(item, words))
        common = [quote for quote in item.quotes if quote.side is None]
        self._set("common", self._quotes(item, common))
        self._set("all", self._quotes(item, cards.in_turn(item.quotes)))
        self._set("decisions", cards.keys(self._named((KEYS[v], v.value) for v in item.entry.verdicts), loud=True))
        self.screen_stack[0].query_one("#body", VerticalScroll).scroll_home(animate=False)

    def _quotes(self, item: Item, quotes: Sequence[Quote]) -> Content:
        if not item.quotes:
            return Content.styled(self._words.say("no-sentence"), cards.QUIET)
        return cards.quotes(quotes, self._words, more=item.more)

    def _farewell(self) -> Content:
        words, count = self._words, self._session.decisions
        if self._session.filters != NO_FILTERS:
            return Content(words.say("empty-filtered"))
        said = words.say("empty-done", count=words.said(count), file=self._file) if count else words.say("empty-none")
        return Content.assemble((words.say("empty"), "bold $accent"), "\n\n", said)

    def _filtered(self) -> str:
        filters = self._session.filters
        parts = [
            *(self._words.say(kind.value) for kind in sorted(filters.kinds)),
            *(self._words.term(kind) for kind in sorted(filters.classes)),
            *([filters.article] if filters.article else []),
            *([f"„{filters.text}“"] if filters.text else []),
        ]
        return self._words.say("filtered", what=", ".join(parts)) if parts else ""

    def _named(self, keys: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
        return [(key, self._words.say(word)) for key, word in keys]

    def _set(self, name: str, content: Content) -> None:
        widget = self.screen_stack[0].query_one(f"#{name}", Static)
        widget.update(content)
        widget.set_class(not content.plain, "nothing")

    def _tell(self, text: str) -> None:
        self._set("status", Content(printable(text)))

    def _complain(self, error: KoopgraphError) -> None:
        self.notify(printable(str(error)), severity="error", timeout=10, markup=False)
