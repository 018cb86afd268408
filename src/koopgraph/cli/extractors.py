"""koopgraph extractors: which extractors are installed, and what the optional ones lack."""

from __future__ import annotations

from importlib.metadata import EntryPoint

import click


@click.command()
def extractors() -> None:
    """List the extractors: built-in ones run by default, the others where a build is told to use them.

    Three columns: name, where it comes from, and whether it runs by default, is ready, or what it lacks.

    Example: koopgraph extractors
    """
    from koopgraph.extract.registry import available

    for name, point in available().items():
        click.echo(f"{name}\t{point.module}:{point.attr}\t{_state(point)}")


def _state(point: EntryPoint) -> str:
    from koopgraph.errors import UnknownExtractorError
    from koopgraph.extract.registry import installing, is_built_in, missing

    if is_built_in(point):
        return "by default"
    try:
        absent = missing(point)
    except UnknownExtractorError as error:
        return str(error)
    return (
        f"needs {', '.join(absent)}: {installing(point)}" if absent else f"ready: koopgraph build --with {point.name}"
    )
