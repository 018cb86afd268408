"""Free room in a picture: where the next body of points can stand without crowding what stands there already."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

Points = NDArray[np.float64]

SPACING = 0.8
"""Between candidates for a place, where neighbours are typically 1 apart."""

CLEARANCE = 0.75
"""What must be free around a point, beyond its body."""

ROWS_SHARE = 3**0.5 / 2
FEW = 64
"""Candidates that are looked at in one go."""

MOST_CANDIDATES = 150_000
"""More (points that lie very far apart) would cost seconds; the candidates then stand farther from each other."""


class Ground:
    """Points that stand, and a grid of candidates for the places of others.

    Distances are in units of the typical distance of neighbours. ``room`` is the area that all bodies to come need,
    ``reach`` the radius of the largest of them; what is nearest is judged with upwards and downwards counting
    ``height`` times.
    """

    def __init__(self, standing: Points, *, room: float, reach: float, height: float = 1.0) -> None:
        """Lay the grid over ``standing`` and so far around it that everything finds its place."""
        margin = (2.0 * room) ** 0.5 / 2 + 2.0 * reach + 4.0
        self._low, self._high = standing.min(axis=0) - margin, standing.max(axis=0) + margin
        self._places = _grid(self._low, self._high)
        self._free = cKDTree(standing).query(self._places)[0]
        self._height, self._largest = height, reach + CLEARANCE
        self._tree = cKDTree(self._places * [1.0, height])
        self._look_from(np.zeros(2))

    def take(self, body: Points, target: Points) -> Points:
        """Return ``body``, which lies around (0, 0), moved to the free place nearest to ``target``.

        What is returned stands from now on.
        """
        reach = round(float(np.sqrt((body**2).sum(axis=1)).max()) + CLEARANCE, 3)
        nearest = self._nearest(target, reach)
        if nearest is None:
            centre = np.array([self._high[0] + reach, target[1]])
            self._high[0] += 2 * reach
        else:
            centre = self._places[nearest]
        placed: Points = body + centre
        self._occupy(placed)
        return placed

    def _look_from(self, target: Points) -> None:
        self._target = target
        self._near = np.empty(0, dtype=np.int64)
        self._passed: dict[float, int] = {}

    def _nearest(self, target: Points, reach: float) -> int | None:
        """Return the nearest candidate with so much room: ground that was too small before is so for ever."""
        if not np.array_equal(target, self._target):
            self._look_from(target)
        at = self._passed.get(reach, 0)
        while True:
            while at < len(self._near):
                some = self._near[at : at + FEW]
                fitting = np.flatnonzero(self._free[some] >= reach)
                if len(fitting):
                    self._passed[reach] = at + int(fitting[0])
                    return int(some[fitting[0]])
                at += len(some)
            if at >= len(self._places):
                return None
            more = min(max(FEW, 4 * len(self._near)), len(self._places))
            distance, index = self._tree.query(target * [1.0, self._height], k=more)
            # Rounded, or the last bit of a sum would decide between places that are equally far.
            self._near = index[np.lexsort((index, np.round(distance, 6)))]

    def _occupy(self, points: Points) -> None:
        close: slice | NDArray[np.int64] = slice(None)
        if len(points) * self._largest**2 < len(self._places):
            within = self._tree.query_ball_point(points * [1.0, self._height], self._largest * self._height)
            close = np.unique(np.concatenate(within).astype(np.int64))
        self._free[close] = np.minimum(self._free[close], cKDTree(points).query(self._places[close])[0])


def _grid(low: Points, high: Points) -> Points:
    """Return a hexagonal grid over a box."""
    width, height = high - low
    step = max(SPACING, float(np.sqrt(width * height / ROWS_SHARE / MOST_CANDIDATES)))
    columns, rows = np.arange(low[0], high[0], step), np.arange(low[1], high[1], step * ROWS_SHARE)
    x, y = np.meshgrid(columns, rows)
    x[1::2] += step / 2
    return np.column_stack([x.ravel(), y.ravel()])


def sunflower(count: int) -> Points:
    """Return ``count`` points that fill a disc around (0, 0) evenly, about 1 apart (Vogel, 1979)."""
    number = np.arange(count)
    angle, reach = number * np.pi * (3 - 5**0.5), 0.6 * np.sqrt(number)
    return np.column_stack([reach * np.cos(angle), reach * np.sin(angle)])
