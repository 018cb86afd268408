"""A picture that readers know already: what is new finds its place beside what stands, or all turns towards it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from scipy.linalg import orthogonal_procrustes
from scipy.spatial import cKDTree

from koopgraph.network.bodies import body
from koopgraph.network.ground import Ground
from koopgraph.network.packing import declutter

Points = NDArray[np.float64]
Place = tuple[float, float]

TOGETHER = 6
"""New nodes that are joined and at least this many keep their shape; fewer are placed one by one."""

CLOSEST, WIDEST = 20.0, 200.0
"""Bounds, in pixels, of what is taken for the typical distance of neighbours in a known picture."""

SCALES = (1.0, 1.5)
"""A picture that is turned towards an earlier one is not made denser than it is readable, nor much emptier."""


def placed_beside(
    known: Mapping[str, Place], simple: nx.Graph[str], community: Mapping[str, int], *, seed: int
) -> dict[str, Points]:
    """Return a place for each node of ``simple`` that has none in ``known``.

    1. New nodes that are joined with each other make one body, if they are several, with a layout of its own.
    2. Bodies and single nodes go, wave by wave, to the free place nearest to the weighted barycentre of what stands
       already and is joined with them.
    3. What is joined with nothing that stands comes last: to the middle of those like it, or of the picture.
    """
    standing = np.array([known[node] for node in sorted(known)])
    step = typical_distance(standing)
    places = {node: np.array(place) / step for node, place in known.items()}
    units = _units(known, simple)
    bodies = {unit: declutter(body(simple.subgraph(unit), unit, community, seed=seed)) for unit in units}
    reaches = [float(np.sqrt((points**2).sum(axis=1)).max()) + 1.0 for points in bodies.values()]
    ground = Ground(standing / step, room=float(np.pi * np.square(reaches).sum()), reach=max(reaches))
    waiting = set(units)
    while waiting:
        targets = {unit: target for unit in waiting if (target := _target(unit, simple, places)) is not None}
        targets = targets or dict.fromkeys(waiting, _loose_target(simple, places))
        for unit in sorted(targets, key=lambda unit: (-len(unit), unit)):
            places.update(zip(unit, ground.take(bodies[unit], targets[unit]), strict=True))
        waiting -= targets.keys()
    return {node: place * step for node, place in places.items() if node not in known}


def typical_distance(points: Points | Sequence[Place]) -> float:
    """Return how far neighbours are typically apart, within bounds that make sense in pixels."""
    if len(points) < 2:
        return WIDEST / 2
    return float(np.clip(np.median(cKDTree(points).query(points, k=2)[0][:, 1]), CLOSEST, WIDEST))


def _units(known: Mapping[str, Place], simple: nx.Graph[str]) -> list[tuple[str, ...]]:
    """Return the new nodes in the groups that are placed as one; what is in them does not depend on any order."""
    new = simple.subgraph([node for node in simple if node not in known])
    units: list[tuple[str, ...]] = []
    for part in nx.connected_components(new):
        group = tuple(sorted(part))
        fixed = len(group) >= TOGETHER or not any(other in known for node in group for other in simple[node])
        units += [group] if fixed else [(node,) for node in group]
    return units


def _target(unit: Sequence[str], simple: nx.Graph[str], places: Mapping[str, Points]) -> Points | None:
    """Return the weighted barycentre of what stands and is joined with ``unit``; None where nothing does."""
    pulls = sorted((other, data["weight"]) for node in unit for other, data in simple[node].items() if other in places)
    if not pulls:
        return None
    return np.average([places[other] for other, _ in pulls], axis=0, weights=[weight for _, weight in pulls])


def _loose_target(simple: nx.Graph[str], places: Mapping[str, Points]) -> Points:
    loose = [places[node] for node in sorted(places) if not simple[node]]
    points = np.array(loose or [places[node] for node in sorted(places)])
    middle: Points = (points.max(axis=0) + points.min(axis=0)) / 2
    return middle


def aligned(
    points: Points,
    order: Sequence[str],
    known: Mapping[str, Place] | Mapping[str, Points],
    *,
    scales: tuple[float, float] = SCALES,
) -> Points:
    """Return ``points`` of the nodes ``order``, turned, mirrored, moved and scaled as near to ``known`` as can be.

    That is the orthogonal Procrustes problem (Schönemann, 1966) over the nodes that both have; where there is none,
    nothing changes. ``scales`` bounds the factor.
    """
    common = [number for number, node in enumerate(order) if node in known]
    if not common:
        return points
    mine, theirs = points[common], np.array([known[order[number]] for number in common])
    centre, goal = mine.mean(axis=0), theirs.mean(axis=0)
    turn, strength = orthogonal_procrustes(mine - centre, theirs - goal)
    scale = np.clip(strength / max(float(((mine - centre) ** 2).sum()), 1e-9), *scales)
    moved: Points = (points - centre) @ turn * scale + goal
    return moved
