"""How SHACL looks at literals: well-typed or not, smaller or larger; the reference decides all but the plain cases."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from koopgraph.rdf.vocabulary import RDF, RDFS, XSD

if TYPE_CHECKING:
    import pyoxigraph
    import rdflib

    from koopgraph.shacl.terms import Term

_INTEGER = re.compile(r"[+-]?[0-9]+")
_DECIMAL = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_PLAIN = {
    XSD.string: re.compile(r"[^\x00]*", re.DOTALL),
    RDF.langString: re.compile(r"[^\x00]*", re.DOTALL),
    XSD.integer: _INTEGER,
    XSD.nonNegativeInteger: re.compile(r"\+?[0-9]+"),
    XSD.decimal: _DECIMAL,
}
"""Datatypes with the texts that are surely well-typed; of any other text or datatype the reference is asked."""
_NUMBERS = frozenset({XSD.integer, XSD.nonNegativeInteger, XSD.decimal})


def is_of_datatype(term: Term, datatype: str) -> bool:
    """Tell whether a term is a well-typed literal of that datatype."""
    import pyoxigraph

    if not isinstance(term, pyoxigraph.Literal):
        return False
    if term.datatype.value == datatype:
        plain = _PLAIN.get(datatype)
        return bool(plain and plain.fullmatch(term.value)) or _well_typed(term)
    return datatype == RDFS.iri + "Literal"


def holds(term: Term, bound: Term, test: Callable[[Any, Any], bool]) -> bool:
    """Tell whether ``test`` (an operator like ``<=``) holds of a literal and a bound; what has no order fails."""
    numbers = _number(term), _number(bound)
    if None not in numbers:
        return test(*numbers)
    return _holds(term, bound, test)


def precedes(term: Term, other: Term, test: Callable[[Any, Any], bool]) -> bool:
    """Tell whether ``test`` holds of the values of two properties; what cannot be compared fails."""
    numbers = _number(term), _number(other)
    if None not in numbers:
        return test(*numbers)
    return _precedes(term, other, test)


@lru_cache(maxsize=65536)
def _number(term: Term) -> Decimal | None:
    import pyoxigraph

    if not isinstance(term, pyoxigraph.Literal) or term.datatype.value not in _NUMBERS:
        return None
    if _PLAIN[term.datatype.value].fullmatch(term.value):
        return Decimal(term.value)
    return None


@lru_cache(maxsize=65536)
def _well_typed(literal: pyoxigraph.Literal) -> bool:
    from pyshacl.constraints.core.value_constraints import DatatypeConstraintComponent
    from rdflib import URIRef

    demand: Any = DatatypeConstraintComponent._assert_actual_datatype
    read = to_rdflib(literal)
    # A method that asks nothing of its object: what the reference demands beyond the lexical form.
    return not read.ill_typed and bool(demand(None, read, URIRef(literal.datatype.value)))


@lru_cache(maxsize=65536)
def _holds(term: Term, bound: Term, test: Callable[[Any, Any], bool]) -> bool:
    import pyoxigraph
    from pyshacl.rdfutil.compare import compare_literal

    if not isinstance(term, pyoxigraph.Literal) or not isinstance(bound, pyoxigraph.Literal):
        return False
    compare: Any = compare_literal
    left, right = to_rdflib(term), to_rdflib(bound)
    if isinstance(left.value, str) != isinstance(right.value, str):
        return False
    try:
        return test(compare(left, right), 0)
    except (TypeError, NotImplementedError, ArithmeticError):
        return False


@lru_cache(maxsize=65536)
def _precedes(term: Term, other: Term, test: Callable[[Any, Any], bool]) -> bool:
    import pyoxigraph

    if isinstance(term, pyoxigraph.BlankNode) or isinstance(other, pyoxigraph.BlankNode):
        return False
    left, right = _comparable(term), _comparable(other)
    if isinstance(left, str) != isinstance(right, str):
        return False
    try:
        return bool(test(left, right))
    except (TypeError, NotImplementedError, ArithmeticError):
        return False


def _comparable(term: pyoxigraph.NamedNode | pyoxigraph.Literal) -> Any:
    import pyoxigraph

    if isinstance(term, pyoxigraph.NamedNode):
        return term.value
    read = to_rdflib(term)
    return read.value if isinstance(read.value, str) else _Ordered(read)


class _Ordered:
    """A literal that is compared as rdflib does, but is no text (as rdflib's own literals are)."""

    def __init__(self, literal: rdflib.Literal) -> None:
        self._literal = literal

    def __lt__(self, other: _Ordered) -> bool:
        return bool(self._literal < other._literal)

    def __le__(self, other: _Ordered) -> bool:
        return bool(self._literal <= other._literal)


def to_rdflib(literal: pyoxigraph.Literal) -> rdflib.Literal:
    """Return rdflib's literal for one of pyoxigraph's, its text as it is written."""
    from rdflib import Literal, URIRef

    # What is ill-typed is what a check reports: rdflib need not log it, traceback and all.
    logging.getLogger("rdflib.term").addFilter(_is_no_conversion)
    if literal.language:
        return Literal(literal.value, lang=literal.language)
    # To rdflib a plain literal and one of xsd:string are two; Turtle's "x" (in a shape) is the plain one.
    datatype = None if literal.datatype.value == XSD.string else URIRef(literal.datatype.value)
    return Literal(literal.value, datatype=datatype, normalize=False)


def _is_no_conversion(record: logging.LogRecord) -> bool:
    return not record.getMessage().startswith("Failed to convert Literal lexical form")
