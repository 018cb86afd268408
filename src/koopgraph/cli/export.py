"""``koopgraph export``: a built graph in other programs' formats."""

from __future__ import annotations

from pathlib import Path

import click

from koopgraph.cli.options import from_option
from koopgraph.export import FORMATS


@click.command(short_help="Write a built graph in another format.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    help="The format; without it, the suffix of --output decides.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, allow_dash=True),
    default="-",
    show_default=True,
    help="The file to write, - for standard output; for csv and parquet a folder.",
)
@click.option("--geosparql", is_flag=True, help="Add a GeoSPARQL geometry to everything that has a position; RDF only.")
@from_option
def export(format_: str | None, output: Path, geosparql: bool, folder: Path) -> None:
    """Write a built graph in another format, whole or not at all.

    turtle, ntriples and rdf-xml hold the merged statements; trig, nquads and json-ld the articles' own graphs and
    the provenance too; graphml and gexf the network; csv and parquet make tables of nodes, edges and values, with
    each statement's sentence and article.

    Example: koopgraph export --format graphml -o network.graphml
    """
    from koopgraph.export import export as write
    from koopgraph.export import export_bytes
    from koopgraph.store import open_graph

    if str(output) != "-":
        write(open_graph(folder), output, format_, geosparql=geosparql)
        return
    if format_ is None:
        raise click.UsageError("name a format (--format turtle), or a file with a telling suffix (-o graph.ttl).")
    from koopgraph.cli.output import write_bytes

    write_bytes(export_bytes(open_graph(folder), format_, geosparql=geosparql))
