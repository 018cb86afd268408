"""Small articles for resolution: written with their names marked, resolved together, asked what became one thing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pytest

from koopgraph.link.geonames import link_places
from koopgraph.model import (
    Article,
    ArticleGraph,
    Entity,
    EntityType,
    Evidence,
    Fact,
    Language,
    Merge,
    Proposal,
    Value,
    ValueKind,
)
from koopgraph.rdf.iris import article_iri, entity_iri
from koopgraph.resolve.corpus import resolve_corpus
from koopgraph.resolve.records import Node, Record, Records
from koopgraph.resolve.sense_table import Senses
from koopgraph.resolve.variant import Variant
from koopgraph.resolve.variants import Variants

BASE = "https://example.org/id/"
_MARK = re.compile(r"\[(\w+)(?:=([^|\]]*))?\|([^\]]*)\]")
_DATE = re.compile(r"\d{4}(?:-\d\d){0,2}")


def tell(
    source: str,
    *marked: str,
    published: str | None = None,
    facts: Iterable[tuple[str, ...]] = (),
    also: Mapping[str, Sequence[str]] | None = None,
    authority: Mapping[str, str] | None = None,
    language: Language = "de",
) -> ArticleGraph:
    """Return what an article of these sentences states; the first one is its title.

    ``[City|Leipzig]`` marks a name, ``[City=Leipzig|Leipzigs]`` one with its base form. ``facts`` are subject, relation,
    object (a name, or a date) and perhaps a role, stated by the first sentence that names the subject; ``also`` are
    further forms of a name, ``authority`` says which place a name is where the gazetteer cannot tell.
    """
    text, spans, named = "", [], {}
    for sentence in marked:
        start = len(text)
        for mark in _MARK.finditer(sentence):
            named.setdefault((EntityType(mark[1]), mark[2] or mark[3]), []).append(len(spans))
        text += _MARK.sub(r"\3", sentence)
        spans.append((start, len(text)))
        text += "\n"
    article = Article(source, text, text.split("\n")[0], language, published=published)
    quotes = [Evidence.of(article, *span) for span in spans]
    entities: list[Entity] = []
    for (kind, name), where in named.items():
        iri = entity_iri(BASE, kind, name)
        taken = sum(e.iri.startswith(iri) for e in entities)
        forms = tuple(sorted({name, *(also or {}).get(name, ())}))
        mentions = tuple(quotes[n] for n in dict.fromkeys(where))
        known = (authority or {}).get(name)
        entities.append(Entity(f"{iri}-{taken}" if taken else iri, kind, name, forms, language, mentions, forms, known))
    thing = {e.name: e for e in reversed(entities)}
    stated = tuple(
        Fact(
            thing[subject].iri,
            relation,
            Value(ValueKind.DATE, target) if _DATE.fullmatch(target) else thing[target].iri,
            thing[subject].mentions[0],
            "test",
            0.9,
            *role,
        )
        for subject, relation, target, *role in facts
    )
    return link_places(ArticleGraph(article_iri(BASE, source), article, tuple(entities), stated))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the things of some articles: the IRI of each (source, name), and why."""

    iri: Mapping[tuple[str, str], str]
    merges: tuple[Merge, ...]
    proposals: tuple[Proposal, ...]

    def things(self, *names: str) -> list[list[str]]:
        """Return the things of these names, each as the sources that name it so, with the name if there are several."""
        groups: dict[str, list[str]] = {}
        for (source, name), iri in self.iri.items():
            if name in names:
                groups.setdefault(iri, []).append(f"{source} {name}" if len(names) > 1 else source)
        return sorted(sorted(group) for group in groups.values())

    def verdict(self, one: tuple[str, str], other: tuple[str, str]) -> str:
        """Return 'one' for one thing, 'asked' for a proposal, else 'two'."""
        if self.iri[one] == self.iri[other]:
            return "one"
        asked = tuple(sorted((self.iri[one], self.iri[other])))
        return "asked" if asked in {p.entities for p in self.proposals} else "two"


