"""The triple store of a build, kept in generations so that no reader ever sees half a write.

A generation (:mod:`koopgraph.generations`) holds the graph, an on-disk Oxigraph store, and the stored text of its
articles. A write makes a new one: filled anew (:func:`write_store`), or from hard links to the files of the current
one, so that a change costs what differs (:func:`change_store`). Whoever opens the store gets the old state or the new
one, whole, and keeps it; a write that is cut short leaves the old one as it was.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Protocol

from koopgraph.errors import StoreError
from koopgraph.generations import Hold, current_generation, is_generation, new_generation, root_of
from koopgraph.model import Article
from koopgraph.rdf.vocabulary import KOOP, NIF, XSD

if TYPE_CHECKING:
    from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, RdfFormat, Store

GRAPH = "graph"
"""The folder of the engine's files in that of a generation."""
ARTICLES = "articles.jsonl"
"""The stored articles in the folder of a generation, one a line."""
_OPEN_ATTEMPTS = 5
"""How often a reader looks again where a write replaced the generation between two of its steps."""
_kept: dict[Path, Hold] = {}

_NUMERIC = frozenset({KOOP.confidence, NIF.beginIndex, NIF.endIndex})

GRAPH_SUFFIXES = (".jsonld", ".nq", ".nt", ".owl", ".rdf", ".trig", ".ttl", ".xml")
"""Files that :func:`open_graph` reads."""


class HasArticle(Protocol):
    """What :func:`write_store` needs of an article: a :class:`StoredArticle` or a :class:`model.ArticleGraph`."""

    @property
    def iri(self) -> str:
        """The article's IRI in the graph."""

    @property
    def article(self) -> Article:
        """Its text and what is known about it."""


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article as a build stored it, and its IRI in the graph."""

    iri: str
    article: Article


@dataclass(frozen=True, slots=True)
class Generation:
    """One state of a store, open for reading: its files stay in place while this object lives.

    ``folder`` names that state: it is another one after every write.
    """

    store: Store
    folder: Path
    hold: Hold = field(repr=False, compare=False)


def write_store(folder: Path, quads: Iterable[Quad], articles: Iterable[HasArticle] = ()) -> None:
    """Replace what the store of the output folder ``folder`` holds by ``quads`` and ``articles``, in one step.

    Raises :class:`StoreError` where another process is writing the same store; whatever ``quads`` or
    ``articles`` raise passes through. In both cases the store stays as it was.
    """
    from pyoxigraph import Store

    with new_generation(root_of(folder)) as (generation, _):
        store = Store(str(generation / GRAPH))
        store.bulk_extend(quads)
        store.flush()
        write_articles(generation, articles)


@contextmanager
def next_state(folder: Path) -> Iterator[Path]:
    """Give the folder of a new generation whose graph is the current one."""
    from pyoxigraph import Store

    with new_generation(root_of(folder)) as (generation, current):
        if current is None:
            raise StoreError(f"{folder}: there is no store to change. Run koopgraph build first.")
        # Hard links to the files, which the engine never changes once they are written.
        Store.read_only(str(current / GRAPH)).backup(str(generation / GRAPH))
        yield generation


def change_quads(store: Store, removed: Iterable[Quad], added: Iterable[Quad]) -> None:
    """Take quads out of an open store and put others in, in one transaction."""
    store.update(f"DELETE DATA {{ {_data(removed)} }} ; INSERT DATA {{ {_data(added)} }}")


def change_store(
    folder: Path, removed: Iterable[Quad], added: Iterable[Quad], articles: Iterable[HasArticle] | None = None
) -> None:
    """Take ``removed`` out of the current store and put ``added`` in, in one transaction; the rest is not even read.

    So an article's graph is replaced together with what follows from it in the merged graph. The quads are as a build
    writes them (:func:`stored_quads` gives them so); to remove what is not there does nothing. Without ``articles``
    the stored ones stay. Raises :class:`StoreError` where there is no store, or another process is writing it.
    """
    from pyoxigraph import Store

    with next_state(folder) as generation:
        store = Store(str(generation / GRAPH))
        change_quads(store, removed, added)
        store.flush()
        if articles is None:
            shutil.copyfile(current_generation(folder) / ARTICLES, generation / ARTICLES)
        else:
            write_articles(generation, articles)


def open_store(folder: Path) -> Store:
    """Open the store of an output folder (or a store folder itself) for reading.

    Its files stay in place until the process ends; :func:`open_generation` lets go of them earlier.
    Raises :class:`StoreError` where there is none, or one that cannot be read.
    """
    generation = open_generation(folder)
    _kept.setdefault(generation.folder, generation.hold)
    return generation.store


def open_generation(folder: Path) -> Generation:
    """Open the current generation of an output folder (or a store folder itself).

    Raises :class:`StoreError` where there is none, or one that cannot be read.
    """
    from pyoxigraph import Store

    for _ in range(_OPEN_ATTEMPTS):
        generation = current_generation(folder)
        try:
            hold = Hold(generation)
            return Generation(Store.read_only(str(generation / GRAPH)), generation, hold)
        except (OSError, RuntimeError) as error:
            if current_generation(folder) == generation:
                raise StoreError(
                    f"{generation}: the store cannot be opened ({error}). "
                    "Close the program that is changing it, or run koopgraph build again."
                ) from error
    raise StoreError(f"{folder}: the store is being replaced again and again. Try once the builds have ended.")


def open_graph(path: Path) -> Store:
    """Open an output folder, a store folder, or an RDF file (read into memory; see :data:`GRAPH_SUFFIXES`).

    Raises :class:`StoreError` where nothing is there, or it is no graph.
    """
    if path.is_dir():
        return open_store(path)
    if not path.exists():
        raise StoreError(f"{path}: there is no such file or folder. Run koopgraph build first, or name a graph's file.")
    if path.suffix.lower() not in GRAPH_SUFFIXES:
        raise StoreError(f"{path}: not a graph's file. Name a build's folder or a file {', '.join(GRAPH_SUFFIXES)}.")
    return _read_graph(path)


def stored_quads(store: Store, graph: NamedNode | BlankNode | DefaultGraph | None = None) -> Iterator[Quad]:
    """Yield the quads of the store, or of one of its graphs, as they were written.

    Oxigraph keeps numbers by their value: it turns ``xsd:nonNegativeInteger`` into ``xsd:integer`` and ``1.0``
    into ``1``. Offsets and confidences get back the form that ``docs/graph.md`` lays down.
    """
    from pyoxigraph import Literal, NamedNode, Quad

    offset = NamedNode(XSD.nonNegativeInteger)
    for quad in store.quads_for_pattern(None, None, None, graph):
        kind, number = quad.predicate.value, quad.object
        if kind in _NUMERIC and isinstance(number, Literal):
            if kind == KOOP.confidence and number.datatype.value == XSD.decimal and number.value.isdecimal():
                number = Literal(f"{number.value}.0", datatype=number.datatype)
            elif kind != KOOP.confidence and number.datatype.value == XSD.integer and number.value.isdecimal():
                number = Literal(number.value, datatype=offset)
            yield Quad(quad.subject, quad.predicate, number, quad.graph_name)
        else:
            yield quad


def read_articles(folder: Path) -> Iterator[StoredArticle]:
    """Yield the articles of a store in the order in which the build stored them.

    ``folder`` is an output folder, a store folder, or the generation that :func:`open_generation` returned: then
    they are those of the open store, whatever was built since. Raises :class:`StoreError` where there is no
    store, or that generation is no more.
    """
    generation = folder if is_generation(folder) else current_generation(folder)
    try:
        # Opened before the first article is asked for: from here on the file survives its removal.
        lines = (generation / ARTICLES).open(encoding="utf-8")
    except OSError as error:
        raise StoreError(f"{generation}: its articles are gone, the folder was built again. Open it anew.") from error
    return _articles(lines)


def write_articles(folder: Path, articles: Iterable[HasArticle]) -> None:
    """Write ``articles.jsonl`` into a generation's folder, one article a line; :func:`write_store` calls it."""
    with (folder / ARTICLES).open("w", encoding="utf-8", newline="\n") as lines:
        lines.writelines(map(article_line, articles))


