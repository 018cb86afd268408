"""A dataset of any size in the shape that builds write (``docs/graph.md``): for benchmarks of queries, exports, checks.

1. Articles and the things that they name come from ``mentions.py``: Zipf-distributed, of all nine classes. What is truly
   one thing has one IRI here; namesakes have a number.
2. Statements of all twenty relations, with dates, budgets, roles and confidences, are as frequent as in the build of the
   training articles (``triples.toml`` holds what was counted there).
3. Who names a thing again is merged with who named it first; some namesakes are proposals; where articles give other
   dates or budgets, they contradict each other.
4. :func:`koopgraph.rdf.assembly.assemble` makes the quads, so the shape is right by construction.

The same seed gives the same quads.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import accumulate
from pathlib import Path

from mentions import BASE, labelled
from pyoxigraph import Quad

from koopgraph.model import (
    Article,
    ArticleGraph,
    Claim,
    Contradiction,
    Entity,
    EntityType,
    Evidence,
    Fact,
    Merge,
    Naming,
    Proposal,
    Value,
    ValueKind,
)
from koopgraph.rdf.assembly import Findings, assemble
from koopgraph.rdf.iris import entity_iri
from koopgraph.store import write_store as write

SHAPE = tomllib.loads(Path(__file__).with_name("triples.toml").read_text(encoding="utf-8"))
SHARES: Mapping[str, float] = SHAPE["shares"]
QUADS_AN_ARTICLE = 508
THINGS_AN_ARTICLE = 22.2  # of mentions.py
FIRST_YEAR, YEARS = 2005, 21
LEAST_CONFIDENCE = 0.25
WITHOUT_TARGET = 1.22  # makes up for statements that find nothing of their object's class in their article
DIRECTED = frozenset(["locatedIn", "partOf"])  # relations without circles
_PAPERS = ("Anzeiger", "Zeitung", "Blatt", "Rundschau", "Stadtmagazin")
_ROLES = ("Professorin", "Bürgermeister", "Architektin", "Sprecher", "Vorsitzende", "Amtsleiter", "Geschäftsführerin")


@dataclass(frozen=True, slots=True)
class Made:
    """A corpus: its articles with their statements, and what was found over all of them."""

    graphs: tuple[ArticleGraph, ...]
    findings: Findings

    def quads(self) -> Iterator[Quad]:
        """Yield the dataset; a quad may come twice."""
        return assemble(self.graphs, base=BASE, findings=self.findings)


def generate(triples: int, *, seed: int = 1) -> Iterator[Quad]:
    """Yield the quads of a dataset of about ``triples`` distinct quads; one may come twice, as from a build.

    All graphs count: at 1,000,000 the default graph, which plain SPARQL asks, has about 200,000.
    """
    return make(triples, seed=seed).quads()


def write_store(folder: Path, triples: int, *, seed: int = 1) -> None:
    """Write the dataset of that size as a build's store, with its articles."""
    made = make(triples, seed=seed)
    write(folder, made.quads(), made.graphs)


def make(triples: int, *, seed: int = 1) -> Made:
    """Return the articles of a dataset of about ``triples`` quads."""
    maker = _Maker(seed)
    things = max(1, round(triples / QUADS_AN_ARTICLE * THINGS_AN_ARTICLE))
    graphs = tuple(maker.graph(graph, keys) for graph, keys in labelled(things, seed=seed))
    return Made(graphs, maker.findings())


@dataclass(slots=True)
class _Told:
    """What articles have told of one thing: its first name, and the values of its dates and budgets."""

    iri: str
    first: tuple[Naming, str]
    claims: dict[str, list[Claim]] = field(default_factory=dict)


