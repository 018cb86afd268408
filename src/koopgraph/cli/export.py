"""``koopgraph export``: a built graph in other programs' formats."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from koopgraph.cli.options import from_option, output_option
from koopgraph.export import FORMATS


@click.command(short_help="Write a built graph in another format.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    help="The format; without it, the suffix of --output decides.",
)
@output_option("The file to write, - for standard output; for csv and parquet a folder.")
@click.option("--geosparql", is_flag=True, help="Add a GeoSPARQL geometry to everything that has a position; RDF only.")
@click.option("--date", metavar="YYYY-MM-DD", help="ro-crate: its day; by default the newest article's.")
@click.option("--licence", metavar="URL", help="ro-crate: the licence that you choose for it.")
@click.option("--creator", "creators", multiple=True, metavar="NAME", help="ro-crate: who made it; may be repeated.")
@click.option("--with-texts", is_flag=True, help="ro-crate: put the articles' texts in; their authors must allow it.")
@click.option("--title", metavar="TEXT", help="svg: the heading of the drawing.")
@click.option("--language", type=click.Choice(["de", "en"]), help="svg: the language of its legend, by default German.")
@from_option
def export(
    format_: str | None,
    output: Path,
    geosparql: bool,
    folder: Path,
    **said: Any,
) -> None:
    """Write a built graph in another format, whole or not at all.

    turtle, ntriples and rdf-xml hold the merged statements; trig, nquads and json-ld the articles' own graphs and
    the provenance too; graphml and gexf the network, svg a drawing of it; csv and parquet make tables of nodes, edges
    and values, with each statement's sentence and article; void describes the dataset; ro-crate makes a research
    bundle of all that, as a folder or a zip.

    Example: koopgraph export --format graphml -o network.graphml
    """
    from koopgraph.export import export_bytes, format_of
    from koopgraph.graph import KnowledgeGraph

    to_pipe = str(output) == "-"
    if to_pipe and format_ is None:
        raise click.UsageError("name a format (--format turtle), or a file with a telling suffix (-o graph.ttl).")
    format_ = format_of(output, format_)
    _refuse_what_is_not_for(format_, said)
    graph = KnowledgeGraph.open(folder)
    drawing = graph.drawing(title=said["title"], language=said["language"] or "de") if format_ == "svg" else None
    if to_pipe:
        from koopgraph.cli.output import write_bytes

        write_bytes(export_bytes(graph.store, format_, geosparql=geosparql, drawing=drawing))
        return
    told = {"date": said["date"], "licence": said["licence"], "creators": said["creators"], "texts": said["with_texts"]}
    bundle = graph.bundle(**told) if format_ == "ro-crate" else None
    graph.export(output, format_, geosparql=geosparql, bundle=bundle, drawing=drawing)


def _refuse_what_is_not_for(format_: str, said: dict[str, Any]) -> None:
    """Refuse what only a bundle or only a drawing can say."""
    if format_ != "ro-crate" and any(said[name] for name in ("date", "licence", "creators", "with_texts")):
        raise click.UsageError("--date, --licence, --creator and --with-texts belong to --format ro-crate.")
    if format_ != "svg" and (said["title"] or said["language"]):
        raise click.UsageError("--title and --language belong to --format svg.")
