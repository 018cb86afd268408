"""What `koopgraph build` wrote, opened in a real browser with the network cut off."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from koopgraph import build

pytestmark = pytest.mark.browser

ARTICLES = Path(__file__).resolve().parents[1] / "data" / "articles"
HOSTILE = """Das Projekt „<img src=x onerror=window.broken=1>“ startet

Von Moritz </script><script>window.broken=2</script> Muster

In Leipzig hat das Projekt „<img src=x onerror=window.broken=1>“ begonnen. Partnerstädte des Projekts
„<img src=x onerror=window.broken=1>“ sind Bremen, Leipzig und Nürnberg.
"""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the network page of the sample articles and a hostile one."""
    folder = tmp_path_factory.mktemp("built")
    hostile = folder / "hostile.txt"
    hostile.write_text(HOSTILE, encoding="utf-8")
    build([ARTICLES, hostile], output=folder / "output")
    return folder / "output" / "network.html"


def test_nodes_are_drawn_and_nothing_is_asked_for(open_file: Callable[..., Any], page: Path) -> None:
    opened = open_file(page)
    opened.until("koopgraph.stage.living.size > 100")
    assert (opened.requests, opened.complaints) == ([], [])


def test_search_finds_koopstadt_and_shows_a_sentence_of_its_article(open_file: Callable[..., Any], page: Path) -> None:
    opened = open_file(page)
    opened.page.fill("#search", "koopstadt")
    opened.page.locator("#hits [role=option]").first.click()
    quotes = opened.page.locator("#details blockquote").all_inner_texts()
    article = (ARTICLES / "koopstadt-bilanz.txt").read_text(encoding="utf-8")
    assert quotes
    assert all(" ".join(quote.split()) in " ".join(article.split()) for quote in quotes)


def test_a_hostile_name_is_a_node_and_stays_text(open_file: Callable[..., Any], page: Path) -> None:
    opened = open_file(page)
    opened.page.fill("#search", "onerror")
    opened.page.locator("#hits [role=option]").first.click()
    opened.page.wait_for_timeout(300)
    assert "<img src=x onerror=" in opened.page.locator("#details h2").inner_text()
    assert opened.ask("window.broken === undefined")
    assert (opened.requests, opened.complaints) == ([], [])
