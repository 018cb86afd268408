"""Positions: the same for the same graph, finite, and apart from each other."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial import cKDTree

from koopgraph.network.layout import EXACT_LIMIT, layout
from koopgraph.network.packing import declutter, pack_discs


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


def test_packed_bodies_do_not_overlap() -> None:
    rng = np.random.default_rng(0)
    bodies = [(rng.normal(size=(20, 2)) * 4, np.full(20, 0.6))] + [(np.zeros((1, 2)), np.array([r])) for r in (2, 1, 1)]
    offsets = pack_discs(bodies)
    centres = np.concatenate([own + offset for (own, _), offset in zip(bodies, offsets, strict=True)])
    radii = np.concatenate([own for _, own in bodies])
    for number in range(20, 23):
        distance = np.linalg.norm(np.delete(centres, number, axis=0) - centres[number], axis=1)
        assert (distance >= np.delete(radii, number) + radii[number]).all()


def test_nodes_on_one_spot_are_separated() -> None:
    points = declutter(np.array([[0.0, 0.0]] * 5 + [[9.0, 9.0], [9.0, 0.0]]))
    assert cKDTree(points).query(points, k=2)[0][:, 1].min() > 0.05
