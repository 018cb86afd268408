"""Positions: the same for the same graph, finite, and apart from each other."""

from __future__ import annotations

from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial import cKDTree

from koopgraph.network.bodies import EXACT_LIMIT
from koopgraph.network.layout import Place, arrange
from koopgraph.network.packing import declutter


def layout(graph: nx.MultiDiGraph[str], **told: Any) -> dict[str, Place]:
    return arrange(graph, **told).places


def made(count: int, edges: list[tuple[int, int]]) -> nx.MultiDiGraph[str]:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_nodes_from(f"n{number:05}" for number in range(count))
    graph.add_edges_from((f"n{a:05}", f"n{b:05}") for a, b in edges)
    return graph


def clustered(count: int) -> nx.MultiDiGraph[str]:
    plain = nx.connected_caveman_graph(count // 10, 10)
    return made(count, list(plain.edges()))


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_tiny_graphs_have_places(count: int) -> None:
    places = layout(made(count, []))
    assert len(places) == len(set(places.values())) == count


@given(
    st.integers(1, 30).flatmap(
        lambda n: st.tuples(st.just(n), st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)), max_size=60))
    )
)
@settings(max_examples=40, deadline=None)
def test_any_small_graph_has_finite_places_of_its_own(shape: tuple[int, list[tuple[int, int]]]) -> None:
    graph = made(*shape)
    places = layout(graph)
    assert list(places) == list(graph)
    assert np.isfinite(list(places.values())).all()
    assert len(set(places.values())) == len(graph)


@pytest.mark.parametrize("count", [60, EXACT_LIMIT + 200])
def test_the_same_graph_has_the_same_places(count: int) -> None:
    assert layout(clustered(count)) == layout(clustered(count))
    assert layout(clustered(count), seed=2) != layout(clustered(count))


def test_places_are_tenths_of_a_pixel_around_the_origin() -> None:
    points = np.array(list(layout(clustered(60)).values()))
    assert np.allclose(points * 10, np.round(points * 10))
    assert np.allclose(points.max(axis=0), -points.min(axis=0), atol=0.11)


@pytest.mark.parametrize("count", [100, EXACT_LIMIT + 700])
def test_joined_nodes_are_nearer_than_others_and_nothing_is_crowded(count: int) -> None:
    graph = clustered(count)
    places = layout(graph)
    points = np.array([places[node] for node in graph])
    joined = np.mean([np.hypot(*np.subtract(places[a], places[b])) for a, b in graph.edges()])
    others = np.sqrt(((points[:, None] - points[None]) ** 2).sum(-1)).mean()
    assert joined < others / 2.5
    nearest = cKDTree(points).query(points, k=2)[0][:, 1]
    assert (nearest > 0.4 * np.median(nearest)).mean() > 0.98


def test_an_entity_without_statements_stands_near_its_article() -> None:
    graph = made(40, [(0, n) for n in range(1, 20)] + [(20, n) for n in range(21, 39)])
    for node in graph:
        number = int(node[1:])
        graph.nodes[node]["mentions"] = [{"article": "A" if number < 20 or number == 39 else "B"}]
    places = {node: np.array(place) for node, place in layout(graph).items()}
    alone = places["n00039"]
    assert np.linalg.norm(alone - places["n00000"]) < np.linalg.norm(alone - places["n00020"])


def test_nodes_on_one_spot_are_separated() -> None:
    points = declutter(np.array([[0.0, 0.0]] * 5 + [[9.0, 9.0], [9.0, 0.0]]))
    assert cKDTree(points).query(points, k=2)[0][:, 1].min() > 0.05


def test_what_nothing_is_joined_with_stands_together() -> None:
    graph = clustered(100)
    graph.add_nodes_from(f"x{number}" for number in range(30))
    places = layout(graph)
    alone = np.array([places[f"x{number}"] for number in range(30)])
    points = np.array(list(places.values()))
    assert np.linalg.norm(alone - alone.mean(axis=0), axis=1).max() < np.ptp(points, axis=0).max() / 4


def test_communities_are_numbered_by_size_and_tiny_ones_have_none() -> None:
    sizes = [9, 4, 14]
    graph = nx.MultiDiGraph(nx.disjoint_union_all([nx.complete_graph(size) for size in sizes]))
    community = arrange(nx.relabel_nodes(graph, str)).community
    assert [community["0"], community["9"], community["13"]] == [1, -1, 0]
    assert list(community) == list(map(str, graph))
