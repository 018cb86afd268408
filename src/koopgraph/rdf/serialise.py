"""Quads to files: sorted, with readable prefixes, the same bytes for the same quads in whatever order they came."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import TypeAlias
from xml.sax.saxutils import escape, unescape

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple, serialize

from koopgraph.errors import ExportError
from koopgraph.files import atomic_write
from koopgraph.rdf.jsonld import to_jsonld
from koopgraph.rdf.lines import Lines
from koopgraph.rdf.vocabulary import PREFIXES

FORMATS: Mapping[str, RdfFormat] = {
    "turtle": RdfFormat.TURTLE,
    "trig": RdfFormat.TRIG,
    "ntriples": RdfFormat.N_TRIPLES,
    "nquads": RdfFormat.N_QUADS,
    "json-ld": RdfFormat.JSON_LD,
    "rdf-xml": RdfFormat.RDF_XML,
}
"""Every format by the name that users give. Turtle, N-Triples and RDF/XML hold the default graph alone."""

_Graph: TypeAlias = "NamedNode | BlankNode | DefaultGraph"
_PREFIX_LINES = re.compile(rb"(?:@prefix [^\n]*\n)*")
_XML_NAMESPACE = re.compile(rb' xmlns:[^=]+="[^"]*"')
_XML_NAMELESS = re.compile(
    rb'(?P<tabs>\n\t\t?)<(?P<prefix>[^:>/ ]+):(?: xmlns:[^=]+="(?P<iri>[^"]*)")?(?P<rest>[ >][^>]*)'
)
_XML_NAMELESS_END = re.compile(rb"\n\t</[^:>]+:>")
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(quads: Iterable[Quad], path: Path, *, format: str, prefixes: Mapping[str, str] = PREFIXES) -> None:
    """Write the quads to ``path`` in one of ``FORMATS``, atomically.

    ``prefixes`` shorten IRIs where the format can; none may begin another one.
    Raises :class:`ExportError` for an unknown format or a path that cannot be written.
    """
    content = to_bytes(quads, format=format, prefixes=prefixes)
    with atomic_write(path) as file:
        file.write(content)


def to_bytes(quads: Iterable[Quad], *, format: str, prefixes: Mapping[str, str] = PREFIXES) -> bytes:
    """Return the quads in one of ``FORMATS``, as :func:`write` writes them."""
    try:
        known = FORMATS[format]
    except KeyError:
        raise ExportError(f"unknown format {format!r}. Known are: {', '.join(FORMATS)}") from None
    graphs = _by_graph(quads)
    if known == RdfFormat.JSON_LD:
        return to_jsonld(_ordered(graphs), base=_base(prefixes))
    if known.supports_datasets:
        content = _render(_ordered(graphs), known, prefixes)
    else:
        merged = _ordered({name: graphs[name] for name in graphs if isinstance(name, DefaultGraph)})
        # Not a list: a million new objects alive at once keep Python's garbage collector busy for seconds.
        triples = (quad.triple for quad in merged)
        content = _render(map(_for_xml, triples) if known == RdfFormat.RDF_XML else triples, known, prefixes)
    if known in (RdfFormat.TURTLE, RdfFormat.TRIG):
        return _readable(content)
    return _well_formed(content, prefixes) if known == RdfFormat.RDF_XML else content


def _render(ordered: Iterable[Quad] | Iterable[Triple], format: RdfFormat, prefixes: Mapping[str, str]) -> bytes:
    buffer = BytesIO()
    serialize(ordered, buffer, format, prefixes=dict(prefixes))
    return buffer.getvalue()


def _by_graph(quads: Iterable[Quad]) -> dict[_Graph, list[Quad]]:
    graphs: dict[_Graph, list[Quad]] = {}
    for quad in quads:
        graphs.setdefault(quad.graph_name, []).append(quad)
    return graphs


def _ordered(graphs: Mapping[_Graph, list[Quad]]) -> Iterator[Quad]:
    """Yield the quads once each, by graph (the default one first), subject, predicate (type and names first), object.

    Equal quads are neighbours then.
    """
    place = Lines().of
    for name in sorted(graphs, key=lambda name: "" if isinstance(name, DefaultGraph) else str(name)):
        last: Quad | None = None
        for quad in sorted(graphs[name], key=place):
            if quad != last:
                yield quad
            last = quad


def _base(prefixes: Mapping[str, str]) -> str | None:
    """Return what the data's IRIs begin with, which the prefix of articles tells."""
    articles = prefixes.get("article", "")
    return articles.removesuffix("article/") if articles.endswith("article/") else None


def _readable(content: bytes) -> bytes:
    """Return Turtle or TriG with its prefix lines sorted, and its subjects set apart by a blank line."""
    head, body = parted(content)
    return b"\n".join(block for block in (head, body.rstrip(b"\n") + b"\n") if block.strip())


def parted(content: bytes) -> tuple[bytes, bytes]:
    """Return the prefix lines of Turtle or TriG, sorted, and the rest, with a blank line after each subject and graph.

    pyoxigraph writes the prefixes in another order each run.
    """
    match = _PREFIX_LINES.match(content)
    head = match.group() if match else b""
    # Line ends inside literals are escaped, so a full stop at the end of a line ends a subject.
    body = content[len(head) :].replace(b" .\n", b" .\n\n").replace(b" .\n\n}\n", b" .\n}\n\n")
    return b"".join(sorted(head.splitlines(keepends=True))), body


def _well_formed(content: bytes, prefixes: Mapping[str, str]) -> bytes:
    """Sort the namespace declarations of the root element, as :func:`_readable` sorts prefixes.

    A carriage return, which XML readers would turn into a line feed, is escaped. Nameless elements are named.
    """
    end = content.index(b">", content.index(b"<rdf:RDF"))
    head = content[:end]
    declared = _XML_NAMESPACE.findall(head)
    body = _named(content[end:].replace(b"\r", b"&#13;"), prefixes)
    return _XML_NAMESPACE.sub(b"", head) + b"".join(sorted(declared)) + body


def _named(body: bytes, prefixes: Mapping[str, str]) -> bytes:
    """Return the elements without those whose name is empty, ``<koop:>``, which are no XML.

    pyoxigraph writes them for an IRI that does not end in an XML name, but in a slash or a digit. A class can be told
    by rdf:type as well; RDF/XML has no other way to tell a predicate.
    """

    def described(match: re.Match[bytes]) -> bytes:
        iri = match["iri"] or escape(prefixes[match["prefix"].decode()], {'"': "&quot;"}).encode()
        if match["tabs"] == b"\n\t":
            return b'\n\t<rdf:Description%b>\n\t\t<rdf:type rdf:resource="%b"/' % (match["rest"], iri)
        raise ExportError(
            f"RDF/XML has no name for the predicate <{unescape(iri.decode())}>, whose end is no name in XML. "
            "Take another format: turtle, ntriples, json-ld."
        )

    return _XML_NAMELESS_END.sub(b"\n\t</rdf:Description>", _XML_NAMELESS.sub(described, body))


def _for_xml(triple: Triple) -> Triple:
    """Replace control characters, which XML cannot hold even escaped, by U+FFFD."""
    text = triple.object
    if not isinstance(text, Literal) or not _NOT_XML.search(text.value):
        return triple
    clean = _NOT_XML.sub("\ufffd", text.value)
    datatype = None if text.language else NamedNode(text.datatype.value)
    return Triple(triple.subject, triple.predicate, Literal(clean, language=text.language, datatype=datatype))
