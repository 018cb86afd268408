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
MOST_CANDIDATES = 150_000
"""More (points that lie very far apart) would cost seconds; the candidates then stand farther from each other."""


class Ground:
    """Points that stand, and a grid of candidates for the places of others.

    Distances are in units of the typical distance of neighbours. ``room`` is the area that all bodies to come need,
    ``reach`` the radius of the largest of them.
    """

    def __init__(self, standing: Points, *, room: float, reach: float) -> None:
        """Lay the grid over ``standing`` and so far around it that everything finds its place."""
        margin = (2.0 * room) ** 0.5 / 2 + 2.0 * reach + 4.0
        self._low, self._high = standing.min(axis=0) - margin, standing.max(axis=0) + margin
        self._places = _grid(self._low, self._high)
        self._free = cKDTree(standing).query(self._places)[0]

    def take(self, body: Points, target: Points, *, height: float = 1.0) -> Points:
        """Return ``body``, which lies around (0, 0), moved to the free place nearest to ``target``.

        Upwards and downwards count ``height`` times. What is returned stands from now on.
        """
        reach = float(np.sqrt((body**2).sum(axis=1)).max()) + CLEARANCE
        away = self._places - target
        distance = away[:, 0] ** 2 + (away[:, 1] * height) ** 2
        distance[self._free < reach] = np.inf
        # Rounded, or the last bit of a sum would decide between places that are equally far.
        best = int(np.argmin(np.round(distance, 6)))
        if np.isfinite(distance[best]):
            centre = self._places[best]
        else:
            centre = np.array([self._high[0] + reach, target[1]])
            self._high[0] += 2 * reach
        placed: Points = body + centre
        self._occupy(placed)
        return placed

    def _occupy(self, points: Points) -> None:
        if len(points) == 1:
            away = self._places - points
            self._free = np.minimum(self._free, np.sqrt((away**2).sum(axis=1)))
        else:
            self._free = np.minimum(self._free, cKDTree(points).query(self._places)[0])


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
