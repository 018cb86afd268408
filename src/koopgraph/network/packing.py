"""Discs and points that must not overlap: communities beside each other, neighbours that crowd."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

Points = NDArray[np.float64]
Radii = NDArray[np.float64]

GAP = 1.12
DECLUTTER_ROUNDS = 70
REACH = 0.8
"""Wanted distance of neighbours, as a share of the typical distance to the nearest one."""


def spread_discs(centres: Points, radii: Radii, *, shrink: float = 0.985, rounds: int = 400) -> Points:
    """Move overlapping discs apart while the whole shrinks towards its middle, until they almost touch."""
    for _ in range(rounds):
        apart = centres[:, None, :] - centres[None, :, :]
        distance = np.sqrt((apart**2).sum(axis=-1)) + 1e-9
        overlap = np.clip((radii[:, None] + radii[None, :]) * GAP - distance, 0, None)
        np.fill_diagonal(overlap, 0)
        centres = centres * shrink + (apart / distance[:, :, None] * overlap[:, :, None] * 0.25).sum(axis=1)
    return centres


def declutter(points: Points) -> Points:
    """Scale ``points`` so that a node's nearest neighbour is typically 1 away, and move apart those that crowd.

    Nodes that share a place are separated along seeded directions, so that the result is always the same.
    """
    count = len(points)
    if count < 2:
        return np.zeros_like(points)
    nearest = cKDTree(points).query(points, k=2)[0][:, 1]
    points = (points - points.mean(axis=0)) / max(float(np.median(nearest)), 1e-3)
    for number in range(DECLUTTER_ROUNDS):
        pairs = cKDTree(points).query_pairs(REACH, output_type="ndarray")
        if len(pairs) == 0:
            break
        if len(pairs) > 30 * count:
            points = points * 1.15
            continue
        points = points + _push(points, pairs[:, 0], pairs[:, 1], np.random.default_rng(number))
    return points


def _push(points: Points, one: NDArray[np.int64], other: NDArray[np.int64], rng: np.random.Generator) -> Points:
    apart = points[one] - points[other]
    distance = np.sqrt((apart**2).sum(axis=1))
    same = distance < 1e-9
    apart[same] = rng.normal(scale=0.01, size=(int(same.sum()), 2))
    force = apart * (0.55 * (REACH - distance) / np.maximum(distance, 1e-3))[:, None]
    ends = np.concatenate([one, other])
    both = np.concatenate([force, -force])
    crowd = np.maximum(np.bincount(ends, minlength=len(points)), 1) ** 0.6
    return np.column_stack([np.bincount(ends, weights=both[:, axis], minlength=len(points)) / crowd for axis in (0, 1)])
