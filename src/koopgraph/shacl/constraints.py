"""The constraint components of SHACL Core that the engine checks itself, one entry each in :data:`COMPONENTS`.

Each compiler takes the compiler of shapes, the shape's node and one value of the parameter, and returns the
constraint. What a compiler does not understand it refuses with :class:`Unsupported`, ``ValueError`` or ``KeyError``:
then the reference checks the shape, or says what is wrong with it.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Collection, Iterator
from typing import TYPE_CHECKING, Any, TypeAlias

from koopgraph.shacl.compiled import Constraint, Failure, Unsupported
from koopgraph.shacl.terms import SH
from koopgraph.shacl.values import holds, is_of_datatype, precedes

if TYPE_CHECKING:
    from koopgraph.shacl.compiler import Compiler
    from koopgraph.shacl.data import Data
    from koopgraph.shacl.terms import Node, Term

    Compile: TypeAlias = Callable[[Compiler, Node, Term], Constraint]

_FLAGS = {"i": re.IGNORECASE, "m": re.MULTILINE}
_KINDS = {
    SH + "IRI": "NamedNode",
    SH + "BlankNode": "BlankNode",
    SH + "Literal": "Literal",
    SH + "BlankNodeOrIRI": "BlankNode NamedNode",
    SH + "BlankNodeOrLiteral": "BlankNode Literal",
    SH + "IRIOrLiteral": "NamedNode Literal",
}


def is_kind(term: Term, *names: str) -> bool:
    """Tell whether a term is a 'NamedNode', 'BlankNode' or 'Literal'."""
    return type(term).__name__ in names


def iri(term: Term) -> str:
    """Return an IRI's text; raise :class:`ValueError` for any other term."""
    if not is_kind(term, "NamedNode"):
        raise ValueError("no IRI")
    return term.value


def number(term: Term) -> int:
    """Return the integer that a literal holds; raise :class:`ValueError` where it is none."""
    if not is_kind(term, "Literal") or not term.datatype.value.endswith("#integer"):  # type: ignore[union-attr]
        raise ValueError("no xsd:integer")
    return int(term.value)


def flag(term: Term) -> bool:
    """Return the yes or no that a literal holds; raise :class:`ValueError` where it is none."""
    if not is_kind(term, "Literal") or not term.datatype.value.endswith("#boolean"):  # type: ignore[union-attr]
        raise ValueError("no xsd:boolean")
    return {"true": True, "1": True, "false": False, "0": False}[term.value]


def _each(component: str, fits: Callable[[Data, Term], bool], predicates: frozenset[str] = frozenset()) -> Constraint:
    """Return a constraint that every value has to fit by itself."""

    def check(data: Data, focus: Term, values: Collection[Term]) -> Iterator[Failure]:
        return (Failure(value) for value in values if not fits(data, value))

    return Constraint(component, check, predicates)


def _count(component: str, fits: Callable[[int], bool]) -> Constraint:
    def check(data: Data, focus: Term, values: Collection[Term]) -> Iterator[Failure]:
        if not fits(len(values)):
            yield Failure(None)

    return Constraint(component, check)


def _class(compiler: Compiler, node: Node, value: Term) -> Constraint:
    iri(value)
    return _each("Class", lambda data, term: not is_kind(term, "Literal") and data.is_instance(term, value))


def _datatype(compiler: Compiler, node: Node, value: Term) -> Constraint:
    compiler.only(node, "datatype")
    datatype = iri(value)
    return _each("Datatype", lambda data, term: is_of_datatype(term, datatype))


def _node_kind(compiler: Compiler, node: Node, value: Term) -> Constraint:
    compiler.only(node, "nodeKind")
    kinds = _KINDS[iri(value)].split()
    return _each("NodeKind", lambda data, term: is_kind(term, *kinds))


def _min_count(compiler: Compiler, node: Node, value: Term) -> Constraint:
    compiler.only(node, "minCount", property_shape=True)
    least = number(value)
    return _count("MinCount", lambda count: count >= least)


def _max_count(compiler: Compiler, node: Node, value: Term) -> Constraint:
    compiler.only(node, "maxCount", property_shape=True)
    most = number(value)
    return _count("MaxCount", lambda count: count <= most)


def _min_length(compiler: Compiler, node: Node, value: Term) -> Constraint:
    compiler.only(node, "minLength")
    least = number(value)
    return _each("MinLength", lambda data, term: not is_kind(term, "BlankNode") and len(term.value) >= least)


def _max_length(compiler: Compiler, node: Node, value: Term) -> Constraint:
    compiler.only(node, "maxLength")
    most = number(value)
    return _each("MaxLength", lambda data, term: not is_kind(term, "BlankNode") and len(term.value) <= most)


def _pattern(compiler: Compiler, node: Node, value: Term) -> Constraint:
    compiler.only(node, "pattern")
    letters = "".join(term.value for term in compiler.shapes.objects(node, SH + "flags"))
    if not is_kind(value, "Literal") or not set(letters) <= set(_FLAGS):
        raise Unsupported("sh:flags other than i and m")
    try:
        pattern = re.compile(value.value, sum(_FLAGS[letter] for letter in set(letters)))
    except re.error as error:
        raise Unsupported("a sh:pattern that is none") from error
    return _each("Pattern", lambda data, term: not is_kind(term, "BlankNode") and bool(pattern.search(term.value)))


