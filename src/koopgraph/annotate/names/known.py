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


# The adjective that begins a name takes any case ending, its noun a genitive -s.
_ADJECTIVE = re.compile(
    r"^(Deutsch|National|Europäisch|Sozial|Neu|Lebendig|Vereint|Experimentell|Städtebaulich|Energetisch|Grün|Link)"
    r"(?:er|es|e)(?= )"
)


@cache
def _known() -> tuple[re.Pattern[str], dict[str, tuple[str, EntityType]]]:
    """Return the pattern of all names and what each stands for, by its name of the group that matched."""
    data = tomllib.loads((files("koopgraph") / "data" / "lexicon" / "known_names.toml").read_text(encoding="utf-8"))
    kinds = {name: EntityType(kind) for kind, names in data.items() for name in names}
    alternatives = []
    entries: dict[str, tuple[str, EntityType]] = {}
    for number, name in enumerate(sorted(kinds, key=lambda n: (-len(n), n))):
        group = f"n{number}"
        entries[group] = (name, kinds[name])
        stem = _ADJECTIVE.match(name)
        rest = re.escape(name[stem.end() :] if stem else name)
        rest = rest.replace("Projekte\\ des", "Projekten?\\ des")
        alternatives.append(f"(?P<{group}>{stem.group(1) + '(?:er|es|en|em|e)' if stem else ''}{rest})")
    return re.compile(rf"(?<![\w-])(?:{'|'.join(alternatives)})(?:e?s)?(?![\w-])"), entries


def find(view: TextView) -> Iterator[Mention]:
    """Yield the places of known names; also in the genitive and with the adjective in another case."""
    pattern, entries = _known()
    for match in pattern.finditer(view.text):
        name, kind = entries[match.lastgroup or ""]
        yield Mention(match.start(), match.end(), match.group(), kind, name, "known", CONFIDENCE)
