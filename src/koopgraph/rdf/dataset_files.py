"""The dataset of a build as files, by way of the disk: memory does not grow with the number of articles.

1. Each article's named graph is rendered as it comes; its share in what is gathered goes to a file of its part.
2. Part by part, what is said of things is gathered (:mod:`koopgraph.rdf.gathered`) and becomes lines of triples.
3. The lines of the default and the provenance graph are merged, and rendered chunk by chunk.

The files have the bytes that :mod:`koopgraph.rdf.serialise` would give them of :func:`koopgraph.rdf.assembly.assemble`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from shutil import copyfileobj
from typing import IO, NamedTuple

import msgspec
from pyoxigraph import DefaultGraph, NamedNode, Quad

from koopgraph.collector import collector_off
from koopgraph.kept import Memo, key_of, not_kept
from koopgraph.model import ArticleGraph, Language
from koopgraph.rdf.assembly import Articles, Findings, told_by
from koopgraph.rdf.gathered import Gathered
from koopgraph.rdf.inference import closure
from koopgraph.rdf.iris import data_prefixes, inferred_graph_iri, provenance_graph_iri
from koopgraph.rdf.lines import RUN, Lines, Runs
from koopgraph.rdf.rendering import END, Renderer, quads_of
from koopgraph.rdf.shares import Share, split
from koopgraph.rdf.triples import metadata
from koopgraph.rdf.vocabulary import PREFIXES

PART = 4
"""Articles for which there is a part of the things: a change of one article concerns some forty parts."""
MOST_PARTS = 4096
"""Parts at most: of a million articles each has about 50 MB."""
HELD = 50_000_000
"""Bytes of shares that are held before they are written to the files of their parts."""
COPIED = 1_000_000
"""Bytes that are copied at a time."""
_SIZE = 4  # bytes of the number before each share in a file

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Share).decode


class Taken(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What becomes of an article: its named graph as TriG, its lines, its share, its line in the store."""

    iri: str
    source: str
    language: Language
    block: bytes
    metadata: list[str]
    passages: list[str]
    share: Share
    stored: str


class Group(NamedTuple):
    """Some articles; ``key`` tells all that becomes of them, None where it is not known before."""

    key: bytes | None
    graphs: Callable[[], Iterable[ArticleGraph]]


_encode_taken = msgspec.msgpack.Encoder().encode
_decode_taken = msgspec.msgpack.Decoder(list[Taken]).decode
_decode_lines = msgspec.msgpack.Decoder(tuple[list[str], list[str]]).decode


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
        stored: Callable[[ArticleGraph], str] = lambda graph: "",
        memo: Memo = not_kept,
        run: int = RUN,
    ) -> None:
        """Use the empty folder ``scratch`` for what memory does not hold of that many ``articles``, roughly.

        ``base`` begins every minted IRI. ``load`` is given all that is written, piece by piece, each TriG that wants
        :attr:`head` before it. ``stored`` makes an article's line in the store. ``memo`` keeps what is worked out from
        build to build. ``run`` lines are sorted at a time.
        """
        self._scratch, self._base, self._load = scratch, base, load
        self._articles = Articles(findings, base=base)
        # A power of two: a thing seldom changes its part where articles are added.
        self._shares = _Shares(scratch, min(MOST_PARTS, 1 << (articles // PART).bit_length()))
        self._stored, self._memo = stored, memo
        self._blocks: dict[str, _Block] = {}
        self._others: dict[str, _Block] = {}
        self._default = Runs(scratch / "default", most=run)
        self._provenance = Runs(scratch / "provenance", most=run)
        self._lines = Lines()
        self._render = Renderer({**PREFIXES, **data_prefixes(base)}, memo)

    def take(self, groups: Iterable[Group]) -> Iterator[Taken]:
        """Take all articles, and yield what became of each.

        Raises :class:`KoopgraphError` as :meth:`koopgraph.rdf.assembly.Articles.tell` does, and :class:`OSError`.
        """
        with self._articles_file.open("wb") as blocks, collector_off():
            for group in groups:
                for taken in self._taken(group):
                    self._articles.remember(taken.iri, taken.source, taken.language)
                    self._blocks[taken.iri] = _Block(blocks.tell(), len(taken.block))
                    blocks.write(taken.block)
                    self._load(taken.block)
                    self._default.add(taken.metadata)
                    self._provenance.add(taken.passages)
                    self._shares.add(taken.share)
                    yield taken

    def _taken(self, group: Group) -> Iterable[Taken]:
        if group.key is None:
            return map(self._take, group.graphs())
        return _decode_taken(self._memo(group.key, lambda: _encode_taken(list(map(self._take, group.graphs())))))

    def _take(self, graph: ArticleGraph) -> Taken:
        self._articles.remember_judged(graph)
        told = told_by(graph, base=self._base)
        name = NamedNode(graph.iri)
        by_line = {self._lines.of(stated): stated for stated in told.graph}
        return Taken(
            graph.iri,
            graph.article.source,
            graph.article.language,
            self._render.graph(Quad(*by_line[line], name) for line in sorted(by_line)),
            list(map(self._lines.of, metadata(graph))),
            list(map(self._lines.of, told.passages)),
            told.share,
            self._stored(graph),
        )

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

    def gather(self) -> None:
        """Merge what the articles say of things, part by part. Raises :class:`KoopgraphError` and :class:`OSError`."""
        with collector_off():
            for content in self._shares.parts():
                lines = self._memo(key_of(b"gathered", content), partial(self._gathered, content))
                asserted, provenance = _decode_lines(lines)
                self._default.add(asserted)
                self._provenance.add(provenance)
            self._default.add(map(self._lines.of, self._articles.asserted()))
            self._provenance.add(map(self._lines.of, self._articles.provenance()))

    def _gathered(self, content: bytes) -> bytes:
        gathered = Gathered(self._base)
        for share in _shares(content):
            gathered.add(share)
        told = (gathered.asserted(), gathered.provenance())
        # Sorted: what is kept does not depend on the order of Python's sets.
        return _encode([sorted(set(map(self._lines.of, triples))) for triples in told])

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


class _Shares:
    """The shares of all articles, by the parts of the things; what memory does not hold is in files."""

    def __init__(self, folder: Path, parts: int) -> None:
        self._folder, self._parts = folder, parts
        self._held: dict[int, bytearray] = defaultdict(bytearray)
        self._size = 0

    def add(self, share: Share) -> None:
        for number, some in split(share, self._parts):
            content = _encode(some)
            self._held[number] += len(content).to_bytes(_SIZE, "big") + content
            self._size += len(content)
        if self._size >= HELD:
            self._write()

    def _write(self) -> None:
        for number, content in self._held.items():
            with self._file(number).open("ab") as file:
                file.write(content)
        self._held.clear()
        self._size = 0

    def _file(self, number: int) -> Path:
        return self._folder / f"{number}.share"

    def parts(self) -> Iterator[bytes]:
        """Yield the shares of each part that has any, one after the other, each after its size; then they are gone."""
        for number in range(self._parts):
            path = self._file(number)
            written = path.read_bytes() if path.exists() else b""
            content = written + self._held.pop(number, b"")
            path.unlink(missing_ok=True)
            if content:
                yield content


def _shares(content: bytes) -> Iterator[Share]:
    begin = 0
    while begin < len(content):
        size = int.from_bytes(content[begin : begin + _SIZE], "big")
        begin += _SIZE
        yield _decode(content[begin : begin + size])
        begin += size


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
