"""The terminal interface, driven by keys: what it shows, and what it writes."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from koopgraph.curation.file import CurationFile, read_curation
from koopgraph.curation.judgements import PairJudgement, Retype, StatementJudgement, Verdict
from koopgraph.review.items import Kind
from koopgraph.review.queue import Queue
from koopgraph.review.session import Filters, Session

from .conftest import MakeSession

pytest.importorskip("textual", reason="the terminal interface needs koopgraph[review]")

from textual.pilot import Pilot
from textual.widgets import Static

from koopgraph.review.colours import DARK, LIGHT, fitting
from koopgraph.review.dialogs import Filter, Help, RightClass, Search
from koopgraph.review.screen import ReviewApp
from koopgraph.review.words import Words, _all

Drive = Callable[[ReviewApp, Pilot[None]], Awaitable[None]]
SIZES = [(60, 20), (80, 24), (160, 50)]


def run(app: ReviewApp, drive: Drive, size: tuple[int, int] = (110, 32)) -> None:
    async def go() -> None:
        async with app.run_test(size=size) as pilot:
            await drive(app, pilot)

    # In a thread of its own: the browser tests leave an event loop running in this one.
    with ThreadPoolExecutor(max_workers=1) as thread:
        thread.submit(asyncio.run, go()).result()


def text(app: ReviewApp, name: str) -> str:
    return str(app.screen_stack[0].query_one(f"#{name}", Static).content)


def on_screen(app: ReviewApp) -> str:
    """Return the letters of the whole screen, as a reader sees them."""
    svg = app.export_screenshot()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", svg).replace("&#160;", " "))


@pytest.fixture
def app(session: MakeSession) -> Callable[..., ReviewApp]:
    def make(language: str = "en", **options: object) -> ReviewApp:
        return ReviewApp(session(**options), Words("de" if language == "de" else "en"), file="curation.yaml")

    return make


MakeApp = Callable[..., ReviewApp]


def verdicts(file: Path) -> list[Verdict]:
    judgements = read_curation(file).judgements
    return [j.verdict for j in judgements if isinstance(j, PairJudgement | StatementJudgement)]


def test_one_key_is_one_decision_of_either_kind(app: MakeApp, file: Path) -> None:
    async def drive(app: ReviewApp, pilot: Pilot[None]) -> None:
        assert "Does the article say this?" in text(app, "question")
        assert "leads" in text(app, "relation")
        await pilot.press("r")
        assert "Are these one and the same?" in text(app, "question")
        await pilot.press("d")
        assert "1 done" not in text(app, "progress")
        assert "2 done · 4 left" in text(app, "progress")

    run(app(), drive)
    assert verdicts(file) == [Verdict.REJECT, Verdict.DIFFERENT]


def test_a_key_of_the_other_kind_writes_nothing_and_says_why(app: MakeApp, file: Path) -> None:
    async def drive(app: ReviewApp, pilot: Pilot[None]) -> None:
        await pilot.press("s")
        assert "This is a statement" in text(app, "status")

    run(app(), drive)
    assert not file.exists()


def test_things_of_two_classes_ask_which_is_right(two_classes: Queue, file: Path) -> None:
    async def drive(app: ReviewApp, pilot: Pilot[None]) -> None:
        await pilot.press("s")
        assert isinstance(app.screen, RightClass)
        await pilot.press("escape")
        assert not file.exists()
        await pilot.press("s", "1")
        assert "1 done · 0 left" in text(app, "progress")

    filters = Filters(kinds=frozenset({Kind.PROPOSAL}))
    run(ReviewApp(Session(two_classes, CurationFile(file), by="x", filters=filters), Words(), file="c"), drive)
    assert isinstance(read_curation(file).judgements[0], Retype)


def test_undo_takes_back_and_says_so(app: MakeApp, file: Path) -> None:
    async def drive(app: ReviewApp, pilot: Pilot[None]) -> None:
        await pilot.press("z")
        assert "Nothing to take back" in text(app, "status")
        await pilot.press("a", "z")
        assert "taken back: Jana Schmidt leads Hafenkante" in text(app, "status")
        assert "0 done" in text(app, "progress")

    run(app(), drive)
    assert verdicts(file) == []


def test_next_and_back_move_without_an_answer(app: MakeApp, file: Path) -> None:
    async def drive(app: ReviewApp, pilot: Pilot[None]) -> None:
        first = text(app, "question")
        await pilot.press("n")
        assert text(app, "question") != first
        await pilot.press("p")
        assert text(app, "question") == first
        await pilot.press("a", "p")
        assert "you said: accept" in text(app, "question")

    run(app(), drive)
    assert verdicts(file) == [Verdict.ACCEPT]


def test_the_filter_asks_only_what_was_chosen(app: MakeApp) -> None:
    async def drive(app: ReviewApp, pilot: Pilot[None]) -> None:
        await pilot.press("f")
        assert isinstance(app.screen, Filter)
        await pilot.press("down", "space", "enter")
        assert "0 done · 1 left" in text(app, "progress")
        assert "Joined names" in text(app, "question")
        assert "filter: Joined names" in text(app, "status")
        await pilot.press("f", "down", "space", "escape")
        assert "0 done · 1 left" in text(app, "progress")

    run(app(), drive)


def test_the_filter_takes_an_article(app: MakeApp) -> None:
    async def drive(app: ReviewApp, pilot: Pilot[None]) -> None:
        await pilot.press("f", "tab", "tab", *"b", "full_stop", *"txt", "enter")
        assert "0 done · 2 left" in text(app, "progress")

    run(app(), drive)


def test_the_search_asks_only_about_names_with_the_text(app: MakeApp) -> None:
    async def drive(app: ReviewApp, pilot: Pilot[None]) -> None:
        await pilot.press("slash")
        assert isinstance(app.screen, Search)
        await pilot.press(*"raumforsch", "enter")
        assert "0 done · 2 left" in text(app, "progress")
        await pilot.press("slash", *"xx", "enter")
        assert "No open question passes the filter" in text(app, "empty")

    run(app(), drive)


def test_letters_of_a_search_decide_nothing(app: MakeApp, file: Path) -> None:
    async def drive(app: ReviewApp, pilot: Pilot[None]) -> None:
        await pilot.press("slash", *"saduq", "escape")
        assert "0 done · 6 left" in text(app, "progress")

    run(app(), drive)
    assert not file.exists()


def test_help_lists_the_keys_and_any_key_closes_it(app: MakeApp, file: Path) -> None:
    async def drive(app: ReviewApp, pilot: Pilot[None]) -> None:
        await pilot.press("question_mark")
        assert isinstance(app.screen, Help)
        assert "they are different things" in on_screen(app)
        await pilot.press("r")
        assert not isinstance(app.screen, Help)

    run(app(), drive)
    assert not file.exists()


@pytest.mark.parametrize("size", SIZES)
def test_question_and_keys_are_visible_in_small_and_wide_terminals(app: MakeApp, size: tuple[int, int]) -> None:
    async def drive(app: ReviewApp, pilot: Pilot[None]) -> None:
        for key in ("a", "u", "a", "a", "a", "s"):
            seen = on_screen(app)
            assert "quit" in seen
            assert "unsure" in seen
            assert "a.txt" in seen
            await pilot.press(key)

    run(app(), drive, size)


def test_a_resized_terminal_keeps_the_question(app: MakeApp) -> None:
    async def drive(app: ReviewApp, pilot: Pilot[None]) -> None:
        await pilot.press("n")
        for size in [(60, 20), (160, 50), (20, 6), (110, 32)]:
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert "Jana Schmidt" in text(app, "first")

    run(app(), drive)


@pytest.mark.parametrize("size", SIZES)
def test_markup_and_control_characters_of_an_article_are_shown_as_text(app: MakeApp, size: tuple[int, int]) -> None:
    async def drive(app: ReviewApp, pilot: Pilot[None]) -> None:
        seen = on_screen(app)
        assert "[red]laut[/] und [/] =1+1" in seen
        assert "\x1b" not in seen
        assert "[red]laut[/]" in text(app, "all")

    run(app(filters=Filters(kinds=frozenset({Kind.PROPOSAL}))), drive, size)


def test_an_empty_queue_says_so(app: MakeApp) -> None:
    async def drive(app: ReviewApp, pilot: Pilot[None]) -> None:
        await pilot.press("s", "d", "a", "n", "p", "z")
        assert "Nothing left to judge" in on_screen(app)

    empty = app()
    empty._session._entries = []
    empty._session.set_filters(Filters())
    run(empty, drive)


def test_the_end_says_where_the_judgements_are(app: MakeApp) -> None:
    async def drive(app: ReviewApp, pilot: Pilot[None]) -> None:
        await pilot.press("s")
        assert "Nothing left to judge" not in text(app, "empty")
        await pilot.press("a", "u", "a", "a", "a", "u")
        assert "6 judgements of this session are in curation.yaml" in text(app, "empty")

    run(app(), drive)


def test_german_words_and_labels(app: MakeApp) -> None:
    async def drive(app: ReviewApp, pilot: Pilot[None]) -> None:
        assert "Sagt der Artikel das?" in text(app, "question")
        assert "leitet" in text(app, "relation")
        await pilot.press("n")
        assert "gleicher Name, anderes Umfeld, zu 46 % sicher" in text(app, "reason")

    run(app("de"), drive)


def test_a_file_that_cannot_be_written_is_an_error_on_the_screen(app: MakeApp, file: Path) -> None:
    async def drive(app: ReviewApp, pilot: Pilot[None]) -> None:
        file.write_text("no: list\n", encoding="utf-8")
        await pilot.press("a")
        assert "0 done" in text(app, "progress")
        assert [toast.severity for toast in app._notifications] == ["error"]

    run(app(), drive)
    assert file.read_text(encoding="utf-8") == "no: list\n"


def test_the_theme_changes_and_follows_the_terminal(app: MakeApp) -> None:
    async def drive(app: ReviewApp, pilot: Pilot[None]) -> None:
        before = app.theme
        await pilot.press("t")
        assert app.theme != before

    run(app(), drive)
    assert fitting({"COLORFGBG": "0;15"}) is LIGHT
    assert fitting({}) is DARK


def test_q_ends(app: MakeApp) -> None:
    async def drive(app: ReviewApp, pilot: Pilot[None]) -> None:
        await pilot.press("q")

    run(app(), drive)


def test_both_languages_have_the_same_words() -> None:
    english, german = _all()["en"], _all()["de"]
    assert set(english) == set(german) - {"rule"}