def _range(component: str, test: Callable[[Any, Any], bool]) -> Compile:
    def compile_(compiler: Compiler, node: Node, value: Term) -> Constraint:
        compiler.only(node, component[0].lower() + component[1:])
        if not is_kind(value, "Literal"):
            raise ValueError("no literal")
        return _each(component, lambda data, term: holds(term, value, test))

    return compile_


def _language_in(compiler: Compiler, node: Node, value: Term) -> Constraint:
    compiler.only(node, "languageIn")
    wanted = {item.value.lower() for item in compiler.shapes.items(value)}

    def fits(data: Data, term: Term) -> bool:
        tag = (getattr(term, "language", None) or "").lower()
        return bool(tag) and ("*" in wanted or tag in wanted or tag.split("-")[0] in wanted)

    return _each("LanguageIn", fits)


def _unique_language(compiler: Compiler, node: Node, value: Term) -> Constraint:
    compiler.only(node, "uniqueLang", property_shape=True)
    unique = flag(value)

    def check(data: Data, focus: Term, values: Collection[Term]) -> Iterator[Failure]:
        tags = [tag.lower() for term in values if (tag := getattr(term, "language", None))]
        repeated = {tag for tag in tags if tags.count(tag) > 1} if unique else set()
        return (Failure(None) for _ in repeated)

    return Constraint("UniqueLang", check)


def _equals(compiler: Compiler, node: Node, value: Term) -> Constraint:
    predicate = iri(value)

    def check(data: Data, focus: Term, values: Collection[Term]) -> Iterator[Failure]:
        return (Failure(term) for term in set(values) ^ set(data.objects(focus, predicate)))

    return Constraint("Equals", check, frozenset({predicate}))


def _disjoint(compiler: Compiler, node: Node, value: Term) -> Constraint:
    predicate = iri(value)

    def check(data: Data, focus: Term, values: Collection[Term]) -> Iterator[Failure]:
        others = data.objects(focus, predicate)
        return (Failure(term) for term in values if term in others)

    return Constraint("Disjoint", check, frozenset({predicate}))


def _smaller(component: str, name: str, test: Callable[[Any, Any], bool]) -> Compile:
    def compile_(compiler: Compiler, node: Node, value: Term) -> Constraint:
        compiler.only(node, name, property_shape=True)
        predicate = iri(value)

        def check(data: Data, focus: Term, values: Collection[Term]) -> Iterator[Failure]:
            others = data.objects(focus, predicate)
            return (Failure(term) for term in values if not all(precedes(term, other, test) for other in others))

        return Constraint(component, check, frozenset({predicate}))

    return compile_


def _has_value(compiler: Compiler, node: Node, value: Term) -> Constraint:
    def check(data: Data, focus: Term, values: Collection[Term]) -> Iterator[Failure]:
        if value not in values:
            yield Failure(None)

    return Constraint("HasValue", check)


def _in(compiler: Compiler, node: Node, value: Term) -> Constraint:
    compiler.only(node, "in")
    allowed = frozenset(compiler.shapes.items(value))
    return _each("In", lambda data, term: term in allowed)


def _closed(compiler: Compiler, node: Node, value: Term) -> Constraint:
    compiler.only(node, "closed")
    if compiler.shapes.objects(node, SH + "path"):
        raise Unsupported("sh:closed on a property")
    closed = flag(value)
    shapes = compiler.shapes
    lists = shapes.objects(node, SH + "ignoredProperties")
    allowed = {iri(item) for head in lists for item in shapes.items(head)}
    for inner in shapes.objects(node, SH + "property"):
        allowed |= {path.value for path in shapes.objects(inner, SH + "path") if is_kind(path, "NamedNode")}

    def check(data: Data, focus: Term, values: Collection[Term]) -> Iterator[Failure]:
        if not closed or is_kind(focus, "Literal"):
            return
        for predicate, object in data.about(focus):  # type: ignore[arg-type]
            if predicate not in allowed:
                yield Failure(object, predicate)

    return Constraint("Closed", check)


COMPONENTS: dict[str, Compile] = {
    "class": _class,
    "datatype": _datatype,
    "nodeKind": _node_kind,
    "minCount": _min_count,
    "maxCount": _max_count,
    "minLength": _min_length,
    "maxLength": _max_length,
    "pattern": _pattern,
    "minInclusive": _range("MinInclusive", operator.ge),
    "minExclusive": _range("MinExclusive", operator.gt),
    "maxInclusive": _range("MaxInclusive", operator.le),
    "maxExclusive": _range("MaxExclusive", operator.lt),
    "languageIn": _language_in,
    "uniqueLang": _unique_language,
    "equals": _equals,
    "disjoint": _disjoint,
    "lessThan": _smaller("LessThan", "lessThan", operator.lt),
    "lessThanOrEquals": _smaller("LessThanOrEquals", "lessThanOrEquals", operator.le),
    "hasValue": _has_value,
    "in": _in,
    "closed": _closed,
}
"""The parameter that brings in each component, and its compiler."""
