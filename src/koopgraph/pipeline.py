"""The pipeline: sources in, a knowledge graph and its files out.

1. read each source, annotate it, extract statements, resolve them to entities, link its places (article by article);
2. unite the articles (which things of all articles are one, where they disagree), assemble the RDF dataset;
3. write Turtle, TriG, store, page and report, each complete or not at all.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from pyoxigraph import NamedNode

from koopgraph.annotate import annotate
from koopgraph.annotate.recognise.model import load_names
from koopgraph.corpus import unite
from koopgraph.curation.file import read_curation
from koopgraph.curation.place import curation_path
from koopgraph.errors import ExportError, ExtractionError
from koopgraph.events import problem_event
from koopgraph.extract import Extractor, gather, select
from koopgraph.files import atomic_write
from koopgraph.link.geonames import link_places
from koopgraph.link.reconcile.links_file import LINKS, Link, read_links
from koopgraph.link.reconcile.triples import links_of_build, unmatched
from koopgraph.model import Article, ArticleGraph, Options, Problem
from koopgraph.outputs import write_outputs
from koopgraph.progress import Progress, silent
from koopgraph.rdf import iris
from koopgraph.rdf.assembly import assemble
from koopgraph.rdf.inference import closure
from koopgraph.read import SourceFile, discover, read_file
from koopgraph.report import report_of
from koopgraph.resolve.article import resolve
from koopgraph.store import write_store
from koopgraph.timings import Timings

if TYPE_CHECKING:
    from koopgraph.graph import KnowledgeGraph

logger = logging.getLogger(__name__)


def build(
    sources: Iterable[str | Path],
    *,
    output: str | Path = "output",
    options: Options | None = None,
    stdin: TextIO | None = None,
    progress: Progress | None = None,
) -> KnowledgeGraph:
    """Build a knowledge graph from ``sources`` and write it to the folder ``output``.

    ``sources`` are files, folders (walked, sorted) and '-' (paths on ``stdin``). A source that cannot be
    read becomes a problem in ``report.json``; the others still build. ``progress`` is called with the stage,
    the steps done and their number. Raises :class:`KoopgraphError` for wrong options or missing sources.

    >>> import tempfile, pathlib
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> _ = (folder / "a.txt").write_text("Richtfest\\n\\nIn Leipzig fand das Richtfest statt.", encoding="utf-8")
    >>> graph = build([folder / "a.txt"], output=folder / "out")
    >>> graph.report["counts"]["articles"]
    1
    """
    from koopgraph.graph import KnowledgeGraph

    options = options or Options()
    iris.check_base(options.base)
    tell = progress or silent
    timings = Timings()
    extractors = chosen_extractors(options)
    sources = [sources] if isinstance(sources, str | Path) else list(sources)
    judgements = curation_path(sources, Path(options.curation) if options.curation else None)
    curation = read_curation(judgements, needed=options.curation is not None)
    files = discover(sources, stdin=stdin)
    folder = _output_folder(Path(output))
    links = read_links(Path(options.links) if options.links else folder / LINKS)
    graphs: list[ArticleGraph] = []
    problems: list[Problem] = []
    for result in _results(files, extractors, options, timings, tell):
        if isinstance(result, Problem):
            problems.append(result)
            problem_event(result)
        else:
            graphs.append(result)
    tell("resolving names", 0, 1)
    with timings.of("unite"):
        corpus = unite(graphs, base=options.base, curation=curation)
    with timings.of("assemble"):
        united = tuple(corpus.graphs)
        quads = list(assemble(united, base=options.base, findings=corpus.findings))
        things = {entity.iri for graph in united for entity in graph.entities}
        refused = {(link.iri, link.authority) for link in corpus.findings.links if not link.accepted}
        quads += links_of_build(links, quads, things, base=options.base, refused=refused)
        if options.infer:
            quads += closure(quads, NamedNode(iris.inferred_graph_iri(options.base)))
    late = [*corpus.problems, *(_lost(link) for link in unmatched(links, things))]
    for problem in late:
        problem_event(problem)
    problems += late
    store = partial(write_store, folder, quads, united)
    write_outputs(folder, quads, united, store, base=options.base, timings=timings, tell=tell)
    report = report_of(corpus, problems, extractors, options, timings, curation=_from(folder, judgements))
    with atomic_write(folder / "report.json") as file:
        file.write((json.dumps(report, ensure_ascii=False, indent=1) + "\n").encode("utf-8"))
    return KnowledgeGraph.open(folder)


def chosen_extractors(options: Options) -> tuple[Extractor, ...]:
    """Return the extractors that ``options`` ask for, with their settings and models.

    Raises :class:`KoopgraphError` for unknown ones and for a model that cannot be read.
    """
    load_names(options.model)
    settings = {"context": {"model": options.model}, **options.settings} if options.model else options.settings
    return select(options.extractors, settings)


def _from(folder: Path, path: Path) -> str:
    """Return the way from the output folder to the file, which holds wherever both are moved together."""
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:  # on Windows, where they are on two drives
        return path.name


def _lost(link: Link) -> Problem:
    remedy = "Run koopgraph link again, or remove its line."
    return Problem(LINKS, f"{link.thing} ({link.label}) is not in the graph any more", remedy, "link")


def _output_folder(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportError(
            f"{folder}: cannot be made a folder ({error.strerror}). Name another output folder."
        ) from error
    return folder


def _results(
    files: Sequence[SourceFile | Problem],
    extractors: Sequence[Extractor],
    options: Options,
    timings: Timings,
    tell: Progress,
) -> Iterator[ArticleGraph | Problem]:
    failed = 0
    for number, file in enumerate(files):
        tell("reading articles", number, len(files), failed)
        if isinstance(file, Problem):
            failed += 1
            yield file
            continue
        items = iter(read_file(file))
        while True:
            with timings.of("read"):
                item = _next(items, file)
            if item is None:
                break
            if isinstance(item, Problem):
                failed += 1
                yield item
            else:
                yield from article_graph(item, extractors, options, timings)
    tell("reading articles", len(files), len(files), failed)


def _next(items: Iterator[Article | Problem], file: SourceFile) -> Article | Problem | None:
    """Return the file's next article, None at its end; a reader's own fault is a problem of this file alone."""
    try:
        return next(items, None)
    except Exception as error:
        return _fault(file.name, error)


def _fault(source: str, error: Exception) -> Problem:
    logger.debug("internal error in %s", source, exc_info=True)
    reason = f"internal error: {type(error).__name__}: {error}"
    remedy = "The other articles were built; please report this one, with what koopgraph build -vv says of it"
    return Problem(source, reason, remedy, "failed")


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


def _failure(source: str, error: ExtractionError) -> Problem:
    return Problem(source, f"extractor {error.extractor}: {error.reason}", error.remedy, "extractor")
