"""What is kept is what was worked out, or nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from koopgraph.kept import kept_at, key_of

CONTENTS = [bytes([n]) * 1000 * n for n in range(5)]


def asked(path: Path, numbers: range, mark: bytes = b"") -> tuple[int, int]:
    """Ask for some contents; return how many were found, and how many had to be made."""
    with kept_at(path, mark) as kept:
        for number in numbers:
            assert kept.get(key_of(bytes([number])), lambda n=number: CONTENTS[n]) == CONTENTS[number]  # type: ignore[misc]
        return kept.found, kept.made


def test_what_was_asked_for_is_there_the_next_time(tmp_path: Path) -> None:
    path = tmp_path / "kept.pack"
    assert asked(path, range(3)) == (0, 3)
    assert asked(path, range(1, 5)) == (2, 2)
    assert asked(path, range(5)) == (4, 1)


def test_other_code_finds_nothing(tmp_path: Path) -> None:
    path = tmp_path / "kept.pack"
    asked(path, range(3), b"old")
    assert asked(path, range(3), b"new") == (0, 3)


def test_where_the_work_fails_all_stays_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "kept.pack"
    asked(path, range(3))
    before = path.read_bytes()
    with pytest.raises(ZeroDivisionError), kept_at(path) as kept:
        kept.get(b"new", lambda: bytes(1 // 0))
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["kept.pack"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cut=st.integers(0, 400), at=st.integers(0, 400), bits=st.integers(1, 255))
def test_a_damaged_file_costs_time_alone(cut: int, at: int, bits: int, tmp_path: Path) -> None:
    path = tmp_path / "kept.pack"
    path.unlink(missing_ok=True)
    asked(path, range(5))
    content = bytearray(path.read_bytes())
    content[at % len(content)] ^= bits
    path.write_bytes(content[: len(content) - cut] if cut % 3 == 0 else content)
    asked(path, range(5))
    assert asked(path, range(5)) == (5, 0)


def test_parts_of_a_key_are_told_apart() -> None:
    assert key_of(b"ab", b"c") != key_of(b"a", b"bc")
    assert key_of(b"") != key_of()
