"""koopgraph extractors: which extractors are installed."""

from __future__ import annotations

import click


@click.command()
def extractors() -> None:
    """List the installed extractors, built-in ones and those of other packages.

    Example: koopgraph extractors
    """
    from koopgraph.extract.registry import available

    for name, point in available().items():
        click.echo(f"{name}\t{point.value}")
