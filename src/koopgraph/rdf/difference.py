"""What differs between two files that a build wrote as TriG, found without reading them as RDF.

Our files have a blank line between subjects and graphs, and each subject once in a graph: what has not changed has the
same text in both. So two files of gigabytes are compared in the time that it takes to read them, and only what differs
is parsed. Both are read side by side, and what was found in both is forgotten: little is held where little differs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, zip_longest
from typing import IO

from pyoxigraph import Quad, RdfFormat, parse

_READ = 1 << 20
_AT_ONCE = 4096
_OPEN, _CLOSE = b" {", b"\n}"


@dataclass(frozen=True, slots=True)
class Difference:
    """The quads that the older file alone has, and those that the newer one alone has."""

    removed: frozenset[Quad]
    added: frozenset[Quad]


def difference(old: IO[bytes], new: IO[bytes], *, most: int) -> Difference | None:
    """Return what differs between two files of :func:`koopgraph.rdf.serialise.write`, None where that is a lot.

    That is where more than ``most`` subjects of one file are not the same in the other, or stand elsewhere; and where
    the files have different prefixes.
    """
    texts = (_texts(old), _texts(new))
    heads = [next(each, b"") for each in texts]
    if all(heads) and heads[0] != heads[1]:
        return None  # one text is not the same in both then
    removed: set[bytes] = set()
    added: set[bytes] = set()
    for before, after in zip_longest(*(_batches(_blocks(each)) for each in texts), fillvalue=()):
        removed.update(before)
        added.update(after)
        same = removed & added
        removed -= same
        added -= same
        if len(removed) > most or len(added) > most:
            return None
    ours, theirs = (_quads(head, blocks) for head, blocks in zip(heads, (removed, added), strict=True))
    return Difference(frozenset(ours - theirs), frozenset(theirs - ours))


def _quads(head: bytes, blocks: set[bytes]) -> set[Quad]:
    return set(parse(b"\n".join((head, *blocks)), format=RdfFormat.TRIG))


def _batches(blocks: Iterator[bytes]) -> Iterator[tuple[bytes, ...]]:
    while batch := tuple(islice(blocks, _AT_ONCE)):
        yield batch


def _blocks(texts: Iterator[bytes]) -> Iterator[bytes]:
    """Yield what is said of one subject in one graph, each as TriG of its own."""
    graph = b""
    for text in texts:
        if text[:1] != b"\t":
            first, _, rest = text.partition(b"\n")
            graph, text = (first, rest) if first.endswith(_OPEN) else (b"", text)
        yield b"%b\n%b%b" % (graph, text.removesuffix(_CLOSE), _CLOSE) if graph else text


def _texts(file: IO[bytes]) -> Iterator[bytes]:
    """Yield what stands between blank lines."""
    rest = b""
    while piece := file.read(_READ):
        *whole, rest = (rest + piece).split(b"\n\n")
        yield from whole
    if rest:
        yield rest.removesuffix(b"\n")
