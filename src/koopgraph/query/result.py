"""The answer to a query: rows, triples, or yes and no; and its ways onto paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeAlias

from koopgraph.errors import QueryError
from koopgraph.rdf.vocabulary import PREFIXES

if TYPE_CHECKING:
    import pandas
    import polars
    import pyoxigraph

Cell: TypeAlias = str | int | float | bool | None
"""A value as Python holds it: numbers and truth values of XSD as such, IRIs and other literals as texts."""
Kind: TypeAlias = Literal["select", "construct", "ask"]

FORMATS = ("table", "csv", "tsv", "json", "xml", "turtle")
"""Every format that :meth:`Result.to_text` writes."""
_FITTING: Mapping[str, tuple[str, ...]] = {
    "select": ("table", "csv", "tsv", "json", "xml"),
    "ask": ("table", "csv", "tsv", "json", "xml"),
    "construct": ("table", "turtle"),
}
_XSD = "http://www.w3.org/2001/XMLSchema#"
_INTEGERS = frozenset(
    _XSD + name
    for name in (
        *("integer", "int", "long", "short", "byte", "unsignedInt", "unsignedLong", "unsignedShort", "unsignedByte"),
        *("nonNegativeInteger", "nonPositiveInteger", "negativeInteger", "positiveInteger"),
    )
)
_TRUTH: Mapping[str, bool] = {"true": True, "1": True, "false": False, "0": False}
_NUMBERS = frozenset(_XSD + name for name in ("decimal", "double", "float"))


@dataclass(frozen=True)
class Result:
    """What a query answers. Iterating yields the rows; ``len`` counts rows or triples.

    ``kind`` is 'select' (``variables`` and ``rows`` are filled), 'construct' (also for DESCRIBE: ``triples``,
    sorted) or 'ask' (``answer``). A result is true where it holds anything, or the answer is yes.
    """

    kind: Kind
    variables: tuple[str, ...] = ()
    triples: tuple[pyoxigraph.Triple, ...] = ()
    answer: bool | None = None
    prefixes: Mapping[str, str] = field(default_factory=lambda: PREFIXES, repr=False)
    # SPARQL results as JSON: from them the engine writes every other format, however often one asks.
    solutions: bytes = field(default=b"", repr=False)

    @classmethod
    def of(
        cls,
        answered: pyoxigraph.QuerySolutions | pyoxigraph.QueryTriples | pyoxigraph.QueryBoolean,
        prefixes: Mapping[str, str] = PREFIXES,
    ) -> Result:
        """Take in whole what the engine answers; ``prefixes`` shorten the IRIs of tables and Turtle."""
        import pyoxigraph

        if isinstance(answered, pyoxigraph.QueryTriples):
            return cls("construct", triples=tuple(sorted(set(answered), key=str)), prefixes=prefixes)
        json = answered.serialize(format=pyoxigraph.QueryResultsFormat.JSON) or b""
        if isinstance(answered, pyoxigraph.QueryBoolean):
            return cls("ask", answer=bool(answered), prefixes=prefixes, solutions=json)
        names = tuple(variable.value for variable in answered.variables)
        return cls("select", names, prefixes=prefixes, solutions=json)

    @cached_property
    def rows(self) -> tuple[dict[str, Cell], ...]:
        """The rows as dictionaries by variable, None where a variable is unbound."""
        return tuple(
            {name: plain(term) for name, term in zip(self.variables, terms, strict=True)} for terms in self.terms()
        )

    def terms(self) -> Iterator[tuple[Term | None, ...]]:
        """Yield the rows as RDF terms of pyoxigraph, in the order of ``variables``."""
        import pyoxigraph

        if self.kind == "construct":
            yield from ((t.subject, t.predicate, t.object) for t in self.triples)
        elif self.kind == "select":
            parsed = pyoxigraph.parse_query_results(self.solutions, format=pyoxigraph.QueryResultsFormat.JSON)
            if isinstance(parsed, pyoxigraph.QuerySolutions):
                yield from (tuple(solution) for solution in parsed)

    def __iter__(self) -> Iterator[dict[str, Cell]]:
        """Yield the rows."""
        return iter(self.rows)

    def __len__(self) -> int:
        """Count the rows or triples."""
        return len(self.triples) if self.kind == "construct" else len(self.rows)

    def __bool__(self) -> bool:
        """Tell whether there is a row or triple, or the answer is yes."""
        return bool(self.answer) if self.kind == "ask" else len(self) > 0

    def to_text(self, format: str = "table") -> str:
        """Return the result in one of :data:`FORMATS`, ending in a line end.

        CSV, TSV, JSON and XML are the SPARQL standard's, byte for byte (so CSV cells that begin with ``=`` stay
        as they are: open a stranger's graph through the ``csv`` of ``koopgraph export`` in a spreadsheet).
        Raises :class:`QueryError` where the format is unknown or cannot hold this kind of result.
        """
        fitting = _FITTING[self.kind]
        if format not in FORMATS:
            raise QueryError(f"unknown format {format!r}. Known are: {', '.join(FORMATS)}.")
        if format not in fitting:
            gives = {"select": "SELECT gives rows", "ask": "ASK gives yes or no"}.get(
                self.kind, "this query gives triples"
            )
            raise QueryError(f"{format} does not fit: {gives}. Choose one of {', '.join(fitting)}.")
        if format == "table":
            from koopgraph.query.table import plain_table

            return plain_table(self)
        if format == "turtle":
            return self._turtle()
        return self._standard(format)

    def to_pandas(self) -> pandas.DataFrame:
        """Return the result as a data frame of pandas, a typed column a variable, missing values as ``pandas.NA``.

        Raises :class:`QueryError` where pandas is not installed.
        """
        from koopgraph.query.frames import to_pandas

        return to_pandas(self)

    def to_polars(self) -> polars.DataFrame:
        """Return the result as a data frame of polars, a typed column a variable, missing values as nulls.

        Raises :class:`QueryError` where polars is not installed.
        """
        from koopgraph.query.frames import to_polars

        return to_polars(self)

    def _standard(self, format: str) -> str:
        import pyoxigraph

        parsed = pyoxigraph.parse_query_results(self.solutions, format=results_format("json"))
        text = (parsed.serialize(format=results_format(format)) or b"").decode("utf-8")
        return text if text.endswith("\n") else text + "\n"

    def _turtle(self) -> str:
        from pyoxigraph import Quad

        from koopgraph.rdf.serialise import to_bytes

        quads = (Quad(triple.subject, triple.predicate, triple.object) for triple in self.triples)
        return to_bytes(quads, format="turtle", prefixes=self.prefixes).decode("utf-8")


def results_format(name: str) -> pyoxigraph.QueryResultsFormat:
    """Return the engine's format for 'csv', 'tsv', 'json' or 'xml'."""
    from pyoxigraph import QueryResultsFormat

    return {
        "csv": QueryResultsFormat.CSV,
        "tsv": QueryResultsFormat.TSV,
        "json": QueryResultsFormat.JSON,
        "xml": QueryResultsFormat.XML,
    }[name]


Term: TypeAlias = "pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal | pyoxigraph.Triple"


def plain(term: Term | None) -> Cell:
    """Return an RDF term as Python holds it: a number, a truth value, or a text.

    >>> from pyoxigraph import Literal, NamedNode
    >>> plain(Literal("0.85", datatype=NamedNode(_XSD + "decimal"))), plain(Literal("Halle", language="de"))
    (0.85, 'Halle')
    """
    from pyoxigraph import Literal as OxLiteral
    from pyoxigraph import Triple

    if term is None or isinstance(term, Triple):
        return None if term is None else str(term)
    if not isinstance(term, OxLiteral):
        return term.value
    datatype = term.datatype.value
    try:
        if datatype in _INTEGERS:
            return int(term.value)
        if datatype in _NUMBERS:
            return float(term.value)
    except ValueError:
        # RDF lets a literal say "x"^^xsd:integer; it stays the text that it is.
        return term.value
    return _TRUTH.get(term.value, term.value) if datatype == _XSD + "boolean" else term.value
