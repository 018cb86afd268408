"""The triple store of a build, kept in generations so that no reader ever sees half a write.

``OUT/store/current`` is one line that names a folder beside it, ``generation-<n>``, which holds the graph
(an on-disk Oxigraph store) and the stored text of its articles. A write fills a new generation, then replaces
``current`` in one step, then removes what is older: whoever opens the store gets the old state or the new one,
and a write that is cut short leaves the old one as it was.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Protocol

from koopgraph.errors import StoreError
from koopgraph.files import atomic_write
from koopgraph.model import Article
from koopgraph.rdf.vocabulary import KOOP, NIF, XSD

if TYPE_CHECKING:
    from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, Store

_STORE = "store"
_CURRENT = "current"
_LOCK = "lock"
_GENERATION = "generation-"
_GRAPH = "graph"
ARTICLES = "articles.jsonl"
"""The stored articles in the folder of a generation, one a line."""
_OPEN_ATTEMPTS = 5
"""How often a reader looks again where a write replaced the generation between two of its steps."""

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


def write_store(folder: Path, quads: Iterable[Quad], articles: Iterable[HasArticle] = ()) -> None:
    """Replace what the store of the output folder ``folder`` holds by ``quads`` and ``articles``.

    Raises :class:`StoreError` where another process is writing the same store; whatever ``quads`` or
    ``articles`` raise passes through. In both cases the store stays as it was.
    """
    root = folder / _STORE
    root.mkdir(parents=True, exist_ok=True)
    with _only_writer(root):
        current = _current_name(root)
        _remove_generations(root, keep=current)
        name = _next_name(root, current)
        try:
            _fill(root / name, quads, articles)
        except BaseException:
            shutil.rmtree(root / name, ignore_errors=True)
            raise
        with atomic_write(root / _CURRENT, "w") as pointer:
            pointer.write(name + "\n")
        _remove_generations(root, keep=name)


def open_store(folder: Path, *, read_only: bool = True) -> Store:
    """Open the store of an output folder (or a store folder itself).

    Raises :class:`StoreError` where there is none, or one that cannot be read. With ``read_only=False`` the
    current generation can be changed in place, by one process at a time.
    """
    return open_generation(folder, read_only=read_only)[0]


def open_generation(folder: Path, *, read_only: bool = True) -> tuple[Store, Path]:
    """Open the store as :func:`open_store` does, and return the folder of its generation with it."""
    from pyoxigraph import Store

    opening = Store.read_only if read_only else Store
    for _ in range(_OPEN_ATTEMPTS):
        generation = _generation(folder)
        try:
            return opening(str(generation / _GRAPH)), generation
        except (OSError, RuntimeError) as error:
            if _generation(folder) == generation:
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
            if kind == KOOP.confidence and number.value.isdecimal():
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
    generation = folder if folder.name.startswith(_GENERATION) else _generation(folder)
    try:
        # Opened before the first article is asked for: from here on the file survives its removal.
        lines = (generation / ARTICLES).open(encoding="utf-8")
    except OSError as error:
        raise StoreError(f"{generation}: its articles are gone, the folder was built again. Open it anew.") from error
    return _articles(lines)


def write_articles(folder: Path, articles: Iterable[HasArticle]) -> None:
    """Write ``articles.jsonl`` into a generation's folder, one article a line; :func:`write_store` calls it."""
    with (folder / ARTICLES).open("w", encoding="utf-8", newline="\n") as lines:
        for stored in articles:
            entry = {"iri": stored.iri, **asdict(stored.article)}
            lines.write(json.dumps(entry, ensure_ascii=False, sort_keys=True) + "\n")


def _articles(lines: IO[str]) -> Iterator[StoredArticle]:
    with lines:
        for line in lines:
            entry = json.loads(line)
            iri = entry.pop("iri")
            yield StoredArticle(iri, Article(**{**entry, "authors": tuple(entry["authors"])}))


def _fill(generation: Path, quads: Iterable[Quad], articles: Iterable[HasArticle]) -> None:
    from pyoxigraph import Store

    generation.mkdir()
    store = Store(str(generation / _GRAPH))
    store.bulk_extend(quads)
    store.flush()
    write_articles(generation, articles)


def _read_graph(path: Path) -> Store:
    from pyoxigraph import RdfFormat, Store

    store = Store()
    suffix = path.suffix.lower().removeprefix(".")
    format_ = RdfFormat.RDF_XML if suffix in {"owl", "xml"} else RdfFormat.from_extension(suffix)
    try:
        store.load(path=str(path), format=format_)
    except SyntaxError as error:
        raise StoreError(f"{path}, line {error.lineno}: malformed ({error.msg}). Correct the file.") from error
    except (OSError, ValueError) as error:
        raise StoreError(f"{path}: cannot be read ({error}).") from error
    return store


def _root(folder: Path) -> Path:
    return folder if (folder / _CURRENT).is_file() else folder / _STORE


def _current_name(root: Path) -> str | None:
    try:
        name = (root / _CURRENT).read_text(encoding="utf-8").strip()
    except OSError:
        return None
    return name if name.startswith(_GENERATION) else None


def _generation(folder: Path) -> Path:
    root = _root(folder)
    name = _current_name(root)
    if name is None:
        raise StoreError(f"{folder}: there is no store here. Run koopgraph build first, or name its output folder.")
    return root / name


def _next_name(root: Path, current: str | None) -> str:
    # Leftovers that could not be deleted are counted too: a name is never used twice.
    names = {path.name for path in root.glob(_GENERATION + "*")} | ({current} if current else set())
    numbers = [int(number) for name in names if (number := name.removeprefix(_GENERATION)).isdecimal()]
    return f"{_GENERATION}{max(numbers, default=0) + 1}"


def _remove_generations(root: Path, *, keep: str | None) -> None:
    for path in root.glob(_GENERATION + "*"):
        if path.name != keep:
            # Where the system holds the files of a reader (Windows), the next write removes them.
            shutil.rmtree(path, ignore_errors=True)


@contextmanager
def _only_writer(root: Path) -> Iterator[None]:
    """Hold the store's lock, which the system lets go of even where the process is killed."""
    with (root / _LOCK).open("w", encoding="utf-8") as lock:
        try:
            _lock(lock)
        except OSError as error:
            raise StoreError(
                f"{root}: another build is writing here. Wait for it, or choose another folder."
            ) from error
        yield


def _lock(file: IO[str]) -> None:
    try:
        import fcntl
    except ImportError:
        import msvcrt

        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    else:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
