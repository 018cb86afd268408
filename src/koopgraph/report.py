"""What a build reports of itself: ``report.json``, in the form that ``report.schema.json`` describes."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from importlib import resources
from typing import Any

from koopgraph import __version__
from koopgraph.annotate.gazetteer import Gazetteer
from koopgraph.corpus import Corpus
from koopgraph.distinct import Distinct
from koopgraph.extract import Extractor
from koopgraph.limits import DEFAULT
from koopgraph.model import ArticleGraph, Contradiction, Entity, EntityType, Fact, Options, Problem, Value
from koopgraph.resolve import contradictions
from koopgraph.timings import Timings

SCHEMA = "https://w3id.org/koopgraph/report/1"
"""The version of the report: what it promises stays as it is. Fields may be added; where one goes, the number rises."""

REPORT = "report.json"
"""The report's name in the output folder."""

PASSING = ("cache", "processes", "wall", "timings")
"""The sections that differ between two builds of the same articles; all others are the same."""


def schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of ``report.json``."""
    loaded: dict[str, Any] = json.loads(resources.files("koopgraph").joinpath("report.schema.json").read_bytes())
    return loaded


def report_of(
    corpus: Corpus,
    problems: Sequence[Problem],
    extractors: Sequence[Extractor],
    options: Options,
    timings: Timings,
    *,
    curation: str,
    cache: Mapping[str, int] | None = None,
    notes: Mapping[str, Mapping[str, object]] | None = None,
) -> dict[str, object]:
    """Return what ``report.json`` says of a build: counts, links, resolution, contradictions, problems, timings.

    Goes once over the corpus's graphs and holds none. ``curation`` is the way from the output folder to the file of
    judgements, which need not exist. ``cache`` tells how many articles were reused, read and removed; None means that
    all were read. ``notes`` are what the extractors told where they worked, by their names; None asks them here.
    """
    findings = corpus.findings
    tally = _Tally(findings.contradictions)
    for graph in corpus.graphs:
        tally.add(graph)
    articles = len(tally.articles)
    return {
        "schema": SCHEMA,
        "koopgraph": __version__,
        "options": told(options, extractors),
        "counts": {"articles": articles, "entities": len(tally.things), "statements": tally.statement_count()},
        "entities": {kind: len(seen) for kind, seen in sorted(tally.entities.items())},
        "statements": {relation: len(seen) for relation, seen in sorted(tally.statements.items())},
        "languages": dict(sorted(tally.languages.items())),
        "links": tally.cities.report(),
        "resolution": {
            "merges": dict(sorted(Counter(merge.rule for merge in findings.merges).items())),
            "proposals": dict(sorted(Counter(proposal.rule for proposal in findings.proposals).items())),
        },
        "curation": {"file": curation, "judgements": corpus.judged},
        "contradictions": contradictions.report(findings.contradictions, tally.labels),
        "articles": tally.articles,
        **_of_this_build(problems, extractors, timings, cache, notes, articles),
    }


def renewed(
    earlier: Mapping[str, object],
    problems: Sequence[Problem],
    extractors: Sequence[Extractor],
    timings: Timings,
    *,
    cache: Mapping[str, int],
    notes: Mapping[str, Mapping[str, object]],
) -> dict[str, object]:
    """Return the report of a build of which nothing differs from that of the ``earlier`` report but how it went."""
    return {**earlier, **_of_this_build(problems, extractors, timings, cache, notes, articles=0)}


def _of_this_build(
    problems: Sequence[Problem],
    extractors: Sequence[Extractor],
    timings: Timings,
    cache: Mapping[str, int] | None,
    notes: Mapping[str, Mapping[str, object]] | None,
    articles: int,
) -> dict[str, object]:
    noted = {e.name: e.notes() for e in extractors} if notes is None else notes
    return {
        "extractors": {e.name: {"version": e.version, **noted.get(e.name, {})} for e in extractors},
        "problems": [asdict(p) for p in problems],
        "cache": dict(cache) if cache is not None else {"reused": 0, "read": articles, "removed": 0},
        "processes": timings.processes,
        "wall": round(timings.wall, 3),
        "timings": timings.rounded(),
    }


def told(options: Options, extractors: Iterable[Extractor]) -> dict[str, object]:
    """Return what the report says of the options."""
    said = asdict(replace(options, extractors=tuple(e.name for e in extractors)))
    del said["curation"], said["links"]  # the one has a section of its own, the other is where the graph is
    del said["settings"]  # may hold what is nobody's business; what of it matters an extractor notes itself
    said["limits"] = {name: bound for name, bound in said["limits"].items() if bound != getattr(DEFAULT, name)}
    return said


class _Tally:
    """What is counted and listed while the graphs pass by."""

    def __init__(self, disagreeing: Iterable[Contradiction]) -> None:
        """Take the contradictions, whose things need labels."""
        self.articles: list[dict[str, object]] = []
        self.languages: Counter[str] = Counter()
        self.things = Distinct()
        self.entities: dict[str, Distinct] = defaultdict(Distinct)
        self.statements: dict[str, Distinct] = defaultdict(Distinct)
        self.labels: dict[str, str] = {}
        self.cities = _Cities()
        self._unlabelled = set(_things_of(disagreeing))

    def add(self, graph: ArticleGraph) -> None:
        article = graph.article
        counts = {"entities": len(graph.entities), "statements": len(graph.facts)}
        self.articles.append({"source": article.source, "iri": graph.iri, **counts})
        self.languages[article.language] += 1
        for entity in graph.entities:
            self.things.add(entity.iri)
            self.entities[entity.type.value].add(entity.iri)
            if entity.iri in self._unlabelled:
                self._unlabelled.remove(entity.iri)
                self.labels[entity.iri] = entity.name
            if entity.type is EntityType.CITY:
                self.cities.add(entity)
        for fact in graph.facts:
            self.statements[fact.relation].add(_key(fact))

    def statement_count(self) -> int:
        return sum(map(len, self.statements.values()))


def _key(fact: Fact) -> str:
    """Return what tells a statement of a relation from others: no IRI has a space."""
    if isinstance(fact.object, Value):
        return f"{fact.subject} {fact.object.kind.value} {fact.object.text}"
    return f"{fact.subject} {fact.object}"


def _things_of(found: Iterable[Contradiction]) -> Iterable[str]:
    for one in found:
        yield one.subject
        yield from (claim.object for claim in one.claims if isinstance(claim.object, str))


class _Cities:
    """How many of the cities that the gazetteer knows by any name carry a link, and the names of the others."""

    def __init__(self) -> None:
        self._gazetteer = Gazetteer.load()
        self._names: dict[str, str] = {}
        self._known: set[str] = set()
        self._linked: set[str] = set()

    def add(self, city: Entity) -> None:
        first = min(city.names, default=city.name)
        self._names[city.iri] = min(first, self._names.get(city.iri, first))
        if city.authority:
            self._linked.add(city.iri)
        if city.iri not in self._known and (city.authority or any(map(self._gazetteer.is_city_name, city.names))):
            self._known.add(city.iri)

    def report(self) -> dict[str, object]:
        known, linked = len(self._known), len(self._linked)
        return {
            "cities": len(self._names),
            "in_gazetteer": known,
            "linked": linked,
            "rate": round(linked / known, 4) if known else None,
            "not_linked": sorted(self._names[iri] for iri in self._known - self._linked),
        }
