"""A research bundle: everything that a graph's readers need, in one folder or zip that describes itself (RO-Crate)."""

from __future__ import annotations

import json
import os
import re
import shutil
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib.metadata import PackageNotFoundError, requires, version
from io import BytesIO
from pathlib import Path
from platform import python_version
from secrets import token_hex
from typing import TYPE_CHECKING, Any

from koopgraph import __version__
from koopgraph.errors import ExportError
from koopgraph.export.crate import CITATION, METADATA, README, citation, metadata, readme
from koopgraph.export.rows import rows
from koopgraph.export.tables import csv_text, tables
from koopgraph.export.void import describe
from koopgraph.files import atomic_write
from koopgraph.query import prefixes_of
from koopgraph.rdf.vocabulary import ontology_file

if TYPE_CHECKING:
    from pyoxigraph import Store

    from koopgraph.store import StoredArticle

ONTOLOGIES = ("context.jsonld", "koopgraph.ttl", "shapes.ttl", "themes.ttl")
DUMPS: Mapping[str, str] = {"data/dataset.trig": "application/trig", "data/graph.ttl": "text/turtle"}
SOURCE_COLUMNS = ("file", "iri", "title", "authors", "publisher", "date", "language", "url", "sha256")
_SOURCES = """
SELECT ?file ?article ?title (GROUP_CONCAT(?name; SEPARATOR="; ") AS ?authors) ?publisher ?date ?language ?url ?hash
WHERE {
  ?article a koop:Article ; dcterms:source ?file .
  OPTIONAL { ?article dcterms:title ?title } OPTIONAL { ?article dcterms:publisher ?publisher }
  OPTIONAL { ?article dcterms:issued ?date } OPTIONAL { ?article dcterms:language ?language }
  OPTIONAL { ?article schema:url ?url } OPTIONAL { ?article koop:contentHash ?hash }
  OPTIONAL { SELECT ?article ?name WHERE { ?article dcterms:creator / rdfs:label ?name } ORDER BY ?name }
}
GROUP BY ?file ?article ?title ?publisher ?date ?language ?url ?hash
"""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_NAME = re.compile(r"[A-Za-z0-9._-]+")
_LICENCE = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can tell: the same bytes whenever it is made


@dataclass(frozen=True, slots=True)
class Bundle:
    """What a bundle says and holds beside the graph.

    ``date`` (YYYY-MM-DD) is when it is published; without one the day of ``SOURCE_DATE_EPOCH`` or of the newest
    article, never today: the same graph makes the same bytes. ``licence`` is the address of the one that its makers
    (``creators``) choose. ``articles`` are the texts to put in, where that is allowed: by default none.
    """

    date: str | None = None
    licence: str | None = None
    creators: tuple[str, ...] = ()
    articles: tuple[StoredArticle, ...] = ()
    report: Mapping[str, Any] | None = None
    curation: bytes | None = None

    def __post_init__(self) -> None:
        """Refuse a date or licence that is none."""
        if self.date is not None and not _is_day(self.date):
            raise ExportError(f"{self.date!r} is no date. Write it as YYYY-MM-DD.")
        if self.licence is not None and not _LICENCE.fullmatch(self.licence):
            raise ExportError(
                f"{self.licence!r} is no address. Give a licence's, such as https://creativecommons.org/licenses/by/4.0/"
            )


