"""Web archives give one article a page of HTML; what is broken in them costs its record alone."""

from __future__ import annotations

import gzip
import io
import time
import tracemalloc
import zlib
from collections.abc import Callable

import pytest

from koopgraph.limits import Limits
from koopgraph.model import Article, Problem
from koopgraph.read import SourceFile, discover, read_file

pytest.importorskip("warcio")

import brotli
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from koopgraph.read.content_encoding import unpack
from koopgraph.read.warc import read_warc

SENTENCE = "Die Stadt Zürich hat am Hardplatz für 3,5 Millionen Franken einen Hof begrünt, und die Nachbarn loben ihn."
PAGE = (
    f"<html><head><title>Hof grün</title></head><body><article><h1>Hof grün</h1><p>{SENTENCE}</p>"
    "<p>Im Frühjahr folgt die Brücke über die Limmat.</p></article></body></html>"
)
TEXT = f"Hof grün\n\n{SENTENCE}\n\nIm Frühjahr folgt die Brücke über die Limmat."
URL = "https://blatt.example/höfe/1"

Add = Callable[[WARCWriter], None]


def response(
    body: bytes = PAGE.encode(),
    *headers: tuple[str, str],
    url: str = URL,
    status: str = "200 OK",
    kind: str = "text/html",
) -> Add:
    http = StatusAndHeaders(status, [("Content-Type", kind), *headers], protocol="HTTP/1.1")
    return lambda writer: writer.write_record(
        writer.create_warc_record(url, "response", payload=io.BytesIO(body), http_headers=http)
    )


def record(kind: str, body: bytes, media_type: str, url: str = URL) -> Add:
    return lambda writer: writer.write_record(
        writer.create_warc_record(url, kind, payload=io.BytesIO(body), warc_content_type=media_type)
    )


def info(writer: WARCWriter) -> None:
    writer.write_record(writer.create_warcinfo_record("a.warc", {"software": "prüfung"}))


def warc(*records: Add, packed: bool = True) -> bytes:
    file = io.BytesIO()
    writer = WARCWriter(file, gzip=packed)
    for add in records:
        add(writer)
    return file.getvalue()


def read_bytes(data: bytes, limits: Limits = Limits()) -> list[Article | Problem]:  # noqa: B008 - it is frozen
    return list(read_warc("a.warc", io.BufferedReader(io.BytesIO(data)), limits=limits))  # type: ignore[arg-type]


def outcome(found: list[Article | Problem]) -> list[str]:
    return [f"{'' if isinstance(item, Article) else '! '}{item.source.removeprefix('a.warc')}" for item in found]


@pytest.mark.parametrize("packed", [True, False])
def test_a_page_is_an_article_with_the_address_it_was_fetched_from_and_no_date_of_the_crawl(packed):
    (article,) = read_bytes(warc(info, response(), packed=packed))
    assert article == Article(source="a.warc#2", text=TEXT, title="Hof grün", url=URL)


@pytest.mark.parametrize("packed", [True, False])
def test_only_answers_with_html_count_and_every_record_has_its_number(packed):
    data = warc(
        info,
        response(b"\x89PNG\r\n\x1a\n" * 100, kind="image/png"),
        response(status="404 Not Found"),
        response(status="301 Moved"),
        record("resource", PAGE.encode(), "text/html; charset=utf-8"),
        record("metadata", b"outlinks", "application/warc-fields"),
        record("request", b"GET / HTTP/1.1\r\nHost: blatt.example\r\n\r\n", "application/http;msgtype=request"),
        lambda w: w.write_record(w.create_revisit_record(URL, "sha1:X", URL, "2015-01-01T00:00:00Z")),
        response(kind="application/xhtml+xml"),
        record("resource", b"dns", "text/dns", "dns:blatt.example"),
        packed=packed,
    )
    assert outcome(read_bytes(data)) == ["#5", "#9"]


def test_the_encoding_that_the_server_named_counts_where_the_page_names_none():
    (article,) = read_bytes(
        warc(response(PAGE.replace("Hof", "Łódź").encode("iso-8859-2"), kind="text/html; charset=iso-8859-2"))
    )
    assert isinstance(article, Article)
    assert article.title == "Łódź grün"


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [
        ("gzip", gzip.compress),
        ("x-gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", lambda data: zlib.compress(data)[2:-4]),
        ("br", brotli.compress),
        ("deflate, gzip", lambda data: gzip.compress(zlib.compress(data))),
        ("gzip", bytes),
        ("br", bytes),
        ("identity", bytes),
    ],
)
def test_a_page_is_unpacked_as_the_server_packed_it(encoding, pack):
    (article,) = read_bytes(warc(response(pack(PAGE.encode()), ("Content-Encoding", encoding))))
    assert isinstance(article, Article), article
    assert article.text == TEXT


def test_a_page_in_chunks_is_put_together():
    data = gzip.compress(PAGE.encode())
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(data[at : at + 50]), data[at : at + 50]) for at in range(0, len(data), 50))
    headers = (("Transfer-Encoding", "chunked"), ("Content-Encoding", "gzip"))
    (article,) = read_bytes(warc(response(chunks + b"0\r\n\r\n", *headers)))
    assert isinstance(article, Article), article
    assert article.text == TEXT


def test_a_page_packed_in_an_unknown_way_is_a_problem_of_its_own():
    found = read_bytes(warc(response(b"\x28\xb5\x2f\xfd", ("Content-Encoding", "zstd")), response()))
    assert outcome(found) == ["! #1", "#2"]


