"""Labels, titles, sentences and addresses that try to run something."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import networkx as nx
import pytest

pytestmark = pytest.mark.browser

HOSTILE = [
    "<img src=x onerror=\"window.hit='img'\">",
    "</script><script>window.hit='script'</script>",
    "<svg onload=window.hit='svg'>",
    "\"><iframe srcdoc='<script>parent.hit=1</script>'></iframe>",
    "javascript:window.hit='url'",
    "{{ 7 * 7 }}{% raw %}<!--",
    "__proto__",
    "\u202e\u2028\u0000\ufeff'\"`&lt;",
    "<a href=\"javascript:window.hit='a'\">href</a>",
]


@pytest.fixture(scope="module")
def hostile() -> nx.MultiDiGraph[str]:
    """Return a graph in which every text is hostile."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    articles = {}
    for number, text in enumerate(HOSTILE):
        article = f"{text}/article/{number}"
        record = {"title": text, "source": text, "language": text, "issued": text, "publisher": text, "authors": [text]}
        articles[article] = {**record, "url": "javascript:window.hit='href'" if number % 2 else text}
        passage = {"article": article, "title": text, "sentence": f"{text} – {text}", "begin": 0, "end": 9}
        values = [
            {"relation": relation, "value": text, "confidence": 1.0, "extractors": [text], "evidence": [passage]}
            for relation in ("date", "budget", "motto", "theme")
        ]
        graph.add_node(
            text, label=text, type="Person", language=text, names=[text, text * 2], values=values, mentions=[passage]
        )
    for text, other in zip(HOSTILE, HOSTILE[1:] + HOSTILE[:1], strict=True):
        evidence = graph.nodes[text]["mentions"]
        graph.add_edge(
            text, other, key="leads", relation="leads", confidence=0.5, extractors=[text], evidence=evidence, role=text
        )
    graph.nodes[HOSTILE[0]]["type"] = "__proto__"
    graph.graph.update(articles=articles, themes={text: {"de": text, "en": text} for text in HOSTILE})
    return graph


@pytest.mark.parametrize("policy", [True, False], ids=["with the page's policy", "without it"])
def test_hostile_texts_run_nothing(open_page: Callable[..., Any], hostile: nx.MultiDiGraph[str], policy: bool) -> None:
    """The policy is the second wall: without it, nothing may run either."""
    opened = open_page(hostile, title=HOSTILE[1], bypass_csp=not policy)
    opened.page.fill("#search", "img")
    opened.page.keyboard.press("ArrowDown")
    opened.page.keyboard.press("Enter")
    for number in range(len(HOSTILE)):
        opened.page.evaluate(
            "(number) => { location.hash = '#entity=' + encodeURIComponent(koopgraph.graph.nodes[number].iri) }", number
        )
        opened.until(f"koopgraph.explorer.selected === {number}")
        assert opened.ask("document.querySelector('#details h2').textContent") == opened.ask(
            f"koopgraph.graph.nodes[{number}].label"
        )
        assert opened.page.locator("#details a").count() == 0
        assert opened.page.locator("#details blockquote").count() >= 3
    for language in ("en", "de"):
        opened.page.click(f"[data-language={language}]")
    opened.page.wait_for_timeout(200)
    assert opened.ask("window.hit ?? null") is None
    assert opened.ask("document.querySelectorAll('img, iframe, #details script').length") == 0
    assert opened.ask("({}).polluted ?? null") is None
    assert (opened.requests, opened.complaints) == ([], [])


@pytest.mark.parametrize(
    "fragment", ["#entity=__proto__&lang=__proto__&hide=__proto__", "#entity=%3Cimg%3E", "#%E0%A4%A", "#lang=xx&&&="]
)
def test_hostile_addresses_open_the_page_at_rest(
    open_page: Callable[..., Any], hostile: nx.MultiDiGraph[str], fragment: str
) -> None:
    graph = nx.MultiDiGraph(hostile)
    graph.remove_node("__proto__")
    graph.graph["articles"] = {}
    opened = open_page(graph, fragment=fragment)
    assert opened.ask("koopgraph.explorer.selected") is None
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
