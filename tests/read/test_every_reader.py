"""Whatever the bytes of a file are, its reader gives articles and problems, and raises nothing."""

from __future__ import annotations

import gzip
import io
import os
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from koopgraph.model import Article, Problem
from koopgraph.read import SourceFile, read_file
from koopgraph.read.files import CONTAINERS
from koopgraph.read.sources import READABLE

_HTTP = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n<p>Z\xc3\xbcrich baut einen Hof.</p>"
)
_RECORD = (
    b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/1\r\n"
    b"Content-Type: application/http\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n" % (len(_HTTP), _HTTP)
)


def _pdf() -> bytes:
    file = io.BytesIO()
    canvas = pytest.importorskip("reportlab.pdfgen.canvas").Canvas(file, invariant=1, pageCompression=0)
    canvas.drawString(50, 700, "Zürich baut einen Hof.")
    canvas.save()
    return file.getvalue()


def _docx() -> bytes:
    document = pytest.importorskip("docx").Document()
    document.add_paragraph("Zürich baut einen Hof.")
    document.save(file := io.BytesIO())
    return file.getvalue()


def _epub() -> bytes:
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf"><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/>'
        '</manifest><spine><itemref idref="a"/></spine></package>'
    )
    container = '<container><rootfiles><rootfile full-path="c.opf"/></rootfiles></container>'
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:  # not packed, so that damage gets through to the parsers
        for name, text in (
            ("META-INF/container.xml", container),
            ("c.opf", package),
            ("a.xhtml", "<html><body><h1>Hof</h1><p>Zürich baut einen Hof.</p></body></html>"),
        ):
            archive.writestr(zipfile.ZipInfo(name), text)
    return file.getvalue()


SEEDS: dict[str, tuple[bytes, ...]] = {
    ".pdf": (_pdf(),),
    ".docx": (_docx(),),
    ".epub": (_epub(),),
    ".warc": (_RECORD * 2,),
    ".warc.gz": (gzip.compress(_RECORD, mtime=0) * 2,),
    ".xml": (
        "<rss><channel><item><title>Hof</title><description>&lt;p&gt;Zürich baut.&lt;/p&gt;</description></item></channel></rss>".encode(),
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><content type="xhtml"><p>Zürich.</p></content></entry></feed>'.encode(),
    ),
}
"""Kind → files to damage: bytes at random seldom get past the first check of a format."""


@st.composite
def damaged(draw: st.DrawFn, whole: bytes) -> bytes:
    """Cut off, overwritten or lengthened somewhere."""
    data = bytearray(whole)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(data)))
        data[at : at + draw(st.integers(0, 20))] = draw(st.binary(max_size=20))
    return bytes(data[: draw(st.integers(0, len(data)))] if draw(st.booleans()) else data)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("files")


@pytest.mark.parametrize("kind", READABLE)
@settings(
    max_examples=int(os.environ.get("KOOPGRAPH_FUZZ", "60")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_a_reader_raises_nothing(kind, folder, data):
    bytes_of_file = st.binary(max_size=300) | st.text(max_size=300).map(str.encode)
    for seed in SEEDS.get(kind, ()):
        bytes_of_file |= damaged(seed)
    path = folder / f"a{kind}"
    path.write_bytes(data.draw(bytes_of_file))
    found = list(read_file(SourceFile(path, path.name)))
    assert all(isinstance(item, Article | Problem) for item in found)
    assert all(item.source == path.name or item.source.startswith(f"{path.name}#") for item in found)


@pytest.mark.parametrize(
    ("kind", "package", "extra"),
    [(".warc.gz", "warcio", "warc"), (".warc", "brotli", "warc"), (".pdf", "pypdf", "pdf"), (".docx", "docx", "docx")],
)
def test_a_package_that_is_not_installed_is_a_problem_that_names_it(kind, package, extra, folder, monkeypatch):
    readers = {reader.split(":")[0] for reader in CONTAINERS.values()} | {"koopgraph.read.content_encoding"}
    for module in [module for module in sys.modules if module.split(".")[0] == package or module in readers]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, package, None)
    path = folder / f"b{kind}"
    path.write_bytes(b"x")
    (problem,) = read_file(SourceFile(path, path.name))
    assert isinstance(problem, Problem)
    assert problem.source == path.name
    assert package in problem.reason
    assert f"pip install 'koopgraph[{extra}]'" in problem.remedy
