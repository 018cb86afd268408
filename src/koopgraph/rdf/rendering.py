"""Sorted lines of triples → Turtle and TriG, chunk by chunk, as one rendering of all of them would be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from io import BytesIO
from itertools import islice
from zlib import crc32

from pyoxigraph import NamedNode, Quad, RdfFormat, parse, serialize

from koopgraph.kept import Memo, key_of, not_kept
from koopgraph.rdf.lines import n_quads, subject_of
from koopgraph.rdf.serialise import parted
from koopgraph.rdf.vocabulary import RDF

CHUNK = 5_000
"""Lines that are rendered at once at most, or as many more as the last subject has."""
SUBJECTS = 128
"""Subjects that are rendered at once on average. A chunk begins with a subject whose checksum says so: where a few
subjects come or go, most chunks are what they were, and what they were rendered to can be kept."""

END = b"}\n"
"""What ends a named graph in TriG."""


class Renderer:
    """Renders parts of one file: all have the same prefixes, which come once, before them."""

    def __init__(self, prefixes: Mapping[str, str], memo: Memo = not_kept) -> None:
        """Take the prefixes that shorten IRIs, and what keeps chunks."""
        self._prefixes = dict(prefixes)
        self._memo = memo
        any_ = NamedNode(RDF.type)
        # They are not written where there is no triple.
        self.head, _ = parted(self._serialised([Quad(any_, any_, any_)], RdfFormat.TURTLE))

    def default(self, lines: Iterable[str]) -> Iterator[bytes]:
        """Yield the default graph that sorted ``lines`` are, piece by piece: its subjects, with blank lines between."""
        between = b""
        for chunk in _chunks(lines):
            yield between + self._kept(b"", chunk, self._default)
            between = b"\n"

    def named(self, name: str, lines: Iterable[str]) -> Iterator[tuple[bytes, bytes]]:
        """Yield the graph of that name that sorted ``lines`` are, piece by piece; nothing for none.

        A piece is the line that begins the graph, the same each time, and subjects with blank lines between.
        """
        for chunk in _chunks(lines):
            begin, end, rest = self._kept(name.encode("utf-8"), chunk, partial(self._named, name)).partition(b"\n")
            yield begin + end, rest

    def _kept(self, name: bytes, chunk: list[str], render: Callable[[list[str]], bytes]) -> bytes:
        return self._memo(key_of(self.head, name, "\n".join(chunk).encode("utf-8")), partial(render, chunk))

    def _default(self, chunk: list[str]) -> bytes:
        _, body = parted(self._serialised(parse(n_quads(chunk), RdfFormat.N_QUADS), RdfFormat.TURTLE))
        return body.removesuffix(b"\n")

    def _named(self, name: str, chunk: list[str]) -> bytes:
        return b"".join(self._inner(parse(n_quads(chunk, name), RdfFormat.N_QUADS)))

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
    """Yield the lines in chunks that begin with the first line of a subject."""
    chunk: list[str] = []
    subject = "\0"
    for line in lines:
        if not line.startswith(subject):
            subject = subject_of(line) + "\0"
            if chunk and (len(chunk) >= CHUNK or crc32(subject.encode("utf-8")) % SUBJECTS == 0):
                yield chunk
                chunk = []
        chunk.append(line)
    if chunk:
        yield chunk
