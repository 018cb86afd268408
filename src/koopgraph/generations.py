"""Generations of a store: folders of which one is current, replaced in one step and kept while anyone reads them.

``OUT/store/current`` is one line that names a folder beside it, ``generation-<n>``. A write fills a new folder, then
replaces ``current``, then removes what is older and not being read: a reader holds a shared lock on a file of its
generation, which the system lets go of even where its process is killed.
"""

from __future__ import annotations

import os
import shutil
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path
from typing import IO

from koopgraph.errors import StoreError
from koopgraph.files import atomic_write

_STORE = "store"
_CURRENT = "current"
_LOCK = "lock"
_READERS = "readers"
_GENERATION = "generation-"
# Of the thread or task: another one of the same process is another writer.
_held: ContextVar[frozenset[Path]] = ContextVar("held", default=frozenset())
_filling: ContextVar[frozenset[Path]] = ContextVar("filling", default=frozenset())


def root_of(folder: Path) -> Path:
    """Return the folder of the generations: ``folder`` itself, or the one in an output folder."""
    return folder if (folder / _CURRENT).is_file() else folder / _STORE


def is_generation(folder: Path) -> bool:
    """Tell whether the folder is named like a generation."""
    return folder.name.startswith(_GENERATION)


def current_generation(folder: Path) -> Path:
    """Return the folder of the current generation of an output folder or a store folder.

    Raises :class:`StoreError` where there is none.
    """
    root = root_of(folder)
    name = _current_name(root)
    if name is None:
        raise StoreError(f"{folder}: there is no store here. Run koopgraph build first, or name its output folder.")
    return root / name


class Hold:
    """Keeps the files of a generation in place as long as it lives."""

    def __init__(self, generation: Path) -> None:
        """Take the generation's lock; raise :class:`OSError` where it is being removed."""
        # One that a version without this file wrote has no lock; its readers are as safe as they were then.
        with suppress(FileNotFoundError):
            descriptor = os.open(generation / _READERS, os.O_RDONLY)
            self._release = weakref.finalize(self, os.close, descriptor)
            _flock(descriptor, shared=True)


@contextmanager
def writing(root: Path) -> Iterator[None]:
    """Hold the lock of the store ``root``, whose folder is made; a write within the block is one of the same writer.

    The system lets go of the lock even where the process is killed. Raises :class:`StoreError` where somebody else
    holds it.
    """
    root.mkdir(parents=True, exist_ok=True)
    name = root.resolve()
    if name in _held.get():
        yield
        return
    with (root / _LOCK).open("w", encoding="utf-8") as lock:
        try:
            _lock(lock)
        except OSError as error:
            raise _busy(root) from error
        token = _held.set(_held.get() | {name})
        try:
            yield
        finally:
            _held.reset(token)


@contextmanager
def new_generation(root: Path) -> Iterator[tuple[Path, Path | None]]:
    """Give the empty folder of a new generation, and the current one (if any); make it current when the block ends.

    Where the block fails, the new folder is removed and the current generation stays. Raises :class:`StoreError`
    where another process is writing the same store.
    """
    with writing(root):
        if root in _filling.get():
            raise _busy(root)
        current = _current_name(root)
        _remove_generations(root, keep=current)
        name = _next_name(root, current)
        token = _filling.set(_filling.get() | {root})
        try:
            (root / name).mkdir()
            (root / name / _READERS).touch()
            yield root / name, root / current if current else None
        except BaseException:
            shutil.rmtree(root / name, ignore_errors=True)
            raise
        finally:
            _filling.reset(token)
        with atomic_write(root / _CURRENT, "w") as pointer:
            pointer.write(name + "\n")
        _remove_generations(root, keep=name)


def _current_name(root: Path) -> str | None:
    try:
        name = (root / _CURRENT).read_text(encoding="utf-8").strip()
    except OSError:
        return None
    return name if name.startswith(_GENERATION) else None


def _next_name(root: Path, current: str | None) -> str:
    # Leftovers that could not be deleted are counted too: a name is never used twice.
    names = {path.name for path in root.glob(_GENERATION + "*")} | ({current} if current else set())
    numbers = [int(number) for name in names if (number := name.removeprefix(_GENERATION)).isdecimal()]
    return f"{_GENERATION}{max(numbers, default=0) + 1}"


def _remove_generations(root: Path, *, keep: str | None) -> None:
    for path in root.glob(_GENERATION + "*"):
        if path.name != keep:
            _remove_unread(path)


def _remove_unread(generation: Path) -> None:
    """Remove the generation's folder, unless someone reads it; then a later write does."""
    try:
        with (generation / _READERS).open("rb") as readers:
            _flock(readers.fileno(), shared=False)
            # The lock is held until the files are gone: who opens the generation now looks for the current one.
            shutil.rmtree(generation, ignore_errors=True)
    except FileNotFoundError:
        shutil.rmtree(generation, ignore_errors=True)
    except OSError:
        return


def _busy(root: Path) -> StoreError:
    return StoreError(f"{root}: another build is writing here. Wait for it, or choose another folder.")


def _lock(file: IO[str]) -> None:
    try:
        import fcntl  # noqa: F401 - whether the system has it
    except ImportError:
        import msvcrt

        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    else:
        _flock(file.fileno(), shared=False)


def _flock(descriptor: int, *, shared: bool) -> None:
    """Take a lock without waiting for it; raise :class:`OSError` where another one stands against it.

    Windows has no such locks, and needs none here: it does not remove files that are open.
    """
    with suppress(ImportError):
        import fcntl

        fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
