"""Drawings for print: valid XML whatever names there are, the same bytes each time, names that do not touch."""

from __future__ import annotations

import re
from pathlib import Path

import networkx as nx
import numpy as np
import pytest
from lxml import etree
from pyoxigraph import RdfFormat, parse

from koopgraph.explorer.drawing import LARGE, WIDTH, Drawing, draw
from koopgraph.explorer.look import OTHER, light_colours, shapes
from koopgraph.explorer.naming import lines_of, named, text_width
from koopgraph.model import EntityType
from koopgraph.network.convert import to_networkx

SAMPLE = Path(__file__).resolve().parents[1] / "data" / "sample.trig"
SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = ["]]>", "<script>alert(1)</script>", "\"'&amp;", "\x00\x1b\ud800\ufffe", "🏗" * 60, "", "مشروع المدينة"]


@pytest.fixture(scope="module")
def sample() -> nx.MultiDiGraph[str]:
    return to_networkx(parse(SAMPLE.read_bytes(), format=RdfFormat.TRIG))


def network(labels: list[str], edges: list[tuple[int, int]]) -> nx.MultiDiGraph[str]:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for number, label in enumerate(labels):
        graph.add_node(f"n{number:05}", label=label, type="City" if number % 2 else "Unheard-of", language="de")
    graph.add_edges_from((f"n{a:05}", f"n{b:05}") for a, b in edges)
    return graph


def parsed(graph: nx.MultiDiGraph[str], drawing: Drawing) -> etree._Element:
    return etree.fromstring(draw(graph, drawing).encode())


def test_every_class_has_a_shape_and_a_colour() -> None:
    assert set(shapes()) == {*EntityType, OTHER}
    assert {*EntityType, OTHER, "ink", "soft", "edge"} <= set(light_colours())
    assert all(re.fullmatch("#[0-9a-f]{6}", colour) for colour in light_colours().values())


def test_a_drawing_has_things_lines_names_legend_and_counts(sample: nx.MultiDiGraph[str]) -> None:
    root = parsed(sample, Drawing(title="Netz", language="en"))
    texts = ["".join(text.itertext()) for text in root.iter(f"{SVG}text")]
    assert root.findtext(f"{SVG}title") == texts[0] == "Netz"
    assert texts[1] == "12 things · 16 statements · 2 articles · koopgraph"
    assert {"koopstadt", "Leipzig", "City 2", "Award 1"} <= set(texts)
    symbols = [use for use in root.iter(f"{SVG}use") if use.find(f"{SVG}title") is not None]
    assert len(symbols) == len(sample)
    assert "koopstadt (Project)" in {use.findtext(f"{SVG}title") for use in symbols}
    pairs = {tuple(sorted(pair)) for pair in sample.edges()}
    assert sum(path.get("d", "").count("M") for path in root.iter(f"{SVG}path") if path.get("stroke-width")) == len(
        pairs
    )


def test_the_same_graph_gives_the_same_bytes_and_nothing_outside_is_named(sample: nx.MultiDiGraph[str]) -> None:
    text = draw(sample)
    assert text == draw(sample)
    assert set(re.findall(r'https?://[^"<]+', text)) == {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}


def test_hostile_names_stay_text() -> None:
    graph = network(HOSTILE, [(0, number) for number in range(1, len(HOSTILE))])
    root = parsed(graph, Drawing(title="".join(HOSTILE)))
    assert not list(root.iter(f"{SVG}script"))
    said = {"".join(text.itertext()) for text in root.iter(f"{SVG}text")}
    assert {"]]>", "<script>alert(1)</script>"[:23] + "…"} <= said


def test_known_places_are_kept() -> None:
    graph = network(["a", "b"], [(0, 1)])
    apart = draw(graph, Drawing(places={"n00000": (0.0, 0.0), "n00001": (0.0, 500.0)}))
    assert len(set(re.findall(r"translate\((\S+) \S+\)scale\(\d+\.", apart))) == 1


def test_an_empty_and_a_large_network_can_be_drawn() -> None:
    assert parsed(nx.MultiDiGraph(), Drawing()).tag == f"{SVG}svg"
    count = LARGE + 100
    text = draw(network([f"Ort {number}" for number in range(count)], [(0, number) for number in range(1, count)]))
    assert len(text) < 200 * count
    assert 20 <= len(set(re.findall(r"<text[^>]*>(Ort \d+)<", text))) <= 60


def test_names_touch_neither_each_other_nor_the_rim() -> None:
    rng = np.random.default_rng(1)
    points, radii = rng.uniform(0, 600, size=(300, 2)), rng.uniform(1, 9, 300)
    names = [(number, "Neues Rathaus " * (1 + number % 3)) for number in range(300)]
    found = named(names, points, radii, (0.0, 0.0, 600.0, 600.0), size=12.0, most=40)
    boxes = []
    for name in found:
        half = max(text_width(line, 12.0) for line in name.lines) / 2
        boxes.append((name.x - half, name.y - 12.0, name.x + half, name.y - 12.0 + 15.0 * len(name.lines)))
    assert 20 <= len(boxes) <= 40
    assert all(left > 0 and top > 0 and right < 600 and bottom < 600 for left, top, right, bottom in boxes)
    for number, (left, top, right, bottom) in enumerate(boxes):
        others = boxes[:number]
        assert not any(left < b[2] and b[0] < right and top < b[3] and b[1] < bottom for b in others)


def test_long_names_have_two_lines_of_bounded_length() -> None:
    assert lines_of("x" * 99) == ("x" * 23 + "…",)
    assert lines_of("  ") == ()
    assert max(map(len, lines_of("Deutsches Institut für Bautechnik und Städtebauförderung in Berlin"))) <= 24
    assert text_width("W" * 24, 12.0) < WIDTH
