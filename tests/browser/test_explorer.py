"""The page in a real browser, opened from a file with the network cut off."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import networkx as nx
import pytest
from pyoxigraph import Quad

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Any]
Quads = tuple[Quad, ...]

COLOURED = """() => {
  const canvas = document.querySelector("#network canvas");
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  const colours = new Set();
  for (let at = 0; at < data.length; at += 4) {
    if (data[at + 3] > 200) colours.add((data[at] << 16) | (data[at + 1] << 8) | data[at + 2]);
  }
  return colours.size;
}"""


def search(opened: Any, text: str) -> None:
    """Type a name, as a reader does, and take the first suggestion."""
    opened.page.fill("#search", text)
    opened.page.locator("#hits [role=option]").first.click()


def heading(opened: Any) -> str:
    return str(opened.page.locator("#details h2").inner_text())


def test_the_page_draws_every_node_and_asks_for_nothing(open_page: OpenPage, sample_quads: Quads) -> None:
    opened = open_page(sample_quads)
    opened.page.wait_for_timeout(400)
    assert opened.ask("koopgraph.stage.living.size") == opened.ask("koopgraph.graph.nodes.length") == 12
    assert opened.ask(COLOURED) > 20
    assert opened.ask("koopgraph.stage.labels.shown") >= 10
    assert (opened.requests, opened.complaints) == ([], [])


def test_search_leads_to_the_sentence_and_its_article(open_page: OpenPage, sample_quads: Quads) -> None:
    opened = open_page(sample_quads)
    search(opened, "koopstadt")
    assert heading(opened) == "koopstadt"
    quotes = opened.page.locator("#details blockquote")
    quotes.filter(has_text="Bremen und Leipzig sind Partnerstädte im Projekt koopstadt.").first.wait_for()
    marked = opened.page.locator("#details section", has_text="hat als Partnerstadt").locator("mark").all_inner_texts()
    assert {"koopstadt", "Bremen", "Leipzig"} <= set(marked)
    caption = opened.page.locator("#details figcaption").first.inner_text()
    assert "koopstadt zieht in Leipzig Bilanz" in caption
    assert "Leipziger Blatt" in caption
    assert "21. September 2015" in caption
    assert "Sicherheit 90 %" in opened.page.locator("#details").inner_text().replace("\u00a0", " ")
    assert (opened.requests, opened.complaints) == ([], [])


def test_values_are_said_in_words(open_page: OpenPage, sample_quads: Quads) -> None:
    opened = open_page(sample_quads)
    search(opened, "koopstadt")
    values = [text.replace("\u00a0", " ") for text in opened.page.locator("#details .value").all_inner_texts()]
    assert values == ["1.200.000 €", "seit 2007", "Wohnen"]


def test_from_an_entity_one_goes_to_the_other(open_page: OpenPage, sample_quads: Quads) -> None:
    opened = open_page(sample_quads)
    search(opened, "pahl")
    opened.page.locator("#details .go", has_text="9. Bundeskongress").click()
    assert heading(opened).startswith("9. Bundeskongress")
    assert "moderiert von" in opened.page.locator("#details h3").all_inner_texts()
    opened.page.go_back()
    opened.until("document.querySelector('#details h2').textContent === 'Elke Pahl-Weber'")


def test_a_click_on_a_node_shows_its_details(open_page: OpenPage, sample_quads: Quads) -> None:
    opened = open_page(sample_quads)
    opened.page.wait_for_timeout(300)
    place = opened.ask(
        """() => {
          const { graph, stage } = koopgraph;
          const { x, y } = stage.network.canvasToDOM(graph.nodes[graph.byIri.get("city/bremen")]);
          const box = document.getElementById("network").getBoundingClientRect();
          return [x + box.left, y + box.top];
        }"""
    )
    opened.page.mouse.click(*place)
    opened.until("document.querySelector('#details h2').textContent === 'Bremen'")


def test_someone_without_statements_shows_what_is_known(open_page: OpenPage, sample_quads: Quads) -> None:
    opened = open_page(sample_quads)
    search(opened, "Jana Muster")
    assert "Hat geschrieben" in opened.page.locator("#details h3").all_inner_texts()
    assert "koopstadt zieht in Leipzig Bilanz" in opened.page.locator("#details .articles").inner_text()


def test_umlauts_can_be_typed_in_any_way(open_page: OpenPage) -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for name in ("Jörg Müller", "Straße der Jugend"):
        graph.add_node(f"b/{name}", label=name, type="Person", language="de", names=[name], values=[], mentions=[])
    opened = open_page(graph)
    for text, name in (("mueller", "Jörg Müller"), ("MULLER", "Jörg Müller"), ("strasse", "Straße der Jugend")):
        opened.page.fill("#search", text)
        assert opened.page.locator("#hits .name").all_inner_texts() == [name]


def test_the_keyboard_alone_is_enough(open_page: OpenPage, sample_quads: Quads) -> None:
    opened = open_page(sample_quads)
    keyboard = opened.page.keyboard
    keyboard.press("Tab")
    assert opened.ask("document.activeElement.id") == "search"
    keyboard.type("bund")
    assert opened.page.get_attribute("#search", "aria-expanded") == "true"
    keyboard.press("ArrowDown")
    active = opened.page.get_attribute("#search", "aria-activedescendant")
    assert opened.page.get_attribute(f"#{active}", "aria-selected") == "true"
    keyboard.press("Enter")
    assert heading(opened).startswith("9. Bundeskongress")
    assert opened.ask("document.activeElement.id") == "chosen"
    assert "Veranstaltung" in opened.page.locator("#status").inner_text()
    keyboard.press("Escape")
    assert "chosen" not in (opened.page.get_attribute("body", "class") or "")


def test_a_link_reopens_what_was_seen(open_page: OpenPage, sample_quads: Quads) -> None:
    opened = open_page(sample_quads)
    search(opened, "bremen")
    opened.page.click("[data-kind=Person]")
    opened.page.click("[data-language=en]")
    fragment = opened.ask("location.hash")
    assert fragment == "#entity=city/bremen&hide=Person&lang=en"
    again = open_page(sample_quads, fragment=fragment)
    assert heading(again) == "Bremen"
    assert again.ask("koopgraph.explorer.state.hide") == ["Person"]
    assert "is partner city of" in again.page.locator("#details h3").all_inner_texts()
    assert again.complaints == []


def test_the_legend_counts_classes_and_hides_them(open_page: OpenPage, sample_quads: Quads) -> None:
    opened = open_page(sample_quads)
    city = opened.page.locator("[data-kind=City]")
    assert city.inner_text().split() == ["Städte", "2"]
    city.click()
    assert opened.page.get_attribute("[data-kind=City]", "aria-pressed") == "false"
    assert (
        opened.ask("[...koopgraph.stage.living].map((id) => koopgraph.graph.nodes[id].group).includes('City')") is False
    )
    assert opened.ask("koopgraph.stage.living.size") == 10
    assert opened.ask("document.activeElement.dataset.kind") == "City"
    opened.page.click("#legend .all")
    assert opened.ask("koopgraph.stage.living.size") == 12


def test_the_language_changes_everything_at_once(open_page: OpenPage, sample_quads: Quads) -> None:
    opened = open_page(sample_quads)
    search(opened, "pahl")
    assert "moderiert" in opened.page.locator("#details h3").all_inner_texts()
    opened.page.click("[data-language=en]")
    assert "moderates" in opened.page.locator("#details h3").all_inner_texts()
    assert opened.page.locator("[data-kind=City]").inner_text().split() == ["Cities", "2"]
    assert opened.page.get_attribute("html", "lang") == "en"
    assert opened.page.get_attribute("#search", "placeholder") == "Search for a name …"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 2560])
def test_nothing_overflows_at_any_width(open_page: OpenPage, sample_quads: Quads, width: int, scheme: str) -> None:
    opened = open_page(sample_quads, viewport={"width": width, "height": 740}, color_scheme=scheme)
    search(opened, "koopstadt")
    opened.page.wait_for_timeout(100)
    assert opened.ask("document.documentElement.scrollWidth") <= width
    network = opened.page.locator("#network").bounding_box()
    details = opened.page.locator("#details").bounding_box()
    assert min(network["height"], details["height"]) > 150
    assert min(network["width"], details["width"]) > 300
    assert opened.complaints == []


def test_an_empty_graph_says_so(open_page: OpenPage) -> None:
    opened = open_page([])
    assert opened.page.locator("#empty").is_visible()
    assert "Hier ist noch nichts zu sehen" in opened.page.locator("#empty").inner_text()
    opened.page.click("[data-language=en]")
    assert "Nothing to see yet" in opened.page.locator("#empty").inner_text()
    assert (opened.requests, opened.complaints) == ([], [])
