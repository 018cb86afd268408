"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from click.decorators import FC

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
