"""A real browser without a network, and pages of the explorer opened in it from files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest
from pyoxigraph import Quad, RdfFormat, parse

from koopgraph.explorer.page import write_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

SAMPLE = Path(__file__).resolve().parents[1] / "data" / "sample.trig"


@dataclass
class Opened:
    """A page, and everything suspicious that it did."""

    page: Page
    path: Path
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def ask(self, script: str, argument: Any = None) -> Any:
        """Return the value of a script on the page."""
        return self.page.evaluate(script, argument)

    def until(self, script: str, *, seconds: float = 5.0) -> None:
        """Wait until a script is true; the page's policy forbids playwright's own way of waiting for one."""
        for _ in range(int(seconds * 20)):
            if self.page.evaluate(script):
                return
            self.page.wait_for_timeout(50)
        pytest.fail(f"never became true: {script}")


OpenPage: TypeAlias = Callable[..., Opened]


@pytest.fixture
def chromium_page(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Return a function that opens an empty page without a network; arguments are those of a browser context."""
    contexts = []

    def make(**options: Any) -> Page:
        context = chromium.new_context(**{"viewport": {"width": 1440, "height": 900}, **options})
        contexts.append(context)
        context.set_offline(True)
        return context.new_page()

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def open_file(chromium_page: Callable[..., Page]) -> OpenPage:
    """Return a function that opens a page from its file.

    Requests other than for the file itself are recorded and refused; errors and warnings of the console are recorded.
    """

    def open_(path: Path, *, fragment: str = "", **options: Any) -> Opened:
        opened = Opened(chromium_page(**options), path)

        def refuse(route: Route) -> None:
            if route.request.url.partition("#")[0] == path.as_uri():
                route.continue_()
            else:
                opened.requests.append(route.request.url)
                route.abort()

        page = opened.page
        page.route("**/*", refuse)
        page.on("pageerror", lambda error: opened.complaints.append(str(error)))
        page.on("console", lambda m: opened.complaints.append(m.text) if m.type in ("error", "warning") else None)
        page.goto(path.as_uri() + fragment)
        return opened

    return open_


@pytest.fixture
def open_page(open_file: OpenPage, tmp_path: Path) -> OpenPage:
    """Return a function that writes a graph's page and opens it as `open_file` does."""

    def open_(source: Any, *, language: Any = "de", title: str = "Netz", articles: Any = (), **options: Any) -> Opened:
        path = tmp_path / "network.html"
        write_page(source, path, title=title, language=language, articles=articles)
        return open_file(path, **options)

    return open_


@pytest.fixture(scope="session")
def sample_quads() -> tuple[Quad, ...]:
    """Return the sample dataset."""
    return tuple(parse(SAMPLE.read_bytes(), format=RdfFormat.TRIG))
