"""From what single articles state to what the corpus states: names resolved, judgements applied, disagreement found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from koopgraph.model import ArticleGraph
from koopgraph.rdf.assembly import Findings
from koopgraph.resolve.contradictions import contradictions
from koopgraph.resolve.corpus import resolve_corpus
from koopgraph.resolve.rewrite import rewritten


@dataclass(frozen=True, slots=True)
class Corpus:
    """All articles with their things under final IRIs, and what was found out about them together."""

    graphs: tuple[ArticleGraph, ...]
    findings: Findings


def unite(graphs: Sequence[ArticleGraph], *, base: str) -> Corpus:
    """Return the corpus of ``graphs``, whose things are linked to the gazetteer article by article.

    1. Which things of all articles are one, and under which IRI (:mod:`koopgraph.resolve.corpus`).
    2. Where articles disagree about one thing (:mod:`koopgraph.resolve.contradictions`).
    """
    resolution = resolve_corpus(graphs, base=base)
    united = tuple(rewritten(graph, resolution.iri) for graph in graphs)
    return Corpus(united, Findings(resolution.merges, resolution.proposals, contradictions(united)))
