"""``koopgraph visualize``: a page for a part of a graph."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from koopgraph.cli.options import from_option, output_option

_WHAT = "May be repeated."


@click.command(short_help="Write a page of a built graph, or of a part of it.")
@click.option("--focus", multiple=True, metavar="IRI|NAME", help=f"Show only this and what is around it. {_WHAT}")
@click.option("--depth", type=click.IntRange(min=0), default=2, show_default=True, help="Steps around --focus.")
@click.option("--class", "classes", multiple=True, metavar="CLASS", help=f"Show only City, Project, … {_WHAT}")
@click.option("--since", default="", metavar="YYYY[-MM[-DD]]", help="Leave out what was over before.")
@click.option("--until", default="", metavar="YYYY[-MM[-DD]]", help="Leave out what began later.")
@click.option("--max-nodes", "most", type=click.IntRange(min=1), default=20_000, show_default=True,
              help="Of more things the nearest to --focus stay, of those the most central.")  # fmt: skip
@click.option("--title", help="The page's heading.")
@click.option("--language", type=click.Choice(["de", "en"]), default="de", show_default=True, help="Opens in this one.")
@click.option("--texts/--no-texts", default=True, show_default=True, help="Put in the articles' texts, to read them.")
@from_option
@output_option("The page to write, - for standard output.")
def visualize(folder: Path, output: Path, **said: Any) -> None:
    """Write the explorer of a built graph, or of a part of it, as one page that works offline.

    What has dates is in time by these, any other thing by the articles that name it.

    Example: koopgraph visualize --focus koopstadt --depth 2 -o koopstadt.html
    """
    from koopgraph.cli.output import write_bytes
    from koopgraph.files import atomic_write
    from koopgraph.graph import KnowledgeGraph

    said |= {"focus": tuple(said["focus"]), "classes": frozenset(said["classes"])}
    page = KnowledgeGraph.open(folder).page(**said)
    if str(output) == "-":
        write_bytes(page.encode("utf-8"))
        return
    with atomic_write(output, "w") as file:
        file.write(page)
