"""Data on standard output: UTF-8 whatever the system's encoding, in colours only on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click


def write_bytes(content: bytes) -> None:
    """Write bytes to standard output."""
    sys.stdout.flush()
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def write_text(text: str) -> None:
    """Write text to standard output: as the terminal wants it, in UTF-8 to a pipe or file."""
    if sys.stdout.isatty():
        click.echo(text, nl=False)
    else:
        write_bytes(text.encode("utf-8"))


def write_table(header: Sequence[str], rows: Sequence[Sequence[str]], caption: str) -> None:
    """Write a table: folded and coloured on a terminal, in plain columns of full width to a pipe or file."""
    from koopgraph.query.table import columns, rich_table

    if not sys.stdout.isatty():
        write_text(f"{columns(header, rows)}\n{caption}\n")
        return
    from rich.console import Console

    Console().print(rich_table(header, rows, caption))
