"""``koopgraph ontology``: what the terms of a graph mean."""

from __future__ import annotations

from pathlib import Path

import click

from koopgraph.cli.options import output_option


@click.command(short_help="Show the ontology: as a page, or as Turtle.")
@click.option("--html", "format_", flag_value="html", default=True, help="A page to read, in German and English.")
@click.option("--turtle", "format_", flag_value="turtle", help="The ontology itself.")
@output_option("The file to write, - for standard output.")
def ontology(format_: str, output: Path) -> None:
    """Write the ontology as documentation: every class and relation with its meaning, examples and alignments.

    Example: koopgraph ontology --html -o ontology.html
    """
    from koopgraph.cli.output import write_bytes
    from koopgraph.files import atomic_write
    from koopgraph.ontology import ontology_page
    from koopgraph.rdf.vocabulary import ontology_file

    content = ontology_page().encode("utf-8") if format_ == "html" else ontology_file("koopgraph.ttl").read_bytes()
    if str(output) == "-":
        write_bytes(content)
        return
    with atomic_write(output) as file:
        file.write(content)
