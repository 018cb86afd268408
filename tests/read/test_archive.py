"""Zip archives are looked at before they are unpacked, and nothing in them reaches beyond them."""

from __future__ import annotations

import io
import zipfile

import pytest

from koopgraph.errors import ReadError
from koopgraph.limits import Limits
from koopgraph.read.archive import entry_path, open_archive, read_entry


def packed(*entries: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> io.BytesIO:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return file


def test_an_archive_within_the_limits_is_opened():
    with open_archive("a", packed(("ä.txt", b"x")), Limits()) as archive:
        assert read_entry(archive, "a", "ä.txt") == b"x"
        with pytest.raises(ReadError, match=r"lacks the file 'b\.txt'"):
            read_entry(archive, "a", "b.txt")


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        (Limits(archive_entries=2), "more than 2 files"),
        (Limits(archive_bytes=1_000_000), "larger than 1000000 bytes"),
        (Limits(archive_ratio=50), "more than 50 times"),
    ],
)
def test_too_many_files_too_large_and_too_tightly_packed_are_refused(limits, reason):
    with pytest.raises(ReadError, match=reason):
        open_archive("a", packed(("a", b"x"), ("b", b"x"), ("c", bytes(2_000_000))), limits)


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_ways_of_packing_that_take_any_memory_are_refused(method):
    with pytest.raises(ReadError, match="packed in a way"):
        open_archive("a", packed(("a", b"x" * 100), method=method), Limits())


def test_a_password_is_a_problem():
    data = bytearray(packed(("a", b"x" * 100)).getvalue())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(ReadError, match="password"):
        open_archive("a", io.BytesIO(bytes(data)), Limits())


def test_an_entry_is_not_unpacked_beyond_the_size_that_the_table_of_contents_gives():
    data = bytearray(packed(("a", bytes(900_000))).getvalue())
    at = data.index(b"PK\x01\x02") + 24
    data[at : at + 4] = (100).to_bytes(4, "little")
    archive = open_archive("a", io.BytesIO(bytes(data)), Limits())
    with pytest.raises(ReadError, match="damaged"):
        read_entry(archive, "a", "a")


@pytest.mark.parametrize(
    "data",
    [b"", b"PK\x03\x04", b"no archive", packed(("a", b"x" * 1000)).getvalue()[:-30]],
    ids=["empty", "begun", "text", "cut"],  # of bytes they would be other names in each process: a ZIP has the time
)
def test_what_is_no_archive_is_refused(data):
    with pytest.raises(ReadError, match="no readable archive"):
        open_archive("a", io.BytesIO(data), Limits())


@pytest.mark.parametrize(
    ("reference", "path"),
    [
        ("a.xhtml", "OPS/a.xhtml"),
        ("./b/../a.xhtml?x#y", "OPS/a.xhtml"),
        ("../a.xhtml", "a.xhtml"),
        ("../../a.xhtml", ""),
        ("%2e%2e/%2e%2e/etc/passwd", ""),
        ("/etc/passwd", ""),
        ("file:///etc/passwd", ""),
        ("https://blatt.example/a.xhtml", ""),
        ("//blatt.example/a.xhtml", ""),
        ("#a", ""),
        ("", ""),
        ("http://[", ""),
    ],
)
def test_a_reference_leads_nowhere_but_into_the_archive(reference, path):
    assert entry_path("OPS/content.opf", reference) == path
