"""The shelf: all shards of an output folder, and which record lies where."""

from __future__ import annotations

import logging
from collections import Counter, OrderedDict
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from koopgraph.errors import StoreError
from koopgraph.files import remove_leftovers
from koopgraph.model import Problem
from koopgraph.records import contents as kept_contents
from koopgraph.records.contents import Contents, read_contents, write_contents
from koopgraph.records.record import Record
from koopgraph.records.shard import SUFFIX, Shard, read_keys, write_shard

logger = logging.getLogger(__name__)

FULL = 64
"""Records of a shard that need not be put together with others: a second or two of work, half a megabyte."""
SCATTERED = 64
"""Shards with fewer than half of that many records, from which on they are put together."""
OPEN = 8
"""Shards that are held while records are read: new ones lie between those of earlier builds."""


class _Place(NamedTuple):
    """Where a record lies."""

    shard: str
    row: int


class Shelf:
    """The records of earlier builds and of this one, by their keys. One process at a time changes a shelf."""

    def __init__(self, folder: Path) -> None:
        """Take in all shards of ``folder``, which is made where there is none; a broken shard is removed.

        Half-written files of a build that was killed are removed. Records of which anything failed are passed over.
        """
        self.folder = folder
        self._places: dict[bytes, _Place] = {}
        self._contents: dict[bytes, Contents] = {}
        folder.mkdir(parents=True, exist_ok=True)
        remove_leftovers(folder)
        for path in sorted(folder.iterdir()):
            if path.suffix == SUFFIX:
                self._open(path)

    def _open(self, path: Path) -> None:
        try:
            self.take_in(path.name, only_whole=True)
        except (OSError, pa.ArrowException) as error:
            logger.warning("%s is damaged (%s) and is made again", path, error)
            with suppress(OSError):
                path.unlink()

    def take_in(self, shard: str, *, only_whole: bool = False) -> None:
        """Know the records of a shard of this folder too; those without failures alone, if ``only_whole``."""
        for row, (key, whole) in enumerate(read_keys(self.folder / shard)):
            if whole or not only_whole:
                self._places.setdefault(key, _Place(shard, row))

    def __contains__(self, key: object) -> bool:
        """Tell whether there is a record under the key."""
        return key in self._places

    def __len__(self) -> int:
        """Count the records."""
        return len(self._places)

    def read(self, keys: Iterable[bytes]) -> Iterator[Record]:
        """Yield the records under the keys, in their order; fast where those of a shard stand near each other.

        Raises :class:`StoreError` where a shard is gone or damaged.
        """
        held: OrderedDict[str, Shard] = OrderedDict()
        for key in keys:
            name, row = self._places[key]
            if name not in held:
                held[name] = self._shard(name)
                if len(held) > OPEN:
                    held.popitem(last=False)
            held.move_to_end(name)
            yield held[name].record(row)

    def _shard(self, name: str) -> Shard:
        try:
            return Shard(self.folder / name)
        except (OSError, pa.ArrowException) as error:
            raise StoreError(f"{self.folder / name}: cannot be read ({error}). Run koopgraph build again.") from error

    def contents(self, key: bytes) -> list[bytes | Problem] | None:
        """Return what the file with that key holds, where that is known and there is a record of each article."""
        entries = read_contents(self.folder, key)
        if entries is None or not all(isinstance(entry, Problem) or entry in self for entry in entries):
            return None
        self._contents[key] = Contents(key)
        return entries

    def note(self, contents: Contents, name: str) -> None:
        """Keep what the file ``name`` holds, where the next build can rely on it."""
        if contents.are_whole(name):
            write_contents(self.folder, contents)
            self._contents[contents.key] = contents

    def keep(self, keys: Collection[bytes]) -> None:
        """Remove what this build did not use: records that are not those under ``keys``, and old contents.

        Where many shards hold few records, these are put together into new ones, in the order of ``keys``.
        """
        counts = Counter(self._places[key].shard for key in keys)
        wanted = frozenset(keys)
        again = {place.shard for key, place in self._places.items() if key not in wanted}
        small = {shard for shard, count in counts.items() if count < FULL // 2}
        if len(small) >= SCATTERED:
            again |= small
        self._put_together([key for key in keys if self._places[key].shard in again])
        self._places = {key: self._places[key] for key in keys}
        names = {place.shard for place in self._places.values()}
        names |= {kept_contents.file_of(self.folder, key).name for key in self._contents}
        for path in self.folder.iterdir():
            if path.suffix in (SUFFIX, kept_contents.SUFFIX) and path.name not in names:
                path.unlink(missing_ok=True)

    def _put_together(self, keys: list[bytes]) -> None:
        for begin in range(0, len(keys), FULL):
            records = list(self.read(keys[begin : begin + FULL]))
            shard = write_shard(self.folder, records)
            self._places |= {record.key: _Place(shard, row) for row, record in enumerate(records)}
