"""Hostile archives: EPUB and DOCX files, web archives, PDF files."""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
import zlib

from hostile_case import STORY, Case, case

_CONTAINER = '<container><rootfiles><rootfile full-path="c.opf"/></rootfiles></container>'
_CHAPTER = f"<html><body><h1>Hof</h1><p>{STORY}</p></body></html>"


def _package(href: str = "a.xhtml") -> str:
    return (
        '<package xmlns="http://www.idpf.org/2007/opf"><manifest><item id="a" media-type="application/xhtml+xml" '
        f'href="{href}"/></manifest><spine><itemref idref="a"/></spine></package>'
    )


def _zip(packing: int = zipfile.ZIP_DEFLATED, /, **files: str | bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", packing) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, packing)
    return file.getvalue()


def _epub(package: str | bytes = "", chapter: str | bytes = _CHAPTER, **more: str | bytes) -> bytes:
    base = {"META-INF/container.xml": _CONTAINER, "c.opf": package or _package(), "a.xhtml": chapter}
    return _zip(**{**base, **more})


def _quine_like_overlap() -> bytes:
    """Return an archive whose table of contents names one packed file a thousand times, as overlapping bombs do."""
    data = _zip(a=b"\0" * 900_000)
    end = data.rindex(b"PK\x05\x06")
    start = struct.unpack("<I", data[end + 16 : end + 20])[0]
    entry = data[start:end] * 1000
    counts = struct.pack("<HHII", 1000, 1000, len(entry), start)
    return data[:start] + entry + data[end : end + 8] + counts + data[end + 20 :]


EPUBS = (
    ("a zip bomb as a chapter", lambda: _epub(chapter=b"\0" * 30_000_000), "limit"),
    ("a zip bomb beside the chapters", lambda: _epub(bomb=b"\0" * 30_000_000), "limit"),
    ("files that overlap", _quine_like_overlap, "limit"),
    ("more files than a book has", lambda: _zip(zipfile.ZIP_STORED, **{str(n): b"" for n in range(10_001)}), "limit"),
    ("a chapter outside the archive", lambda: _epub(_package("../../../etc/passwd")), "problem"),
    ("a chapter at an absolute path", lambda: _epub(_package("/etc/passwd")), "problem"),
    ("a chapter that is a local address", lambda: _epub(_package("file:///etc/passwd")), "problem"),
    ("a chapter elsewhere", lambda: _epub(_package("http://evil.example/a")), "problem"),
    ("a chapter that is missing", lambda: _epub(_package("b.xhtml")), "problem"),
    ("files with paths outside", lambda: _epub(**{"../../evil": "x", "/evil": "x", "C:\\evil": "x"}), "article"),
    ("a billion laughs in the package", lambda: _epub("<!DOCTYPE a [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'>]>" + _package()), "article"),
    ("a package that is no XML", lambda: _epub("evil"), "problem"),
    ("an empty container", lambda: _zip(**{"META-INF/container.xml": ""}), "problem"),
    ("no container", lambda: _zip(evil="x"), "problem"),
    ("a package that names itself as a chapter", lambda: _epub(_package("c.opf")), "problem"),
    ("chapters of a thousand levels", lambda: _epub(chapter="<html><body>" + "<div>" * 10_000 + STORY), "problem"),
    ("an archive that is cut off", lambda: _epub()[:-40], "problem"),
    ("an archive with damaged data", lambda: _epub().replace(b"PK\x03\x04", b"PK\x03\x05"), "problem"),
    ("text instead of an archive", lambda: STORY.encode(), "problem"),
    ("an archive in front of an archive", lambda: _zip(evil="x") + _epub(), "article"),
    ("a script in a chapter", lambda: _epub(chapter=_CHAPTER.replace("<p>", "<script>alert(1)</script><p>")), "article"),
    ("an empty archive", lambda: _zip(), "problem"),
)  # fmt: skip

_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/d.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def _docx(document: str | bytes, target: str = "d.xml", mode: str = "Internal") -> bytes:
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r" Type="{_OFFICE}" Target="{target}" TargetMode="{mode}"/></Relationships>'
    )
    return _zip(**{"[Content_Types].xml": _TYPES, "_rels/.rels": relations, "d.xml": document})


def _document(body: str) -> str:
    return f'<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>'


