"""Labels, titles, sentences, addresses and articles that try to run something."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from koopgraph.model import Article
from koopgraph.store import StoredArticle

pytestmark = pytest.mark.browser

HOSTILE: list[str] = json.loads((Path(__file__).parents[1] / "data" / "hostile.json").read_text("utf-8"))
KINDS = ["Person", "City", "Event", "Project", "__proto__", "<b>", "constructor"]


@pytest.fixture(scope="module")
def hostile() -> nx.MultiDiGraph[str]:
    """Return a graph in which every text is hostile."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    articles = {}
    for number, text in enumerate(HOSTILE):
        article = f"{text}/article/{number}"
        record = {"title": text, "source": text, "language": text, "issued": text, "publisher": text, "authors": [text]}
        articles[article] = {**record, "url": text}
        passage = {
            "article": article,
            "title": text,
            "sentence": f"{text} – {text}",
            "begin": 0,
            "end": 2 * len(text) + 3,
        }
        values = [
            {"relation": relation, "value": value, "confidence": 1.0, "extractors": [text], "evidence": [passage]}
            for relation, value in (
                ("date", text),
                ("date", "2015"),
                ("budget", text),
                ("motto", text),
                ("theme", text),
            )
        ]
        others = {"names": [text, text * 2], "values": values, "mentions": [passage], "same": [text]}
        place = {"latitude": 47.0 + number / 10, "longitude": 6.0 + number / 10}
        graph.add_node(text, label=text, type=KINDS[number % len(KINDS)], language=text, **others, **place)
    for text, other in zip(HOSTILE, HOSTILE[1:] + HOSTILE[:1], strict=True):
        evidence = graph.nodes[text]["mentions"]
        edge = {"relation": "leads", "confidence": 0.5, "extractors": [text], "evidence": evidence, "role": text}
        graph.add_edge(text, other, key="leads", **edge)
    graph.graph.update(articles=articles, themes={text: {"de": text, "en": text} for text in HOSTILE})
    return graph


@pytest.fixture(scope="module")
def texts() -> list[StoredArticle]:
    """Return the articles' texts, of every other one; the rest is shown by its quotes."""
    return [
        StoredArticle(f"{text}/article/{number}", Article(text, f"{text} – {text}\n\n{text}", text))
        for number, text in enumerate(HOSTILE)
        if number % 2
    ]


def test_there_are_enough_of_them() -> None:
    assert len(set(HOSTILE)) >= 40


VISIT = """async () => {
  const { explorer, graph } = koopgraph;
  const heading = () => document.querySelector("#details h2").textContent;
  const wrong = [];
  explorer.change({ view: "reader" });
  for (const node of graph.nodes) {
    explorer.select(node.id);
    if (heading() !== node.label) wrong.push(node.label);
    if (document.querySelectorAll("#details blockquote").length < 3) wrong.push(node.id);
  }
  for (const view of ["network", "list", "timeline", "map", "reader"]) {
    explorer.change({ view });
    for (const id of [0, 3, 5, 40]) explorer.select(id);
    await new Promise(requestAnimationFrame);
  }
  explorer.change({ view: "list", table: "statements" });
  explorer.select(null);
  graph.articles.forEach((_, article) => explorer.open(article, 0));
  explorer.change({ goal: graph.nodes[7].iri, entity: graph.nodes[2].iri });
  return wrong;
}"""

OUTSIDE = """() => [...document.querySelectorAll("a")].filter(({ protocol, rel }) =>
  !/^https?:$/.test(protocol) || !rel.includes("noopener")).length"""


@pytest.mark.parametrize("policy", [True, False], ids=["with the page's policy", "without it"])
def test_hostile_texts_run_nothing_in_any_view(
    open_page: Callable[..., Any], hostile: nx.MultiDiGraph[str], texts: list[StoredArticle], policy: bool
) -> None:
    """The policy is the second wall: without it, nothing may run either."""
    opened = open_page(hostile, title=HOSTILE[1], articles=texts, bypass_csp=not policy)
    opened.page.fill("#search", "img")
    opened.page.keyboard.press("ArrowDown")
    opened.page.keyboard.press("Enter")
    assert opened.ask(VISIT) == []
    for language in ("en", "de"):
        opened.page.click(f"[data-language={language}]")
    for entry in ("menu.csv", "menu.svg"):
        opened.ask("(view) => koopgraph.explorer.change({ view })", "list" if entry == "menu.csv" else "network")
        with opened.page.expect_download() as download:
            opened.page.click("#menu summary")
            opened.page.click(f"[data-entry='{entry}']")
        assert download.value.suggested_filename.startswith("script-script-window-hit-script-script.")
    opened.page.wait_for_timeout(200)
    assert opened.ask("window.hit ?? null") is None
    assert opened.ask("document.querySelectorAll('img, iframe, object, embed, form, base, video').length") == 0
    assert opened.ask("document.querySelectorAll('script:not([type])').length") == 2
    assert opened.ask("document.querySelectorAll('main script, aside script, main style, main link').length") == 0
    assert opened.ask(OUTSIDE) == 0
    assert opened.ask("({}).polluted ?? null") is None
    assert (opened.requests, opened.complaints) == ([], [])


@pytest.mark.parametrize(
    "fragment",
    [
        "#entity=__proto__&lang=__proto__&hide=__proto__&view=__proto__&table=__proto__",
        "#entity=%3Cimg%3E&goal=x&article=y&at=-1",
        "#%E0%A4%A",
        "#lang=xx&&&=&depth=9e99&sure=NaN&from=x&until=%00",
    ],
)
def test_hostile_addresses_open_the_page(
    open_page: Callable[..., Any], hostile: nx.MultiDiGraph[str], fragment: str
) -> None:
    graph = nx.MultiDiGraph(hostile)
    graph.remove_node("__proto__")
    graph.graph["articles"] = {}
    opened = open_page(graph, fragment=fragment)
    assert opened.ask("koopgraph.explorer.selected") is None
    assert opened.ask("koopgraph.explorer.filtered") is ("hide" in fragment)
    assert opened.page.get_attribute("html", "lang") == "de"
    assert opened.complaints == []


def test_an_article_of_the_web_is_a_link_that_gives_nothing_away(open_page: Callable[..., Any]) -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    passage = {"article": "b/article/x", "title": "T", "sentence": "Ulm", "begin": 0, "end": 3}
    graph.add_node("b/city/ulm", label="Ulm", type="City", language="de", names=["Ulm"], values=[], mentions=[passage])
    empty = dict.fromkeys(("source", "language", "issued", "publisher"), "")
    graph.graph["articles"] = {"b/article/x": {**empty, "title": "T", "url": "https://blatt.example/x", "authors": []}}
    opened = open_page(graph, fragment="#entity=city/ulm")
    link = opened.page.locator("#details figcaption a")
    assert link.get_attribute("href") == "https://blatt.example/x"
    assert link.get_attribute("rel") == "noopener noreferrer"
    assert opened.requests == []
