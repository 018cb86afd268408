"""Bytes become stored text: in every usual encoding the same, NFC, with one kind of line end."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koopgraph.errors import ReadError
from koopgraph.read.decode import clean, decode

UMLAUTS = "Größere Straßen für Käthe und Jörg: Über die Brücke läuft der Fußweg nach Süden."
QUOTED = f"„{UMLAUTS}“ – für 5 €"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "latin-1", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_umlauts_survive_every_usual_encoding(encoding):
    assert decode("a.txt", UMLAUTS.encode(encoding)) == UMLAUTS


def test_quotation_marks_dashes_and_the_euro_of_windows_survive():
    assert decode("a.txt", QUOTED.encode("cp1252")) == QUOTED


def test_what_is_not_western_is_left_to_the_statistics_of_charset_normalizer():
    text = "Город начал строить новый мост через реку, и мэр пообещал дальнейшие перемены в старом центре. " * 3
    assert decode("a.txt", text.encode("cp1251")) == text.strip()


def test_a_few_stray_bytes_do_not_turn_utf_8_into_gibberish():
    damaged = (UMLAUTS * 5).encode() + b" Caf\xe9"
    assert decode("a.txt", damaged) == UMLAUTS * 5 + " Café"


def test_the_declared_encoding_is_tried_where_the_bytes_are_no_utf_8():
    text = "Київ відкриває новий міст"
    assert decode("a.html", text.encode("koi8-u"), declared="koi8-u") == text


def test_an_unknown_declared_encoding_is_passed_over():
    assert decode("a.html", UMLAUTS.encode("latin-1"), declared="no-such-charset") == UMLAUTS


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7 plain so far", b"PK\x03\x04abc", bytes(range(32)) * 20, b"\x89PNG\r\n\x1a\n"]
)
def test_binary_files_are_refused(data):
    with pytest.raises(ReadError, match="binary"):
        decode("a.txt", data)


def test_a_stray_control_character_is_dropped():
    assert decode("a.txt", "Brü\x07cke".encode()) == "Brücke"


def test_decomposed_umlauts_become_composed():
    assert clean(unicodedata.normalize("NFD", "Zürich")) == "Zürich"


@pytest.mark.parametrize("end", ["\r\n", "\r", "\u2028", "\u2029", "\x85", "\f"])
def test_every_line_end_becomes_a_newline(end):
    assert clean(f"a{end}b") == "a\nb"


@given(st.text())
def test_stored_text_is_composed_has_no_carriage_return_and_stays_as_it_is(text):
    stored = clean(text)
    assert unicodedata.is_normalized("NFC", stored)
    assert "\r" not in stored
    assert clean(stored) == stored
    stored.encode("utf-8")


@given(st.binary(max_size=400))
def test_any_bytes_give_text_or_a_read_error(data):
    try:
        text = decode("a.txt", data)
    except ReadError:
        return
    assert unicodedata.is_normalized("NFC", text)
