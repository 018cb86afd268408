"""The documentation's tables say what the code has and what the catalogue tries.

``KOOPGRAPH_WRITE_TABLE=1 pytest tests/hostile/test_limits_table.py`` writes the table of what was tried anew.
"""

from __future__ import annotations

import os
import re
from dataclasses import fields
from pathlib import Path

from hostile_catalogue import CASES

from koopgraph.limits import DEFAULT, Limits

PAGE = Path(__file__).resolve().parents[2] / "docs" / "limits.md"
HEAD = "| file | what was tried | what became of it |\n| --- | --- | --- |\n"


def cell(text: str) -> str:
    """Return the text for a cell; marks of Markdown as what they are."""
    return re.sub(r"([\\|<>*_`\[\]])", r"\\\1", text)


def table() -> str:
    """Return what was tried and what happened."""
    return HEAD + "".join(
        f"| {case.name} | {case.attack}: {cell(case.tried)} | {case.result.replace(' | ', ' or ')} |\n"
        for case in CASES
    )


def test_every_limit_is_documented_with_its_default() -> None:
    said = dict(re.findall(r"^\| `(\w+)` \| ([\d,]+) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE))
    assert {name: int(number.replace(",", "")) for name, number in said.items()} == {
        field.name: getattr(DEFAULT, field.name) for field in fields(Limits)
    }


def test_the_documentation_tells_what_was_tried() -> None:
    page = PAGE.read_text(encoding="utf-8")
    before, _, _ = page.partition(HEAD)
    if os.environ.get("KOOPGRAPH_WRITE_TABLE"):
        PAGE.write_text(before + table(), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == before + table()