_TEXT = f"<w:p><w:r><w:t>{STORY}</w:t></w:r></w:p>"
DOCUMENTS = (
    ("a zip bomb", lambda: _docx(b" " * 30_000_000), "limit"),
    ("a billion laughs", lambda: _docx("<!DOCTYPE a [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]>" + _document(_TEXT + "&b;")), "article | problem"),
    ("a local file as an entity", lambda: _docx("<!DOCTYPE a [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>" + _document(_TEXT + "&a;")), "article | problem"),
    ("a document outside the archive", lambda: _docx(_document(_TEXT), "../../etc/passwd"), "problem"),
    ("a document elsewhere", lambda: _docx(_document(_TEXT), "http://evil.example/", "External"), "problem"),
    ("ten thousand levels", lambda: _docx(_document("<w:sdt><w:sdtContent>" * 5_000 + _TEXT)), "problem"),
    ("a document that is no XML", lambda: _docx("evil"), "problem"),
    ("an empty document", lambda: _docx(_document("")), "problem"),
    ("no document", lambda: _zip(evil="x"), "problem"),
    ("text instead of an archive", lambda: STORY.encode(), "problem"),
    ("an archive that is cut off", lambda: _docx(_document(_TEXT))[:-30], "problem"),
)  # fmt: skip


def _warc(body: bytes, *, length: int | str | None = None, headers: bytes = b"", kind: bytes = b"text/html") -> bytes:
    http = b"HTTP/1.1 200 OK\r\nContent-Type: " + kind + b"\r\n" + headers + b"\r\n" + body
    said = len(http) if length is None else length
    return (
        (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/1\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {said}\r\n\r\n"
        ).encode()
        + http
        + b"\r\n\r\n"
    )


_PAGE = f"<html><body><h1>Hof</h1><p>{STORY}</p></body></html>".encode()
_GOOD = _warc(_PAGE)
_GZIP = b"Content-Encoding: gzip\r\n"
WARCS = (
    ("a length that is too large", _warc(_PAGE, length=10**9), "problem"),
    ("a length that is too small", _warc(_PAGE, length=100) + _GOOD, "article + problem"),
    ("a negative length", _warc(_PAGE, length=-5) + _GOOD, "article + problem"),
    ("a length that is no number", _warc(_PAGE, length="evil") + _GOOD, "article + problem"),
    ("a length of a thousand digits", _warc(_PAGE, length="9" * 1000), "problem"),
    ("a length of five thousand digits", _warc(_PAGE, length="9" * 5000), "problem"),
    ("a header without end", b"WARC/1.0\r\n" + b"x" * 2_000_000, "problem"),
    ("headers without end", b"WARC/1.0\r\n" + b"a: b\r\n" * 300_000, "problem"),
    ("no header", b"WARC/1.0\r\n\r\n" + _GOOD, "article + problem"),
    ("another format", b"ARC evil\n" + _GOOD, "problem"),
    ("a gzip bomb as a page", _warc(gzip.compress(b"\0" * 30_000_000, mtime=0), headers=_GZIP), "limit"),
    ("gzip in gzip in gzip", _warc(gzip.compress(gzip.compress(_PAGE)), headers=b"Content-Encoding: gzip, gzip\r\n"), "article"),
    ("four encodings", _warc(_PAGE, headers=b"Content-Encoding: gzip, gzip, gzip, gzip\r\n"), "limit"),
    ("an encoding that lies", _warc(b"evil", headers=_GZIP), "problem"),
    ("an encoding that is not there", _warc(b"evil", headers=b"Content-Encoding: evil\r\n"), "problem"),
    ("pieces that lie about their length", _warc(b"fffffff\r\n" + _PAGE, headers=b"Transfer-Encoding: chunked\r\n"), "article | problem"),
    ("a character set that is not there", _warc(_PAGE, kind=b"text/html; charset=evil"), "article"),
    ("an address that is a script", _GOOD.replace(b"https://a.example/1", b"javascript:alert(1)"), "nothing"),
    ("a page that is a picture", _warc(b"\x89PNG\r\n" + b"\0" * 99), "problem"),
    ("a record that is cut off", _GOOD + _GOOD[:-200], "article + problem"),
    ("an empty file", b"", "problem"),
)  # fmt: skip
PACKED = (
    ("a gzip bomb", lambda: gzip.compress(b"\0" * 50_000_000, mtime=0), "problem"),
    ("a gzip bomb behind a record", lambda: gzip.compress(_GOOD, mtime=0) + gzip.compress(b"WARC/1.0\r\n" + b"a" * 50_000_000, mtime=0), "article + problem"),
    ("a member that is cut off", lambda: gzip.compress(_GOOD, mtime=0) * 2 + gzip.compress(_GOOD, mtime=0)[:-30], "article + problem"),
    ("damage in the middle", lambda: gzip.compress(_GOOD, mtime=0) + b"\x1f\x8b\x08evil" + gzip.compress(_GOOD, mtime=0), "article + problem"),
    ("zeros behind the end", lambda: gzip.compress(_GOOD, mtime=0) + b"\0" * 5000, "article"),
    ("a name and comment in the header", lambda: b"\x1f\x8b\x08\x18\0\0\0\0\0\xff../../evil\0evil\0" + gzip.compress(_GOOD, mtime=0)[10:], "article"),
)  # fmt: skip


