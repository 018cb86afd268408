"""The contents of a file with many articles: the keys of their records, so that it need not be read again."""

from __future__ import annotations

from pathlib import Path

import msgspec

from koopgraph.files import atomic_write
from koopgraph.model import Problem

SUFFIX = ".contents"
_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(list[bytes | Problem]).decode


class Contents:
    """What was found in the file with that key, in its order: articles by the keys of their records, and problems."""

    def __init__(self, key: bytes) -> None:
        """Begin with nothing found."""
        self.key = key
        self.entries: list[bytes | Problem] = []

    def add(self, entry: bytes | Problem) -> None:
        """Take what was found next."""
        self.entries.append(entry)

    def are_whole(self, name: str) -> bool:
        """Tell whether they follow from the content of the file ``name``: no problem is one with the file itself.

        A package that is missing or a disk that fails may be there the next time.
        """
        return not any(isinstance(entry, Problem) and entry.source == name for entry in self.entries)


def file_of(folder: Path, key: bytes) -> Path:
    """Return where the contents of the file with that key are kept."""
    return folder / (key.hex()[:32] + SUFFIX)


def write_contents(folder: Path, contents: Contents) -> None:
    """Keep the contents in ``folder``; raise :class:`koopgraph.errors.ExportError` or OSError where that cannot be."""
    with atomic_write(file_of(folder, contents.key)) as file:
        file.write(contents.key + _encode(contents.entries))


def read_contents(folder: Path, key: bytes) -> list[bytes | Problem] | None:
    """Return what was kept of the file with that key, None where that is nothing or damaged."""
    try:
        content = file_of(folder, key).read_bytes()
        return _decode(content[len(key) :]) if content.startswith(key) else None
    except (OSError, msgspec.DecodeError):
        return None
