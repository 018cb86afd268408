"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path

import click

from_option = click.option(
    "--from",
    "folder",
    type=click.Path(path_type=Path),
    default="output",
    show_default=True,
    help="A build's folder, or a file of RDF.",
)
