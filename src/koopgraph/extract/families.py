"""The built-in extractors that work by rules: one a family of relations, each with its rule files."""

from __future__ import annotations

from collections.abc import Iterator

from koopgraph.extract import grammar
from koopgraph.extract.passages import Passages, passages_of
from koopgraph.extract.registry import Extractor, extractor
from koopgraph.model import Annotated, Statement

# Who wrote the article is named in it without speaking at the event that it is about.
AT_EVENTS = frozenset({"speaksAt", "participatesIn"})


def _family(name: str) -> Extractor:
    """Return the extractor that applies the rules in ``rules/{name}.de.toml`` and ``rules/{name}.en.toml``."""

    @extractor(name)
    def extract(annotated: Annotated) -> Iterator[Statement]:
        rules = grammar.load(name, annotated.article.language)
        passages: Passages = passages_of(annotated)
        for shadow in passages.shadows:
            for statement in grammar.match(rules, shadow, annotated, passages.salience, name):
                if statement.relation not in AT_EVENTS or statement.subject.name not in annotated.article.authors:
                    yield statement

    return extract


people = _family("people")
undertakings = _family("undertakings")
events = _family("events")
places = _family("places")
awards = _family("awards")
