"""What things look like, on the page and in drawings alike: the shape and the colour of each class."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files

OTHER = "other"
"""The shape and the colour of a class that is not known."""

_ROOT = re.compile(r":root\s*\{([^}]*)\}")
_COLOUR = re.compile(r"--([\w-]+):\s*(#[0-9a-f]{6})\s*;")


@cache
def shapes() -> dict[str, str]:
    """Return the outline of each class by its name, as a path in SVG's words around (0, 0), and that of :data:`OTHER`.

    Each has about the area of a circle of radius 1.

    >>> shapes()["Organisation"]
    'M-.84-.84H.84V.84H-.84Z'
    """
    text = (files("koopgraph.explorer") / "shapes.json").read_text("utf-8")
    outlines: dict[str, str] = json.loads(text)
    return outlines


@cache
def light_colours() -> dict[str, str]:
    """Return the colours of the page in the light, by their names in ``colours.css``: of classes, ink, edges ….

    >>> light_colours()["ink"]
    '#1c2126'
    """
    style = (files("koopgraph.explorer") / "static" / "colours.css").read_text("utf-8")
    first = _ROOT.search(style)
    return dict(_COLOUR.findall(first[1])) if first else {}
