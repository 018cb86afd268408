"""Files on remote storage are listed and read as those of a folder; fsspec's memory stands for S3 and HDFS here."""

from __future__ import annotations

import builtins
import pickle

import pytest

from koopgraph.errors import ReadError
from koopgraph.model import Article, Problem
from koopgraph.read import SourceFile, discover, read, read_file

fsspec = pytest.importorskip("fsspec")

TEXT = "Brücke fertig\n\nIn Leipzig rollt der Verkehr wieder.\n"


@pytest.fixture
def bucket():
    storage = fsspec.filesystem("memory")
    storage.store.clear()
    yield storage
    storage.store.clear()


def put(storage, *paths: str, text: str = TEXT) -> None:
    for path in paths:
        storage.pipe_file(path, text.encode())


def names(found: list[SourceFile | Problem]) -> list[str]:
    return [item.name if isinstance(item, SourceFile) else f"! {item.source}" for item in found]


def test_a_remote_folder_is_listed_as_a_local_one_is(bucket, tmp_path):
    paths = ("b.txt", "Z.md", "ä.html", "a/x.txt", "a.jsonl", "a/.git/y.txt", ".z.txt", "README.md", "c.json", "d.odt")
    put(bucket, *(f"/presse/{path}" for path in paths))
    for path in paths:
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(TEXT, encoding="utf-8")
    expected = ["Z.md", "a/x.txt", "a.jsonl", "b.txt", "! d.odt", "ä.html"]
    assert names(discover(["memory://presse"])) == names(discover([tmp_path])) == expected
    assert names(discover(["memory://presse/"])) == expected


def test_a_remote_file_is_called_by_its_bare_name_and_read(bucket):
    put(bucket, "/presse/tief/Brücke.txt")
    (article,) = read(["memory://presse/tief/Brücke.txt"])
    assert isinstance(article, Article)
    assert (article.source, article.title) == ("Brücke.txt", "Brücke fertig")


def test_json_lines_are_read_from_remote_storage(bucket):
    put(bucket, "/presse/a.jsonl", text='{"text": "Im Hof wächst ein Garten."}\n\n{"text": "Im Hof steht ein Baum."}\n')
    assert [item.source for item in read(["memory://presse"])] == ["a.jsonl#1", "a.jsonl#3"]


def test_the_same_name_in_two_remote_folders_is_told_apart_and_a_file_reached_twice_listed_once(bucket):
    put(bucket, "/eins/presse/x.txt", "/zwei/presse/x.txt")
    sources = ["memory://eins/presse", "memory://zwei/presse", "memory://zwei/presse/x.txt"]
    assert names(discover(sources)) == ["x.txt", "presse/x.txt"]


def test_a_file_url_is_a_local_path(tmp_path):
    (tmp_path / "ä b.txt").write_text(TEXT, encoding="utf-8")
    assert discover([tmp_path.as_uri()]) == discover([tmp_path])
    assert discover([(tmp_path / "ä b.txt").as_uri(), tmp_path]) == discover([tmp_path])
    with pytest.raises(ReadError, match="three slashes"):
        discover(["file://server/presse"])


def test_a_remote_file_can_be_sent_to_another_process_and_sought(bucket):
    put(bucket, "/presse/a.txt")
    (file,) = discover(["memory://presse"])
    assert isinstance(file, SourceFile)
    again = pickle.loads(pickle.dumps(file))  # noqa: S301 - our own bytes
    assert again == file
    with again.open() as stream:
        assert stream.read().decode() == TEXT
        stream.seek(0)
        assert stream.read(3) == b"Br\xc3"


def test_a_remote_file_that_vanished_is_a_problem(bucket):
    (problem,) = read_file(SourceFile("memory://presse/weg.txt", "weg.txt"))
    assert isinstance(problem, Problem)
    assert "cannot be read" in problem.reason


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("memory://nirgends", "does not exist"),
        ("nonsense://bucket/a", "cannot be listed"),
        ("https://blatt.example/a.html", "fetches none"),
        ("zip://a.txt::memory://presse/a.zip", "chain"),
        ("simplecache::memory://presse/a.txt", "chain"),
    ],
)
def test_a_remote_source_that_cannot_be_listed_is_wrong_usage(bucket, source, reason):
    with pytest.raises(ReadError, match=reason) as error:
        discover([source])
    assert str(error.value).endswith(".")


def test_without_fsspec_a_remote_source_says_what_to_install(monkeypatch):
    real = builtins.__import__

    def without(name, *rest, **options):
        if name == "fsspec":
            raise ModuleNotFoundError(f"No module named '{name}'", name=name)
        return real(name, *rest, **options)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(ReadError, match=r"pip install 'koopgraph\[remote\]'"):
        discover(["s3://bucket"])
    (problem,) = read_file(SourceFile("s3://bucket/a.txt", "a.txt"))
    assert isinstance(problem, Problem)
