"""How connected and how central the entities are, and which of them belong together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable
from typing import TypeAlias, TypeVar

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, dia_array

from koopgraph.network.louvain import louvain

Numbers: TypeAlias = NDArray[np.int32]

DAMPING, TOLERANCE, MOST_ROUNDS = 0.85, 1e-6, 100
"""Of PageRank: as in networkx. With this damping it comes to rest within 85 rounds."""

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
    number = {node: position for position, node in enumerate(graph)}
    ends = np.array([(number[a], number[b]) for a, b in graph.edges()], dtype=np.int32).reshape(-1, 2)
    return dict(zip(number, ranks(len(number), ends[:, 0], ends[:, 1]).tolist(), strict=True))


def ranks(count: int, first: Numbers, second: Numbers) -> NDArray[np.float64]:
    """Return :func:`centrality` of ``count`` nodes, as arrays; ``first`` and ``second`` are the ends of the statements.

    PageRank is computed as ``networkx.pagerank`` does it, without making a graph of millions of Python objects first.
    """
    apart = first != second
    ends = np.concatenate([first[apart], second[apart]]), np.concatenate([second[apart], first[apart]])
    joined = coo_array((np.ones(len(ends[0])), ends), shape=(count, count)).tocsr()
    weights = joined.sum(axis=1)
    loose = weights == 0
    shares = np.divide(1.0, weights, out=np.zeros(count), where=~loose)
    links = dia_array((shares[None, :], [0]), shape=joined.shape).tocsr() @ joined
    rank = even = np.full(count, 1.0 / count)
    for _ in range(MOST_ROUNDS):
        before = rank
        rank = DAMPING * (rank @ links + rank[loose].sum() * even) + (1 - DAMPING) * even
        if np.abs(rank - before).sum() < count * TOLERANCE:
            break
    return np.array([round(share, 9) for share in (rank / rank.max()).tolist()])


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

    Nodes keep the order of ``graph``, which alone (with ``seed``) decides the result.
    """
    nodes = list(graph)
    position = {node: number for number, node in enumerate(nodes)}
    edges = ((position[a], position[b], weight) for a, b, weight in graph.edges(data="weight", default=1.0))
    groups: dict[int, list[int]] = defaultdict(list)
    for number, community in enumerate(louvain(len(nodes), edges, seed=seed)):
        groups[community].append(number)
    return [[nodes[number] for number in group] for group in sorted(groups.values(), key=lambda g: (-len(g), g))]
