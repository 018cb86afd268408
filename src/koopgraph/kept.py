"""What was worked out from bytes, kept from build to build under a digest of these bytes.

A pack is one file, which appears whole or not at all: what a build asked for, whether it was there or worked out anew.
What it did not ask for goes. Each entry has a digest of its own, so that a damaged one counts as none; the file may be
deleted at any time.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from hashlib import blake2b
from io import BytesIO
from pathlib import Path
from typing import IO, TypeAlias

import pyarrow as pa

from koopgraph.files import atomic_write

_HEAD = struct.Struct(">32s16sQQ")
"""Before an entry: its key, the digest of its content, the sizes of the content and of what it was packed from."""
_CODEC = "zstd"


Memo: TypeAlias = Callable[[bytes, Callable[[], bytes]], bytes]
"""Returns what is kept under a key, or what the function returns, which then is; as :meth:`Kept.get` does."""


def key_of(*parts: bytes) -> bytes:
    """Return the key of what is worked out from the ``parts``, which are told apart."""
    digest = blake2b(digest_size=32)
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.digest()


class Kept:
    """Entries of an earlier build, and those of this one, which are written as they come."""

    def __init__(self, earlier: IO[bytes], later: IO[bytes], mark: bytes = b"") -> None:
        """Take the file of the earlier build, and that of this one; ``mark`` tells the code that works things out."""
        self._earlier, self._later, self._mark = earlier, later, mark
        self._codec = pa.Codec(_CODEC)
        self._places = dict(_entries(earlier))
        self._written: set[bytes] = set()
        self.found = self.made = 0

    def get(self, key: bytes, work_out: Callable[[], bytes]) -> bytes:
        """Return what is kept under the key, else what ``work_out`` returns, which then is."""
        key = key_of(self._mark, key)
        packed = self._packed(key)
        if packed is not None:
            self.found += 1
            self._write(key, *packed)
            return bytes(self._codec.decompress(packed[0], decompressed_size=packed[1]))
        self.made += 1
        content = work_out()
        self._write(key, bytes(self._codec.compress(content)), len(content))
        return content

    def _packed(self, key: bytes) -> tuple[bytes, int] | None:
        place = self._places.get(key)
        if place is None:
            return None
        begin, size, full, digest = place
        self._earlier.seek(begin)
        packed = self._earlier.read(size)
        return (packed, full) if _digest(packed, full) == digest else None

    def _write(self, key: bytes, packed: bytes, full: int) -> None:
        if key not in self._written:
            self._written.add(key)
            self._later.write(_HEAD.pack(key, _digest(packed, full), len(packed), full) + packed)


@contextmanager
def kept_at(path: Path, mark: bytes = b"") -> Iterator[Kept]:
    """Give what an earlier build kept in the file, which is replaced by what this one asked for when the block ends.

    Where the block fails, the file stays as it is. Raises :class:`koopgraph.errors.ExportError` or :class:`OSError`
    where it cannot be written.
    """
    with atomic_write(path) as later:
        earlier: IO[bytes] = BytesIO()
        with suppress(OSError):
            earlier = path.open("rb")
        with earlier:
            yield Kept(earlier, later, mark)


def not_kept(key: bytes, work_out: Callable[[], bytes]) -> bytes:
    """Return what ``work_out`` returns: the :data:`Memo` of whoever keeps nothing."""
    return work_out()


def _entries(file: IO[bytes]) -> Iterator[tuple[bytes, tuple[int, int, int, bytes]]]:
    """Yield the key of each entry, where it begins, its size, that of its content, and its digest."""
    end = file.seek(0, 2)
    begin = file.seek(0)
    while len(head := file.read(_HEAD.size)) == _HEAD.size:
        key, digest, size, full = _HEAD.unpack(head)
        begin += _HEAD.size
        if begin + size > end:
            return
        yield key, (begin, size, full, digest)
        begin = file.seek(begin + size)


def _digest(packed: bytes, full: int) -> bytes:
    return blake2b(packed, digest_size=16, key=full.to_bytes(8, "big")).digest()
