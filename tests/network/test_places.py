"""The file of places: what was written is read again, and anything else is no more than a warning."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from koopgraph.network.places import read_places, write_places

BASE = "https://example.org/id/"
PLACES = {f"{BASE}city/ulm": (1.5, -0.1), "urn:x": (3.0, 4.0), f"{BASE}city/ärger": (0.0, 1e6), BASE: (7.0, 7.0)}


@pytest.mark.parametrize("base", ["", BASE, f"{BASE}city/", "urn:"])
def test_places_are_read_as_they_were_written_whatever_their_base(tmp_path: Path, base: str) -> None:
    write_places(tmp_path / "layout.json", PLACES, base=base)
    assert read_places(tmp_path / "layout.json") == PLACES


def test_the_same_places_give_the_same_bytes(tmp_path: Path) -> None:
    for name, places in (("a", PLACES), ("b", dict(reversed(PLACES.items())))):
        write_places(tmp_path / name, places, base=BASE)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    write_places(tmp_path / "none", {})
    assert read_places(tmp_path / "none") == {}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"version": 2, "base": "", "places": {}}',
        b'{"version": 1, "base": 5, "places": {}}',
        b'{"version": 1, "base": "", "places": []}',
        b'{"version": 1, "base": "", "places": {"a": [1]}}',
        b'{"version": 1, "base": "", "places": {"a": [1, null]}}',
        b'{"version": 1, "base": "", "places": {"a": [1, NaN]}}',
        b'{"version": 1, "base": "", "places": {"a": [1, 1' + b"0" * 400 + b"]}}",
    ],
)
def test_a_broken_file_is_a_warning(tmp_path: Path, caplog: pytest.LogCaptureFixture, content: bytes) -> None:
    (tmp_path / "layout.json").write_bytes(content)
    with caplog.at_level(logging.WARNING):
        assert read_places(tmp_path / "layout.json") == {}
    assert "laid out anew" in caplog.text


def test_no_file_is_no_warning_and_a_folder_is_one(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    assert read_places(tmp_path / "layout.json") == {}
    assert not caplog.text
    assert read_places(tmp_path) == {}
    assert "laid out anew" in caplog.text
