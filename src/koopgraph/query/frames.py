"""A result as a table of Arrow, pandas or polars: whole columns of one type each, missing values as nulls.

A column holds integers, floats, truth values or dates where all its values are such (integers beside floats become
floats); otherwise texts, each as the graph has it. IRIs are texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from typing import IO, TYPE_CHECKING, Any, Literal, TypeAlias

from koopgraph.errors import QueryError
from koopgraph.query.result import Result, Term, plain
from koopgraph.rdf.vocabulary import XSD

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

ColumnType: TypeAlias = Literal["integer", "float", "boolean", "date", "text"]

_PANDAS: dict[ColumnType, str] = {
    "integer": "Int64",
    "float": "Float64",
    "boolean": "boolean",
    "date": "object",
    "text": "string",
}
_POLARS: dict[ColumnType, str] = {
    "integer": "Int64",
    "float": "Float64",
    "boolean": "Boolean",
    "date": "Date",
    "text": "String",
}
_ARROW: dict[ColumnType, str] = {
    "integer": "int64",
    "float": "float64",
    "boolean": "bool_",
    "date": "date32",
    "text": "string",
}
_INT64 = range(-(2**63), 2**63)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, the type of its values, and these, None where one is missing."""

    name: str
    type: ColumnType
    values: tuple[int | float | bool | date | str | None, ...]


def columns_of(result: Result) -> tuple[Column, ...]:
    """Return the columns: the variables, the parts of the triples, or the one ``answer`` of an ASK.

    >>> from pyoxigraph import Store
    >>> columns_of(Result.of(Store().query("SELECT ?n { VALUES ?n { 1 2.5 UNDEF } }")))
    (Column(name='n', type='float', values=(1.0, 2.5, None)),)
    """
    if result.kind == "ask":
        return (Column("answer", "boolean", (result.answer,)),)
    names = result.variables if result.kind == "select" else ("subject", "predicate", "object")
    rows = list(result.terms())
    return tuple(_column(name, [row[index] for row in rows]) for index, name in enumerate(names))


def to_pandas(result: Result) -> pandas.DataFrame:
    """Return a data frame of pandas, with its types that know missing values (dates are objects)."""
    package = _package("pandas", "pip install pandas")
    columns = {c.name: package.array(c.values, dtype=_PANDAS[c.type]) for c in columns_of(result)}
    frame: pandas.DataFrame = package.DataFrame(columns)
    return frame


def to_polars(result: Result) -> polars.DataFrame:
    """Return a data frame of polars."""
    package = _package("polars", "pip install polars")
    columns = [package.Series(c.name, c.values, dtype=getattr(package, _POLARS[c.type])) for c in columns_of(result)]
    frame: polars.DataFrame = package.DataFrame(columns)
    return frame


def to_arrow(result: Result) -> pyarrow.Table:
    """Return a table of Arrow."""
    package = import_module("pyarrow")
    columns = {c.name: package.array(c.values, type=getattr(package, _ARROW[c.type])()) for c in columns_of(result)}
    table: pyarrow.Table = package.table(columns)
    return table


def write_parquet(result: Result, output: IO[bytes]) -> None:
    """Write the result to ``output`` as Parquet."""
    table = to_arrow(result)
    if not table.num_columns:
        raise QueryError("a Parquet file needs a column, and this query has none. Name a variable after SELECT.")
    import_module("pyarrow.parquet").write_table(table, output)


def _package(name: str, remedy: str) -> Any:
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        raise QueryError(f"{name} is not installed. Install it: {remedy}.") from error


def _column(name: str, terms: Sequence[Term | None]) -> Column:
    values = [_value(term) for term in terms]
    type_ = _type(value for value in values if value is not None)
    if type_ == "text":
        return Column(name, type_, tuple(None if term is None else _text(term) for term in terms))
    if type_ == "float":
        return Column(name, type_, tuple(None if value is None else float(value) for value in values))  # type: ignore[arg-type]
    return Column(name, type_, tuple(values))


def _type(values: Iterable[int | float | bool | date | str]) -> ColumnType:
    kinds: set[ColumnType] = {_kind(value) for value in values}
    if kinds == {"integer", "float"}:
        return "float"
    return kinds.pop() if len(kinds) == 1 else "text"


def _kind(value: float | date | str) -> ColumnType:
    match value:
        case bool():
            return "boolean"
        case int():
            return "integer" if value in _INT64 else "text"
        case float():
            return "float"
        case date():
            return "date"
    return "text"


def _value(term: Term | None) -> int | float | bool | date | str | None:
    from pyoxigraph import Literal as OxLiteral

    if isinstance(term, OxLiteral) and term.datatype.value == XSD.date:
        try:
            return date.fromisoformat(term.value)
        except ValueError:
            # A time zone, a year before 1 or after 9999: no date of Python's.
            return term.value
    return plain(term)


def _text(term: Term) -> str:
    from pyoxigraph import Triple

    return str(term) if isinstance(term, Triple) else term.value
