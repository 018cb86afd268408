"""Sources become a deterministic list of files, each with a name of its own."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest

from koopgraph.errors import ReadError
from koopgraph.model import Problem
from koopgraph.read import SourceFile, discover
from koopgraph.read.files import CONTAINERS, READERS
from koopgraph.read.sources import COMPANIONS, READABLE


def write(path: Path, text: str = "Titel\n\nText.") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def names(found: list[SourceFile | Problem]) -> list[str]:
    return [item.name for item in found if isinstance(item, SourceFile)]


def problems(found: list[SourceFile | Problem]) -> list[str]:
    return [item.source for item in found if isinstance(item, Problem)]


def test_a_folder_is_walked_in_the_order_of_code_points_with_names_relative_to_it(tmp_path):
    for name in ("b.txt", "Z.md", "ä.html", "a/x.txt", "a.jsonl"):
        write(tmp_path / name)
    assert names(discover([tmp_path])) == ["Z.md", "a/x.txt", "a.jsonl", "b.txt", "ä.html"]


def test_a_file_given_directly_is_called_by_its_bare_name(tmp_path):
    assert names(discover([write(tmp_path / "deep" / "x.TXT")])) == ["x.TXT"]


def test_hidden_files_and_folders_and_companions_of_articles_are_skipped(tmp_path):
    for name in (
        ".hidden.txt",
        ".git/x.txt",
        "a.json",
        "SOURCES.tsv",
        "photo.JPG",
        "README.md",
        "LICENSE",
        "style.css",
    ):
        write(tmp_path / name)
    assert discover([tmp_path]) == []


def test_a_companion_given_by_name_is_read_or_reported(tmp_path):
    found = discover([write(tmp_path / "README.md"), write(tmp_path / "a.json")])
    assert names(found) == ["README.md"]
    assert problems(found) == ["a.json"]


@pytest.mark.parametrize("name", ["a.rtf", "c.odt", "d.gz", "e.weird", "nosuffix"])
def test_a_document_of_another_kind_in_a_folder_is_a_problem_with_a_remedy(tmp_path, name):
    write(tmp_path / name)
    (problem,) = discover([tmp_path])
    assert isinstance(problem, Problem)
    assert problem.source == name
    assert "unknown kind" in problem.reason
    assert ".txt" in problem.remedy


def test_a_source_that_does_not_exist_is_wrong_usage(tmp_path):
    with pytest.raises(ReadError, match="does not exist"):
        discover([tmp_path / "nowhere"])


def test_a_file_reached_twice_is_listed_once(tmp_path):
    file = write(tmp_path / "a" / "x.txt")
    os.symlink(file, tmp_path / "a" / "y.txt")
    assert names(discover([tmp_path, file, tmp_path / "a", str(file)])) == ["a/x.txt"]


def test_a_loop_of_links_is_reported_and_survived(tmp_path):
    write(tmp_path / "a" / "x.txt")
    os.symlink(tmp_path, tmp_path / "a" / "loop")
    found = discover([tmp_path])
    assert names(found) == ["a/x.txt"]
    assert problems(found) == ["a/loop"]


def test_a_broken_link_is_a_problem(tmp_path):
    os.symlink(tmp_path / "gone.txt", tmp_path / "x.txt")
    assert problems(discover([tmp_path])) == ["x.txt"]


def test_a_pipe_is_a_problem_and_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "x.txt")
    assert problems(discover([tmp_path])) == ["x.txt"]


def test_paths_are_read_from_standard_input(tmp_path):
    first, second = write(tmp_path / "ä b.txt"), write(tmp_path / "c.txt")
    assert names(discover(["-"], stdin=io.StringIO(f"{first}\n\n{second}\r\n"))) == ["ä b.txt", "c.txt"]


def test_the_same_name_in_two_folders_is_told_apart_by_the_folders_above(tmp_path):
    for folder in ("one/press", "two/press", "two/blog"):
        write(tmp_path / folder / "x.txt")
    found = discover([tmp_path / "one" / "press", tmp_path / "two" / "press", tmp_path / "two" / "blog"])
    assert names(found) == ["x.txt", "press/x.txt", "blog/x.txt"]


def test_as_many_folders_are_put_in_front_as_it_takes(tmp_path):
    for folder in ("one/press", "two/press", "three/press"):
        write(tmp_path / folder / "sub" / "x.txt")
    found = discover([tmp_path / "one" / "press", tmp_path / "two" / "press", tmp_path / "three" / "press"])
    assert names(found) == ["sub/x.txt", "press/sub/x.txt", "three/press/sub/x.txt"]


def test_names_are_composed_whatever_the_file_system_stores(tmp_path):
    write(tmp_path / "Zu\u0308rich.txt")
    assert names(discover([tmp_path])) == ["Zürich.txt"]


def test_every_suffix_that_is_taken_for_readable_has_a_reader():
    assert set(READABLE) == {*READERS, *CONTAINERS}
    assert not set(READABLE) & set(COMPANIONS)


def test_a_name_that_is_no_unicode_can_still_be_written(tmp_path):
    path = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    Path(os.fsdecode(path)).write_text("Titel")
    (name,) = names(discover([tmp_path]))
    assert name.encode("utf-8").decode() == "caf\ufffd.txt"
