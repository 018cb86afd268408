"""Data on standard output: UTF-8 whatever the system's encoding, in colours only on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import IO, cast

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


class LineEnd(AbstractContextManager["IO[bytes]"]):
    """A file whose content ends in a line end, which the engine leaves away in some formats."""

    def __init__(self, file: IO[bytes]) -> None:
        """Take the file to write to."""
        self._file = file
        self._last = b"\n"

    def write(self, content: bytes) -> int:
        """Write bytes, and keep the last."""
        self._last = content[-1:] or self._last
        return self._file.write(content)

    def flush(self) -> None:
        """Hand on to the system what was written."""
        self._file.flush()

    def __enter__(self) -> IO[bytes]:
        """Return what can be written to."""
        return cast("IO[bytes]", self)

    def __exit__(self, failed: type[BaseException] | None, *_: object) -> None:
        """End the line, unless the writing failed."""
        if failed is None and self._last != b"\n":
            self._file.write(b"\n")


def write_table(header: Sequence[str], rows: Sequence[Sequence[str]], caption: str) -> None:
    """Write a table: folded and coloured on a terminal, in plain columns of full width to a pipe or file."""
    from koopgraph.query.table import columns, rich_table

    if not sys.stdout.isatty():
        write_text(f"{columns(header, rows)}\n{caption}\n")
        return
    from rich.console import Console

    Console().print(rich_table(header, rows, caption))
