"""Nobody is shut out: axe-core finds no barrier in any view, and every control can be reached and seen with the keyboard."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from typing import Any

import pytest
from pyoxigraph import Quad

from koopgraph.explorer.page import VIEWS

pytestmark = pytest.mark.browser

FOUND = """async () => {
  const { violations } = await axe.run(document, { resultTypes: ["violations"] });
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target, any }) => `${target} ${any[0]?.message ?? ""}`).join("; ")}`);
}"""
SHOW = """([view, label]) => {
  const { explorer, graph } = koopgraph;
  explorer.select(label === null ? null : graph.nodes.find((node) => node.label === label).id);
  if (view === "article") explorer.open(0);
  else explorer.change({ view, article: null });
}"""
# What has the focus, and whether that can be seen: an outline, a shadow or a border of its own.
FOCUSED = """() => {
  const at = document.activeElement;
  window.numbers ??= new Map();
  if (!numbers.has(at)) numbers.set(at, numbers.size);
  const style = getComputedStyle(at);
  const { width, height, left, right, top, bottom } = at.getBoundingClientRect();
  return {
    name: `${at.tagName} ${at.id} ${at.className} ${at.textContent.slice(0, 20)}`,
    number: numbers.get(at),
    body: at === document.body,
    marked: (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none",
    inside: width > 0 && height > 0 && right > 0 && bottom > 0 && left < innerWidth && top < innerHeight,
  };
}"""
# How many controls are seen that Tab should stop at: of the radios and tabs of a group one is enough.
CONTROLS = """[...document.querySelectorAll("button, input, select, textarea, a[href], summary, [tabindex]")].filter(
  (one) => one.tabIndex >= 0 && !one.disabled && one.checkVisibility({ visibilityProperty: true }) && one.type !== "radio"
).length"""


@pytest.fixture
def opened(open_page: Callable[..., Any], sample_quads: tuple[Quad, ...]) -> Any:
    return open_page(sample_quads, bypass_csp=True)


def test_axe_finds_no_barrier_in_any_view(opened: Any) -> None:
    axe = pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is not installed")
    opened.ask((files(axe) / "axe.min.js").read_text("utf-8") + "; null")
    found: dict[str, list[str]] = {}

    def look(name: str, view: str, label: str | None = "Leipzig") -> None:
        opened.page.evaluate(SHOW, [view, label])
        opened.page.wait_for_timeout(20)
        if barriers := opened.ask(FOUND):
            found[f"{name}, {view}"] = barriers

    look("nothing chosen", "network", None)
    for width, scheme in ((1440, "light"), (1440, "dark"), (360, "light"), (360, "dark")):
        opened.page.set_viewport_size({"width": width, "height": 900 if width > 500 else 740})
        opened.page.emulate_media(color_scheme=scheme)
        for view in (*VIEWS, "article"):
            look(f"{width}, {scheme}", view)
        if width < 500:
            opened.page.click("#filter-toggle")
            look(f"{width}, {scheme}, filters open", "network")
            opened.page.click("#filter-toggle")
    assert found == {}


def test_the_keyboard_reaches_every_control_and_one_sees_where_it_is(opened: Any) -> None:
    for view in VIEWS:
        opened.page.evaluate(SHOW, [view, "Leipzig"])
        opened.ask("document.activeElement.blur(), document.getSelection().removeAllRanges()")
        wanted = opened.ask(CONTROLS)
        reached: list[dict[str, Any]] = []
        for _ in range(wanted + 60):
            opened.page.keyboard.press("Tab")
            at = opened.ask(FOCUSED)
            if at["body"] or at["number"] in {one["number"] for one in reached}:
                break
            reached.append(at)
        else:
            pytest.fail(f"{view}: the focus never left the page: {[at['name'] for at in reached[-5:]]}")
        assert len(reached) >= wanted, view
        assert [at["name"] for at in reached if not (at["marked"] and at["inside"])] == [], view
