"""Files that appear whole or not at all."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from koopgraph.errors import ExportError
from koopgraph.files import atomic_write, remove_leftovers


def test_the_file_appears_only_when_the_block_ends(tmp_path: Path) -> None:
    path = tmp_path / "a.bin"

    with atomic_write(path) as file:
        file.write(b"abc")
        assert not path.exists()

    assert path.read_bytes() == b"abc"
    assert os.listdir(tmp_path) == ["a.bin"]


def test_text_is_utf8_with_the_line_ends_that_were_written(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"

    with atomic_write(path, "w") as file:
        file.write("Nürnberg\n")

    assert path.read_bytes() == "Nürnberg\n".encode()


@pytest.mark.parametrize("failure", [ValueError, KeyboardInterrupt])
def test_a_block_that_fails_leaves_the_old_file_and_nothing_else(tmp_path: Path, failure: type[BaseException]) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old", encoding="utf-8")

    with pytest.raises(failure), atomic_write(path, "w") as file:  # noqa: PT012 -- the block is what is tested
        file.write("half")
        raise failure

    assert path.read_text(encoding="utf-8") == "old"
    assert os.listdir(tmp_path) == ["a.txt"]


def test_two_writers_of_one_file_do_not_disturb_each_other(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"

    with atomic_write(path, "w") as first, atomic_write(path, "w") as second:
        first.write("first")
        second.write("second")

    assert path.read_text(encoding="utf-8") == "first"
    assert os.listdir(tmp_path) == ["a.txt"]


def test_a_missing_folder_is_reported_with_what_to_do(tmp_path: Path) -> None:
    with (
        pytest.raises(ExportError, match="Check that the folder exists"),
        atomic_write(tmp_path / "missing" / "a.txt"),
    ):
        pass


def test_a_folder_in_place_of_the_file_is_reported(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="is a folder"), atomic_write(tmp_path):
        pass


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has neither of these links nor these permissions")
def test_a_link_is_followed_and_permissions_are_those_of_any_new_file(tmp_path: Path) -> None:
    target, link, plain = tmp_path / "target.txt", tmp_path / "link.txt", tmp_path / "plain.txt"
    link.symlink_to(target)
    plain.write_text("x", encoding="utf-8")

    with atomic_write(link, "w") as file:
        file.write("through")

    assert link.is_symlink()
    assert target.read_text(encoding="utf-8") == "through"
    assert stat.S_IMODE(target.stat().st_mode) == stat.S_IMODE(plain.stat().st_mode)


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="this system has no /dev/null")
def test_a_device_is_written_and_not_replaced() -> None:
    with atomic_write(Path("/dev/null")) as file:
        file.write(b"gone")

    assert not Path("/dev/null").is_file()


def test_leftovers_of_killed_writers_go(tmp_path: Path) -> None:
    (tmp_path / ".koopgraph-00.tmp").write_text("half")
    (tmp_path / "mine.tmp").write_text("whole")
    remove_leftovers(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.tmp"]
