"""The formats of an export by name and suffix, and what writes each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from koopgraph.errors import ExportError
from koopgraph.files import atomic_write
from koopgraph.query import base_of, prefixes_of
from koopgraph.store import stored_quads

if TYPE_CHECKING:
    from pyoxigraph import Quad, Store

    from koopgraph.explorer.drawing import Drawing
    from koopgraph.export.bundle import Bundle

_RDF = ("turtle", "trig", "ntriples", "nquads", "json-ld", "rdf-xml")
_MERGED = frozenset({"turtle", "ntriples", "rdf-xml"})
_NETWORK = ("graphml", "gexf")
_DRAWING = "svg"
_TABLES = ("csv", "parquet")
_BUNDLE = "ro-crate"
_DESCRIPTION = "void"
FORMATS = (*_RDF, *_NETWORK, _DRAWING, *_TABLES, _BUNDLE, _DESCRIPTION)
"""Every format by name. Turtle, N-Triples and RDF/XML hold the default graph, the other RDF formats all graphs."""

SUFFIXES: Mapping[str, str] = {
    ".gexf": "gexf",
    ".graphml": "graphml",
    ".json": "json-ld",
    ".jsonld": "json-ld",
    ".nq": "nquads",
    ".nt": "ntriples",
    ".rdf": "rdf-xml",
    ".svg": "svg",
    ".trig": "trig",
    ".ttl": "turtle",
    ".xml": "rdf-xml",
    ".zip": "ro-crate",
}
"""What a file's suffix says about its format."""


def export(
    store: Store,
    path: Path,
    format: str | None = None,
    *,
    geosparql: bool = False,
    bundle: Bundle | None = None,
    drawing: Drawing | None = None,
) -> None:
    """Write the graph to ``path``, whole or not at all.

    'csv' and 'parquet' make ``path`` a folder of tables, 'ro-crate' a folder or a zip that ``bundle`` says more of;
    ``drawing`` says more of 'svg'.

    Without ``format`` the suffix of ``path`` decides. ``geosparql`` adds a GeoSPARQL geometry to everything with a
    latitude and a longitude. Raises :class:`ExportError` for an unknown format or suffix, a path that cannot be
    written, or geometries in a format that is no RDF.
    """
    format = _known(format_of(path, format), geosparql=geosparql)
    if format == _BUNDLE:
        from koopgraph.export.bundle import Bundle, write_bundle

        write_bundle(store, path, bundle or Bundle())
    elif format in (_DESCRIPTION, _DRAWING):
        content = export_bytes(store, format, drawing=drawing)
        with atomic_write(path) as file:
            file.write(content)
    elif format in _TABLES:
        _table_writer(format)(store, path)
    elif format in _RDF:
        from koopgraph.rdf.serialise import write

        write(_quads(store, format, geosparql=geosparql), path, format=format, prefixes=prefixes_of(store))
    else:
        _network_writer(format)(store, path)


def export_bytes(store: Store, format: str, *, geosparql: bool = False, drawing: Drawing | None = None) -> bytes:
    """Return the graph in ``format``, as :func:`export` writes it.

    Raises :class:`ExportError` as :func:`export` does, and for tables and bundles, which are more than one file.
    """
    if _known(format, geosparql=geosparql) == _BUNDLE:
        raise ExportError("ro-crate makes many files. Name a folder or a zip for them: --output bundle.zip.")
    if format == _DESCRIPTION:
        from koopgraph.export.void import describe

        return describe(store)
    if format == _DRAWING:
        from koopgraph.explorer.drawing import Drawing, draw
        from koopgraph.network.convert import to_networkx

        return draw(to_networkx(store), drawing or Drawing()).encode()
    if format in _TABLES:
        raise ExportError(f"{format} makes several files. Name a folder for them: --output tables.")
    if format in _RDF:
        from koopgraph.rdf.serialise import to_bytes

        return to_bytes(_quads(store, format, geosparql=geosparql), format=format, prefixes=prefixes_of(store))
    # The writers of network formats take files only.
    with TemporaryDirectory() as folder:
        file = Path(folder) / "graph"
        _network_writer(format)(store, file)
        return file.read_bytes()


def _quads(store: Store, format: str, *, geosparql: bool) -> Iterator[Quad]:
    from pyoxigraph import DefaultGraph

    # Where only the default graph is written, the rest (five sixths of a build) stays unread.
    yield from stored_quads(store, DefaultGraph() if format in _MERGED else None)
    if geosparql:
        from koopgraph.rdf.gazetteer import geometries

        yield from geometries(stored_quads(store, DefaultGraph()), base=base_of(store))


def _known(format: str, *, geosparql: bool) -> str:
    if format not in FORMATS:
        raise ExportError(f"unknown format {format!r}. Known are: {', '.join(FORMATS)}.")
    if geosparql and format not in _RDF:
        raise ExportError(f"{format} has no place for GeoSPARQL geometries. Name one of {', '.join(_RDF)}.")
    return format


def format_of(path: Path, format: str | None = None) -> str:
    """Return the format that is named, or else the one that the suffix of ``path`` tells.

    Raises :class:`ExportError` where it tells none.
    """
    if format is not None:
        return format
    try:
        return SUFFIXES[path.suffix.lower()]
    except KeyError:
        suffixes = ", ".join(SUFFIXES)
        raise ExportError(
            f"{path}: the name says no format. Give it one of {suffixes}, or name one of {', '.join(FORMATS)}."
        ) from None


def _table_writer(format: str) -> Callable[[Store, Path], None]:
    if format == "csv":
        from koopgraph.export.tables import write_tables

        return write_tables
    from koopgraph.export.parquet import write_parquet

    return write_parquet


def _network_writer(format: str) -> Callable[[Store, Path], None]:
    def write(store: Store, path: Path) -> None:
        from koopgraph.network.convert import to_networkx
        from koopgraph.network.graphfiles import write_gexf, write_graphml

        writer = write_graphml if format == "graphml" else write_gexf
        writer(to_networkx(store), path)

    return write
