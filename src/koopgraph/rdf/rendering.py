"""Sorted lines of triples → Turtle and TriG, chunk by chunk, as one rendering of all of them would be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from itertools import islice

from pyoxigraph import NamedNode, Quad, RdfFormat, parse, serialize

from koopgraph.rdf.lines import n_quads, subject_of
from koopgraph.rdf.serialise import parted
from koopgraph.rdf.vocabulary import RDF

CHUNK = 5_000
"""Lines that are rendered at once, or as many more as the last subject has."""

END = b"}\n"
"""What ends a named graph in TriG."""


class Renderer:
    """Renders parts of one file: all have the same prefixes, which come once, before them."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        """Take the prefixes that shorten IRIs."""
        self._prefixes = dict(prefixes)
        any_ = NamedNode(RDF.type)
        # They are not written where there is no triple.
        self.head, _ = parted(self._serialised([Quad(any_, any_, any_)], RdfFormat.TURTLE))

    def default(self, lines: Iterable[str]) -> Iterator[bytes]:
        """Yield the default graph that sorted ``lines`` are, piece by piece: its subjects, with blank lines between."""
        between = b""
        for chunk in _chunks(lines):
            _, body = parted(self._serialised(parse(n_quads(chunk), RdfFormat.N_QUADS), RdfFormat.TURTLE))
            yield between + body.removesuffix(b"\n")
            between = b"\n"

    def named(self, name: str, lines: Iterable[str]) -> Iterator[tuple[bytes, bytes]]:
        """Yield the graph of that name that sorted ``lines`` are, piece by piece; nothing for none.

        A piece is the line that begins the graph, the same each time, and subjects with blank lines between.
        """
        for chunk in _chunks(lines):
            yield self._inner(parse(n_quads(chunk, name), RdfFormat.N_QUADS))

    def graph(self, quads: Iterable[Quad]) -> bytes:
        """Return the named graph that all of the sorted ``quads`` are in."""
        return b"".join((*self._inner(quads), END))

    def _inner(self, quads: Iterable[Quad]) -> tuple[bytes, bytes]:
        """Return the line that begins a named graph, and its subjects with blank lines between."""
        _, body = parted(self._serialised(quads, RdfFormat.TRIG))
        begin, _, rest = body.partition(b"\n")
        return begin + b"\n", rest.removesuffix(b"}\n\n")

    def _serialised(self, triples: Iterable[Quad], format: RdfFormat) -> bytes:
        buffer = BytesIO()
        serialize(triples, buffer, format, prefixes=self._prefixes)
        return buffer.getvalue()


def quads_of(lines: Iterable[str]) -> Iterator[Quad]:
    """Yield the triples that lines are, as quads of the default graph."""
    rest = iter(lines)
    while chunk := list(islice(rest, CHUNK)):
        yield from parse(n_quads(chunk), RdfFormat.N_QUADS)


def _chunks(lines: Iterable[str]) -> Iterator[list[str]]:
    """Yield the lines in chunks that end with the last line of a subject."""
    chunk: list[str] = []
    subject = ""
    for line in lines:
        if len(chunk) >= CHUNK:
            if not subject:
                subject = subject_of(chunk[-1]) + "\0"
            if not line.startswith(subject):
                yield chunk
                chunk, subject = [], ""
        chunk.append(line)
    if chunk:
        yield chunk
