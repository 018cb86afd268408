"""Bytes → the text that is stored: decoded, NFC, ``\\n`` line ends, nothing invisible.

1. A byte-order mark decides; NULs in every second byte mean UTF-16 without one.
2. Bytes that look like no text (NULs, many control characters, a known binary signature) are refused.
3. Strict UTF-8; a file that is UTF-8 but for a few bytes keeps its UTF-8, the stray bytes are read as cp1252.
4. What the document itself declares; then cp1252, where every character is one of Western European
   prose; then charset-normalizer. On German text the prior is right where the guess by statistics
   takes an umlaut of a short file for a Central European letter.
5. Line ends become ``\\n``; invisible characters that would split words are dropped; NFC.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

from koopgraph.errors import ReadError

_SAMPLE = 65_536
_BINARY_SHARE = 0.01
"""Share of control characters from which a file is no text; prose has none, terminal logs a few in a thousand."""

_STRAY_BYTES = 0.1
"""Share of undecodable bytes among the non-ASCII ones up to which a file still counts as damaged UTF-8."""

_SIGNATURES = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\xd0\xcf\x11\xe0",
    b"{\\rtf",
    b"\x1f\x8b",
)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL_BYTES = bytes(b for b in range(32) if b not in b"\t\n\v\f\r\x1b")
_WESTERN = frozenset("äöüÄÖÜßéèêëáàâçñóòôíìîïúùûÉÈÀÂÁÇÅåøØæÆœ„“”‚‘’‹›«»–—…•·´°§€£©®²³½¼¾×\xa0\xad")
_LINE_ENDS = re.compile("\r\n?|[\x85\u2028\u2029\v\f]")
# Soft hyphens and zero-width spaces only steer line breaks; inside a name they hide it from every lexicon.
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b\u2060\ufeff\ufffe\uffff\ud800-\udfff]")


def decode(name: str, data: bytes, *, declared: str | None = None) -> str:
    """Turn the bytes of the file ``name`` into stored text (see the module), without outer white space.

    ``declared`` is the encoding that the document names itself, tried where the bytes are no UTF-8.
    Raises :class:`ReadError` for what is no text or in no encoding that can be recognised.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return clean(data[len(bom) :].decode(encoding, errors="replace"))
    utf16 = _utf16_without_bom(data[:_SAMPLE])
    if utf16:
        return clean(data.decode(utf16, errors="replace"))
    if _is_binary(data[:_SAMPLE]):
        raise ReadError(name, "is a binary file, not text", "Convert it to .txt, .md or .html first.")
    try:
        return clean(data.decode("utf-8"))
    except UnicodeDecodeError:
        return clean(_decode_legacy(name, data, declared))


def clean(text: str) -> str:
    """Unify line ends, drop invisible characters, compose to NFC, trim outer white space.

    >>> clean("\\ufeffStadt\\xadumbau\\r\\nZu\\u0308rich \\n")
    'Stadtumbau\\nZürich'
    """
    text = _INVISIBLE.sub("", _LINE_ENDS.sub("\n", text))
    return unicodedata.normalize("NFC", text).strip()


def _utf16_without_bom(sample: bytes) -> str | None:
    if len(sample) < 4 or b"\x00" not in sample:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > 0.4 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.4 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None


def _is_binary(sample: bytes) -> bool:
    if sample.startswith(_SIGNATURES):
        return True
    controls = len(sample) - len(sample.translate(None, _CONTROL_BYTES))
    return controls > max(2, _BINARY_SHARE * len(sample))


def _decode_legacy(name: str, data: bytes, declared: str | None) -> str:
    damaged = _damaged_utf8(data)
    if damaged is not None:
        return damaged
    if declared:
        try:
            # Pages that declare latin-1 mean cp1252, as every browser reads them.
            latin = codecs.lookup(declared).name in ("iso8859-1", "ascii", "utf-8")
            return data.decode("cp1252" if latin else declared)
        except (LookupError, UnicodeDecodeError, ValueError):
            pass
    try:
        western = data.decode("cp1252")
    except UnicodeDecodeError:
        western = ""
    if western and all(c in _WESTERN for c in western if c > "\x7f"):
        return western
    from charset_normalizer import from_bytes  # only here: most files are UTF-8

    best = from_bytes(data).best()
    if best is None:
        raise ReadError(name, "is in no character encoding that could be recognised", "Save it as UTF-8.")
    return str(best)


def _damaged_utf8(data: bytes) -> str | None:
    text = data.decode("utf-8", errors="surrogateescape")
    stray = sum("\udc80" <= c <= "\udcff" for c in text)
    proper = sum(c > "\x7f" for c in text) - stray
    if stray > _STRAY_BYTES * (proper + stray):
        return None
    return re.sub("[\udc80-\udcff]", lambda m: bytes([ord(m[0]) - 0xDC00]).decode("cp1252", errors="ignore"), text)
