"""The bytes of a web archive: plain, or packed as one gzip member a record, unpacked piece by piece.

What is damaged ends its record, not the file: :meth:`MemberReader.recover` looks for the next one behind it.
"""

from __future__ import annotations

import zlib
from io import BufferedReader

_PIECE = 16_384
"""Bytes that are unpacked at a time; also how far back the next member is looked for behind a damaged one."""

_GZIP = b"\x1f\x8b\x08"
_HEADER = 4_096
"""Bytes of a member within which the first of its content comes."""

_ANY_GZIP = 16 + zlib.MAX_WBITS


class DamagedError(Exception):
    """Bytes that cannot be unpacked, or a line longer than there is room for. Never leaves the reader of archives."""


class MemberReader:
    """A stream of lines and bytes that unpacks where ``stream`` is packed; ``stream`` has to allow for seeking.

    ``line_bytes``, where it is set, is what lines may still add up to.
    """

    def __init__(self, stream: BufferedReader) -> None:
        """Take the open file, at its beginning."""
        self._stream = stream
        self._packed = stream.peek(2)[:2] == _GZIP[:2]
        self._inflate: zlib._Decompress | None = None
        self._raw = b""  # read, not yet unpacked
        self._raw_end = stream.tell()  # where in the file the next piece is read
        self._member = self._raw_end  # where the member that is being unpacked begins
        self._ready = b""
        self._at = 0
        self._taken = 0
        self.line_bytes: int | None = None

    def tell(self) -> int:
        """Return how many bytes were taken out."""
        return self._taken

    def read(self, size: int) -> bytes:
        """Return ``size`` bytes, fewer only at the end. Raises :class:`DamagedError`."""
        parts: list[bytes] = []
        while size > 0 and (self._at < len(self._ready) or self._fill()):
            parts.append(self._ready[self._at : self._at + size])
            self._at += len(parts[-1])
            size -= len(parts[-1])
        taken = b"".join(parts)
        self._taken += len(taken)
        return taken

    def readline(self, size: int | None = None) -> bytes:
        """Return a line with its end, at most ``size`` bytes of it, b'' at the end. Raises :class:`DamagedError`."""
        parts: list[bytes] = []
        room = size
        while (room is None or room > 0) and (self._at < len(self._ready) or self._fill()):
            end = self._ready.find(b"\n", self._at) + 1 or len(self._ready)
            end = end if room is None else min(end, self._at + room)
            parts.append(self._ready[self._at : end])
            self._at = end
            room = None if room is None else room - len(parts[-1])
            self._count(len(parts[-1]))
            if parts[-1].endswith(b"\n"):
                break
        return b"".join(parts)

    def recover(self) -> bool:
        """Go behind what is damaged, to the next member that begins like a record; False where there is none.

        Where nothing is packed, there are no members to skip: reading goes on.
        """
        if not self._packed:
            return True
        start = max(self._member + 1, self._raw_end - 2 * _PIECE)
        self._ready, self._at, self._inflate = b"", 0, None
        self._stream.seek(start)
        window = self._stream.read(_PIECE + _HEADER)
        while window:
            found = window.find(_GZIP, 0, _PIECE + len(_GZIP) - 1)
            while found >= 0:
                if _begins_record(window[found : found + _HEADER]):
                    self._raw, self._raw_end = window[found:], start + len(window)
                    return True
                found = window.find(_GZIP, found + 1, _PIECE + len(_GZIP) - 1)
            start += min(_PIECE, len(window))
            window = window[_PIECE:] + self._stream.read(_PIECE)
        return False

    def _count(self, size: int) -> None:
        self._taken += size
        if self.line_bytes is not None:
            self.line_bytes -= size
            if self.line_bytes < 0:
                raise DamagedError("its header is too long")

    def _fill(self) -> bool:
        self._ready, self._at = b"", 0
        while not self._ready:
            if not self._raw:
                self._raw = self._stream.read(_PIECE)
                self._raw_end += len(self._raw)
            if not self._raw:
                if self._inflate is not None:
                    raise DamagedError("the file is cut off")
                return False
            if self._packed:
                self._unpack()
            else:
                self._ready, self._raw = self._raw, b""
        return True

    def _unpack(self) -> None:
        if self._inflate is None:
            self._raw = self._raw.lstrip(b"\x00")  # padding between members
            if not self._raw:
                return
            self._member = self._raw_end - len(self._raw)
            self._inflate = zlib.decompressobj(_ANY_GZIP)
        try:
            self._ready = self._inflate.decompress(self._raw, _PIECE)
        except zlib.error as error:
            raise DamagedError("its gzip data are damaged") from error
        self._raw = self._inflate.unconsumed_tail
        if self._inflate.eof:
            self._raw = self._inflate.unused_data
            self._inflate = None


def _begins_record(data: bytes) -> bool:
    try:
        return zlib.decompressobj(_ANY_GZIP).decompress(data, 5) == b"WARC/"
    except zlib.error:
        return False
