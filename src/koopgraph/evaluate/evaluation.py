"""An evaluation: gold articles against what koopgraph states about them, or against a graph that was built."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from koopgraph.evaluate.gold import GoldArticle, read_gold
from koopgraph.evaluate.matching import Comparison, compare
from koopgraph.evaluate.mistakes import Mistake, wrong_entities, wrong_relations
from koopgraph.evaluate.overlap import Overlap, overlap
from koopgraph.evaluate.predictions import Predicted, read_predictions
from koopgraph.evaluate.reliability import Reliability, reliability
from koopgraph.evaluate.scores import Scores, score
from koopgraph.model import ArticleGraph, Options
from koopgraph.progress import Progress, silent


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What was measured on the gold articles of ``folder``; ``languages`` has the scores of each by its code."""

    folder: Path
    comparisons: tuple[Comparison, ...]
    scores: Scores
    languages: Mapping[str, Scores]
    evidence: Overlap
    reliability: Reliability

    @property
    def gold(self) -> tuple[GoldArticle, ...]:
        """The gold articles that were measured on."""
        return tuple(comparison.gold for comparison in self.comparisons)

    @property
    def missing(self) -> tuple[str, ...]:
        """The articles that the graph lacks: all they state counts as missed."""
        return tuple(comparison.gold.article.source for comparison in self.comparisons if comparison.missing)

    def wrong_relations(self) -> list[Mistake]:
        """Return the spurious relations, surest first, then the missed ones by reason."""
        return wrong_relations(self.comparisons)

    def wrong_entities(self) -> list[Mistake]:
        """Return the spurious things, then the missed ones, by class."""
        return wrong_entities(self.comparisons)


def evaluate(
    folder: str | Path,
    *,
    dataset: str | Path | None = None,
    options: Options | None = None,
    progress: Progress | None = None,
) -> Evaluation:
    """Measure on the gold articles of ``folder``: read, annotate, extract and resolve each, and compare.

    With ``dataset`` (a build's folder or ``dataset.trig``) that graph is measured instead; of ``options`` only
    ``min_confidence`` counts then. Raises :class:`KoopgraphError` for malformed gold or an unreadable dataset.
    """
    options = options or Options()
    gold = tuple(read_gold(Path(folder)))
    if dataset is None:
        predictions = _stated(gold, options, progress)
    else:
        from koopgraph.store import open_graph

        predictions = read_predictions(open_graph(Path(dataset)), min_confidence=options.min_confidence or 0.0)
    return _measured(Path(folder), [compare(one, predictions.get(one.article.source)) for one in gold])


def _measured(folder: Path, comparisons: Sequence[Comparison]) -> Evaluation:
    by_language: dict[str, list[Comparison]] = defaultdict(list)
    for comparison in comparisons:
        by_language[comparison.gold.language].append(comparison)
    return Evaluation(
        folder=folder,
        comparisons=tuple(comparisons),
        scores=score(comparisons),
        languages={language: score(those) for language, those in sorted(by_language.items())},
        evidence=overlap(comparisons),
        reliability=reliability(comparisons),
    )


def _stated(gold: Sequence[GoldArticle], options: Options, progress: Progress | None) -> dict[str, Predicted]:
    """Return what koopgraph states about the articles, by way of the quads that a build would write."""
    from koopgraph.corpus import unite
    from koopgraph.rdf.assembly import assemble

    graphs = list(_graphs(gold, options, progress or silent))
    return read_predictions(assemble(unite(graphs, base=options.base).graphs, base=options.base))


def _graphs(gold: Sequence[GoldArticle], options: Options, tell: Progress) -> Iterator[ArticleGraph]:
    from koopgraph.timings import Timings
    from koopgraph.work.article_graph import article_graph, chosen_extractors

    extractors, timings = chosen_extractors(options), Timings()
    for number, one in enumerate(gold):
        tell("reading articles", number, len(gold))
        results = article_graph(one.article, extractors, options, timings)
        yield from (result for result in results if isinstance(result, ArticleGraph))
    tell("reading articles", len(gold), len(gold))
