"""``sh:sparql``: queries that find what is wrong, asked of the store itself."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING

from koopgraph.query.tokens import tokenize
from koopgraph.shacl.compiled import Constraint, Failure, Unsupported
from koopgraph.shacl.terms import SH

if TYPE_CHECKING:
    import pyoxigraph

    from koopgraph.shacl.compiler import Compiler
    from koopgraph.shacl.data import Data
    from koopgraph.shacl.shapes import Shapes
    from koopgraph.shacl.terms import Node, Term

_WORDS = frozenset({"BIND", "BOUND", "VALUES", "MINUS", "SERVICE", "GRAPH", "FROM", "ASK"})
"""Words of queries in which engines differ on how ``$this`` is bound, or which need more than the checked graph."""
_VARIABLES = frozenset({"PATH", "shapesGraph", "currentShape"})
_STORED_OTHERWISE = re.compile(r"subClassOf|beginIndex|endIndex|confidence")
"""What the store does not hold as the checked graph has it: the ontology's classes, and numbers as they are written."""
_PLACE = re.compile(r"\{[?$](\w+)\}")


def compile_select(compiler: Compiler, node: Node, value: Term) -> Constraint:
    """Compile a query; refuse what the reference might answer in another way."""
    shapes = compiler.shapes
    if shapes.objects(node, SH + "path"):
        raise Unsupported("sh:sparql on a property")
    queries = shapes.objects(value, SH + "select")
    names = {p.removeprefix(SH) for p in shapes.predicates(value) if p.startswith(SH)}
    if len(queries) != 1 or not names <= {"select", "message", "prefixes"}:
        raise Unsupported("sh:sparql that is more than one sh:select")
    query = queries[0].value
    _refuse_doubtful(query)
    prefixes = _prefixes(shapes, value)
    messages = shapes.messages(value) or shapes.messages(node)

    def check(data: Data, focus: Term, values: Collection[Term]) -> Iterator[Failure]:
        return _failures(data, focus, query, prefixes, messages)

    return Constraint("SPARQL", check)


def _refuse_doubtful(query: str) -> None:
    if _STORED_OTHERWISE.search(query):
        raise Unsupported("sh:sparql about classes or numbers")
    tokens = list(tokenize(query))
    words = [token.keyword for token in tokens if token.keyword]
    doubtful = sorted(_WORDS.intersection(words)) + ["SELECT in SELECT"] * (words.count("SELECT") > 1)
    doubtful += sorted(f"${token.variable}" for token in tokens if token.variable in _VARIABLES)
    if doubtful:
        raise Unsupported(f"sh:sparql with {', '.join(doubtful)}")


def _prefixes(shapes: Shapes, constraint: Term) -> dict[str, str]:
    found = {}
    for ontology in shapes.objects(constraint, SH + "prefixes"):
        for declared in shapes.objects(ontology, SH + "declare"):
            (prefix,), (namespace,) = (shapes.objects(declared, SH + name) for name in ("prefix", "namespace"))
            found[prefix.value] = namespace.value
    return found


def _failures(
    data: Data, focus: Term, query: str, prefixes: Mapping[str, str], messages: tuple[tuple[str, str], ...]
) -> Iterator[Failure]:
    from pyoxigraph import QuerySolutions, Variable

    try:
        solutions = data.store.query(
            query, prefixes=dict(prefixes), default_graph=list(data.graphs), substitutions={Variable("this"): focus}
        )
    except (SyntaxError, ValueError) as error:
        raise Unsupported("sh:sparql that the store's engine does not read") from error
    if not isinstance(solutions, QuerySolutions):
        raise Unsupported("sh:sparql that is no SELECT")
    names = [variable.value for variable in solutions.variables]
    for solution in solutions:
        bound = {name: solution[name] for name in names if solution[name] is not None}
        bound["this"] = focus
        path = bound.get("path")
        filled = tuple((language, _filled(text, bound)) for language, text in messages)
        yield Failure(bound.get("value", focus), path.value if path else "", filled)


def _filled(message: str, bound: Mapping[str, pyoxigraph.NamedNode]) -> str:
    return _PLACE.sub(lambda place: bound[place[1]].value if place[1] in bound else place[0], message)
