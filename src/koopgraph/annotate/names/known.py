"""Programmes, prizes, documents and institutions that exist: world knowledge from ``data/lexicon/known_names.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from koopgraph.annotate.names.view import TextView
from koopgraph.model import EntityType, Mention

CONFIDENCE = 0.81  # a little above what a head noun alone tells: a known fund is a programme, not an organisation


@cache
def _names() -> tuple[tuple[re.Pattern[str], dict[str, EntityType]], ...]:
    data = tomllib.loads((files("koopgraph") / "data" / "lexicon" / "known_names.toml").read_text(encoding="utf-8"))
    kinds = {name: EntityType(kind) for kind, names in data.items() for name in names}
    longest_first = sorted(kinds, key=lambda n: (-len(n), n))
    pattern = re.compile(rf"(?<![\w-])({'|'.join(re.escape(n) for n in longest_first)})(?:s|es)?(?![\w-])")
    return ((pattern, kinds),)


def find(view: TextView) -> Iterator[Mention]:
    """Yield the places of known names; a name in brackets or with a genitive -s counts."""
    for pattern, kinds in _names():
        for match in pattern.finditer(view.text):
            name = match.group(1)
            yield Mention(match.start(), match.end(), match.group(), kinds[name], name, "known", CONFIDENCE)
