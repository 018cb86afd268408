"""The benchmark of the explorer: networks of exactly the size asked for, and both tables of a small one."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import bench_explorer as bench
import networks
import networkx as nx
import pytest

from koopgraph.network.convert import to_networkx
from koopgraph.network.layout import arrange

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def test_a_network_is_the_same_each_time_and_has_its_size_places_dates_and_communities() -> None:
    made = networks.articles(400, 800)
    assert made == networks.articles(400, 800)
    graph = to_networkx(networks.quads(made))
    assert (len(graph), graph.number_of_edges()) == (400, 800)
    assert sum("latitude" in data for _, data in graph.nodes(data=True)) > 20
    assert sum("date" in data for _, data in graph.nodes(data=True)) > 20
    assert all(data["evidence"] for *_, data in graph.edges(data=True))
    assert 4 <= len(Counter(arrange(graph).community.values())) <= 40
    assert max(dict(graph.degree()).values()) > 12


@pytest.mark.browser
def test_a_small_network_fills_both_tables(chromium: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench, "PAUSE", 0.0)
    monkeypatch.setattr(bench, "FRAMES", 3)
    written, seen = bench.measure(chromium, tmp_path, 60, 120, stock=False, repeats=1)
    assert min(written.sizes.values()) > 400_000
    assert set(seen) == {"koopgraph", "pyvis, our places"}
    for one in seen.values():
        assert one.first is not None
        assert len(one.frames) == 4
    assert seen["koopgraph"].ready is not None
    assert bench.python_table("60", written).row_count == 1
    assert bench.browser_table("60", seen).row_count == 2


def test_pyvis_gets_the_same_network(tmp_path: Path) -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_node("a", label="Bremen")
    graph.add_node("b", label="Leipzig")
    graph.add_edge("a", "b", relation="partner")
    bench.write_stock(graph, tmp_path / "stock.html", arrange(graph))
    text = (tmp_path / "stock.html").read_text("utf-8")
    assert '"label": "Leipzig"' in text
    assert '"x": 56.3' in text
