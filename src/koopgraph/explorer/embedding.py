"""Data inside a page: JSON that no text can break out of, compact tables, hashes for the security policy."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from hashlib import sha256

from markupsafe import Markup

# json.dumps makes an encoder for each cell, of which a large page has half a million.
_encoded = json.JSONEncoder(sort_keys=True).encode
_ESCAPES = str.maketrans({c: f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"})


def embedded_json(value: object) -> Markup:
    """Return ``value`` as JSON for a script element: without ``<``, ``>``, ``&`` and line separators.

    A lone surrogate, which is no text and cannot be written as UTF-8, becomes U+FFFD.

    >>> print(embedded_json(["</script>", "ä"]))
    ["\\u003c/script\\u003e","ä"]
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False)
    text = text.encode("utf-8", "replace").decode("utf-8")
    return Markup(text.translate(_ESCAPES))  # noqa: S704 - escaped above


def columns(rows: Sequence[Mapping[str, object]]) -> dict[str, object]:
    """Turn rows with the same keys into columns, which are a third of the size and quicker to parse.

    A column is ``{"all": value}`` where every row has the same value, ``{"values": […], "at": [number…]}`` where
    few values recur, and ``{"each": […]}`` otherwise. The page's script reads the same three forms.

    >>> columns([{"a": 1, "b": "x"}, {"a": 2, "b": "x"}])
    {'count': 2, 'columns': {'a': {'each': [1, 2]}, 'b': {'all': 'x'}}}
    """
    names = list(rows[0]) if rows else []
    return {"count": len(rows), "columns": {name: _column([row[name] for row in rows]) for name in names}}


def _column(cells: list[object]) -> dict[str, object]:
    keys = [_encoded(cell) for cell in cells]
    at: dict[str, int] = {}
    for key in keys:
        at.setdefault(key, len(at))
    if len(at) == 1:
        return {"all": cells[0]}
    if len(at) * 3 <= len(cells):
        return {"values": [json.loads(key) for key in at], "at": [at[key] for key in keys]}
    return {"each": cells}


def source_hash(text: str) -> str:
    """Return the hash of an inline script or style, as a source in a Content-Security-Policy.

    >>> source_hash("")
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
    """
    return f"'sha256-{b64encode(sha256(text.encode('utf-8')).digest()).decode('ascii')}'"
