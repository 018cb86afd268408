"""One article → what it states: annotated, extracted from, resolved within itself, its places linked."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence

from koopgraph.annotate import annotate
from koopgraph.annotate.recognise.model import load_names
from koopgraph.errors import ExtractionError
from koopgraph.extract import Extractor, gather, select
from koopgraph.limits import Limits
from koopgraph.link.geonames import link_places
from koopgraph.model import Article, ArticleGraph, Options, Problem
from koopgraph.read import SourceFile, read_file
from koopgraph.resolve.article import resolve
from koopgraph.timings import Timings

logger = logging.getLogger(__name__)


def chosen_extractors(options: Options) -> tuple[Extractor, ...]:
    """Return the extractors that ``options`` ask for, with their settings and models.

    Raises :class:`KoopgraphError` for unknown ones and for a model that cannot be read.
    """
    load_names(options.model)
    settings = {"context": {"model": options.model}, **options.settings} if options.model else options.settings
    return select(options.extractors, settings)


def articles_of(file: SourceFile, limits: Limits) -> Iterator[Article | Problem]:
    """Yield the file's articles; a reader's own fault is a problem of this file alone."""
    items = iter(read_file(file, limits=limits))
    while True:
        try:
            item = next(items, None)
        except Exception as error:
            yield _fault(file.name, error)
            return
        if item is None:
            return
        yield item


def article_graph(
    article: Article, extractors: Sequence[Extractor], options: Options, timings: Timings
) -> Iterator[ArticleGraph | Problem]:
    """Yield what one article states; a fault of ours in it becomes a problem, not the end of the build.

    An extractor that could not read the article is a problem too, but the article counts without it.
    """
    try:
        with timings.of("annotate"):
            annotated = annotate(article, model=load_names(options.model))
        with timings.of("extract"):
            found = gather(annotated, extractors)
            least = least_confidence(extractors, options)
            statements = [s for s in found.statements if s.confidence >= least]
        with timings.of("resolve"):
            graph = link_places(resolve(found.annotated, statements, base=options.base))
    except Exception as error:
        yield _fault(article.source, error)
        return
    yield from (_failure(article.source, failure) for failure in found.failures)
    yield graph


def least_confidence(extractors: Sequence[Extractor], options: Options) -> float:
    """Return the confidence below which statements are left out."""
    if options.min_confidence is not None:
        return options.min_confidence
    return max((one.cut for one in extractors), default=0.0)


def _fault(source: str, error: Exception) -> Problem:
    logger.debug("internal error in %s", source, exc_info=True)
    reason = f"internal error: {type(error).__name__}: {error}"
    remedy = "The other articles were built; please report this one, with what koopgraph build -vv says of it"
    return Problem(source, reason, remedy, "failed")


def _failure(source: str, error: ExtractionError) -> Problem:
    return Problem(source, f"extractor {error.extractor}: {error.reason}", error.remedy, "extractor")
