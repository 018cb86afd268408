"""Finds the files to read: walks folders, here or on remote storage, follows lists on standard input, names each file.

The order is that of the sources as given, inside a folder that of the code points of the path, so it
depends on no locale and no file system. Links to files are read; links to folders are not followed (a loop would
never end) and reported instead.
"""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from io import BufferedReader
from pathlib import Path, PurePosixPath
from typing import TextIO

from koopgraph.errors import ReadError
from koopgraph.model import Problem
from koopgraph.read.remote import is_url, list_url, local_path, open_url

READABLE = (
    *(".txt", ".md", ".markdown", ".html", ".htm", ".xhtml", ".jsonl", ".ndjson"),
    *(".xml", ".rss", ".atom", ".warc", ".warc.gz", ".pdf", ".docx", ".epub"),
)
"""Suffixes that a reader exists for."""

BESIDE = (".xml",)
"""Suffixes that articles and companions share: what a file is, its content says when it is read."""

COMPANIONS = (
    # Data beside articles: annotations, tables of sources, settings.
    *(".json", ".tsv", ".csv", ".yaml", ".yml", ".toml", ".ini", ".bib", ".lock", ".log", ".bak"),
    # Graphs and what our own builds write.
    *(".ttl", ".trig", ".nq", ".nt", ".rdf", ".jsonld", ".graphml", ".gexf"),
    # Images, and other media that illustrate an article.
    *(".jpg", ".jpeg", ".png", ".gif", ".svg", ".webp", ".avif", ".tif", ".tiff", ".bmp", ".ico"),
    *(".mp3", ".mp4", ".wav", ".ogg", ".webm", ".mov"),
    # What a saved web page brings along, and scripts that fetched it.
    *(".css", ".js", ".mjs", ".map", ".woff", ".woff2", ".ttf", ".py", ".sh"),
)
"""Suffixes of files that accompany articles and never are one: skipped in a folder, a problem when given by name."""

COMPANION_NAMES = ("readme", "license", "licence", "copying", "notice", "changelog", "makefile")
"""Names (without suffix, in any case) of files that describe a folder; skipped in a folder, read when given by name."""

_BUILD = (Path("store", "lock"), Path("store", "current"))
"""What a folder has, one at least, that a build has written into."""
BUILT = ("store", "network.html", "links.jsonl")
"""What it has written there that could be taken for articles: it may stand among them, or in a folder of theirs."""

_PACKED = (".warc.gz",)
"""Suffixes of two parts."""

_KINDS = "koopgraph reads .txt, .md, .html, .jsonl, .pdf, .docx, .epub, .warc and feeds"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to read. ``name`` is its path in the folder that was given ('/' between parts), or its bare name.

    ``path`` is where it lies: a path, or as text the URL of a file on remote storage ('s3://bucket/a.txt').
    ``beside`` says that it was found in a folder and may be a companion of articles (:data:`BESIDE`).
    """

    path: Path | str
    name: str
    beside: bool = False

    def open(self) -> BufferedReader:
        """Open the file's bytes from the first one; the stream can be sought. Raises :class:`OSError`."""
        return self.path.open("rb") if isinstance(self.path, Path) else open_url(self.path)

    @property
    def kind(self) -> str:
        """The suffix that decides how the file is read, in lower case: '.txt'."""
        return kind_of(self.path.name if isinstance(self.path, Path) else self.path.rsplit("/", 1)[-1])


def kind_of(name: str) -> str:
    """Return the suffix of a file's bare name, in lower case; '' where it has none.

    >>> kind_of("Presse.TXT"), kind_of("crawl-1.warc.gz"), kind_of("a.b.gz")
    ('.txt', '.warc.gz', '.gz')
    """
    suffixes = [suffix.casefold() for suffix in PurePosixPath(name).suffixes]
    both = "".join(suffixes[-2:])
    return both if both in _PACKED else "".join(suffixes[-1:])


