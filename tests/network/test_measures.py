"""Degree, centrality and communities."""

from __future__ import annotations

import subprocess
import sys

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from koopgraph.network.measures import centrality, communities, degrees, weighted


def test_the_most_connected_entity_is_the_most_central() -> None:
    star: nx.MultiDiGraph[str] = nx.MultiDiGraph([("hub", f"leaf {n}") for n in range(5)])
    ranks = centrality(star)
    assert max(ranks, key=ranks.__getitem__) == "hub"
    assert len({ranks[f"leaf {n}"] for n in range(5)}) == 1


def test_parallel_statements_weigh_more_and_loops_nothing() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph([("a", "b"), ("b", "a"), ("a", "a"), ("a", "c")])
    assert dict(weighted(graph).edges) == {("a", "b"): {"weight": 2.0}, ("a", "c"): {"weight": 1.0}}
    assert degrees(graph) == {"a": 5, "b": 2, "c": 1}


def test_an_empty_graph_has_no_measures() -> None:
    assert centrality(nx.MultiDiGraph()) == {}
    assert communities(nx.Graph()) == []


def test_communities_find_two_cliques() -> None:
    graph = nx.disjoint_union(nx.complete_graph(6), nx.complete_graph(5))
    graph.add_edge(0, 6)
    assert communities(graph) == [[0, 1, 2, 3, 4, 5], [6, 7, 8, 9, 10]]


def test_communities_do_not_depend_on_the_hash_seed() -> None:
    program = (
        "import networkx as nx; from koopgraph.network.measures import communities;"
        "g = nx.relabel_nodes(nx.karate_club_graph(), lambda n: f'node {n}'); print(communities(g))"
    )
    runs = [
        subprocess.run([sys.executable, "-c", program], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True)
        for seed in ("1", "2")
    ]
    assert runs[0].stdout == runs[1].stdout != b""


ENDS = st.integers(0, 39)
EDGES = st.lists(st.tuples(ENDS, ENDS, st.sampled_from([0.25, 1.0, 2.0, 3.0])), max_size=120)


@settings(max_examples=150)
@given(edges=EDGES, seed=st.integers(0, 5))
def test_communities_are_those_of_networkx(edges: list[tuple[int, int, float]], seed: int) -> None:
    graph: nx.Graph[int] = nx.empty_graph(40)
    graph.add_weighted_edges_from(edges)
    theirs = [sorted(group) for group in nx.community.louvain_communities(graph, weight="weight", seed=seed)]
    assert communities(graph, seed=seed) == sorted(theirs, key=lambda group: (-len(group), group))


def test_communities_of_communities_are_those_of_networkx() -> None:
    graph = nx.relaxed_caveman_graph(60, 9, 0.3, seed=3)
    theirs = [sorted(group) for group in nx.community.louvain_communities(graph, seed=1)]
    assert communities(graph) == sorted(theirs, key=lambda group: (-len(group), group))


@given(edges=EDGES)
def test_centrality_is_the_pagerank_of_networkx(edges: list[tuple[int, int, float]]) -> None:
    graph: nx.MultiDiGraph[int] = nx.MultiDiGraph(nx.empty_graph(40))
    graph.add_edges_from((one, other) for one, other, _ in edges)
    theirs = nx.pagerank(weighted(graph))  # type: ignore[arg-type]
    highest = max(theirs.values())
    expected = {node: rank / highest for node, rank in theirs.items()}
    assert centrality(graph) == pytest.approx(expected, abs=1e-9)  # type: ignore[arg-type]
