"""JSON-LD as people read it: short names by a context, addresses relative to the data's base, texts by language.

1. The terms are those of ``ontologies/context.jsonld``; a term says what kind of value it takes by itself.
2. A value of that kind stands as a bare text or number (or under its language), any other one says what it is.
3. The context stands in the file itself, so that nothing has to be fetched to read it. It has no prefixes: an IRI such
   as ``geo:51.3,12.4`` can never be taken for a short form.

Each node is one line, in the order of the quads.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from typing import TypeAlias

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

from koopgraph.errors import ExportError
from koopgraph.rdf.vocabulary import RDF, XSD, ontology_file

Json: TypeAlias = "str | int | dict[str, Json] | list[Json]"
Node: TypeAlias = "NamedNode | BlankNode"

_LOCAL = re.compile(r"[a-z]+/[A-Za-z0-9_-][A-Za-z0-9_.-]*", re.ASCII)
"""What follows the base in an address that can be written without it."""
_BASE = re.compile(r"https?://[^#?]*/")
"""A base that relative addresses can be resolved against."""
_WHOLE_NUMBER = re.compile(r"0|-?[1-9][0-9]{0,14}", re.ASCII)
"""A number that every reader of JSON keeps as it is."""
_NUMBERS = frozenset({XSD.integer, XSD.nonNegativeInteger})
_TEXT, _ADDRESS, _TERM, _BY_LANGUAGE = "", "@id", "@vocab", "@language"


@cache
def context() -> Mapping[str, Json]:
    """Return the terms of ``context.jsonld``, which ship with the ontology."""
    terms: dict[str, Json] = json.loads(ontology_file("context.jsonld").read_bytes())["@context"]
    return terms


@dataclass(frozen=True, slots=True)
class _Terms:
    """The context the other way round: the term of an IRI, and the kind of value that a property's term takes."""

    names: Mapping[str, str]
    kinds: Mapping[str, str]

    @classmethod
    def load(cls) -> _Terms:
        names: dict[str, str] = {}
        kinds: dict[str, str] = {}
        for name, defined in context().items():
            if isinstance(defined, str) and not defined.startswith("@"):
                names[defined], kinds[defined] = name, _TEXT
            elif isinstance(defined, dict):
                iri = str(defined["@id"])
                names[iri] = name
                kinds[iri] = str(defined.get("@container") or defined["@type"])
        return cls(names, kinds)


@dataclass(slots=True)
class _Writer:
    """Turns quads into the text of a document, with addresses relative to ``base`` (where there is one)."""

    base: str | None
    terms: _Terms = field(default_factory=_Terms.load)
    addresses: dict[Node, str] = field(default_factory=dict)

    def address(self, node: Node) -> str:
        """Return a node's address, kept: most stand in many places."""
        known = self.addresses.get(node)
        if known is None:
            known = self.addresses[node] = self._address(node)
        return known

    def _address(self, node: Node) -> str:
        if isinstance(node, BlankNode):
            return str(node)
        local = node.value.removeprefix(self.base) if self.base else node.value
        return local if len(local) < len(node.value) and _LOCAL.fullmatch(local) else node.value

    def nodes(self, quads: Iterable[Quad]) -> Iterator[str]:
        """Yield a line for each subject, of quads that are sorted by subject and predicate."""
        for subject, about in groupby(quads, key=lambda quad: quad.subject):
            node: dict[str, Json] = {"id": self.address(_node(subject))}
            for predicate, stated in groupby(about, key=lambda quad: quad.predicate.value):
                self._add(node, predicate, [quad.object for quad in stated])
            yield json.dumps(node, ensure_ascii=False)

    def _add(self, node: dict[str, Json], predicate: str, objects: list[Node | Literal | Triple]) -> None:
        types = [thing.value for thing in objects if isinstance(thing, NamedNode)] if predicate == RDF.type else []
        if types and len(types) == len(objects):
            node["type"] = _single([self.terms.names.get(type_, type_) for type_ in types])
            return
        term, kind = self.terms.names.get(predicate, predicate), self.terms.kinds.get(predicate, _TEXT)
        if kind == _BY_LANGUAGE:
            texts = [thing for thing in objects if _is_text(thing)]
            if texts:
                node[term] = _by_language(texts)
            objects = [thing for thing in objects if not _is_text(thing)]
            term, kind = predicate, _TEXT
        if objects:
            node[term] = _single([self._value(thing, kind) for thing in objects])

    def _value(self, thing: Node | Literal | Triple, kind: str) -> Json:
        if isinstance(thing, Literal):
            return _literal(thing, kind)
        node = _node(thing)
        if kind == _TERM and isinstance(node, NamedNode):
            return self.terms.names.get(node.value, node.value)
        address = self.address(node)
        return address if kind == _ADDRESS else {"id": address}


def to_jsonld(ordered: Iterable[Quad], *, base: str | None = None) -> bytes:
    """Return sorted quads (graphs apart, the default one first) as a JSON-LD 1.1 document.

    Addresses below ``base`` are written without it. Raises :class:`ExportError` for a quad with a triple in it.
    """
    relative = base if base and _BASE.fullmatch(base) else None
    writer = _Writer(relative)
    head: dict[str, Json] = {**context(), **({"@base": relative} if relative else {})}
    parts: list[str] = []
    for graph, quads in groupby(ordered, key=lambda quad: quad.graph_name):
        if isinstance(graph, DefaultGraph):
            parts += writer.nodes(quads)
        else:
            name = json.dumps(writer.address(graph), ensure_ascii=False)
            parts.append(f'{{"id": {name}, "@graph": [\n' + ",\n".join(writer.nodes(quads)) + "\n]}")
    terms = ",\n".join(f"{json.dumps(name)}: {json.dumps(defined)}" for name, defined in head.items())
    nodes = ",\n".join(parts)
    return f'{{"@context": {{\n{terms}\n}},\n"@graph": [\n{nodes}\n]}}\n'.encode()


def _node(thing: Node | Triple) -> Node:
    if isinstance(thing, Triple):
        raise ExportError("JSON-LD has no place for a triple inside a triple. Choose TriG or N-Quads.")
    return thing


def _is_text(thing: Node | Literal | Triple) -> bool:
    return isinstance(thing, Literal) and (bool(thing.language) or thing.datatype.value == XSD.string)


def _by_language(texts: Iterable[Node | Literal | Triple]) -> dict[str, Json]:
    found: dict[str, list[Json]] = {}
    for text in texts:
        if isinstance(text, Literal):
            found.setdefault(text.language or "@none", []).append(text.value)
    return {language: _single(values) for language, values in sorted(found.items())}


def _literal(literal: Literal, kind: str) -> Json:
    value, datatype = literal.value, literal.datatype.value
    if literal.language:
        return {"@value": value, "@language": literal.language}
    if datatype == kind:
        return int(value) if kind in _NUMBERS and _WHOLE_NUMBER.fullmatch(value) else value
    if datatype == XSD.string:
        return value if kind == _TEXT else {"@value": value}
    return {"@value": value, "@type": datatype}


def _single(values: list[Json]) -> Json:
    return values[0] if len(values) == 1 else values