def discover(sources: Iterable[str | Path], *, stdin: TextIO | None = None) -> list[SourceFile | Problem]:
    """List the files behind ``sources``: files, folders (walked) and ``-`` (paths on ``stdin``, one a line).

    A file or folder may be a URL of remote storage ('s3://bucket/folder'), which needs ``koopgraph[remote]``.
    A file reached twice is listed once. Where two files would have the same name, the later one's is
    prefixed with the folders above it until it differs. Files of a kind that nobody reads become a
    :class:`Problem`, but for companions in a folder (:data:`COMPANIONS`, :data:`COMPANION_NAMES`) and hidden ones.
    Raises :class:`ReadError` for a source that does not exist, and for remote storage that cannot be asked.
    """
    found: list[SourceFile | Problem] = []
    seen: set[Path | str] = set()
    names: set[str] = set()
    for source in _expand(sources, stdin):
        for item in _list_source(source):
            if isinstance(item, Problem):
                found.append(item)
                continue
            real = item.path.resolve() if isinstance(item.path, Path) else item.path
            if real not in seen:
                seen.add(real)
                name = _free_name(item, names)
                names.add(name)
                found.append(replace(item, name=name))
    return found


def _expand(sources: Iterable[str | Path], stdin: TextIO | None) -> Iterator[str | Path]:
    for source in sources:
        if str(source) == "-":
            lines = (line.rstrip("\r\n") for line in (sys.stdin if stdin is None else stdin))
            yield from (line for line in lines if line.strip())
        else:
            yield source


def _list_source(source: str | Path) -> Iterator[SourceFile | Problem]:
    if isinstance(source, str) and is_url(source):
        local = local_path(source)
        if local is None:
            yield from _list_remote(source)
            return
        source = local
    path = Path(source)
    if path.is_dir():
        yield from _walk(path, path)
    elif not path.exists():
        raise ReadError(str(source), "does not exist", "Check the path; a folder, a file or '-' is expected.")
    else:
        yield _as_file(path, _display(path.name))


def _list_remote(url: str) -> Iterator[SourceFile | Problem]:
    listed = list_url(url)
    if listed is None:
        yield _of_known_kind(url, _display(url.rsplit("/", 1)[-1]))
        return
    # The order of a walk through folders: by each part of the path, not by the path with its slashes.
    for parts in sorted(listed):
        if not any(part.startswith(".") for part in parts) and not _is_companion(parts[-1]):
            yield _of_known_kind(
                f"{url.rstrip('/')}/{'/'.join(parts)}", _display("/".join(filter(None, parts))), beside=True
            )


def _walk(folder: Path, root: Path) -> Iterator[SourceFile | Problem]:
    try:
        entries = sorted(folder.iterdir(), key=lambda path: path.name)
    except OSError as error:
        yield Problem(
            _relative(folder, root), f"cannot be listed ({error.strerror})", "Check the folder's permissions."
        )
        return
    built = BUILT if any((folder / written).is_file() for written in _BUILD) else ()
    for path in entries:
        if path.name.startswith(".") or path.name in built:
            continue
        name = _relative(path, root)
        if path.is_dir():
            if path.is_symlink():
                yield Problem(name, "is a link to a folder, which is not followed", "Give that folder as a source.")
            else:
                yield from _walk(path, root)
        elif not _is_companion(path.name):
            yield _as_file(path, name, beside=True)


def _is_companion(name: str) -> bool:
    stem = name.split(".", 1)[0].casefold()
    return kind_of(name) in COMPANIONS or stem in COMPANION_NAMES


def _as_file(path: Path, name: str, *, beside: bool = False) -> SourceFile | Problem:
    if not path.is_file():
        return Problem(name, "is no regular file or a broken link", "Remove it, or save its content as a file.")
    return _of_known_kind(path, name, beside=beside)


def _of_known_kind(path: Path | str, name: str, *, beside: bool = False) -> SourceFile | Problem:
    file = SourceFile(path, name)
    if file.kind in READABLE:
        return replace(file, beside=beside and file.kind in BESIDE)
    kind = f"of the unknown kind '{file.kind}'" if file.kind else "of an unknown kind (no suffix)"
    return Problem(name, f"is {kind}", f"{_KINDS}; convert or rename it.")


def _relative(path: Path, root: Path) -> str:
    return _display(path.relative_to(root).as_posix())


def _display(name: str) -> str:
    # File systems differ in the normal form of a name and allow bytes that are no text; IRIs are made of it.
    return unicodedata.normalize("NFC", os.fsencode(name).decode("utf-8", errors="replace"))


def _free_name(item: SourceFile, taken: set[str]) -> str:
    name = item.name
    if isinstance(item.path, Path):
        parts = item.path.absolute().parts[1:]
    else:
        parts = tuple(filter(None, item.path.split("://", 1)[1].split("/")))
    above = [_display(part) for part in parts[: -1 - item.name.count("/")]]
    while name in taken and above:
        name = f"{above.pop()}/{name}"
    base, count = name, 2
    while name in taken:
        name, count = f"{base}~{count}", count + 1
    return name
