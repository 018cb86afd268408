"""Degree, centrality and communities."""

from __future__ import annotations

import subprocess
import sys

import networkx as nx

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
