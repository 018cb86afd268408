"""Where every entity stands in the picture: computed once, in Python, the same for the same graph.

Plain force layouts turn graphs of several thousand nodes into a ball. Therefore:

1. what no statement joins to the rest is tied, for the layout only, to the article that names it;
2. each connected component is laid out alone: small ones with exact forces, large ones communities first
   (Louvain → quotient graph → nodes within their community's disc → attraction and negative sampling);
3. the components are packed, the largest in the middle;
4. neighbours that crowd each other are moved apart.
"""

from __future__ import annotations

from typing import TypeAlias

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from koopgraph.network.forces import exact_forces, sampled_forces
from koopgraph.network.measures import communities, weighted
from koopgraph.network.packing import declutter, pack_discs, spread_discs

Points: TypeAlias = NDArray[np.float64]
Numbers: TypeAlias = NDArray[np.int64]

EXACT_LIMIT = 300
"""Above this many nodes the forces between all pairs take longer than a second on one core."""

CONTEXT_WEIGHT = 0.25
"""The pull between parts that only the same article joins: weaker than any statement."""

LANDSCAPE = 1.25
"""Screens are wider than high: the picture is stretched to this ratio before neighbours are moved apart."""


def layout(graph: nx.MultiDiGraph[str], *, seed: int = 1) -> dict[str, tuple[float, float]]:
    """Return the position of each node in pixels at full size, centred on (0, 0), rounded to 0.1.

    The same graph and ``seed`` give the same positions. Neighbouring nodes are about 40 pixels apart in a large
    graph and up to 110 in a small one, where there is room for every name.

    >>> layout(nx.MultiDiGraph([("a", "b")]))
    {'a': (-56.3, 0.0), 'b': (56.3, 0.0)}
    """
    nodes = list(graph)
    if not nodes:
        return {}
    simple = weighted(graph)
    _tie_to_articles(graph, simple)
    order, points = _arranged(simple, seed)
    points = declutter(points * np.sqrt([LANDSCAPE, 1.0 / LANDSCAPE])) * (40.0 + 75.0 / (1.0 + len(nodes) / 60.0))
    points -= (points.max(axis=0) + points.min(axis=0)) / 2
    places = {node: (_tenths(x), _tenths(y)) for node, (x, y) in zip(order, points, strict=True)}
    return {node: places[node] for node in nodes}


def _tenths(value: float) -> float:
    return round(float(value), 1) + 0.0  # no negative zero


def _tie_to_articles(graph: nx.MultiDiGraph[str], simple: nx.Graph[str]) -> None:
    """Join each component to the best connected entity of the article that names its own best connected one first."""
    named: dict[str, list[str]] = {}
    for node in graph:
        for mention in graph.nodes[node].get("mentions", ()):
            named.setdefault(mention["article"], []).append(node)
    degree = dict(simple.degree())
    anchors = {article: max(members, key=degree.__getitem__) for article, members in named.items()}
    position = {node: number for number, node in enumerate(graph)}
    for component in list(nx.connected_components(simple)):
        head = min(component, key=lambda node: (-degree[node], position[node]))
        mentions = graph.nodes[head].get("mentions", ())
        if mentions and anchors[mentions[0]["article"]] not in component:
            simple.add_edge(head, anchors[mentions[0]["article"]], weight=CONTEXT_WEIGHT)


def _arranged(simple: nx.Graph[str], seed: int) -> tuple[list[str], Points]:
    position = {node: number for number, node in enumerate(simple)}
    components = [sorted(part, key=position.__getitem__) for part in nx.connected_components(simple)]
    components.sort(key=lambda part: (-len(part), position[part[0]]))
    order: list[str] = []
    shapes: list[Points] = []
    bodies: list[tuple[Points, NDArray[np.float64]]] = []
    for members in components:
        large = len(members) > EXACT_LIMIT
        points, discs, radii = _large(simple, members, seed) if large else _small(simple, members, seed)
        order.extend(members)
        shapes.append(points)
        bodies.append((discs, radii))
    offsets = pack_discs(bodies, height=LANDSCAPE)
    return order, np.concatenate([points + offset for points, offset in zip(shapes, offsets, strict=True)])


def _edges(simple: nx.Graph[str], members: list[str]) -> tuple[Numbers, Numbers, NDArray[np.float64]]:
    number = {node: index for index, node in enumerate(members)}
    edges = [(number[a], number[b], w) for a, b, w in simple.edges(members, data="weight", default=1.0)]
    table = np.array(edges, dtype=np.float64).reshape(-1, 3)
    return table[:, 0].astype(np.int64), table[:, 1].astype(np.int64), table[:, 2]


def _small(simple: nx.Graph[str], members: list[str], seed: int) -> tuple[Points, Points, NDArray[np.float64]]:
    points = exact_forces(len(members), *_edges(simple, members), seed=seed)
    return points, points, np.full(len(members), 0.6)


def _large(simple: nx.Graph[str], members: list[str], seed: int) -> tuple[Points, Points, NDArray[np.float64]]:
    """Lay out communities first, then their members, then fill each community's disc evenly."""
    part = nx.Graph(simple.subgraph(members))
    groups = communities(part, seed=seed)
    number = {node: index for index, node in enumerate(members)}
    community = np.empty(len(members), dtype=np.int64)
    for index, group in enumerate(groups):
        community[[number[node] for node in group]] = index
    first, second, weight = _edges(simple, members)
    radii = np.sqrt(np.bincount(community).astype(np.float64))
    centres = _community_centres(community, first, second, weight, radii, seed)
    rng = np.random.default_rng(seed)
    angle, reach = rng.uniform(0, 2 * np.pi, len(members)), np.sqrt(rng.uniform(0, 1, len(members)))
    start = centres[community] + (reach * radii[community])[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])
    pull = np.where(community[first] == community[second], 1.0, 0.15)
    points = sampled_forces(start, first, second, pull, seed=seed)
    return _filled_discs(points, community, radii * 0.62)


def _community_centres(
    community: Numbers,
    first: Numbers,
    second: Numbers,
    weight: NDArray[np.float64],
    radii: NDArray[np.float64],
    seed: int,
) -> Points:
    count = len(radii)
    low, high = np.minimum(community[first], community[second]), np.maximum(community[first], community[second])
    keys, where = np.unique((low * count + high)[low != high], return_inverse=True)
    strength = np.bincount(where, weights=weight[low != high], minlength=len(keys))
    centres = exact_forces(count, keys // count, keys % count, strength / strength.mean(), seed=seed)
    scale = np.sqrt((radii**2).sum()) / max(float(centres.std()), 1e-9)
    return spread_discs(centres * scale * 0.9, radii, shrink=1.0, rounds=200)


def _filled_discs(
    points: Points, community: Numbers, radii: NDArray[np.float64]
) -> tuple[Points, Points, NDArray[np.float64]]:
    count = len(radii)
    middle = np.array([points[community == index].mean(axis=0) for index in range(count)])
    own = points - middle[community]
    distance, angle = np.hypot(own[:, 0], own[:, 1]), np.arctan2(own[:, 1], own[:, 0])
    filled = np.empty_like(points)
    for index in range(count):
        inside = np.flatnonzero(community == index)
        rank = np.empty(len(inside))
        rank[np.argsort(distance[inside], kind="stable")] = np.arange(len(inside))
        reach = radii[index] * np.sqrt((rank + 0.5) / len(inside))
        filled[inside] = np.column_stack([reach * np.cos(angle[inside]), reach * np.sin(angle[inside])])
    middle = spread_discs(middle, radii)
    return middle[community] + filled, middle, radii
