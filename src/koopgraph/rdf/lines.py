"""Triples as lines of text that sort into the order of our files: by subject, predicate (type and names first), object.

Lines that do not fit into memory are sorted in runs, which are merged when they are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from heapq import merge
from pathlib import Path

from pyoxigraph import BlankNode, NamedNode, Quad, Triple

from koopgraph.rdf.triples import Triple as OurTriple
from koopgraph.rdf.vocabulary import RDF, RDFS, SKOS

_LEADING = (RDF.type, RDFS.label, SKOS.prefLabel, SKOS.altLabel, RDF.subject, RDF.predicate, RDF.object)
_RANK = {predicate: f"{rank:02}" for rank, predicate in enumerate(_LEADING)}
_OTHER = "99"
_PREDICATE = re.compile("\0[0-9]{2}([^\0]*)\0")

RUN = 200_000
"""Lines of a run: some forty megabytes while they are sorted."""


class Lines:
    """Writes triples as lines.

    A line has the three terms as N-Triples writes them, with a rank before the predicate and NUL between the parts. No
    IRI has a NUL in it, so the lines sort as the terms would, and comparing a million of them takes half the time.

    >>> from pyoxigraph import Literal
    >>> lines = Lines()
    >>> a, type_, label = NamedNode("https://e.org/a"), NamedNode(RDF.type), NamedNode(RDFS.label)
    >>> lines.of(Triple(a, type_, a)) < lines.of(Triple(a, label, Literal("A")))
    True
    """

    def __init__(self) -> None:
        """Begin with no predicate known."""
        self._ranks: dict[NamedNode, str] = {}

    def of(self, triple: Triple | Quad | OurTriple) -> str:
        """Return the line of a triple."""
        subject: NamedNode | BlankNode | Triple = triple.subject
        predicate, object_ = triple.predicate, triple.object
        rank = self._ranks.get(predicate)
        if rank is None:
            rank = self._ranks[predicate] = f"\0{_RANK.get(predicate.value, _OTHER)}{predicate.value}\0"
        # What str() says of an IRI, in half its time.
        about = f"<{subject.value}>" if type(subject) is NamedNode else str(subject)
        return about + rank + (f"<{object_.value}>" if type(object_) is NamedNode else str(object_))


def subject_of(line: str) -> str:
    """Return the subject of a line, as N-Triples has it."""
    return line[: line.index("\0")]


def n_quads(lines: Iterable[str], graph: str = "") -> bytes:
    """Return lines as N-Quads of the default graph, or of the one with that IRI."""
    end = f" <{graph}> .\n" if graph else " .\n"
    text = _PREDICATE.sub(r" <\1> ", "".join(f"{line}\n" for line in lines))
    return text.replace("\n", end).encode("utf-8")


class Runs:
    """Takes lines in any order and gives them back sorted, each once; the folder holds what memory does not."""

    def __init__(self, folder: Path, *, most: int = RUN) -> None:
        """Use the empty ``folder``, which is made; ``most`` lines are held at a time."""
        self._folder, self._most = folder, most
        self._held: list[str] = []
        self._runs: list[Path] = []
        folder.mkdir()

    def add(self, lines: Iterable[str]) -> None:
        """Take lines; raise :class:`OSError` where the disk does not take them."""
        self._held.extend(lines)
        if len(self._held) >= self._most:
            self._write()

    def _write(self) -> None:
        path = self._folder / f"{len(self._runs)}.run"
        with path.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(f"{line}\n" for line in sorted(set(self._held)))
        self._runs.append(path)
        self._held = []

    def __iter__(self) -> Iterator[str]:
        """Yield the lines in order, each once."""
        with ExitStack() as stack:
            files = [stack.enter_context(path.open(encoding="utf-8", newline="\n")) for path in self._runs]
            last = ""
            # A line's end sorts before whatever may follow the same text in a longer line.
            for line in merge(*files, (f"{line}\n" for line in sorted(self._held))):
                if line != last:
                    last = line
                    yield line[:-1]
