"""Forces between nodes: attraction along edges, repulsion between all, vectorised with numpy."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import shortest_path

Points = NDArray[np.float64]
Numbers = NDArray[np.int64]

ROUNDS = 220
NEGATIVES = 6
GRAVITY = 0.4
"""Pull towards the middle in the exact model: keeps chains from trailing far out of the picture."""


def exact_forces(
    count: int,
    first: Numbers,
    second: Numbers,
    weight: NDArray[np.float64],
    *,
    seed: int,
    sketch: Points | None = None,
) -> Points:
    """Lay out a connected graph of ``count`` nodes with the forces between all pairs; an edge is about 1 long.

    ``first`` and ``second`` are the ends of the edges, as indices. Starts from ``sketch`` (only its shape counts, not
    its size) or else from classical scaling of the distances in the graph, which is untangled from the outset, and
    lets a spring model (Fruchterman and Reingold, 1991) even it out while it cools.
    """
    if count <= 2:
        return np.column_stack([np.arange(count) - (count - 1) / 2, np.zeros(count)])
    points = _scaled_distances(count, first, second)
    if sketch is not None:
        points = (sketch - sketch.mean(axis=0)) * (points.std() / max(float(sketch.std()), 1e-9))
    points = points + np.random.default_rng(seed).normal(scale=0.05, size=(count, 2))
    pull = np.zeros((count, count))
    pull[first, second] = pull[second, first] = np.sqrt(weight)
    rounds = min(60 + 4 * count, 300)
    for number in range(rounds):
        apart = points[:, None, :] - points[None, :, :]
        distance = np.sqrt((apart**2).sum(axis=-1)) + 1e-6
        strength = 1.0 / distance**2 - pull * distance
        move = (apart * strength[:, :, None]).sum(axis=1) - GRAVITY * points
        length = np.sqrt((move**2).sum(axis=1, keepdims=True)) + 1e-9
        heat = 0.5 * (1.0 - number / rounds) + 0.01
        points = points + move / length * np.minimum(length, heat)
    points -= points.mean(axis=0)
    return points


def _scaled_distances(count: int, first: Numbers, second: Numbers) -> Points:
    adjacency = coo_array((np.ones(len(first)), (first, second)), shape=(count, count)).tocsr()
    squared = shortest_path(adjacency, directed=False, unweighted=True) ** 2
    centred = -0.5 * (squared - squared.mean(axis=0) - squared.mean(axis=1)[:, None] + squared.mean())
    values, vectors = np.linalg.eigh(centred)
    vectors = vectors[:, [-1, -2]]
    # An eigenvector's sign is arbitrary and may differ from one linear algebra library to the next.
    signs = np.sign(vectors[np.abs(vectors).argmax(axis=0), [0, 1]])
    points: Points = vectors * signs * np.sqrt(np.maximum(values[[-1, -2]], 0.0))
    return points


def sampled_forces(points: Points, first: Numbers, second: Numbers, pull: NDArray[np.float64], *, seed: int) -> Points:
    """Improve ``points`` of a large graph; ``pull`` scales the attraction of each edge.

    Repulsion acts between nodes in the same cell of a grid and between random pairs (negative sampling), which
    stands for the forces of the whole graph at a fraction of their cost.
    """
    count = len(points)
    rng = np.random.default_rng(seed)
    degree = np.maximum(np.bincount(np.concatenate([first, second]), minlength=count), 1)[:, None] ** 0.5
    for number in range(ROUNDS):
        apart = points[second] - points[first]
        distance = np.sqrt((apart**2).sum(axis=1)) + 1e-9
        force = apart * (np.clip(np.log1p(distance) * 0.5, 0, 3) / distance * pull)[:, None]
        move = _summed(count, first, second, force) / degree
        for _ in range(NEGATIVES):
            away = points - points[rng.integers(0, count, count)]
            move += away / ((away**2).sum(axis=1) + 0.25)[:, None] * 0.6
        move += _crowding(points, rng.uniform(0, np.pi))
        points = points + move * (0.5 * (1.0 - number / ROUNDS))
    return points


def _crowding(points: Points, angle: float) -> Points:
    # Neighbours in the order of the grid's cells stand for neighbours in the plane. The grid is turned each time: along
    # fixed rows the forces would draw crosses and boxes.
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    cells = np.floor(points @ turn / 1.2).astype(np.int64)
    order = np.argsort(cells[:, 0] * 1_000_003 + cells[:, 1], kind="stable")
    move = np.zeros_like(points)
    for shift in (1, 2, 3):
        one, other = order[:-shift], order[shift:]
        apart = points[one] - points[other]
        distance = np.sqrt((apart**2).sum(axis=1)) + 1e-3
        force = apart * (np.clip(1.0 - distance, 0, None) * 0.5 / distance)[:, None]
        move += _summed(len(points), one, other, force)
    return move


def _summed(count: int, first: Numbers, second: Numbers, force: Points) -> Points:
    """Add ``force`` to the nodes ``first`` and subtract it from the nodes ``second``."""
    ends = np.concatenate([first, second])
    both = np.concatenate([force, -force])
    return np.column_stack([np.bincount(ends, weights=both[:, axis], minlength=count) for axis in (0, 1)])
