"""How connected and how central the entities are, and which of them belong together."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TypeVar

import networkx as nx
from networkx.algorithms.community import louvain_communities

_Node = TypeVar("_Node", bound=Hashable)


def degrees(graph: nx.MultiDiGraph[str]) -> dict[str, int]:
    """Return the number of statements that each entity takes part in, as subject or object.

    >>> degrees(nx.MultiDiGraph([("a", "b"), ("a", "b"), ("a", "c")]))
    {'a': 3, 'b': 2, 'c': 1}
    """
    return {node: int(degree) for node, degree in graph.degree()}


def centrality(graph: nx.MultiDiGraph[str]) -> dict[str, float]:
    """Return each entity's PageRank over the undirected graph, scaled so that the highest is 1.

    Direction is ignored: 'Leipzig partner of koopstadt' says as much about either of them. Where no
    statement joins two entities, all are alike.

    >>> centrality(nx.MultiDiGraph([("hub", "a"), ("hub", "b")]))["hub"]
    1.0
    """
    if graph.number_of_nodes() == 0:
        return {}
    ranks = nx.pagerank(weighted(graph), weight="weight")
    highest = max(ranks.values())
    return {node: round(rank / highest, 9) for node, rank in ranks.items()}


def weighted(graph: nx.MultiDiGraph[str]) -> nx.Graph[str]:
    """Return the undirected simple graph: ``weight`` counts the statements between two entities; no loops."""
    simple: nx.Graph[str] = nx.Graph()
    simple.add_nodes_from(graph)
    for subject, other in graph.edges():
        if subject == other:
            continue
        if simple.has_edge(subject, other):
            simple[subject][other]["weight"] += 1.0
        else:
            simple.add_edge(subject, other, weight=1.0)
    return simple


def communities(graph: nx.Graph[_Node], *, seed: int = 1) -> list[list[_Node]]:
    """Return groups of nodes that are joined more densely than chance (Louvain), largest first.

    Nodes keep the order of ``graph``, which alone (with ``seed``) decides the result: Louvain walks over sets,
    and the order of a set of texts changes from one process to the next, that of small integers does not.
    """
    nodes = list(graph)
    position = {node: number for number, node in enumerate(nodes)}
    numbered: nx.Graph[int] = nx.Graph()
    numbered.add_nodes_from(range(len(nodes)))
    for first, second, weight in graph.edges(data="weight", default=1.0):
        numbered.add_edge(position[first], position[second], weight=weight)
    if not nodes:
        return []
    groups = [sorted(group) for group in louvain_communities(numbered, weight="weight", seed=seed)]
    return [[nodes[number] for number in group] for group in sorted(groups, key=lambda g: (-len(g), g))]
