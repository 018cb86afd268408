"""What a build reports of itself: ``report.json``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, replace

from koopgraph import __version__
from koopgraph.annotate.gazetteer import Gazetteer
from koopgraph.corpus import Corpus
from koopgraph.extract import Extractor
from koopgraph.model import ArticleGraph, EntityType, Options, Problem
from koopgraph.resolve import contradictions
from koopgraph.timings import Timings


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
    graphs = corpus.graphs
    findings = corpus.findings
    labels = {e.iri: e.name for g in reversed(graphs) for e in g.entities}
    entities = {e.iri: e.type for g in graphs for e in g.entities}
    statements = {(f.subject, f.relation, f.object) for g in graphs for f in g.facts}
    told = asdict(replace(options, extractors=tuple(e.name for e in extractors)))
    del told["curation"], told["links"]  # the one has a section of its own, the other is where the graph is
    del told["settings"]  # may hold what is nobody's business; what of it matters an extractor notes itself
    return {
        "koopgraph": __version__,
        "options": told,
        "counts": {"articles": len(graphs), "entities": len(entities), "statements": len(statements)},
        "entities": dict(sorted(Counter(kind.value for kind in entities.values()).items())),
        "statements": dict(sorted(Counter(relation for _, relation, _ in statements).items())),
        "languages": dict(sorted(Counter(g.article.language for g in graphs).items())),
        "links": _links(graphs),
        "resolution": {
            "merges": dict(sorted(Counter(merge.rule for merge in findings.merges).items())),
            "proposals": dict(sorted(Counter(proposal.rule for proposal in findings.proposals).items())),
        },
        "curation": {"file": curation, "judgements": corpus.judged},
        "contradictions": contradictions.report(findings.contradictions, labels),
        "articles": [
            {"source": g.article.source, "iri": g.iri, "entities": len(g.entities), "statements": len(g.facts)}
            for g in graphs
        ],
        "extractors": {e.name: {"version": e.version, **e.notes()} for e in extractors},
        "problems": [asdict(p) for p in problems],
        "timings": timings.rounded(),
    }


def _links(graphs: Sequence[ArticleGraph]) -> dict[str, object]:
    """Return how many of the cities that the gazetteer knows by any name carry a link, and the names of the others."""
    gazetteer = Gazetteer.load()
    cities: dict[str, set[str]] = {}
    linked: set[str] = set()
    for graph in graphs:
        for entity in graph.entities:
            if entity.type is EntityType.CITY:
                cities.setdefault(entity.iri, set()).update(entity.names)
                if entity.authority:
                    linked.add(entity.iri)
    known = {iri for iri, names in cities.items() if iri in linked or any(map(gazetteer.is_city_name, names))}
    return {
        "cities": len(cities),
        "in_gazetteer": len(known),
        "linked": len(linked),
        "rate": round(len(linked) / len(known), 4) if known else None,
        "not_linked": sorted(min(cities[iri]) for iri in known - linked),
    }
