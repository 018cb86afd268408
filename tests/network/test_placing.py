"""A known picture: what stands stays, what is new keeps its distance, too much that is new turns the whole."""

from __future__ import annotations

from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial import cKDTree

from koopgraph.network.ground import CLEARANCE, Ground, sunflower
from koopgraph.network.layout import Place, arrange
from koopgraph.network.placing import CLOSEST, aligned

EDGES = st.lists(st.tuples(st.integers(0, 39), st.integers(0, 39)), max_size=60)


def layout(graph: nx.MultiDiGraph[str], **told: Any) -> dict[str, Place]:
    return arrange(graph, **told).places


def made(edges: list[tuple[int, int]], nodes: list[int]) -> nx.MultiDiGraph[str]:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_nodes_from(f"n{number:02}" for number in nodes)
    graph.add_edges_from((f"n{a:02}", f"n{b:02}") for a, b in edges if a in nodes and b in nodes)
    return graph


@given(EDGES, st.integers(27, 39))
@settings(max_examples=30, deadline=None)
def test_known_nodes_stay_and_new_ones_keep_their_distance(edges: list[tuple[int, int]], old: int) -> None:
    before = layout(made(edges, list(range(old))))
    after = layout(made(edges, list(range(40))), known=before)
    assert {node: after[node] for node in before} == before
    points = np.array(list(after.values()))
    assert np.isfinite(points).all()
    new = [number for number, node in enumerate(after) if node not in before]
    assert cKDTree(points).query(points[new], k=2)[0][:, 1].min() > 0.6 * CLOSEST


def test_the_order_of_new_nodes_does_not_matter() -> None:
    edges = [(number, number // 3) for number in range(1, 40)]
    known = layout(made(edges, list(range(30))))
    after = layout(made(edges, list(range(40))), known=known)
    assert layout(made(edges[::-1], [*range(30), *range(39, 29, -1)]), known=known) == after


def test_a_graph_whose_nodes_are_all_known_stands_as_it_stood() -> None:
    graph = made([(0, 1), (1, 2)], [0, 1, 2])
    known = {"n00": (0.1 + 0.2, -7.0), "n01": (3.0, 4.25), "n02": (1e3, 0.0), "gone": (5.0, 5.0)}
    assert layout(graph, known=known) == {node: known[node] for node in graph}


def test_a_new_node_stands_near_what_it_is_joined_with() -> None:
    ring = [(number, (number + 1) % 30) for number in range(30)]
    known = layout(made(ring, list(range(30))))
    after = layout(made([*ring, (30, 7)], list(range(31))), known=known)
    points = np.array([after[node] for node in known])
    nearest = np.argsort(np.linalg.norm(points - after["n30"], axis=1))[:3]
    assert list(known).index("n07") in nearest


@pytest.mark.parametrize("known_nodes", [range(10, 40), range(26)])
def test_where_much_is_gone_or_new_the_picture_turns_towards_the_known_one(known_nodes: range) -> None:
    plain = nx.random_labeled_tree(40, seed=3)
    full = layout(made(list(plain.edges()), list(range(40))))
    angle = 2.0
    turn = np.array([[np.cos(angle), np.sin(angle)], [np.sin(angle), -np.cos(angle)]])
    known = {f"n{n:02}": tuple(map(float, turn @ full[f"n{n:02}"])) for n in known_nodes}
    known |= {f"gone{n}": (0.0, float(n)) for n in range(20)}
    after = layout(made(list(plain.edges()), list(range(40))), known=known)
    common = [node for node in after if node in known]
    now, then = np.array([after[node] for node in common]), np.array([known[node] for node in common])
    assert not np.array_equal(now, then)
    assert np.corrcoef(now.ravel(), then.ravel())[0, 1] > 0.9


def test_alignment_undoes_a_turn_a_mirror_and_a_move() -> None:
    points = np.random.default_rng(2).normal(size=(9, 2))
    nodes = list("abcdefghi")
    known = dict(zip(nodes, points @ np.array([[0.0, 1.2], [1.2, 0.0]]) + [5.0, -3.0], strict=True))
    assert np.allclose(aligned(points, nodes, known), list(known.values()))


def test_places_that_are_no_numbers_are_not_known() -> None:
    graph = made([(0, 1), (1, 2), (2, 3)], [0, 1, 2, 3])
    places = layout(graph, known={"n00": (float("nan"), 0.0), "n01": (0.0, 0.0), "n02": (60.0, 0.0), "n03": (1e9, 0.0)})
    assert np.isfinite(list(places.values())).all()
    assert places["n01"] == (0.0, 0.0)


def test_bodies_on_free_ground_do_not_touch() -> None:
    rng = np.random.default_rng(0)
    standing = rng.normal(size=(30, 2)) * 4
    bodies = [sunflower(count) for count in (40, 7, 1, 1)]
    ground = Ground(standing, room=100.0, reach=5.0)
    for points in bodies:
        placed = ground.take(points, np.zeros(2))
        assert cKDTree(standing).query(placed)[0].min() >= CLEARANCE
        standing = np.concatenate([standing, placed])


def test_ground_that_is_full_has_room_beside_it() -> None:
    ground = Ground(np.zeros((1, 2)), room=1.0, reach=1.0)
    first, second = (ground.take(sunflower(900), np.zeros(2)) for _ in range(2))
    assert cKDTree(first).query(second)[0].min() >= CLEARANCE


def test_an_arrangement_of_nothing_is_empty() -> None:
    assert arrange(nx.MultiDiGraph(), known={"a": (0.0, 0.0)}).places == {}
