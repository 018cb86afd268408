"""Unpacks what a server packed for the way (HTTP's Content-Encoding): gzip, deflate, Brotli, never beyond a bound."""

from __future__ import annotations

import zlib

import brotli

from koopgraph.errors import LimitError, ReadError

_MAX_LAYERS = 3
"""Encodings one inside the other; servers use one, by mistake two."""

_WINDOWS = {
    "gzip": (16 + zlib.MAX_WBITS,),
    "x-gzip": (16 + zlib.MAX_WBITS,),
    "deflate": (zlib.MAX_WBITS, -zlib.MAX_WBITS),  # the standard, and what some servers send instead
}


def unpack(source: str, data: bytes, encodings: str, limit: int) -> bytes:
    """Undo ``encodings``, the value of the header; data that are not packed (as many archives keep them) stay.

    Raises :class:`ReadError` for what is damaged, larger than ``limit`` bytes or packed in another way.

    >>> unpack("a.warc#1", zlib.compress("Brücke".encode()), "deflate", 100).decode()
    'Brücke'
    """
    layers = [layer for part in encodings.split(",") if (layer := part.strip().casefold()) not in ("", "identity")]
    if len(layers) > _MAX_LAYERS:
        raise LimitError(source, f"is packed {len(layers)} times", "Remove it.")
    for layer in reversed(layers):
        if data.lstrip()[:1] == b"<":
            break  # the archive has unpacked it already
        if layer in _WINDOWS:
            data = _inflate(source, data, layer, limit)
        elif layer == "br":
            data = _brotli(source, data, limit)
        else:
            raise ReadError(source, f"is packed with '{layer}'", "Use an archive whose pages are unpacked.")
        if len(data) > limit:
            raise LimitError(source, f"is larger than {limit} bytes when unpacked", "Split the page, or do without it.")
    return data


def _inflate(source: str, data: bytes, encoding: str, limit: int) -> bytes:
    for window in _WINDOWS[encoding]:
        try:
            return zlib.decompressobj(window).decompress(data, limit + 1)
        except zlib.error:
            continue
    raise _damaged(source, encoding)


def _brotli(source: str, data: bytes, limit: int) -> bytes:
    try:
        return bytes(brotli.Decompressor().process(data, output_buffer_limit=limit + 1))
    except brotli.error as error:
        raise _damaged(source, "br") from error


def _damaged(source: str, encoding: str) -> ReadError:
    return ReadError(source, f"is damaged: it cannot be unpacked as '{encoding}'", "Fetch the page again.")
