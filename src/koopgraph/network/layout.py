"""Where every entity stands in the picture: computed once, in Python, the same for the same graph.

Plain force layouts turn graphs of several thousand nodes into a ball. Therefore:

1. what no statement joins to the rest is tied, for the layout only, to the article that names it;
2. each connected part is laid out alone (:mod:`koopgraph.network.bodies`);
3. the parts are packed, the largest in the middle, and what nothing is joined with stands together;
4. neighbours that crowd each other are moved apart.

Readers who come back look for things where they were. Given the places of an earlier picture, what stands there stays,
and what is new finds a place beside it (:mod:`koopgraph.network.placing`). Where too much has changed for that, the
picture is laid out anew and turned as close to the earlier one as it can be.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from koopgraph.collector import collector_off
from koopgraph.network.bodies import body
from koopgraph.network.ground import Ground, sunflower
from koopgraph.network.measures import communities, weighted
from koopgraph.network.packing import declutter
from koopgraph.network.placing import aligned, placed_beside, typical_distance

Points: TypeAlias = NDArray[np.float64]
Place: TypeAlias = tuple[float, float]

CONTEXT_WEIGHT = 0.25
"""The pull between parts that only the same article joins: weaker than any statement."""

LANDSCAPE = 1.05
"""Screens are wider than high: the picture is stretched to this ratio before neighbours are moved apart."""

SMALLEST_COMMUNITY = 5
"""Fewer are no theme of a corpus: they have no number of their own."""

MOST_NEW = MOST_GONE = 1 / 3
"""More than this share of new things, or of known ones that are gone, and the picture is laid out anew."""


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Each node's place in pixels at full size, and its community: 0 is the largest, -1 what is in none of note."""

    places: dict[str, Place]
    community: dict[str, int]


@collector_off()
def arrange(graph: nx.MultiDiGraph[str], *, seed: int = 1, known: Mapping[str, Place] | None = None) -> Arrangement:
    """Return the place of each node in pixels at full size, rounded to 0.1, and its community, in the graph's order.

    The same graph, ``seed`` and ``known`` give the same. Neighbouring nodes are about 40 pixels apart in a large graph
    and up to 110 in a small one, where there is room for every name. A new picture is centred on (0, 0).

    ``known`` are places of an earlier picture. Nodes that have one keep it exactly, unless more than a third of all
    nodes are new or more than a third of ``known`` is gone: then the new picture as a whole is turned, mirrored, moved
    and scaled towards them.

    >>> arrange(nx.MultiDiGraph([("a", "b")])).places
    {'a': (-56.3, 0.0), 'b': (56.3, 0.0)}
    """
    if not graph:
        return Arrangement({}, {})
    simple = weighted(graph)
    _tie_to_articles(graph, simple)
    groups = communities(simple, seed=seed)
    number = {node: index for index, group in enumerate(groups) for node in group}
    places = _places(simple, number, seed, known or {})
    sizes = [len(group) for group in groups]
    return Arrangement(
        places={node: places[node] for node in graph},
        community={node: number[node] if sizes[number[node]] >= SMALLEST_COMMUNITY else -1 for node in graph},
    )


def _places(
    simple: nx.Graph[str], community: dict[str, int], seed: int, known: Mapping[str, Place]
) -> dict[str, Place]:
    kept = {node: known[node] for node in simple if node in known and np.isfinite(known[node]).all()}
    if len(kept) == len(simple):
        return kept
    if len(simple) - len(kept) <= MOST_NEW * len(simple) and len(known) - len(kept) <= MOST_GONE * len(known):
        return kept | _rounded(placed_beside(kept, simple, community, seed=seed))
    stretch = np.sqrt([LANDSCAPE, 1.0 / LANDSCAPE])
    unit = stretch * typical_distance(list(kept.values()))
    order, points = _arranged(simple, community, seed, {node: np.array(place) / unit for node, place in kept.items()})
    points = declutter(points * stretch) * (40.0 + 75.0 / (1.0 + len(simple) / 60.0))
    points -= (points.max(axis=0) + points.min(axis=0)) / 2
    return _rounded(dict(zip(order, aligned(points, order, kept), strict=True)))


def _rounded(points: Mapping[str, Points]) -> dict[str, Place]:
    return {node: (_tenths(x), _tenths(y)) for node, (x, y) in points.items()}


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


def _arranged(
    simple: nx.Graph[str], community: dict[str, int], seed: int, sketch: Mapping[str, Points]
) -> tuple[list[str], Points]:
    """Return all nodes and their places, about 1 apart: part by part, from the middle outwards.

    ``sketch`` are places on the same scale, which parts go as near to as they can.
    """
    position = {node: number for number, node in enumerate(simple)}
    parts = [sorted(part, key=position.__getitem__) for part in nx.connected_components(simple)]
    joined = sorted((part for part in parts if len(part) > 1), key=lambda part: (-len(part), position[part[0]]))
    bodies = [body(simple, part, community, seed=seed, sketch=sketch) for part in joined]
    alone = [part[0] for part in parts if len(part) == 1]
    if alone:
        # Scattered around everything else, hundreds of single dots would be all that one sees.
        joined.append(alone)
        bodies.append(sunflower(len(alone)))
    bodies = [aligned(points, part, sketch, scales=(1.0, 1.0)) for points, part in zip(bodies, joined, strict=True)]
    return [node for part in joined for node in part], np.concatenate([bodies[0], *_packed(bodies)])


def _packed(bodies: list[Points]) -> list[Points]:
    """Return all bodies but the first, moved as little as they must be to stand free of it and of each other."""
    if len(bodies) == 1:
        return []
    middles = [(points.max(axis=0) + points.min(axis=0)) / 2 for points in bodies]
    centred = [points - middle for points, middle in zip(bodies, middles, strict=True)]
    reaches = [float(np.sqrt((points**2).sum(axis=1)).max()) + 1.0 for points in centred[1:]]
    ground = Ground(bodies[0], room=float(np.pi * np.square(reaches).sum()), reach=max(reaches), height=LANDSCAPE)
    pairs = zip(centred[1:], middles[1:], strict=True)
    return [ground.take(points, middle) for points, middle in pairs]
