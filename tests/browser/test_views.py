"""The views of one selection, in a real browser with the network cut off: what a reader does from search to print."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from pyoxigraph import Quad

from koopgraph import build
from koopgraph.graph import KnowledgeGraph

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Any]
Quads = tuple[Quad, ...]
ARTICLES = Path(__file__).resolve().parents[1] / "data" / "articles"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    """Return the graph of the sample articles."""
    return build([ARTICLES], output=tmp_path_factory.mktemp("built"))


@pytest.fixture
def opened(graph: KnowledgeGraph, open_file: OpenPage) -> Any:
    """Open the page that the build wrote."""
    assert graph.path is not None
    return open_file(graph.path / "network.html")


# Whether everything on the way stands inside the picture.
IN_VIEW = """(({ seen }, { network, container }) => seen.path.nodes.every((id) => {
  const { x, y } = network.canvasToDOM(koopgraph.graph.nodes[id]);
  return x > 0 && y > 0 && x < container.clientWidth && y < container.clientHeight;
}))(koopgraph.explorer, koopgraph.stage)"""


def texts(opened: Any, selector: str) -> list[str]:
    return [text.replace("\u00a0", " ") for text in opened.page.locator(selector).all_inner_texts()]


def saved(opened: Any, entry: str) -> bytes:
    """Take an entry of the menu, and return the file that it saves."""
    opened.page.click("#menu summary")
    with opened.page.expect_download() as download:
        opened.page.click(f"[data-entry='{entry}']")
    return Path(download.value.path()).read_bytes()


def test_search_leads_over_details_and_sentence_to_the_article_and_back(opened: Any) -> None:
    page = opened.page
    page.fill("#search", "koopstadt")
    page.keyboard.press("Enter")
    page.locator("#details summary").first.click()
    quote = page.locator("#details .statement blockquote").first.inner_text()
    page.locator("#details .read").first.click()
    assert page.get_attribute("#tab-reader", "aria-selected") == "true"
    assert " ".join(page.locator(".page .sentence").all_inner_texts()).replace(" ", "") == quote.replace(" ", "")
    assert page.locator(".page .sentence").first.evaluate("(e) => e.getBoundingClientRect().top") > 0
    assert "koopstadt" in texts(opened, ".page .mention.chosen")
    whole = "".join(page.locator(".page .part").all_inner_texts())
    stored = (ARTICLES / "koopstadt-bilanz.txt").read_text("utf-8")
    assert "".join(whole.split()) in "".join(stored.split())
    page.locator(".page .mention", has_text="Leipzig").first.click()
    assert page.locator("#details h2").inner_text() == "Leipzig"
    page.click(".page .back")
    assert page.get_attribute("#tab-network", "aria-selected") == "true"
    page.go_back()
    page.go_back()
    opened.until("document.querySelector('#details h2').textContent === 'koopstadt'")
    assert (opened.requests, opened.complaints) == ([], [])


def test_filters_of_class_relation_and_time_say_how_many_pass(opened: Any) -> None:
    page = opened.page
    page.click("[data-kind=Person]")
    assert not opened.ask("koopgraph.explorer.seen.ids.some((id) => koopgraph.graph.nodes[id].group === 'Person')")
    opened.until("document.querySelector('#filters .choice')")
    first = page.locator("[data-facet=relation] .choice").first
    count = int(first.locator(".count").inner_text())
    first.locator("input").check()
    assert sum(opened.ask("[...koopgraph.explorer.seen.edges]")) <= count
    assert opened.ask("document.activeElement.dataset.key").startswith("relation ")
    page.click("#filters [data-key=reset]")
    assert opened.ask("koopgraph.explorer.seen.ids.length") == opened.ask("koopgraph.graph.nodes.length")
    page.fill("#filters [data-key=from]", "2015")
    page.fill("#filters [data-key=until]", "2015")
    page.keyboard.press("Enter")
    assert opened.ask("location.hash") == "#from=2015-01-01&until=2015-12-31"
    shown = opened.ask("koopgraph.explorer.seen.ids.length")
    assert 0 < shown < opened.ask("koopgraph.graph.nodes.length")
    assert page.locator("#counts").inner_text().startswith(f"{shown} von ")
    page.fill("#filters [data-key=from]", "morgen")
    page.keyboard.press("Enter")
    assert page.get_attribute("#filters [data-key=from]", "aria-invalid") == "true"
    assert opened.complaints == []


def test_the_way_between_two_people_is_found_and_said(open_page: OpenPage, sample_quads: Quads) -> None:
    opened = open_page(sample_quads, fragment="#entity=person/elke-pahl-weber")
    opened.page.fill("#goal", "brem")
    opened.page.keyboard.press("Enter")
    steps = texts(opened, ".way .go")
    assert (steps[0], len(steps), steps[-1]) == ("Elke Pahl-Weber", 4, "Bremen")
    assert texts(opened, ".way .note")[0] == "moderiert"
    assert opened.ask("location.hash").endswith("&goal=city/bremen")
    assert opened.ask("[...koopgraph.explorer.seen.near].length") == 4
    again = open_page(sample_quads, fragment=opened.ask("location.hash"))
    assert len(texts(again, ".way .go")) == 4
    assert again.ask(IN_VIEW)
    opened.page.fill("#goal", "muster")
    opened.page.keyboard.press("Enter")
    assert texts(opened, "#path") == ["Kein Weg von Elke Pahl-Weber zu Jana Muster"]


def test_the_surroundings_alone_can_be_seen(open_page: OpenPage, sample_quads: Quads) -> None:
    opened = open_page(sample_quads, fragment="#entity=city/bremen")
    opened.page.click("[data-depth='1']")
    near = opened.ask("koopgraph.explorer.seen.ids.length")
    assert opened.ask("document.activeElement.dataset.depth") == "1"
    opened.page.click("[data-depth='2']")
    assert 1 < near < opened.ask("koopgraph.explorer.seen.ids.length") < 12
    opened.page.keyboard.press("Escape")
    assert opened.ask("koopgraph.explorer.seen.ids.length") == 12


def test_the_list_is_sorted_searched_and_saved_as_csv(opened: Any) -> None:
    page = opened.page
    page.click("[data-view=list]")
    page.click("[data-column=name]")
    names = texts(opened, "td.name")
    assert names == sorted(names, key=str.casefold) or len(names) == 200
    assert page.locator("th").first.get_attribute("aria-sort") == "ascending"
    page.fill(".tools input", "KOOPSTADT")
    rows = page.locator("tbody tr").count()
    assert 0 < rows < 30
    page.click("[data-table=statements]")
    assert all("koopstadt" in text.lower() for text in texts(opened, "tbody tr"))
    table = list(csv.reader(io.StringIO(saved(opened, "menu.csv").decode("utf-8-sig"))))
    assert table[0][:3] == ["Was", "Beziehung", "Womit"]
    assert len(table) - 1 == page.locator("tbody tr").count()
    assert all(row[-1] for row in table[1:])
    page.locator("tbody .go").first.click()
    assert page.locator("#details h2").inner_text() == page.locator("tbody .go").first.inner_text()
    assert opened.complaints == []


def test_the_brush_is_the_filter_of_time(opened: Any) -> None:
    page = opened.page
    page.click("[data-view=timeline]")
    box = page.locator(".brush").bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.4, box["y"] + 30)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + 30)
    page.mouse.up()
    fragment = opened.ask("location.hash")
    assert fragment.startswith("#view=timeline&from=")
    assert opened.ask("koopgraph.explorer.filtered")
    handle = page.locator("[data-end=from]")
    before = opened.ask("koopgraph.explorer.state.from")
    handle.focus()
    page.keyboard.press("Shift+ArrowLeft")
    assert int(opened.ask("koopgraph.explorer.state.from")[:4]) == int(before[:4]) - 1
    assert handle.get_attribute("aria-valuetext")
    page.keyboard.press("Escape")
    assert not opened.ask("koopgraph.explorer.filtered")
    opened.ask("Object.assign(koopgraph.views.timeline.view, { day: -354_000, scale: 0.0005 })")
    opened.ask("koopgraph.views.timeline.settle()")
    page.locator("[data-end=to]").focus()
    page.keyboard.press("ArrowLeft")
    assert opened.ask("koopgraph.explorer.state.from") == "1000-01-01"
    page.keyboard.press("Escape")
    page.locator("[data-end=to]").dispatch_event("pointerdown", {"pointerId": 1})
    page.locator(".brush").dispatch_event("pointercancel")
    page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + 40)
    assert not opened.ask("koopgraph.explorer.filtered")
    opened.ask("koopgraph.views.timeline.fitAll()")
    page.locator("#view-timeline .spots button").first.focus()
    page.keyboard.press("Enter")
    assert opened.ask("koopgraph.explorer.selected") is not None
    assert opened.complaints == []


def test_the_map_shows_where_a_project_is_at_home(opened: Any) -> None:
    page = opened.page
    page.click("[data-view=map]")
    sites = opened.ask("koopgraph.views.map.sites.length")
    assert sites > 3
    assert "ohne Ort" in page.locator("#view-map .below").inner_text()
    page.fill("#search", "koopstadt")
    page.keyboard.press("Enter")
    reached = texts(opened, "#view-map .spots button")
    names = [page.get_attribute(f"#view-map .spots li:nth-child({at}) button", "aria-label") for at in (1, 2, 3)]
    assert reached
    assert {"Bremen", "Leipzig"} < {name.split(" +")[0].split(",")[0] for name in names}
    page.locator("#view-map .spots button").first.focus()
    page.keyboard.press("Enter")
    assert page.locator("#details h2").inner_text() == names[0].split(" +")[0].split(",")[0]
    scale = opened.ask("koopgraph.views.map.view.scale")
    page.locator("#view-map canvas").focus()
    page.keyboard.press("+")
    assert opened.ask("koopgraph.views.map.view.scale") == pytest.approx(scale * 1.5)
    assert (opened.requests, opened.complaints) == ([], [])


@pytest.mark.parametrize("view", ["network", "timeline", "map"])
def test_pictures_are_saved_as_files_that_other_programs_read(opened: Any, view: str) -> None:
    opened.page.click(f"[data-view={view}]")
    opened.ask("koopgraph.explorer.select(koopgraph.graph.byIri.get('project/koopstadt'))")
    opened.page.wait_for_timeout(100)
    picture = ElementTree.fromstring(saved(opened, "menu.svg"))  # noqa: S314 -- what the page made
    assert picture.tag == f"{SVG}svg"
    assert len(picture.findall(f"{SVG}path")) > 3
    assert any(
        "koopstadt" in (text.text or "") or "Leipzig" in (text.text or "") for text in picture.iter(f"{SVG}text")
    )
    png = saved(opened, "menu.png")
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    assert int.from_bytes(png[16:20], "big") >= 500
    assert opened.complaints == []


STATES = (
    "#view=list&entity=city/leipzig&table=statements&sort=-sure&find=Leipzig",
    "#view=map&entity=project/koopstadt&depth=2",
    "#view=timeline&hide=Person&relation=partnerCity&from=2000-01-01&sure=0.2&lang=en",
    "#view=reader&article=koopstadt-bilanz.txt&at=0",
)


@pytest.mark.parametrize("fragment", STATES)
def test_a_link_reopens_every_state(graph: KnowledgeGraph, open_file: OpenPage, fragment: str) -> None:
    assert graph.path is not None
    opened = open_file(graph.path / "network.html", fragment=fragment)
    assert opened.ask("koopgraph.explorer.fragment()") == fragment
    assert opened.page.locator("[data-view][aria-selected=true]").get_attribute("data-view") in fragment
    opened.ask("() => { koopgraph.explorer.change({ view: 'network', entity: null, lang: null }, { step: true }); }")
    opened.page.go_back()
    opened.until(f"koopgraph.explorer.fragment() === {fragment!r}")
    assert opened.complaints == []


@pytest.mark.parametrize("view", ["network", "timeline", "map"])
def test_a_link_reopens_where_the_picture_was_moved(
    graph: KnowledgeGraph, opened: Any, open_file: OpenPage, view: str
) -> None:
    page = opened.page
    page.click(f"[data-view={view}]")
    page.click(f"#view-{view} [data-zoom=in]")
    page.locator(f"#view-{view} [role=application]").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(600)
    fragment = opened.ask("location.hash")
    assert "pos=" in fragment
    opened.ask("koopgraph.explorer.change({ sure: 0.01 })")
    shown = "((v) => v.stage ? v.stage.position() : v.position())(koopgraph.views[koopgraph.explorer.state.view])"
    again = open_file(graph.path / "network.html", fragment=fragment)
    for one, other in zip(again.ask(shown).split("/"), opened.ask(shown).split("/"), strict=True):
        assert float(one) == pytest.approx(float(other), abs=1, rel=1e-2)
    again.page.fill("#search", "koopstadt")
    again.page.keyboard.press("Enter")
    assert "pos=" not in again.ask("location.hash")
    assert (opened.complaints, again.complaints) == ([], [])


def test_tabs_are_reached_by_arrows(opened: Any) -> None:
    opened.page.focus("#tab-network")
    for view in ("list", "timeline", "map", "reader", "network"):
        opened.page.keyboard.press("ArrowRight")
        assert opened.ask("document.activeElement.id") == f"tab-{view}"
        assert opened.page.locator(f"#view-{view}").is_visible()


def test_print_shows_the_view_and_its_sources_without_controls(opened: Any) -> None:
    opened.ask("() => koopgraph.explorer.select(koopgraph.graph.byIri.get('project/koopstadt'))")
    opened.page.emulate_media(media="print")
    opened.until("document.querySelector('#details details').open")
    for part in ("#search", "#filters", "#tabs", "#menu", ".zoom", ".actions"):
        assert not opened.page.locator(part).first.is_visible(), part
    assert opened.page.locator("#details blockquote").first.is_visible()
    pages = opened.page.pdf()
    assert pages.startswith(b"%PDF")


def test_a_notebook_shows_the_page_in_a_frame(graph: KnowledgeGraph, open_file: OpenPage, tmp_path: Path) -> None:
    notebook = tmp_path / "notebook.html"
    notebook.write_text(f"<!doctype html><title>n</title>{graph.show('koopstadt', depth=1)._repr_html_()}", "utf-8")
    opened = open_file(notebook)
    frame = opened.page.frames[1]
    frame.fill("#search", "bremen")
    frame.press("#search", "Enter")
    assert frame.locator("#details h2").inner_text() == "Bremen"
    frame.click("[data-view=list]")
    assert frame.locator("tbody tr").count() > 1
    assert opened.complaints == []