class _Maker:
    """Gives articles their statements, one after another."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        self._told: dict[str, _Told] = {}
        self._owner: dict[str, str] = {}
        self._merges: list[Merge] = []
        self._proposals: list[Proposal] = []

    def graph(self, made: ArticleGraph, keys: tuple[str, ...]) -> ArticleGraph:
        """Return the article with its things under their IRIs, and statements about them."""
        entities = tuple(self._resolved(entity, key, made) for entity, key in zip(made.entities, keys, strict=True))
        by_kind: dict[str, list[Entity]] = {}
        for entity in entities:
            by_kind.setdefault(entity.type, []).append(entity)
        article = replace(made.article, publisher=self._publisher(by_kind))
        people = by_kind.get(EntityType.PERSON, [])
        authors = tuple(p.iri for p in people[:1] if self._chance.random() < SHARES["author"])
        keyed = {entity.iri: key for entity, key in zip(entities, keys, strict=True)}
        graph = replace(made, article=article, entities=entities, authors=authors)
        return replace(graph, facts=tuple(self._facts(graph, by_kind, keyed)))

    def findings(self) -> Findings:
        """Return merges, proposals and contradictions over all articles so far."""
        contradictions = [
            Contradiction(told.iri, relation, tuple(claims))
            for told in self._told.values()
            for relation, claims in told.claims.items()
            if len({str(claim.object) for claim in claims}) > 1
        ]
        return Findings(tuple(self._merges), tuple(self._proposals), tuple(contradictions))

    def _resolved(self, entity: Entity, key: str, graph: ArticleGraph) -> Entity:
        naming = Naming(graph.iri, entity.name, entity.mentions[0])
        told = self._told.get(key)
        if told is None:
            told = self._told[key] = _Told(self._minted(entity, key, naming), (naming, graph.iri))
        elif self._chance.random() < SHARES["merge"]:
            score = self._confidence()
            self._merges.append(Merge(told.iri, self._drawn("merges"), score, (told.first[0], naming)))
        return replace(entity, iri=told.iri)

    def _minted(self, entity: Entity, key: str, naming: Naming) -> str:
        """Return an IRI that no other thing has; the first namesake is a possible duplicate."""
        iri = entity_iri(BASE, entity.type, entity.name)
        number, namesake = 1, self._owner.get(iri)
        while iri in self._owner:
            number += 1
            iri = entity_iri(BASE, entity.type, f"{entity.name} {number}")
        self._owner[iri] = key
        if namesake is not None and self._chance.random() < SHARES["proposal"]:
            other = self._told[namesake]
            first, second = sorted((iri, other.iri))
            self._proposals.append(
                Proposal((first, second), self._drawn("proposals"), self._confidence(), (other.first[0], naming))
            )
        return iri

    def _publisher(self, by_kind: Mapping[str, list[Entity]]) -> str | None:
        if self._chance.random() >= SHARES["publisher"]:
            return None
        cities = by_kind.get(EntityType.CITY, [])
        return f"{cities[0].name if cities else 'Neue'} {self._chance.choice(_PAPERS)}"

    def _facts(
        self, graph: ArticleGraph, by_kind: Mapping[str, list[Entity]], keys: Mapping[str, str]
    ) -> Iterator[Fact]:
        for relation, kinds in SHAPE["stated"].items():
            for subject_kind, object_kind, count in kinds:
                often = WITHOUT_TARGET * count / SHAPE["things"][subject_kind]
                for entity in by_kind.get(subject_kind, []):
                    if self._chance.random() >= often:
                        continue
                    target = self._target(relation, entity, object_kind, by_kind, keys)
                    if target is not None:
                        yield self._fact(graph, entity, relation, target, keys)

    def _target(
        self,
        relation: str,
        subject: Entity,
        kind: str,
        by_kind: Mapping[str, list[Entity]],
        keys: Mapping[str, str],
    ) -> str | Value | None:
        if kind in set(ValueKind):
            return Value(ValueKind(kind), self._value(ValueKind(kind), subject, keys[subject.iri]))
        choices = [e.iri for e in by_kind.get(kind, []) if e.iri != subject.iri]
        if relation in DIRECTED and kind == subject.type:
            choices = [iri for iri in choices if iri < subject.iri]
        return self._chance.choice(choices) if choices else None

    def _value(self, kind: ValueKind, subject: Entity, key: str) -> str:
        """Return a value; a thing has the same date and budget in nearly all articles."""
        if kind is ValueKind.THEME:
            return self._drawn("themes")
        if kind is ValueKind.MOTTO:
            return f"{subject.name} – gemeinsam gestalten"
        own = self._chance if self._chance.random() < SHARES["other_value"] else random.Random(f"{kind}|{key}")
        if kind is ValueKind.BUDGET:
            return f"{int(10 ** (4 + 4 * own.random())) // 1000 * 1000 + 1000} EUR"
        year, day = FIRST_YEAR + own.randrange(YEARS), 1 + own.randrange(20)
        parts = {"y": year, "z": year + 1 + own.randrange(8), "m": f"{1 + own.randrange(12):02}"}
        return self._drawn("dates", own).format(**parts, d=f"{day:02}", e=f"{day + 1 + own.randrange(7):02}")

    def _fact(
        self, graph: ArticleGraph, subject: Entity, relation: str, target: str | Value, keys: Mapping[str, str]
    ) -> Fact:
        role = None
        if relation == "affiliatedWith" and self._chance.random() < SHARES["role"]:
            role = self._chance.choice(_ROLES)
        evidence = self._chance.choice(subject.mentions)
        fact = Fact(subject.iri, relation, target, evidence, self._drawn("extractors"), self._confidence(), role)
        if isinstance(target, Value) and target.kind in (ValueKind.DATE, ValueKind.BUDGET):
            claims = self._told[keys[subject.iri]].claims.setdefault(relation, [])
            claims.append(_claim(graph.iri, graph.article, target, evidence, fact.confidence))
        return fact

    def _confidence(self) -> float:
        return round(LEAST_CONFIDENCE + (0.99 - LEAST_CONFIDENCE) * self._chance.random(), 3)

    def _drawn(self, table: str, chance: random.Random | None = None) -> str:
        names, sums = _SUMS[table]
        return (chance or self._chance).choices(names, cum_weights=sums)[0]


def _claim(iri: str, article: Article, value: Value, evidence: Evidence, confidence: float) -> Claim:
    return Claim(value, iri, article.source, article.language, article.published, evidence, confidence)


_SUMS: Mapping[str, tuple[list[str], list[float]]] = {
    table: (list(SHAPE[table]), list(accumulate(SHAPE[table].values())))
    for table in ("dates", "extractors", "themes", "merges", "proposals")
}