def unite(
    *graphs: ArticleGraph,
    same: Iterable[tuple[tuple[str, str], tuple[str, str]]] = (),
    different: Iterable[tuple[tuple[str, str], tuple[str, str]]] = (),
) -> Outcome:
    """Resolve the articles together; ``same`` and ``different`` are judgements on pairs of (source, name)."""
    node_of = {(g.article.source, e.name): (g.iri, e.iri) for g in graphs for e in g.entities}

    def nodes(pairs: Iterable[tuple[tuple[str, str], tuple[str, str]]]) -> list[tuple[Node, Node]]:
        return [(node_of[one], node_of[other]) for one, other in pairs]

    apart = [((one,), (other,)) for one, other in nodes(different)]
    resolution = resolve_corpus(graphs, base=BASE, must_link=nodes(same), cannot_link=apart)
    iri = {named: resolution.iri(node) for named, node in node_of.items()}
    return Outcome(iri, resolution.merges, resolution.proposals)


def compare(kind: str, one: str, other: str, *, towns: tuple[str, str] = ("Leipzig", "Leipzig")) -> str:
    """Return what two articles make of two names: 'one' thing, 'asked' or 'two'; each on a thing in its town."""
    graphs = [
        tell(f"{letter}.txt", f"Aus [City|{town}]", f"Die Rede ist von [{kind}|{name}].")
        for letter, name, town in zip("ab", (one, other), towns, strict=True)
    ]
    return unite(*graphs).verdict(("a.txt", one), ("b.txt", other))


def senses_of(*graphs: ArticleGraph) -> Senses:
    """Return a sense for each thing of each article, in the order of time: names that were not yet compared."""
    records = Records(graphs)
    return Senses(records, np.arange(len(records), dtype=np.int32))


def variants(senses: Senses) -> list[Variant]:
    """Return what the rules find among the senses."""
    return list(Variants(senses.records).among(senses))


def rules_between(kind: str, one: str, other: str, **company: str) -> list[Variant]:
    """Return the variants that the rules find between two names of two articles, in no order that matters."""
    graphs = [
        tell(f"{letter}.txt", f"Aus [City|{company.get('town', 'Leipzig')}]", f"Es geht um [{kind}|{name}].")
        for letter, name in zip("ab", (one, other), strict=True)
    ]
    found = senses_of(*graphs)
    named = {n for n in found if found.kind(n) is EntityType(kind)}
    return [v for v in variants(found) if set(v.senses) <= named]


@pytest.fixture(scope="session")
def told() -> Callable[..., ArticleGraph]:
    """Return :func:`tell`."""
    return tell


@pytest.fixture(scope="session")
def united() -> Callable[..., Outcome]:
    """Return :func:`unite`."""
    return unite


@pytest.fixture(scope="session")
def compared() -> Callable[..., str]:
    """Return :func:`compare`."""
    return compare


@pytest.fixture(scope="session")
def rules() -> Callable[..., set[str]]:
    """Return a function that gives the names of the rules by which two names of one class may be one thing."""
    return lambda *args, **company: {v.rule for v in rules_between(*args, **company)}


@pytest.fixture(scope="session")
def found() -> Callable[..., list[Variant]]:
    """Return :func:`rules_between`."""
    return rules_between


@pytest.fixture(scope="session")
def rules_in() -> Callable[..., set[tuple[str, frozenset[str]]]]:
    """Return a function that gives the rules in some articles, each with the two names that it takes for one thing."""

    def listed(*graphs: ArticleGraph) -> set[tuple[str, frozenset[str]]]:
        senses = senses_of(*graphs)
        return {(v.rule, frozenset(senses.text(n) for n in v.senses)) for v in variants(senses)}

    return listed


@pytest.fixture(scope="session")
def recorded() -> Callable[[ArticleGraph], dict[str, Record]]:
    """Return a function that gives the records of an article by their names."""
    return lambda graph: {record.name: record for record in Records([graph])}


@pytest.fixture(scope="session")
def senses() -> Callable[..., Senses]:
    """Return :func:`senses_of`."""
    return senses_of
