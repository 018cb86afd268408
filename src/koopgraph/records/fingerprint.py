"""What a record depends on: the article's content, and everything that reads it.

A key is a SHA-256 of the content and of the fingerprint, which changes with the code and data of the stages up to
resolution within an article, with the versions and settings of the extractors, and with the models. Two builds that
share a key would read the same from the article.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from functools import cache
from hashlib import sha256
from importlib import metadata
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import msgspec

from koopgraph.extract import Extractor
from koopgraph.model import Article, Options
from koopgraph.rdf.vocabulary import ontology_file

FORMAT = 1
"""Changes with the form of the records themselves."""
_WITHOUT_EFFECT = (
    *("assemble", "cli", "curation", "evaluate", "explorer", "export", "network", "ontology", "query", "records"),
    *("review", "serve", "shacl", "train", "__pycache__"),
)
"""Parts of the package that come after the records, or stand beside them."""
_READING = (
    *("anyascii", "brotli", "charset-normalizer", "htmldate", "justext", "lxml", "markdown-it-py", "numpy", "pypdf"),
    *("python-docx", "python-frontmatter", "pyyaml", "rapidfuzz", "trafilatura", "warcio"),
)
"""Packages that decide what is read of a file; where one is missing, files of its kind are problems."""
_WRITING = ("jinja2", "markupsafe", "networkx", "numpy", "pyoxigraph", "pyvis", "scipy")
"""Packages that decide what is written of the records."""
_encode = msgspec.json.Encoder(order="sorted").encode


def fingerprint(extractors: Iterable[Extractor], options: Options) -> bytes:
    """Return what a record depends on beside its article, as 32 bytes."""
    told = {
        "format": FORMAT,
        "package": _package(),
        "packages": [(name, _version(name)) for name in _READING],
        "unicode": unicodedata.unidata_version,
        "extractors": [(one.name, one.version) for one in extractors],
        "settings": {name: dict(table) for name, table in options.settings.items()},
        "base": options.base,
        "limits": asdict(options.limits),
        "least": options.min_confidence,
        "model": _digest_of_folder(Path(options.model)) if options.model else None,
    }
    return sha256(json.dumps(told, sort_keys=True, default=str).encode("utf-8")).digest()


def fingerprint_of_outputs(mark: bytes) -> bytes:
    """Return what the outputs of a build depend on beside records, judgements, links and options, as 32 bytes.

    ``mark`` is the :func:`fingerprint` of the records.
    """
    told = {
        "package": _package(later=True),
        "packages": [(name, _version(name)) for name in _WRITING],
        # In a checkout they are not in the package.
        "ontology": [sha256(ontology_file(name).read_bytes()).hexdigest() for name in ("koopgraph.ttl", "themes.ttl")],
    }
    return sha256(mark + json.dumps(told, sort_keys=True).encode("utf-8")).digest()


def key_of_file(mark: bytes, name: str, content: bytes) -> bytes:
    """Return the key of the one article in a file: ``mark`` is the fingerprint, ``name`` the file's in its IRI."""
    digest = sha256(mark)
    digest.update(name.encode("utf-8", "surrogatepass") + b"\0")
    digest.update(content)
    return digest.digest()


def key_of_article(mark: bytes, article: Article) -> bytes:
    """Return the key of an article that shares its file with others."""
    told = (article.source, article.text, article.title, article.language, article.authors, article.published)
    return sha256(mark + _encode((*told, article.publisher, article.url))).digest()


@cache
def _package(*, later: bool = False) -> str:
    """Return a digest of all code, rules and data that decide what is read of an article, or what is made of it."""
    root = files("koopgraph")
    parts = sorted(root.iterdir(), key=lambda part: part.name)
    digest = sha256()
    for part in parts:
        if (part.name in _WITHOUT_EFFECT) == later:
            for name, content in _contents(part, part.name):
                digest.update(name.encode("utf-8") + b"\0" + sha256(content).digest())
    return digest.hexdigest()


def _version(package: str) -> str | None:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def _contents(part: Traversable, name: str) -> Iterator[tuple[str, bytes]]:
    if part.is_file():
        yield name, part.read_bytes()
    elif part.name != "__pycache__":
        for inner in sorted(part.iterdir(), key=lambda inner: inner.name):
            yield from _contents(inner, f"{name}/{inner.name}")


def _digest_of_folder(folder: Path) -> str:
    digest = sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(path.relative_to(folder).as_posix().encode("utf-8") + b"\0" + sha256(path.read_bytes()).digest())
    return digest.hexdigest()
