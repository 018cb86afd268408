"""``koopgraph validate``: a graph against the shapes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click


@click.command(short_help="Check a graph against the ontology's shapes.")
@click.argument("path", type=click.Path(path_type=Path), default="output")
@click.option(
    "--shapes",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    multiple=True,
    help="A file of SHACL shapes to check as well; can be given several times.",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["table", "turtle", "json"]),
    default="table",
    show_default=True,
    help="How to show the findings; turtle is a sh:ValidationReport.",
)
@click.option(
    "--language", type=click.Choice(["de", "en"]), default="en", show_default=True, help="The language of the messages."
)
@click.option(
    "--engine",
    type=click.Choice(["auto", "reference"]),
    default="auto",
    show_default=True,
    help="auto is fast and leaves to pySHACL what it does not know; reference is pySHACL alone, and slow.",
)
@click.pass_context
def validate(
    context: click.Context, path: Path, shapes: Sequence[Path], format_: str, language: str, engine: str
) -> None:
    """Check a build's folder (or a file of RDF) against the ontology's SHACL shapes.

    Every finding names the thing, the property, what to do, and the articles that it stems from. Exit codes: 0 the
    graph holds to the shapes, 1 it does not, 2 it or the shapes cannot be read.

    Example: koopgraph validate output --language de
    """
    from koopgraph.cli.output import write_table, write_text
    from koopgraph.store import open_graph
    from koopgraph.validate import validate as check

    report = check(open_graph(path), shapes=shapes, language=language, engine=engine)
    if report.left:
        click.echo(_note(report.left), err=True)
    if format_ == "table" and report.findings:
        write_table(report.header(), report.rows(), report.summary())
    else:
        write_text(report.to_text(format_))
    context.exit(0 if report.conforms else 1)


def _note(left: Sequence[tuple[str, str]]) -> str:
    reasons = ", ".join(sorted({reason for _, reason in left}))
    number = "1 shape was" if len(left) == 1 else f"{len(left)} shapes were"
    return f"koopgraph: {number} checked by pySHACL, which is slower ({reasons})"
