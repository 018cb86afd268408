"""The file of judgements: read whole, added to at its end, so that comments and the order of people survive."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from koopgraph.curation.document import parse
from koopgraph.curation.entries import from_entry
from koopgraph.curation.judgements import Curation, Judgement, Made
from koopgraph.curation.writing import to_yaml
from koopgraph.errors import CurationError
from koopgraph.files import atomic_write

HEADER = "# Judgements of curators; koopgraph applies them at every build.\n"
LARGEST = 64 * 2**20
"""Bytes of the largest file that is read: some 300,000 judgements."""
_BOM = b"\xef\xbb\xbf"


def read_curation(path: Path, *, needed: bool = False) -> Curation:
    """Return the judgements of a file; none where there is no file, unless it is ``needed``.

    Raises :class:`CurationError` with file, line and remedy for what is no file of judgements.
    """
    data = _read(path)
    if data is None and needed:
        raise CurationError(str(path), None, "does not exist", "Name the file of judgements, such as curation.yaml.")
    return _curation(path, data)


def parse_curation(text: str, file: str) -> Curation:
    """Return the judgements that ``text`` says; ``file`` is its name in errors, which are those of a file."""
    return Curation(file, text, tuple(from_entry(entry) for entry in parse(text, file).nodes))


def _read(path: Path) -> bytes | None:
    try:
        if path.exists() and not path.is_file():
            raise CurationError(str(path), None, "is no file", "Name the file of judgements, such as curation.yaml.")
        if path.stat().st_size > LARGEST:
            reason = f"is larger than {LARGEST // 2**20} MB"
            raise CurationError(str(path), None, reason, "Check that it is a file of judgements.")
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        reason = f"cannot be read ({error.strerror})"
        raise CurationError(str(path), None, reason, "Check the path and its permissions.") from error


def _curation(path: Path, data: bytes | None) -> Curation:
    try:
        text = (data or b"").removeprefix(_BOM).decode("utf-8")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise CurationError(str(path), line, "is no UTF-8 text", "Save the file as UTF-8.") from None
    return parse_curation(text.replace("\r\n", "\n").replace("\r", "\n"), str(path))


class CurationFile:
    """A file of judgements that grows at its end; every change is on the disk when the call returns.

    The file is read again before each change, so that what an editor or another session wrote meanwhile stays.
    """

    def __init__(self, path: Path) -> None:
        """Read the file, which need not exist yet; raise :class:`CurationError` where it is malformed."""
        self._path = path
        self._data = _read(path)
        self._curation = _curation(path, self._data)
        self._appended: list[tuple[Judgement, bytes, bool]] = []
        self._grown: bytes | None = None

    @property
    def path(self) -> Path:
        """Where the file is."""
        return self._path

    @property
    def curation(self) -> Curation:
        """The judgements of the file as it is now: it is read again where it changed."""
        data = _read(self._path)
        if data != self._data:
            self._curation = _curation(self._path, data)
            self._data = data
        return self._curation

    def append(self, judgement: Judgement) -> None:
        """Write the judgement at the end of the file, which is made where there is none.

        Raises :class:`CurationError` where the file is malformed or what would come out is; nothing is written then.
        """
        judgement = self._as_read(judgement)
        known, data = self.curation, self._data
        old = b"" if data is None else data
        start = HEADER if data is None else "" if not known.text or known.text.endswith("\n") else "\n"
        entry = start + self._indented(to_yaml(judgement), known)
        added = entry.encode("utf-8").replace(b"\n", b"\r\n" if b"\r\n" in old else b"\n")
        if old == self._grown:  # what this object wrote is known to grow well: no need to read all of it again
            found = _extended(known, entry)
        else:
            found = _curation(self._path, old + added)
            if [_bare(j) for j in found.judgements] != [*map(_bare, known.judgements), judgement]:
                self._cannot_grow()
        self._write(old + added, found)
        self._grown = old + added
        self._appended.append((judgement, added, data is None))

    def undo(self) -> Judgement | None:
        """Take back the last judgement that this object appended and return it, None where there is none left.

        What others wrote behind it stays. Raises :class:`CurationError` where its text is not there any more.
        """
        if not self._appended:
            return None
        judgement, added, created = self._appended[-1]
        data = _read(self._path) or b""
        if created and data == added:
            self._remove()
        else:
            rest = self._without(data, added if not created else added.removeprefix(HEADER.encode("utf-8")))
            self._write(rest, _curation(self._path, rest))
        self._appended.pop()
        return judgement

    def _as_read(self, judgement: Judgement) -> Judgement:
        """Return the judgement as the file will give it back; refuse one that it would not."""
        entry = to_yaml(judgement)
        try:
            entry.encode("utf-8")
        except UnicodeEncodeError:
            raise CurationError(str(self._path), None, "no text can hold such characters", "Remove them.") from None
        (read,) = parse_curation(entry, str(self._path)).judgements
        if to_yaml(read) != entry:
            raise CurationError(str(self._path), None, f"cannot hold the judgement {entry!r}", "Give its keys in full.")
        return _bare(read)

    def _indented(self, entry: str, known: Curation) -> str:
        """Return the entry as far in as the entries of the file are."""
        first = known.judgements[0].made.span if known.judgements else None
        if first is None:
            return entry
        before = known.text[known.text.rfind("\n", 0, first[0]) + 1 : first[0]]
        indent = before[: len(before) - len(before.lstrip(" "))]
        return "".join(indent + line for line in entry.splitlines(keepends=True))

    def _cannot_grow(self) -> None:
        remedy = "Write its entries as a list, each beginning with '- ', and nothing behind it."
        raise CurationError(str(self._path), None, "cannot be added to at its end", remedy)

    def _without(self, data: bytes, added: bytes) -> bytes:
        start = data.rfind(added)
        if start < 0 or (not data.endswith(added) and data.count(added) > 1):
            remedy = "Remove it by hand."
            raise CurationError(str(self._path), None, "the judgement to take back was changed meanwhile", remedy)
        return data[:start] + data[start + len(added) :]

    def _write(self, data: bytes, curation: Curation) -> None:
        with atomic_write(self._path) as file:
            file.write(data)
        self._data, self._curation = data, curation
        self._settle()

    def _remove(self) -> None:
        self._path.unlink(missing_ok=True)
        self._data, self._curation = None, _curation(self._path, None)
        self._settle()

    def _settle(self) -> None:
        """Have the folder remember the new file: its entry, too, must be on the disk (not every system can)."""
        with suppress(OSError):
            folder = os.open(self._path.resolve().parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)


def _extended(known: Curation, entry: str) -> Curation:
    """Return the judgements with those of ``entry``, which follows the text."""
    characters, lines = len(known.text), known.text.count("\n")
    further = []
    for judgement in parse_curation(entry, known.file).judgements:
        made = judgement.made
        if made.span and made.line:
            start, end = made.span
            made = replace(made, span=(start + characters, end + characters), line=made.line + lines)
        further.append(replace(judgement, made=made))
    return Curation(known.file, known.text + entry, (*known.judgements, *further))


def _bare(judgement: Judgement) -> Judgement:
    """Return the judgement without its place in a file."""
    made = judgement.made
    return replace(judgement, made=Made(made.by, made.on, made.note))
