"""The tables as Parquet, with numbers and days as such: for pandas, polars, DuckDB, R and Arrow.

Texts stand as they are: unlike CSV they carry no apostrophe against formulas, so do not paste them into a spreadsheet.
"""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from koopgraph.export.tables import DAYS, FRACTIONS, WHOLE_NUMBERS, Table, tables
from koopgraph.files import atomic_write, make_folder

if TYPE_CHECKING:
    import pyarrow
    from pyoxigraph import Store

_WHOLE = re.compile(r"[+-]?[0-9]{1,18}", re.ASCII)


def write_parquet(store: Store, folder: Path) -> None:
    """Write ``nodes.parquet``, ``edges.parquet`` and ``values.parquet`` into ``folder``.

    Where there is no value, there is null.

    Raises :class:`ExportError` where the folder cannot be written.
    """
    from pyarrow import parquet

    make_folder(folder)
    for table in tables(store):
        buffer = BytesIO()
        parquet.write_table(_arrow(table), buffer)
        with atomic_write(folder / f"{table.name}.parquet") as file:
            file.write(buffer.getvalue())


def _arrow(table: Table) -> pyarrow.Table:
    import pyarrow

    columns = list(zip(*table.rows, strict=True)) or [()] * len(table.columns)
    arrays = []
    for name, cells in zip(table.columns, columns, strict=True):
        if name in WHOLE_NUMBERS:
            arrays.append(pyarrow.array(map(_whole, cells), pyarrow.int64()))
        elif name in FRACTIONS:
            arrays.append(pyarrow.array(map(_fraction, cells), pyarrow.float64()))
        elif name in DAYS:
            arrays.append(pyarrow.array(map(_day, cells), pyarrow.date32()))
        else:
            arrays.append(pyarrow.array([cell or None for cell in cells], pyarrow.string()))
    return pyarrow.table(arrays, names=list(table.columns))


# A stranger's graph may hold what is no number or day: it has no value then.
def _whole(cell: str) -> int | None:
    return int(cell) if _WHOLE.fullmatch(cell) else None


def _fraction(cell: str) -> float | None:
    try:
        return float(cell)
    except ValueError:
        return None


def _day(cell: str) -> date | None:
    try:
        return date.fromisoformat(cell)
    except ValueError:
        return None
