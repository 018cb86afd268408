"""The word lists that ship as TOML below ``data/``: read in one place, once a process."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def word_table(name: str) -> dict[str, Any]:
    """Return the tables of ``data/{name}``; every caller gets the same ones, so they are not to be changed.

    >>> sorted(word_table("lexicon/words.toml"))
    ['de', 'en']
    """
    return tomllib.loads((files("koopgraph") / "data" / name).read_text(encoding="utf-8"))
