"""The built-in extractors that work by rules: one a family of relations, each with its rule files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter

from koopgraph.extract import grammar
from koopgraph.extract.passages import passages_of
from koopgraph.extract.registry import Extractor, extractor
from koopgraph.extract.rule_sets import Rule, rules_of_all_families
from koopgraph.extract.shadow import Shadow
from koopgraph.memo import of_last
from koopgraph.model import Annotated, Statement

_FAMILY = attrgetter("family")
# Who wrote the article is named in it without speaking at the event that it is about.
AT_EVENTS = frozenset({"speaksAt", "participatesIn"})


@of_last
def _applicable(annotated: Annotated) -> dict[str, list[tuple[Shadow, list[Rule]]]]:
    """Return, by family, the passages of the article with the rules that can match them: found for all at once."""
    rules, words = rules_of_all_families(annotated.article.language)
    found: dict[str, list[tuple[Shadow, list[Rule]]]] = defaultdict(list)
    for shadow in passages_of(annotated).shadows:
        for family, some in groupby(rules.applicable(shadow.kinds, words.find(shadow.text)), key=_FAMILY):
            found[family].append((shadow, list(some)))
    return found


def _family(name: str) -> Extractor:
    """Return the extractor that applies the rules in ``rules/{name}.de.toml`` and ``rules/{name}.en.toml``."""

    @extractor(name)
    def extract(annotated: Annotated) -> Iterator[Statement]:
        salience = passages_of(annotated).salience
        for shadow, rules in _applicable(annotated).get(name, ()):
            for statement in grammar.match(rules, shadow, annotated, salience, name):
                if statement.relation not in AT_EVENTS or statement.subject.name not in annotated.article.authors:
                    yield statement

    return extract


people = _family("people")
undertakings = _family("undertakings")
events = _family("events")
places = _family("places")
awards = _family("awards")
