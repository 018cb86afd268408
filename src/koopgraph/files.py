"""Writing a file so that nobody ever sees half of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from typing import IO, Any, Literal, overload

from koopgraph.errors import ExportError

_PREFIX, _SUFFIX = ".koopgraph-", ".tmp"


@overload
def atomic_write(path: Path, mode: Literal["wb"] = ...) -> AbstractContextManager[IO[bytes]]: ...
@overload
def atomic_write(path: Path, mode: Literal["w"]) -> AbstractContextManager[IO[str]]: ...
def atomic_write(path: Path, mode: Literal["wb", "w"] = "wb") -> AbstractContextManager[IO[Any]]:
    """Open ``path`` for writing bytes or (``"w"``) UTF-8 text; it appears whole when the block ends, or not at all.

    What is written goes to a temporary file in the same folder, which replaces ``path`` after the last
    byte is on the disk. Where the block fails, the temporary file is removed and ``path`` is as before.
    A symbolic link is followed; a device or pipe, which cannot be replaced, is written directly.
    Raises :class:`ExportError` where the folder or file cannot be written.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     with atomic_write(Path(folder, "a.txt"), "w") as file:
    ...         _ = file.write("ä")
    ...     Path(folder, "a.txt").read_bytes()
    b'\\xc3\\xa4'
    """
    return _replacing(Path(os.path.realpath(path)), mode)


def make_folder(path: Path) -> None:
    """Make the folder where there is none; raise :class:`ExportError` where none can be."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportError(f"{path}: cannot be a folder ({error.strerror}). Choose another name.") from error


def remove_leftovers(folder: Path) -> None:
    """Remove what :func:`atomic_write` left half-written in the folder when its process was killed.

    Call it where nobody else may be writing into the folder.
    """
    for path in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
        path.unlink(missing_ok=True)


@contextmanager
def _replacing(target: Path, mode: str) -> Iterator[IO[Any]]:
    if target.is_dir():
        raise ExportError(f"{target} is a folder. Give the name of a file.")
    if target.exists() and not target.is_file():
        with _open(target, mode) as file:
            yield file
        return
    # Not tempfile: its files are readable by their owner alone, and stay so after the rename.
    temporary = target.with_name(f"{_PREFIX}{token_hex(8)}{_SUFFIX}")
    try:
        with _open(temporary, mode.replace("w", "x")) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        try:
            os.replace(temporary, target)
        except OSError as error:
            raise _refused(target, error) from error
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise


def _open(path: Path, mode: str) -> IO[Any]:
    try:
        return open(path, mode) if "b" in mode else open(path, mode, encoding="utf-8", newline="\n")
    except OSError as error:
        raise _refused(path, error) from error


def _refused(path: Path, error: OSError) -> ExportError:
    return ExportError(
        f"{path}: cannot be written ({error.strerror}). Check that the folder exists and that you may write there."
    )
