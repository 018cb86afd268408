"""What a build reports of itself: ``report.json``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import asdict, replace

from koopgraph import __version__
from koopgraph.annotate.gazetteer import Gazetteer
from koopgraph.corpus import Corpus
from koopgraph.extract import Extractor
from koopgraph.model import ArticleGraph, EntityType, Options, Problem, Value
from koopgraph.outputs import Timings
from koopgraph.resolve import contradictions


def report_of(
    corpus: Corpus,
    problems: Sequence[Problem],
    extractors: Sequence[Extractor],
    options: Options,
    timings: Timings,
    *,
    curation: str,
) -> dict[str, object]:
    """Return what ``report.json`` says of a build: counts, links, resolution, contradictions, problems, timings.

    ``curation`` is the way from the output folder to the file of judgements, which need not exist.
    """
    findings = corpus.findings
    told_of = {iri for one in findings.contradictions for iri in (one.subject, *(c.object for c in one.claims))}
    counted = _Counted({iri for iri in told_of if isinstance(iri, str)})
    for graph in corpus.graphs:
        counted.take_in(graph)
    entities, statements = counted.entities, counted.statements
    told = asdict(replace(options, extractors=tuple(e.name for e in extractors)))
    del told["curation"], told["links"]  # the one has a section of its own, the other is where the graph is
    del told["settings"]  # may hold what is nobody's business; what of it matters an extractor notes itself
    return {
        "koopgraph": __version__,
        "options": told,
        "counts": {"articles": len(counted.articles), "entities": len(entities), "statements": len(statements)},
        "entities": dict(sorted(Counter(kind.value for kind in entities.values()).items())),
        "statements": dict(sorted(Counter(relation for _, relation, _ in statements).items())),
        "languages": dict(sorted(counted.languages.items())),
        "links": counted.links(),
        "resolution": {
            "merges": dict(sorted(Counter(merge.rule for merge in findings.merges).items())),
            "proposals": dict(sorted(Counter(proposal.rule for proposal in findings.proposals).items())),
        },
        "curation": {"file": curation, "judgements": corpus.judged},
        "contradictions": contradictions.report(findings.contradictions, counted.labels),
        "articles": counted.articles,
        "extractors": {e.name: {"version": e.version, **e.notes()} for e in extractors},
        "problems": [asdict(p) for p in problems],
        "timings": timings.rounded(),
    }


class _Counted:
    """What the report says of the articles, taken in one by one; ``labels`` are names of those things that it names."""

    def __init__(self, named: Collection[str]) -> None:
        self._named = named
        self.labels: dict[str, str] = {}
        self.entities: dict[str, EntityType] = {}
        self.statements: set[tuple[str, str, str | Value]] = set()
        self.languages: Counter[str] = Counter()
        self.articles: list[dict[str, object]] = []
        self._cities: dict[str, set[str]] = {}
        self._linked: set[str] = set()

    def take_in(self, graph: ArticleGraph) -> None:
        """Count what an article states."""
        article, facts = graph.article, graph.facts
        self.languages[article.language] += 1
        self.articles.append(
            {"source": article.source, "iri": graph.iri, "entities": len(graph.entities), "statements": len(facts)}
        )
        self.statements.update((fact.subject, fact.relation, fact.object) for fact in facts)
        for entity in graph.entities:
            self.entities[entity.iri] = entity.type
            if entity.iri in self._named:
                self.labels.setdefault(entity.iri, entity.name)
            if entity.type is EntityType.CITY:
                self._cities.setdefault(entity.iri, set()).update(entity.names)
                if entity.authority:
                    self._linked.add(entity.iri)

    def links(self) -> dict[str, object]:
        """Return how many of the cities that the gazetteer knows by any name carry a link, and the others' names."""
        gazetteer = Gazetteer.load()
        cities, linked = self._cities, self._linked
        known = {iri for iri, names in cities.items() if iri in linked or any(map(gazetteer.is_city_name, names))}
        return {
            "cities": len(cities),
            "in_gazetteer": len(known),
            "linked": len(linked),
            "rate": round(len(linked) / len(known), 4) if known else None,
            "not_linked": sorted(min(cities[iri]) for iri in known - linked),
        }
