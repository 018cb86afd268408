"""From what single articles state to what the corpus states: names resolved, judgements applied, disagreement found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from koopgraph.curation.applied import Applied, curated_things, unmatched
from koopgraph.curation.apply import after, before
from koopgraph.curation.constraints import Constraints, Joined, constraints
from koopgraph.curation.judgements import Curation
from koopgraph.model import ArticleGraph, Merge, Naming, Problem
from koopgraph.rdf.assembly import Findings
from koopgraph.resolve.contradictions import contradictions
from koopgraph.resolve.corpus import Resolution, resolve_corpus
from koopgraph.resolve.records import Node
from koopgraph.resolve.rewrite import rewritten
from koopgraph.stream import Stream, repeatable

JUDGED = "judged"
"""The rule of a merge that a person decided."""
NO_JUDGEMENTS = Curation(file="", text="", judgements=())


@dataclass(frozen=True, slots=True)
class Corpus:
    """All articles with their things under final IRIs, and what was found out about them together.

    ``graphs`` is a stream: each article is changed when it is gone through, any number of times, and none is held.
    ``renamed`` gives the things of an article (an IRI) that have other IRIs in ``graphs`` than in what was read of it,
    where nothing else differs there; it is None where judgements change articles.
    ``judged`` is the number of judgements that were applied; ``problems`` are those that were not, and why.
    """

    graphs: Iterable[ArticleGraph]
    findings: Findings
    judged: int = 0
    problems: tuple[Problem, ...] = ()
    renamed: Callable[[str], Mapping[str, str]] | None = None


def unite(graphs: Iterable[ArticleGraph], *, base: str, curation: Curation = NO_JUDGEMENTS) -> Corpus:
    """Return the corpus of ``graphs``, whose things are linked to the gazetteer article by article.

    ``graphs`` are gone through several times, each time from the beginning; they are not held.

    1. What people judge of classes and additions (:func:`koopgraph.curation.apply.before`).
    2. Which things of all articles are one, and under which IRI (:mod:`koopgraph.resolve.corpus`); people's judgements
       on pairs win over every rule.
    3. What they judge of statements and names (:func:`koopgraph.curation.apply.after`).
    4. Where articles disagree about one thing (:mod:`koopgraph.resolve.contradictions`).
    """
    first = before(repeatable(graphs), curation, base=base)
    asked = constraints(first.graphs, curation)
    resolution = resolve_corpus(
        first.graphs, base=base, must_link=(*asked.must_link, *first.joined), cannot_link=asked.cannot_link
    )
    final = Stream(lambda: (rewritten(graph, resolution.of(graph.iri)) for graph in first.graphs))
    last = after(final, curation, base=base)
    applied = first.applied | asked.applied | last.applied
    findings = Findings(
        merges=(*resolution.merges, *_judged_merges(first.graphs, asked.joined, resolution)),
        proposals=resolution.proposals,
        contradictions=contradictions(last.graphs),
        links=last.links,
        curated=curated_things((*first.curated, *last.curated), resolution.iri),
    )
    alone = first.graphs is graphs and last.graphs is final
    problems = _problems(curation, first, asked, last)
    return Corpus(last.graphs, findings, len(applied), problems, resolution.of if alone else None)


def _problems(curation: Curation, first: Applied, asked: Constraints, last: Applied) -> tuple[Problem, ...]:
    found = (*first.problems, *asked.problems, *last.problems)
    return (*found, *unmatched(curation, first.applied | asked.applied | last.applied))


def _judged_merges(graphs: Iterable[ArticleGraph], joined: Sequence[Joined], resolution: Resolution) -> Iterator[Merge]:
    """Yield why things are one that people call one."""
    wanted = {node for pair in joined for node in pair.nodes}
    namings = dict(_namings(graphs, wanted)) if wanted else {}
    for pair in joined:
        one, other = pair.nodes
        names = (namings[one], namings[other])
        yield Merge(resolution.iri(one), JUDGED, 1.0, names, curator=pair.curator)


def _namings(graphs: Iterable[ArticleGraph], wanted: set[Node]) -> Iterator[tuple[Node, Naming]]:
    for graph in graphs:
        for entity in graph.entities:
            if (graph.iri, entity.iri) in wanted:
                evidence = entity.mentions[0] if entity.mentions else None
                yield (graph.iri, entity.iri), Naming(graph.iri, entity.name, evidence)