def write_bundle(store: Store, path: Path, bundle: Bundle) -> None:
    """Write the bundle as a new folder, or as a zip where ``path`` ends in ``.zip``: whole or not at all.

    Raises :class:`ExportError` where no date is known, the folder has something in it, or it cannot be written.
    """
    if path.suffix.lower() != ".zip":
        _check_free(path)
    files = bundle_files(store, bundle)
    if path.suffix.lower() == ".zip":
        with atomic_write(path) as file:
            file.write(_zipped(files))
        return
    temporary = path.with_name(f".koopgraph-{token_hex(8)}.tmp")
    try:
        for name, content in files.items():
            (temporary / name).parent.mkdir(parents=True, exist_ok=True)
            (temporary / name).write_bytes(content)
        if path.is_dir():
            path.rmdir()
        temporary.replace(path)
    except OSError as error:
        raise ExportError(f"{path}: cannot be written ({error.strerror}). Choose another name.") from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def bundle_files(store: Store, bundle: Bundle) -> dict[str, bytes]:
    """Return the content of every file of the bundle by its name, sorted."""
    from koopgraph.export.formats import export_bytes

    sources = _sources(store)
    published = bundle.date or _date(sources)
    made = tables(store)
    counts = {table.name: len(table.rows) for table in made}
    files = {
        "data/dataset.trig": export_bytes(store, "trig"),
        "data/graph.ttl": export_bytes(store, "turtle"),
        "sources.csv": csv_text(SOURCE_COLUMNS, sources).encode(),
        "versions.json": _json(_versions()),
        "void.ttl": describe(store, dumps=DUMPS, licence=bundle.licence),
        **{f"ontology/{name}": ontology_file(name).read_bytes() for name in ONTOLOGIES},
        **{f"tables/{table.name}.csv": csv_text(table.columns, table.rows).encode() for table in made},
        **{_text_file(prefixes_of(store)["article"], one.iri): one.article.text.encode() for one in bundle.articles},
    }
    if bundle.report:
        files["report.json"] = _json(_lasting(bundle.report))
    if bundle.curation is not None:
        files["curation.yaml"] = bundle.curation
    counts["articles"] = len(sources)
    files[CITATION] = citation(published, bundle.creators, bundle.licence).encode()
    files[README] = readme(sorted([*files, README, METADATA]), published, counts, bundle.licence).encode()
    files[METADATA] = _json(metadata(files, published, creators=bundle.creators, licence=bundle.licence))
    return dict(sorted(files.items()))


def _check_free(path: Path) -> None:
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise ExportError(f"{path}: there is something here already. Name a new folder, or a file that ends in .zip.")


def _zipped(files: Mapping[str, bytes]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # not this system's: the same bytes on each
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return buffer.getvalue()


def _date(sources: Sequence[Sequence[str]]) -> str:
    if epoch := os.environ.get("SOURCE_DATE_EPOCH", ""):
        try:
            return datetime.fromtimestamp(int(epoch), UTC).date().isoformat()
        except (ValueError, OverflowError, OSError):
            raise ExportError(f"SOURCE_DATE_EPOCH is {epoch!r}, no number of seconds. Correct or unset it.") from None
    days = [row[5] for row in sources if _is_day(row[5])]
    if not days:
        raise ExportError("no article tells its day, so the bundle has no date. Give one: --date YYYY-MM-DD.")
    return max(days)


def _is_day(text: str) -> bool:
    try:
        return bool(_DAY.fullmatch(text) and date.fromisoformat(text))
    except ValueError:
        return False


def _sources(store: Store) -> list[list[str]]:
    return sorted(texts for _, texts in rows(store, _SOURCES))


def _text_file(articles: str, iri: str) -> str:
    return f"texts/{iri.removeprefix(articles)}.txt"


def _lasting(report: Mapping[str, Any]) -> dict[str, Any]:
    """Return the report without what differs between two builds of the same articles, or tells of a machine."""
    from koopgraph.report import PASSING

    kept = {name: value for name, value in report.items() if name not in PASSING}
    if isinstance(kept.get("curation"), dict):
        kept["curation"] = {**kept["curation"], "file": "curation.yaml"}
    if isinstance(kept.get("options"), dict) and kept["options"].get("model"):
        kept["options"] = {**kept["options"], "model": Path(str(kept["options"]["model"])).name}
    return kept


def _versions() -> dict[str, Any]:
    packages = {}
    try:
        for required in requires("koopgraph") or []:
            name = _NAME.match(required)
            if name and "extra ==" not in required:
                packages[name[0].lower()] = version(name[0])
    except PackageNotFoundError:
        pass  # run from a checkout that nobody installed: what is not installed has no version
    return {"koopgraph": __version__, "packages": dict(sorted(packages.items())), "python": python_version()}


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
