"""The built-in extractors that work by rules: one a family of relations, each with its rule files."""

from __future__ import annotations

from collections.abc import Iterator

from koopgraph.extract import grammar
from koopgraph.extract.passages import Passages, passages_of
from koopgraph.extract.registry import Extractor, extractor
from koopgraph.model import Annotated, Statement


def _family(name: str) -> Extractor:
    """Return the extractor that applies the rules in ``rules/{name}.de.toml`` and ``rules/{name}.en.toml``."""

    @extractor(name)
    def extract(annotated: Annotated) -> Iterator[Statement]:
        rules = grammar.load(name, annotated.article.language)
        passages: Passages = passages_of(annotated)
        for shadow in passages.shadows:
            yield from grammar.match(rules, shadow, annotated, passages.salience, name)

    return extract


people = _family("people")
undertakings = _family("undertakings")
events = _family("events")
places = _family("places")
awards = _family("awards")
