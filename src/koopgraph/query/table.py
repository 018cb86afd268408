"""A result as a table: plain columns for pipes and files, colours for a terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from koopgraph.query.result import Result, Term, plain

if TYPE_CHECKING:
    from rich.table import Table

_TRIPLE = ("subject", "predicate", "object")


def plain_table(result: Result) -> str:
    """Return the result as text in aligned columns, as wide as its content, and a line that counts the rows.

    A yes-or-no result is the one word.
    """
    if result.kind == "ask":
        return "yes\n" if result.answer else "no\n"
    return f"{columns(header(result), cells(result))}\n{count(result)}\n"


def columns(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return aligned columns as text, as wide as their content, each line ending in a line end.

    >>> print(columns(("city", "n"), [("Leipzig", "3")]), end="")
    city     n
    ───────  ─
    Leipzig  3
    """
    widths = [max(map(text_width, column)) for column in zip(header, *rows, strict=True)]
    lines = [header, ["─" * width for width in widths], *rows]
    return "".join(_line(line, widths) + "\n" for line in lines)


def rich_table(header: Sequence[str], rows: Sequence[Sequence[str]], caption: str) -> Table:
    """Return a table for a terminal, folded to its width; its text is never read as markup."""
    from rich.table import Table
    from rich.text import Text

    table = Table(header_style="bold", caption=Text(caption), caption_justify="left")
    for name in header:
        table.add_column(Text(name), overflow="fold")
    for row in rows:
        table.add_row(*map(Text, row))
    return table


def header(result: Result) -> tuple[str, ...]:
    """Return the names of the columns: the variables, or the parts of a triple."""
    return result.variables if result.kind == "select" else _TRIPLE


def cells(result: Result) -> list[list[str]]:
    """Return the rows as texts for display: IRIs shortened, control characters gone."""
    return [[_cell(term, result.prefixes) for term in terms] for terms in result.terms()]


def count(result: Result) -> str:
    """Say how many rows or triples there are."""
    noun = "row" if result.kind == "select" else "triple"
    return f"{len(result)} {noun}{'' if len(result) == 1 else 's'}"


def printable(text: str) -> str:
    r"""Replace white space and what steers a terminal or turns the reading direction by spaces.

    >>> printable("a\n\x1b[31mb\u202e")
    'a  [31mb '
    """
    return "".join(" " if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"} else c for c in text)


def shorten(iri: str, prefixes: Mapping[str, str]) -> str:
    """Return ``prefix:rest`` for the longest namespace that begins the IRI, or the IRI itself.

    >>> shorten("https://w3id.org/koopgraph/ontology#City", {"koop": "https://w3id.org/koopgraph/ontology#"})
    'koop:City'
    """
    fitting = [(len(namespace), prefix) for prefix, namespace in prefixes.items() if iri.startswith(namespace)]
    if not fitting:
        return iri
    length, prefix = max(fitting)
    return f"{prefix}:{iri[length:]}"


def _cell(term: Term | None, prefixes: Mapping[str, str]) -> str:
    from pyoxigraph import NamedNode

    if term is None:
        return ""
    return printable(shorten(term.value, prefixes) if isinstance(term, NamedNode) else str(plain(term)))


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    padded = (text + " " * (width - text_width(text)) for text, width in zip(row, widths, strict=True))
    return "  ".join(padded).rstrip()


def text_width(text: str) -> int:
    """Return the columns that a text takes: none for a combining mark, two for a wide letter."""
    return sum(0 if unicodedata.combining(c) else 1 + (unicodedata.east_asian_width(c) in "WF") for c in text)
