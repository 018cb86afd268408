"""A graph that vis-network alone could not hold: a living part, and the rest painted behind it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import networkx as nx
import pytest
from pyoxigraph import Quad, Store

from koopgraph.explorer import page
from koopgraph.network.part import Part

pytestmark = pytest.mark.browser

COUNT = 2000


@pytest.fixture(scope="module")
def crowd() -> nx.MultiDiGraph[str]:
    """Return many entities in rings around a few hubs."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for number in range(COUNT):
        name = f"Ort {number}"
        graph.add_node(
            f"b/place/{number}", label=name, type="Place", language="de", names=[name], values=[], mentions=[]
        )
    for number in range(COUNT):
        for other in (number - number % 40, (number * 7 + 40) % COUNT):
            graph.add_edge(
                f"b/place/{number}",
                f"b/place/{other}",
                key="locatedIn",
                relation="locatedIn",
                confidence=0.9,
                extractors=["x"],
                evidence=[],
            )
    return graph


def test_only_a_part_is_alive_and_the_rest_is_painted(
    open_page: Callable[..., Any], crowd: nx.MultiDiGraph[str]
) -> None:
    opened = open_page(crowd)
    opened.page.wait_for_timeout(500)
    assert opened.ask("koopgraph.stage.living.size") == opened.ask("koopgraph.stage.nodes.length") == 1500
    assert 40 <= opened.ask("koopgraph.stage.labels.shown") <= 60
    assert opened.ask("koopgraph.stage.backdrop.canvas.width") > 1000
    assert opened.complaints == []


def test_the_backdrop_is_painted_anew_at_each_scale(open_page: Callable[..., Any], crowd: nx.MultiDiGraph[str]) -> None:
    opened = open_page(crowd)
    sharpness = """(({ backdrop, network }) =>
      backdrop.canvas.width / backdrop.area.width / network.getScale())(koopgraph.stage)"""
    opened.page.wait_for_timeout(300)
    assert opened.ask(sharpness) == pytest.approx(1, rel=0.02)
    for _ in range(3):
        opened.page.click("#view-network [data-zoom=in]")
        opened.page.wait_for_timeout(700)
    assert opened.ask(sharpness) == pytest.approx(1, rel=0.02)


def test_what_is_searched_for_is_alive_with_its_neighbours(
    open_page: Callable[..., Any], crowd: nx.MultiDiGraph[str]
) -> None:
    opened = open_page(crowd)
    opened.page.fill("#search", "Ort 1999")
    opened.page.keyboard.press("Enter")
    opened.until(
        "koopgraph.stage.living.has(1999) || koopgraph.graph.nodes[koopgraph.explorer.selected].label === 'Ort 1999'"
    )
    alive = """() => {
      const { graph, stage, explorer } = koopgraph;
      return graph.nodes[explorer.selected].bundles.every((number) => {
        const { from, to } = graph.bundles[number];
        return stage.living.has(from) && stage.living.has(to) && stage.edges.get(number) !== null;
      });
    }"""
    opened.until(f"({alive})()")


def test_the_statements_of_a_hub_are_made_as_they_are_asked_for(open_page: Callable[..., Any]) -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.graph["articles"] = {
        "b/article/a": dict.fromkeys(("title", "source", "language", "issued", "publisher", "url"), "a")
    }
    graph.graph["articles"]["b/article/a"]["authors"] = []
    sentences = [
        {
            "article": "b/article/a",
            "title": "a",
            "sentence": f"Haus {number + 1} liegt in Ulm.",
            "begin": number,
            "end": 9 + number,
        }
        for number in range(150)
    ]
    for number in range(151):
        name = f"Haus {number}" if number else "Ulm"
        mentions = sentences if number == 0 else []
        graph.add_node(f"b/place/{number}", label=name, type="Place", names=[name], values=[], mentions=mentions)
        if number:
            edge = {
                "relation": "locatedIn",
                "confidence": 0.9,
                "extractors": ["x"],
                "evidence": [sentences[number - 1]],
            }
            graph.add_edge(f"b/place/{number}", "b/place/0", key="locatedIn", **edge)
    opened = open_page(graph, fragment="#entity=place/0")
    page = opened.page
    assert page.locator("#details .statement").count() == 60
    assert page.locator("#details blockquote").count() == 3
    page.locator("#details .group > [role=list] > .rest > summary").click()
    assert page.locator("#details .statement").count() == 120
    page.locator("#details .statement summary").nth(70).click()
    assert page.locator("#details .statement blockquote").all_inner_texts() == ["Haus 71 liegt in Ulm."]
    opened.ask("() => { const { graph, stage } = koopgraph; stage.events.selectBundle(graph.bundles[148]); }")
    assert page.locator("#details .pointed blockquote").all_inner_texts() == ["Haus 149 liegt in Ulm."]
    assert opened.complaints == []


def test_what_the_page_leaves_out_is_said(
    open_page: Callable[..., Any], sample_quads: tuple[Quad, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "WHOLE", Part(most=7, passages=12))
    store = Store()
    store.extend(sample_quads)
    opened = open_page(store, language="en")
    said = opened.page.inner_text(".leftout")
    left_out = opened.ask("koopgraph.graph.leftOut")
    assert f"leaves out {left_out['things']} less connected things with {left_out['statements']} statements" in said
    assert f"{left_out['passages']} sentences are left out" in said
    assert opened.complaints == []
