"""One connected part of the network as a rigid body of points around (0, 0), neighbours about 1 apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TypeAlias

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from koopgraph.network.forces import exact_forces, sampled_forces
from koopgraph.network.packing import spread_discs

Points: TypeAlias = NDArray[np.float64]
Numbers: TypeAlias = NDArray[np.int64]

EXACT_LIMIT = 300
"""Above this many nodes the forces between all pairs take longer than a second on one core."""

FEW = 6
"""Nodes of a part that has one of a few forms: each form is laid out once."""

FLAT = 1e-3
"""A community is a line where the variance across it is less than this share of that along it."""


def body(
    simple: nx.Graph[str],
    members: Sequence[str],
    community: Mapping[str, int],
    *,
    seed: int,
    sketch: Mapping[str, Points] | None = None,
) -> Points:
    """Return the place of each of ``members``, which are joined in ``simple``; the box around them is centred.

    Small parts are laid out with exact forces, large ones community by community (``community`` is the number of each),
    beginning with the communities where ``sketch`` has their members, if it knows any.
    """
    if len(members) > EXACT_LIMIT:
        points = _large(simple, members, community, seed, sketch or {})
    else:
        points = _small(simple, members, seed)
    middle: Points = (points.max(axis=0) + points.min(axis=0)) / 2
    return points - middle


def _small(simple: nx.Graph[str], members: Sequence[str], seed: int) -> Points:
    edges = _edges(simple, members)
    if len(members) > FEW:
        return exact_forces(len(members), *edges, seed=seed)
    return _of_form(len(members), tuple(zip(*(column.tolist() for column in edges), strict=True)), seed)


@lru_cache(maxsize=1000)
def _of_form(count: int, edges: tuple[tuple[int, int, float], ...], seed: int) -> Points:
    """Lay out one of the few forms that a handful of nodes can have: thousands of parts are pairs and triples."""
    return exact_forces(count, *_columns(edges), seed=seed)


def _edges(simple: nx.Graph[str], members: Sequence[str]) -> tuple[Numbers, Numbers, NDArray[np.float64]]:
    number = {node: index for index, node in enumerate(members)}
    return _columns([(number[a], number[b], w) for a, b, w in simple.edges(members, data="weight", default=1.0)])


def _columns(edges: Sequence[tuple[int, int, float]]) -> tuple[Numbers, Numbers, NDArray[np.float64]]:
    table = np.array(edges, dtype=np.float64).reshape(-1, 3)
    return table[:, 0].astype(np.int64), table[:, 1].astype(np.int64), table[:, 2]


def _large(
    simple: nx.Graph[str], members: Sequence[str], numbers: Mapping[str, int], seed: int, sketch: Mapping[str, Points]
) -> Points:
    """Lay out communities first, then their members, then fill each community's disc evenly."""
    community = np.unique([numbers[node] for node in members], return_inverse=True)[1]
    first, second, weight = _edges(simple, members)
    radii = np.sqrt(np.bincount(community).astype(np.float64))
    sketched = _sketched_centres(members, community, sketch)
    centres = _community_centres(community, first, second, weight, radii, seed, sketched)
    rng = np.random.default_rng(seed)
    angle, reach = rng.uniform(0, 2 * np.pi, len(members)), np.sqrt(rng.uniform(0, 1, len(members)))
    start = centres[community] + (reach * radii[community])[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])
    pull = np.where(community[first] == community[second], 1.0, 0.15)
    points = sampled_forces(start, first, second, pull, seed=seed)
    return _filled_discs(points, community, radii * 0.62)


def _sketched_centres(members: Sequence[str], community: Numbers, sketch: Mapping[str, Points]) -> Points | None:
    """Return where each community's known members are on average: the middle of all where none is known."""
    known = [index for index, node in enumerate(members) if node in sketch]
    if not known:
        return None
    points, of = np.array([sketch[members[index]] for index in known]), community[known]
    count = np.bincount(of, minlength=community.max() + 1)[:, None]
    sums = np.column_stack([np.bincount(of, weights=points[:, axis], minlength=len(count)) for axis in (0, 1)])
    return np.where(count > 0, sums / np.maximum(count, 1), points.mean(axis=0))


def _community_centres(
    community: Numbers,
    first: Numbers,
    second: Numbers,
    weight: NDArray[np.float64],
    radii: NDArray[np.float64],
    seed: int,
    sketch: Points | None,
) -> Points:
    count = len(radii)
    low, high = np.minimum(community[first], community[second]), np.maximum(community[first], community[second])
    keys, where = np.unique((low * count + high)[low != high], return_inverse=True)
    strength = np.bincount(where, weights=weight[low != high], minlength=len(keys))
    mean = float(strength.mean()) if len(strength) else 1.0
    centres = exact_forces(count, keys // count, keys % count, strength / mean, seed=seed, sketch=sketch)
    scale = np.sqrt((radii**2).sum()) / max(float(centres.std()), 1e-9)
    return spread_discs(centres * scale * 0.9, radii, shrink=1.0, rounds=200)


def _filled_discs(points: Points, community: Numbers, radii: NDArray[np.float64]) -> Points:
    count = len(radii)
    middle = np.array([points[community == index].mean(axis=0) for index in range(count)])
    own = _rounded_out(points - middle[community], community, count)
    distance, angle = np.hypot(own[:, 0], own[:, 1]), np.arctan2(own[:, 1], own[:, 0])
    filled = np.empty_like(points)
    for index in range(count):
        inside = np.flatnonzero(community == index)
        rank = np.empty(len(inside))
        rank[np.argsort(distance[inside], kind="stable")] = np.arange(len(inside))
        reach = radii[index] * np.sqrt((rank + 0.5) / len(inside))
        filled[inside] = np.column_stack([reach * np.cos(angle[inside]), reach * np.sin(angle[inside])])
    return spread_discs(middle, radii)[community] + filled


def _rounded_out(own: Points, community: Numbers, count: int) -> Points:
    """Stretch each community to a circle: one that its neighbours squeeze would fill but an arc of its disc."""
    for index in range(count):
        inside = np.flatnonzero(community == index)
        values, vectors = np.linalg.eigh(own[inside].T @ own[inside] / len(inside))
        if values[0] > FLAT * values[1]:
            own[inside] = own[inside] @ (vectors / np.sqrt(values)) @ vectors.T
    return own
