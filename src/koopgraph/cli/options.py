"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from typing import TypeVar

    from click.decorators import FC

    R = TypeVar("R")

from_option = click.option(
    "--from",
    "folder",
    type=click.Path(path_type=Path),
    default="output",
    show_default=True,
    help="A build's folder, or a file of RDF.",
)


def output_option(help: str) -> Callable[[FC], FC]:
    """Return the option ``--output``: a file, or - for standard output."""
    path = click.Path(path_type=Path, allow_dash=True)
    return click.option("-o", "--output", type=path, default="-", show_default=True, help=help)


def talk_options(command: Callable[..., R]) -> Callable[..., R]:
    """Give a command ``-v`` and ``--log-json``, which it gets as one argument, ``talk``; its log is set up."""

    @click.option("-v", "--verbose", count=True, help="Say what is being done; -vv: and all that helps find a fault.")
    @click.option("--log-json", is_flag=True, help="Log as JSON, an object a line, and print nothing else there.")
    @wraps(command)
    def talking(*arguments: object, verbose: int, log_json: bool, **options: object) -> R:
        from koopgraph.cli.logs import Talk, set_up

        talk = Talk(verbose, log_json)
        set_up(talk, quiet=bool(options.get("quiet")))
        return command(*arguments, talk=talk, **options)

    return talking
