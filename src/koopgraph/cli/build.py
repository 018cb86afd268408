"""koopgraph build: articles in, a graph, a page and a report out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from koopgraph.cli.options import talk_options
from koopgraph.model import Options

if TYPE_CHECKING:
    from koopgraph.cli.logs import Talk

DEFAULTS = Options()


@click.command()
@click.argument("sources", nargs=-1, required=True)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("output"),
    show_default=True,
    help="Folder for the results.",
)
@click.option("--base", default=DEFAULTS.base, show_default=True, help="What every IRI of data begins with.")
@click.option(
    "--extractor",
    "extractors",
    multiple=True,
    metavar="NAME",
    help="Use this extractor and no others (repeatable); all built-in ones by default.",
)
@click.option(
    "--with", "added", multiple=True, metavar="NAME", help="Use this extractor too (repeatable): spacy, gliner, llm."
)
@click.option(
    "--config", type=click.Path(path_type=Path), help="TOML file with settings: [limits], and [extractors.NAME] each."
)
@click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    help="Leave out statements that are less probable than this; by default, the cut that was best for F1 on gold.",
)
@click.option("--model", help="A folder that koopgraph train wrote; the shipped model by default.")
@click.option(
    "--curation", help="File of judgements; curation.yaml beside the articles by default, where there is one."
)
@click.option("--links", help="File that koopgraph link wrote; links.jsonl in the output folder by default.")
@click.option("--infer", is_flag=True, help="Add what follows by the ontology, in a graph of its own.")
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(min=1),
    help="Processes that read articles; by default one a processor, if worth it.",
)
@click.option(
    "--cluster",
    metavar="ADDRESS",
    help="Read articles on a Dask cluster: local, tcp://HOST:PORT, or a scheduler file (needs koopgraph[cluster]).",
)
@click.option("--strict", is_flag=True, help="Exit with 1 where any source could not be read.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
@talk_options
def build(
    sources: tuple[str, ...],
    output: Path,
    base: str,
    extractors: tuple[str, ...],
    added: tuple[str, ...],
    config: Path | None,
    min_confidence: float | None,
    model: str | None,
    curation: str | None,
    links: str | None,
    infer: bool,
    jobs: int | None,
    cluster: str | None,
    strict: bool,
    quiet: bool,
    talk: Talk,
) -> int:
    """Build a knowledge graph from SOURCES: files, folders (walked, sorted), or - for paths on standard input.

    Read are text, Markdown, web pages, JSON lines, RSS and Atom feeds, WordPress exports and EPUB; with
    koopgraph[sources] PDF, DOCX and WARC too, with koopgraph[remote] URLs such as s3://bucket/folder.
    What an earlier build into the output folder has read and did not change is not read again.
    Writes graph.ttl, dataset.trig, network.html, layout.json, report.json and store/ into the output folder.

    Example: koopgraph build articles/ -o output
    """
    from koopgraph.cli.progress import progress_bar
    from koopgraph.cli.summary import summarise
    from koopgraph.extract.registry import built_in
    from koopgraph.extract.settings import read_settings
    from koopgraph.pipeline import build as run

    names = (*(extractors or built_in()), *added) if added else extractors or None
    known = read_settings(config) if config else None
    options = Options(
        base=base,
        extractors=names,
        min_confidence=min_confidence,
        model=model,
        settings=known.extractors if known else {},
        curation=curation,
        links=links,
        infer=infer,
        limits=known.limits if known else DEFAULTS.limits,
    )
    with progress_bar(quiet=quiet, talk=talk) as progress:
        graph = run(
            sources,
            output=output,
            options=options,
            stdin=sys.stdin,
            progress=progress,
            jobs=jobs,
            cluster=cluster,
        )
    if not quiet:
        summarise(graph.report, output, talk)
    return 1 if strict and graph.report["problems"] else 0
