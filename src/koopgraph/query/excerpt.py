"""A line of a query with a mark under the place that an error speaks of."""

from __future__ import annotations

from koopgraph.query.table import printable, text_width

_AROUND = 60
"""Characters shown on either side of the place; the rest of a long line is cut."""


def excerpt(text: str, line: int, column: int) -> str:
    r"""Return the line (from 1) and, beneath, a caret under the column (from 1); nothing where there is no such line.

    >>> print(excerpt("SELECT ?x\nWHERE { ?x ?y }", 2, 15))
      WHERE { ?x ?y }
                    ^
    """
    lines = text.split("\n")
    if not 1 <= line <= len(lines) or not lines[line - 1].strip():
        return ""
    # One character for one, so that the place stays the place.
    shown = printable(lines[line - 1].replace("\r", " "))
    start = max(0, column - 1 - _AROUND)
    before = ("…" if start else "") + shown[start : column - 1]
    after = shown[column - 1 : column - 1 + _AROUND] + ("…" if len(shown) > column - 1 + _AROUND else "")
    return f"  {before}{after}".rstrip() + f"\n  {' ' * text_width(before)}^"
