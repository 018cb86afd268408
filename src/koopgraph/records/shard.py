"""A shard: a Parquet file of records, which appears whole or not at all and never changes.

Its columns are open to other tools: ``key`` (32 bytes), ``iri``, ``failures`` (JSON, mostly null), and ``graph``: what
the article states, as JSON with the field names of :mod:`koopgraph.model`.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from koopgraph.files import atomic_write
from koopgraph.records.record import Record, decode_failures, encode_failures

SUFFIX = ".parquet"
_SCHEMA = pa.schema(
    [
        pa.field("key", pa.binary(32), nullable=False),
        pa.field("iri", pa.string(), nullable=False),
        pa.field("failures", pa.binary()),
        pa.field("graph", pa.binary(), nullable=False),
    ]
)


class Shard:
    """The content of a shard, a record of which is decoded when it is asked for."""

    def __init__(self, path: Path) -> None:
        """Read the file; raise :class:`OSError` or :class:`pyarrow.ArrowException` where that cannot be."""
        with path.open("rb") as file:
            table = pq.read_table(file, schema=_SCHEMA, use_threads=False)
        self._columns = [table[name].combine_chunks() for name in ("key", "iri", "graph", "failures")]

    def record(self, row: int) -> Record:
        """Return the record of that row."""
        key, iri, graph, failures = (column[row].as_py() for column in self._columns)
        return Record(key, iri, graph, decode_failures(failures))


def write_shard(folder: Path, records: Sequence[Record]) -> str:
    """Write the records into a file of ``folder``, and return its name, which follows from their keys.

    Raises :class:`koopgraph.errors.ExportError` or :class:`OSError` where it cannot be written; then there is no file.
    """
    name = sha256(b"".join(record.key for record in records)).hexdigest()[:24] + SUFFIX
    columns = {
        "key": [record.key for record in records],
        "iri": [record.iri for record in records],
        "failures": [encode_failures(record.failures) for record in records],
        "graph": [record.content for record in records],
    }
    with atomic_write(folder / name) as file:
        pq.write_table(pa.table(columns, schema=_SCHEMA), file, compression="zstd", use_dictionary=False)
    return name


def read_keys(path: Path) -> list[tuple[bytes, bool]]:
    """Return the key of each record of a shard, and whether nothing failed.

    Raises :class:`OSError` or :class:`pyarrow.ArrowException` for what is no shard.
    """
    with path.open("rb") as file:
        table = pq.read_table(file, columns=["key", "failures"], use_threads=False)
    return list(zip(table["key"].to_pylist(), table["failures"].is_null().to_pylist(), strict=True))
