"""The dataset of a build as files, by way of the disk: memory does not grow with the number of articles.

1. Each article's named graph is rendered as it comes; its share in what is gathered goes to a file of its part.
2. Part by part, what is said of things is gathered (:mod:`koopgraph.rdf.gathered`) and becomes lines of triples.
3. The lines of the default and the provenance graph are merged, and rendered chunk by chunk.

The files have the bytes that :mod:`koopgraph.rdf.serialise` would give them of :func:`koopgraph.rdf.assembly.assemble`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from shutil import copyfileobj
from typing import IO, NamedTuple

import msgspec
from pyoxigraph import DefaultGraph, NamedNode, Quad

from koopgraph.collector import collector_off
from koopgraph.model import ArticleGraph
from koopgraph.rdf.assembly import Articles, Findings
from koopgraph.rdf.gathered import Gathered
from koopgraph.rdf.inference import closure
from koopgraph.rdf.iris import data_prefixes, inferred_graph_iri, provenance_graph_iri
from koopgraph.rdf.lines import RUN, Lines, Runs
from koopgraph.rdf.rendering import END, Renderer, quads_of
from koopgraph.rdf.shares import Share, split
from koopgraph.rdf.triples import Triple, metadata
from koopgraph.rdf.vocabulary import PREFIXES

PART = 2_000
"""Articles whose things are gathered at a time: about 100 MB."""
MOST_PARTS = 500
"""Files that are open at a time; systems allow a thousand."""
COPIED = 1_000_000
"""Bytes that are copied at a time."""
_SIZE = 4  # bytes of the number before each share in a file

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Share).decode


class _Block(NamedTuple):
    """Where a named graph stands in a file."""

    begin: int
    size: int


class DatasetFiles:
    """Takes articles, and writes the dataset that they and the findings are."""

    def __init__(
        self,
        scratch: Path,
        findings: Findings,
        *,
        base: str,
        articles: int,
        load: Callable[[bytes], None] = lambda piece: None,
        run: int = RUN,
    ) -> None:
        """Use the empty folder ``scratch`` for what memory does not hold of that many ``articles``, roughly.

        ``base`` begins every minted IRI. ``load`` is given all that is written, piece by piece, each TriG that wants
        :attr:`head` before it. ``run`` lines are sorted at a time.
        """
        self._scratch, self._base, self._load = scratch, base, load
        self._articles = Articles(findings, base=base)
        self._parts = min(MOST_PARTS, 1 + articles // PART)
        self._blocks: dict[str, _Block] = {}
        self._others: dict[str, _Block] = {}
        self._default = Runs(scratch / "default", most=run)
        self._provenance = Runs(scratch / "provenance", most=run)
        self._lines = Lines()
        self._render = Renderer({**PREFIXES, **data_prefixes(base)})

    def take(self, graphs: Iterable[ArticleGraph]) -> None:
        """Take all articles.

        Raises :class:`KoopgraphError` as :meth:`koopgraph.rdf.assembly.Articles.tell` does, and :class:`OSError`.
        """
        with ExitStack() as stack, collector_off():
            blocks = stack.enter_context(self._articles_file.open("wb"))
            parts = [stack.enter_context(self._part(number).open("wb")) for number in range(self._parts)]
            for graph in graphs:
                told = self._articles.tell(graph)
                self._blocks[graph.iri] = self._write_block(graph.iri, told.graph, blocks)
                self._default.add(map(self._lines.of, metadata(graph)))
                self._provenance.add(map(self._lines.of, told.passages))
                for number, share in split(told.share, self._parts):
                    content = _encode(share)
                    parts[number].write(len(content).to_bytes(_SIZE, "big") + content)

    @property
    def head(self) -> bytes:
        """The prefixes of all files."""
        return self._render.head

    @property
    def _articles_file(self) -> Path:
        return self._scratch / "articles"

    @property
    def _others_file(self) -> Path:
        return self._scratch / "others"

    def _part(self, number: int) -> Path:
        return self._scratch / f"{number}.share"

    def _write_block(self, iri: str, triples: Iterable[Triple], file: IO[bytes]) -> _Block:
        name = NamedNode(iri)
        by_line = {self._lines.of(stated): stated for stated in triples}
        content = self._render.graph(Quad(*by_line[line], name) for line in sorted(by_line))
        begin = file.tell()
        file.write(content)
        self._load(content)
        return _Block(begin, len(content))

    def gather(self) -> None:
        """Merge what the articles say of things, part by part. Raises :class:`KoopgraphError` and :class:`OSError`."""
        with collector_off():
            for number in range(self._parts):
                gathered = Gathered(self._base)
                for share in _shares(self._part(number)):
                    gathered.add(share)
                self._default.add(map(self._lines.of, gathered.asserted()))
                self._provenance.add(map(self._lines.of, gathered.provenance()))
                self._part(number).unlink()
            self._default.add(map(self._lines.of, self._articles.asserted()))
            self._provenance.add(map(self._lines.of, self._articles.provenance()))

    def add(self, quads: Iterable[Quad]) -> None:
        """Add quads of the default and the provenance graph."""
        for quad in quads:
            runs = self._default if isinstance(quad.graph_name, DefaultGraph) else self._provenance
            runs.add((self._lines.of(quad),))

    def asserted(self) -> Iterator[Quad]:
        """Yield the default graph as it stands, in order."""
        return quads_of(self._default)

    def write_turtle(self, file: IO[bytes]) -> None:
        """Write the default graph."""
        if self._blocks:
            file.write(self._render.head)
        _write_section(file, self._loaded(self._render.default(self._default)))

    def write_others(self, *, infer: bool) -> None:
        """Write the named graphs beside those of articles, where :meth:`write_trig` finds them.

        With ``infer`` what follows by the ontology is one of them, and in memory while it is computed.
        """
        others: dict[str, Iterable[str]] = {provenance_graph_iri(self._base): self._provenance}
        if infer:
            name = inferred_graph_iri(self._base)
            others[name] = sorted(map(self._lines.of, closure(self.asserted(), NamedNode(name))))
        with self._others_file.open("wb") as file:
            for iri, lines in others.items():
                begin, between = file.tell(), b""
                for first, subjects in self._render.named(iri, lines):
                    self._load(first + subjects + END)
                    file.write((between or first) + subjects)
                    between = b"\n"
                if between:
                    file.write(END)
                self._others[iri] = _Block(begin, file.tell() - begin)

    def _loaded(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        for piece in pieces:
            self._load(piece)
            yield piece

    def write_trig(self, file: IO[bytes], turtle: IO[bytes]) -> None:
        """Write all graphs; ``turtle`` is what :meth:`write_turtle` wrote, which TriG begins with."""
        copyfileobj(turtle, file)
        with self._articles_file.open("rb") as articles, self._others_file.open("rb") as others:
            # As serialise orders graphs: by the IRI in its brackets.
            for iri in sorted((*self._blocks, *self._others), key=lambda iri: f"<{iri}>"):
                source, block = (others, self._others[iri]) if iri in self._others else (articles, self._blocks[iri])
                source.seek(block.begin)
                _write_section(file, _pieces(source, block.size))


def _shares(path: Path) -> Iterator[Share]:
    with path.open("rb") as file:
        while size := file.read(_SIZE):
            yield _decode(file.read(int.from_bytes(size, "big")))


def _pieces(file: IO[bytes], size: int) -> Iterator[bytes]:
    while size and (piece := file.read(min(size, COPIED))):
        size -= len(piece)
        yield piece


def _write_section(file: IO[bytes], pieces: Iterable[bytes]) -> None:
    """Write the pieces after a blank line; nothing for none."""
    between = b"\n"
    for piece in pieces:
        file.write(between + piece)
        between = b""
