"""The file that keeps a picture's places from one build to the next: ``layout.json``.

``{"version": 1, "base": "https://…/id/", "places": {"city/leipzig": [12.5, -3.0], …}}``, sorted. An IRI that does not
begin with ``base`` stands whole, in angle brackets, which no IRI has.
"""

from __future__ import annotations

import json
import logging
import math
from collections.abc import Mapping
from pathlib import Path

from koopgraph.files import atomic_write

_log = logging.getLogger(__name__)

VERSION = 1


def write_places(path: Path, places: Mapping[str, tuple[float, float]], *, base: str = "") -> None:
    """Write the place of each thing by IRI, whole or not at all; the same places give the same bytes.

    ``base`` is what most IRIs begin with. Raises :class:`koopgraph.errors.ExportError` where ``path`` cannot be
    written.
    """
    keys = {iri: iri.removeprefix(base) if base and iri.startswith(base) else f"<{iri}>" for iri in places}
    lines = ",\n".join(f"{json.dumps(keys[iri])}: {json.dumps(places[iri])}" for iri in sorted(places))
    with atomic_write(path, "w") as file:
        file.write(f'{{"version": {VERSION}, "base": {json.dumps(base)}, "places": {{\n{lines}\n}}}}\n')


def read_places(path: Path) -> dict[str, tuple[float, float]]:
    """Return the places that :func:`write_places` wrote, by IRI.

    A file that is missing gives none; so does one that is something else or broken, with a warning: the picture is
    then laid out anew.
    """
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        return _unusable(path, error)
    try:
        return _places(json.loads(text))
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError) as error:
        return _unusable(path, error)


def _places(kept: dict[str, object]) -> dict[str, tuple[float, float]]:
    base, rows = kept["base"], kept["places"]
    if kept["version"] != VERSION or not isinstance(base, str) or not isinstance(rows, dict):
        raise ValueError(f"version {VERSION} was expected")
    places = {key[1:-1] if key.startswith("<") else base + key: (float(x), float(y)) for key, (x, y) in rows.items()}
    if not all(math.isfinite(x) and math.isfinite(y) for x, y in places.values()):
        raise ValueError("a place is no number")
    return places


def _unusable(path: Path, error: Exception) -> dict[str, tuple[float, float]]:
    reason = f"{type(error).__name__}: {error}"
    _log.warning("%s holds no places of an earlier picture (%s). The picture is laid out anew.", path, reason)
    return {}