@pytest.mark.parametrize("pack", [gzip.compress, brotli.compress], ids=["gzip", "br"])
def test_a_bomb_in_a_page_is_a_problem_and_is_not_unpacked(pack):
    bomb = pack(b"<p>" + bytes(100_000_000))
    encoding = "gzip" if pack is gzip.compress else "br"
    tracemalloc.start()
    found = read_bytes(warc(response(bomb, ("Content-Encoding", encoding)), response()), Limits(record_bytes=1_000_000))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert outcome(found) == ["! #1", "#2"]
    assert "larger than 1000000 bytes" in found[0].reason  # type: ignore[union-attr]
    assert peak < 30_000_000


def test_a_bomb_of_a_record_is_passed_over_without_being_held():
    data = warc(response(bytes(50_000_000)), response(bytes(50_000_000), kind="video/mp4"), response())
    tracemalloc.start()
    found = read_bytes(data, Limits(record_bytes=1_000_000))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert outcome(found) == ["! #1", "#3"]
    assert peak < 10_000_000


@pytest.mark.parametrize("packed", [True, False])
def test_an_archive_that_was_cut_off_gives_what_came_before_and_a_problem(packed):
    data = warc(response(), response(), response(PAGE.encode() * 50), packed=packed)
    assert outcome(read_bytes(data[:-100])) == ["#1", "#2", "! #3"]


def test_damaged_gzip_costs_its_own_record_alone():
    first, second, third = warc(response()), bytearray(warc(response(bytes(range(256)) * 50))), warc(response())
    second[60:200] = bytes(140)
    assert outcome(read_bytes(first + second + third)) == ["#1", "! #2", "#3"]
    assert outcome(read_bytes(first + second[:150] + third + first)) == ["#1", "! #2", "#3", "#4"]
    assert outcome(read_bytes(first + b"nothing of gzip" + third)) == ["#1", "! #2", "#3"]
    assert outcome(read_bytes(first + b"nothing of gzip")) == ["#1", "! #2"]


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize(
    "header",
    [
        b"nonsense\r\n\r\nmore nonsense\r\n\r\n",
        b"WARC/9.9\r\nx: y\r\n\r\n",
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: -5\r\n\r\n\r\n\r\n",
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
        b"WARC/1.0\r\nWARC-Type: response\r\nX: " + b"\xe4" * 3_000_000 + b"\r\n\r\n",
        b"WARC/1.0\r\n" + b"X: y\r\n" * 300_000 + b"\r\n",
    ],
    ids=["none", "version", "no length", "negative", "no address", "long line", "many lines"],
)
def test_a_broken_header_costs_its_own_record_alone(packed, header):
    pack = gzip.compress if packed else bytes
    data = warc(response(), packed=packed) + pack(header) + warc(response(), packed=packed)
    found = read_bytes(data)
    assert outcome(found)[:2] == ["#1", "! #2"]
    assert outcome(found)[-1] == "#3"


def test_all_records_in_one_member_of_gzip_are_read():
    data = gzip.compress(warc(response(), response(), packed=False))
    assert outcome(read_bytes(data)) == ["#1", "#2"]
    assert outcome(read_bytes(data[:-30]))[:1] == ["#1"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [(b"", "is empty"), (b"no archive\n", "no web archive"), (gzip.compress(b"x", mtime=0), "no web archive")],
)
def test_a_file_that_is_no_archive_is_one_problem(data, reason):
    (problem,) = read_bytes(data)
    assert isinstance(problem, Problem)
    assert problem.source == "a.warc"
    assert reason in problem.reason


def test_a_page_without_an_article_is_a_problem_of_its_own():
    assert outcome(read_bytes(warc(response(b"<html></html>"), response(b"")))) == ["! #1", "! #2"]


def test_an_archive_is_found_by_its_suffix(tmp_path):
    for name in ("a.warc", "B.WARC.GZ", "c.gz"):
        (tmp_path / name).write_bytes(warc(response(), packed=name != "a.warc"))
    first, second, other = discover([tmp_path])
    assert isinstance(other, Problem) or isinstance(first, Problem)
    files = [item for item in (first, second, other) if isinstance(item, SourceFile)]
    assert [article.source for file in files for article in read_file(file)] == ["B.WARC.GZ#1", "a.warc#1"]


def test_members_that_only_begin_like_records_end_in_time():
    begin = zlib.compressobj(0, zlib.DEFLATED, 31)
    member = begin.compress(b"WARC/1.0\r\n") + begin.flush(zlib.Z_FULL_FLUSH)
    start = time.process_time()
    found = read_bytes(warc(response()) + member * 4_000)
    assert time.process_time() - start < 5
    assert outcome(found)[0] == "#1"


def test_memory_does_not_grow_with_the_number_of_records():
    def peak(count: int) -> int:
        data = warc(*[response(b"x" * 20_000, kind="image/png")] * count)
        tracemalloc.start()
        assert read_bytes(data) == []
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    assert peak(2_000) < peak(50) + 300_000


def test_what_is_unpacked_has_a_bound_for_its_layers():
    assert unpack("a", b"x", "", 10) == b"x"
    with pytest.raises(ValueError, match="packed 4 times"):
        unpack("a", b"x", "gzip, gzip, gzip, gzip", 10)