def article_line(stored: HasArticle) -> str:
    """Return the line of an article in ``articles.jsonl``, with its end."""
    entry = {"iri": stored.iri, **asdict(stored.article)}
    return json.dumps(entry, ensure_ascii=False, sort_keys=True) + "\n"


def _articles(lines: IO[str]) -> Iterator[StoredArticle]:
    with lines:
        for line in lines:
            entry = json.loads(line)
            iri = entry.pop("iri")
            yield StoredArticle(iri, Article(**{**entry, "authors": tuple(entry["authors"])}))


def _data(quads: Iterable[Quad]) -> str:
    """Return the quads as the data of an update: their terms write themselves as N-Triples, with escapes."""
    from pyoxigraph import DefaultGraph

    return "\n".join(
        f"{quad.subject} {quad.predicate} {quad.object} ."
        if isinstance(quad.graph_name, DefaultGraph)
        else f"GRAPH {quad.graph_name} {{ {quad.subject} {quad.predicate} {quad.object} }}"
        for quad in quads
    )


def rdf_format(path: Path) -> RdfFormat | None:
    """Return the format of RDF that a file's suffix tells."""
    from pyoxigraph import RdfFormat

    suffix = path.suffix.lower().removeprefix(".")
    return RdfFormat.RDF_XML if suffix in {"owl", "xml"} else RdfFormat.from_extension(suffix)


def _read_graph(path: Path) -> Store:
    from pyoxigraph import Store

    store = Store()
    try:
        store.load(path=str(path), format=rdf_format(path))
    except SyntaxError as error:
        raise StoreError(f"{path}, line {error.lineno}: malformed ({error.msg}). Correct the file.") from error
    except (OSError, ValueError) as error:
        raise StoreError(f"{path}: cannot be read ({error}).") from error
    return store