def _pdf(
    content: bytes, *, packing: bytes = b"", catalogue: bytes = b"", kids: bytes = b"3 0 R", count: int = 1
) -> bytes:
    parts = (
        b"<</Type/Catalog/Pages 2 0 R" + catalogue + b">>",
        b"<</Type/Pages/Kids[" + kids + b"]/Count " + str(count).encode() + b">>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length " + str(len(content)).encode() + packing + b">>stream\n" + content + b"\nendstream",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    data, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(data))
        data += str(number).encode() + b" 0 obj\n" + part + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        data
        + b"xref\n0 6\n0000000000 65535 f \n"
        + table
        + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(data)
    )


_SHOW = b"BT /F 12 Tf 50 700 Td (Leipzig baut einen neuen Hof am Bahnhof.) Tj ET"
_FLATE = b"/Filter/FlateDecode"
PDFS = (
    ("a page as it should be", _pdf(_SHOW), "article"),
    ("a script that opens", _pdf(_SHOW, catalogue=b"/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>"), "article"),
    ("a command that opens", _pdf(_SHOW, catalogue=b"/OpenAction<</S/Launch/F(evil.exe)>>"), "article"),
    ("a packed bomb", lambda: _pdf(zlib.compress(b" " * 60_000_000), packing=_FLATE), "problem"),
    ("packed data that lie", _pdf(b"evil", packing=_FLATE), "problem"),
    ("filters without end", _pdf(_SHOW, packing=b"/Filter[" + b"/FlateDecode" * 500 + b"]"), "problem"),
    ("pages that contain themselves", _pdf(_SHOW, kids=b"2 0 R"), "problem"),
    ("a page a hundred times", _pdf(_SHOW, kids=b"3 0 R " * 100, count=100), "article"),
    ("more pages than a book has", _pdf(_SHOW, kids=b"3 0 R " * 2_001, count=2_001), "limit"),
    ("a number of pages that lies", _pdf(_SHOW, count=10**9), "article | problem | limit"),
    ("pages that are missing", _pdf(_SHOW, kids=b"99 0 R"), "problem"),
    ("operators without end", _pdf(b"q " * 400_000 + _SHOW), "article | problem"),
    ("brackets without end", _pdf(b"[" * 50_000), "problem"),
    ("numbers without end", _pdf(b"9" * 100_000 + b" Tf " + _SHOW), "article | problem"),
    ("a string without end", _pdf(b"BT /F 12 Tf (" + b"(" * 10_000), "problem"),
    ("no table of objects", _pdf(_SHOW).split(b"xref")[0], "article | problem"),
    ("a table that lies", _pdf(_SHOW).replace(b" 00000 n", b" 99999 n"), "article | problem"),
    ("a file that is cut off", _pdf(_SHOW)[:200], "problem"),
    ("a header alone", b"%PDF-1.4", "problem"),
    ("text instead of a PDF", STORY.encode(), "problem"),
)  # fmt: skip


def cases() -> list[Case]:
    """Return the cases of this module."""
    kinds = (
        ("book", "epub", "EPUB", EPUBS),
        ("document", "docx", "DOCX", DOCUMENTS),
        ("crawl", "warc", "web archives", WARCS),
        ("packed", "warc.gz", "packed web archives", PACKED),
        ("print", "pdf", "PDF", PDFS),
    )
    return [
        case(f"{stem} {n}.{suffix}", attack, what, to, data)
        for stem, suffix, attack, files in kinds
        for n, (what, data, to) in enumerate(files, 1)
    ]
