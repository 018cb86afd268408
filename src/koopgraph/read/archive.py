"""Opens zip archives (DOCX, EPUB) after a look at their table of contents: too many files or too much is refused.

Nothing of an archive is written to the disk, and names in it open nothing but files in it.
"""

from __future__ import annotations

import posixpath
from typing import BinaryIO
from urllib.parse import unquote, urlsplit
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from koopgraph.errors import LimitError, ReadError
from koopgraph.limits import Limits

_REMEDY = "If it is what it says it is, save its text in another format."
_ENCRYPTED = 0x1  # a bit of an entry's flags


def open_archive(name: str, stream: BinaryIO, limits: Limits) -> ZipFile:
    """Open the archive ``name``. Raises :class:`ReadError` for what is no zip archive and for more than ``limits``.

    The sizes in the table of contents can be trusted as bounds: no entry is unpacked beyond its own.
    """
    try:
        archive = ZipFile(stream)
    except (BadZipFile, ValueError, NotImplementedError, EOFError, RecursionError) as error:
        raise ReadError(name, f"is no readable archive ({error})", "Check that it was saved whole.") from error
    entries = archive.infolist()
    if len(entries) > limits.archive_entries:
        raise _beyond(name, f"holds more than {limits.archive_entries} files")
    if sum(entry.file_size for entry in entries) > limits.archive_bytes:
        raise _beyond(name, f"is larger than {limits.archive_bytes} bytes when unpacked")
    for entry in entries:
        _check(name, entry, limits)
    return archive


def read_entry(archive: ZipFile, name: str, entry: str) -> bytes:
    """Return the bytes of the file ``entry``. Raises :class:`ReadError`, whose source is ``name``, where it fails."""
    try:
        return archive.read(entry)
    except KeyError as error:
        raise ReadError(name, f"lacks the file '{entry}'", "Save it again.") from error
    except Exception as error:  # damage shows as one of many errors, of zlib among others
        raise ReadError(name, f"is damaged: '{entry}' cannot be unpacked", "Save it again.") from error


def entry_path(base: str, reference: str) -> str:
    """Return the path in the archive that ``reference`` in the file ``base`` means; '' where it leads out of it.

    >>> entry_path("OEBPS/content.opf", "text/h%C3%B6fe.xhtml#a"), entry_path("OEBPS/a.opf", "../../etc/passwd")
    ('OEBPS/text/höfe.xhtml', '')
    """
    try:
        parts = urlsplit(reference)
    except ValueError:
        return ""
    path = posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(parts.path)))
    outside = parts.scheme or parts.netloc or path.startswith(("..", "/")) or not parts.path
    return "" if outside else path


def _check(name: str, entry: ZipInfo, limits: Limits) -> None:
    if entry.flag_bits & _ENCRYPTED:
        raise ReadError(name, "is protected by a password", "Save it without one.")
    if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise ReadError(name, "is packed in a way that these files never are", _REMEDY)
    if entry.file_size > limits.archive_free_bytes and entry.file_size > limits.archive_ratio * entry.compress_size:
        raise _beyond(name, f"unpacks to more than {limits.archive_ratio} times its size")


def _beyond(name: str, reason: str) -> LimitError:
    return LimitError(name, reason, _REMEDY)
