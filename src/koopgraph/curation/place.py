"""Where the file of judgements is, when nobody says so: beside the articles."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

FILE_NAME = "curation.yaml"


def curation_path(sources: Iterable[str | Path], given: Path | None = None) -> Path:
    """Return the path of the file, which need not exist: ``given``, else that beside the first of ``sources``.

    That is in the first source where it is a folder, beside it where it is a file, and in the current folder where it
    is a list on standard input ('-').

    >>> curation_path(["articles/a.txt", "more/"]).as_posix(), curation_path(["-"]).as_posix()
    ('articles/curation.yaml', 'curation.yaml')
    """
    if given is not None:
        return given
    first = next(iter(sources), "-")
    if str(first) == "-":
        return Path(FILE_NAME)
    path = Path(first)
    return (path if path.is_dir() else path.parent) / FILE_NAME
