"""Makes src/koopgraph/explorer/outlines.json, the coasts and borders of the explorer's map.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python scripts/make_outlines.py package/countries-10m.json

The source is Natural Earth 1:10m (public domain) as TopoJSON: countries share the lines between them, so a line that is
simplified once stays one line. Europe keeps its detail, the rest of the world what orientation needs.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

Point = tuple[float, float]

EUROPE = (-12.0, 34.5, 33.0, 71.5)
"""West, south, east, north of the detailed part, in degrees."""
FINE, COARSE = 0.013, 0.25
"""How far a simplified line may lie beside the original, in degrees."""
LEAST_FINE, LEAST_COARSE = 0.008, 1.0
"""Islands smaller than this (square degrees) are left out."""
STEPS = 100
"""Whole numbers to a degree: a kilometre, as exact as the map is drawn."""
SOUTHMOST = -60.0
"""The Antarctic has no cities, and Mercator makes it larger than all the rest."""
TARGET = Path(__file__).parents[1] / "src" / "koopgraph" / "explorer" / "outlines.json"


def main(source: Path) -> None:
    """Write the outlines of the TopoJSON file ``source``."""
    topology = json.loads(source.read_text("utf-8"))
    arcs = [decoded(arc, topology["transform"]) for arc in topology["arcs"]]
    rings = [ring for country in topology["objects"]["countries"]["geometries"] for ring in rings_of(country)]
    kept = [ring for ring in rings if is_kept([point for arc in ring for point in along(arcs, arc)])]
    used = sorted({number(arc) for ring in kept for arc in ring})
    place = {arc: index for index, arc in enumerate(used)}
    sides = [sum(number(arc) == one for ring in kept for arc in ring) for one in used]
    outlines = {
        "arcs": [encoded(simplified(arcs[arc])) for arc in used],
        "borders": [index for index, count in enumerate(sides) if count > 1],
        "rings": [[place[arc] if arc >= 0 else ~place[~arc] for arc in ring] for ring in kept],
        "steps": STEPS,
    }
    text = json.dumps(outlines, separators=(",", ":")) + "\n"
    TARGET.write_text(text, "utf-8")
    sys.stderr.write(f"{TARGET.name}: {len(text):,} bytes, {len(kept)} rings, {len(used)} arcs\n")


def decoded(arc: list[list[int]], transform: dict[str, list[float]]) -> list[Point]:
    """Undo TopoJSON's quantisation and deltas."""
    (width, height), (west, south) = transform["scale"], transform["translate"]
    points, x, y = [], 0, 0
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        points.append((x * width + west, y * height + south))
    return points


def rings_of(country: dict[str, object]) -> list[list[int]]:
    """Return the rings of a country: lists of arcs, ``~n`` backwards."""
    polygons = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
    return [ring for polygon in polygons for ring in polygon]  # type: ignore[attr-defined]


def number(arc: int) -> int:
    """Return the number of an arc, whatever its direction."""
    return arc if arc >= 0 else ~arc


def along(arcs: list[list[Point]], arc: int) -> list[Point]:
    """Return the points of an arc in its direction."""
    return arcs[arc] if arc >= 0 else arcs[~arc][::-1]


def is_fine(point: Point) -> bool:
    """Tell whether a point lies in the detailed part."""
    west, south, east, north = EUROPE
    return west <= point[0] <= east and south <= point[1] <= north


def is_kept(ring: list[Point]) -> bool:
    """Tell whether a ring is large enough, and not of the Antarctic."""
    area = abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1], strict=True))) / 2
    fine = any(is_fine(point) for point in ring)
    return area >= (LEAST_FINE if fine else LEAST_COARSE) and max(y for _, y in ring) > SOUTHMOST


def simplified(points: list[Point]) -> list[Point]:
    """Leave out what lies closer to the line than the tolerance (Douglas and Peucker, 1973); the ends stay."""
    keep = {0, len(points) - 1}
    open_ = [(0, len(points) - 1)]
    while open_:
        first, last = open_.pop()
        inner = range(first + 1, last)
        if not inner:
            continue
        farthest = max(inner, key=lambda at: excess(points[at], points[first], points[last]))
        if excess(points[farthest], points[first], points[last]) > 0:
            keep.add(farthest)
            open_ += [(first, farthest), (farthest, last)]
    return [points[at] for at in sorted(keep)]


def excess(point: Point, start: Point, end: Point) -> float:
    """Return how much farther from the line a point lies than it may."""
    (x, y), (ax, ay), (bx, by) = point, start, end
    length = (bx - ax) ** 2 + (by - ay) ** 2
    share = min(1.0, max(0.0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length)) if length else 0.0
    distance = ((x - ax - share * (bx - ax)) ** 2 + (y - ay - share * (by - ay)) ** 2) ** 0.5
    return distance - (FINE if is_fine(point) else COARSE)


def encoded(points: list[Point]) -> str:
    """Return points as text: differences in whole steps, five bits a character, as Google's polylines have them."""
    text, last_x, last_y = "", 0, 0
    for point in points:
        x, y = (round(value * STEPS) for value in point)
        text += varied(x - last_x) + varied(y - last_y)
        last_x, last_y = x, y
    return text


def varied(value: int) -> str:
    """Return a whole number as characters; the sign is its lowest bit."""
    rest = ~(value << 1) if value < 0 else value << 1
    text = ""
    while rest >= 32:
        text += chr((32 | rest & 31) + 63)
        rest >>= 5
    return text + chr(rest + 63)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
