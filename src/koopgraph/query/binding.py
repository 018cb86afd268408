"""Values for the variables of a query: made into RDF terms, and joined to the query as VALUES.

A value never becomes a part of the query's syntax: it is made a term of the engine first, and the engine's own
serialisation of that term, in which every delimiter is escaped, stands in the VALUES block. (The engine's
substitution of variables is not used: it takes only variables that the SELECT line names.)
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

from koopgraph.errors import QueryError
from koopgraph.query.tokens import find_groups, tokenize
from koopgraph.rdf.vocabulary import PREFIXES, XSD

if TYPE_CHECKING:
    from pyoxigraph import Literal, NamedNode

BindingValue: TypeAlias = "str | int | float | Decimal | bool | Literal | NamedNode"
"""What a variable can be given. A text that is an IRI (``https://…``, ``urn:…``, ``<…>``) or a CURIE with a known
prefix (``koop:City``) becomes that IRI, any other text a plain literal; numbers become typed literals."""

_IRI = re.compile(r"(?:https?|urn):\S+")
_CURIE = re.compile(r"(?P<prefix>[A-Za-z][\w.-]*):(?P<local>[^\s:/][^\s]*)")


def as_term(value: BindingValue, prefixes: Mapping[str, str] = PREFIXES) -> Literal | NamedNode:
    """Return the RDF term for a value; a CURIE is an IRI only where ``prefixes`` know its prefix.

    Raises :class:`QueryError` for a text in angle brackets that is no IRI, or one that no RDF can hold.

    >>> str(as_term("koop:City")), str(as_term("Leipzig: die Stadt"))
    ('<https://w3id.org/koopgraph/ontology#City>', '"Leipzig: die Stadt"')
    """
    from pyoxigraph import Literal, NamedNode

    if isinstance(value, Literal | NamedNode):
        return value
    try:
        if isinstance(value, Decimal):
            return Literal(f"{value:f}", datatype=NamedNode(XSD.decimal))
        if not isinstance(value, str):
            return Literal(value)
        if value.startswith("<") and value.endswith(">"):
            return NamedNode(value[1:-1])
        return _iri_of(value, prefixes) or Literal(value)
    except (ValueError, TypeError) as error:
        raise QueryError(
            f"{value!r} cannot be a value in a query ({error}). Give a text, a number or an IRI."
        ) from error


def bind(text: str, bindings: Mapping[str, BindingValue], prefixes: Mapping[str, str] = PREFIXES) -> str:
    r"""Return the query with a VALUES block for the bound variables at the start of every group that uses them.

    Raises :class:`QueryError` where the query has no such variable, or is a CONSTRUCT WHERE (whose pattern is its
    template, in which VALUES cannot stand).

    >>> bind("ASK { ?s rdfs:label $name }", {"name": 'Leipzig" } #'})
    'ASK { VALUES (?name) { ("Leipzig\\" } #") } ?s rdfs:label $name }'
    """
    if not bindings:
        return text
    tokens = list(tokenize(text))
    known = {token.variable for token in tokens if token.variable}
    for name in bindings:
        if name not in known:
            names = ", ".join(sorted(known)) or "none"
            raise QueryError(f"the query has no variable ?{name} to bind; it has: {names}.")
    if any(a.keyword == "CONSTRUCT" and b.text != "{" for a, b in pairwise(tokens)):
        raise QueryError("CONSTRUCT WHERE takes no values. Write its template: CONSTRUCT { … } WHERE { … }.")
    terms = {name: str(as_term(value, prefixes)) for name, value in sorted(bindings.items())}
    groups = find_groups(tokens)
    if not groups:
        return f"{text}\nWHERE {{ {_values(terms)} }}"
    for group in reversed(groups):
        block = _values({name: term for name, term in terms.items() if name in group.variables})
        text = f"{text[: group.start]}{block and ' ' + block}{text[group.start :]}"
    return text


def _values(terms: Mapping[str, str]) -> str:
    if not terms:
        return ""
    return f"VALUES ({' '.join('?' + name for name in terms)}) {{ ({' '.join(terms.values())}) }}"


def _iri_of(text: str, prefixes: Mapping[str, str]) -> NamedNode | None:
    from pyoxigraph import NamedNode

    curie = _CURIE.fullmatch(text)
    if curie and curie["prefix"] in prefixes:
        iri = prefixes[curie["prefix"]] + curie["local"]
    elif _IRI.fullmatch(text):
        iri = text
    else:
        return None
    try:
        return NamedNode(iri)
    except ValueError:
        return None
