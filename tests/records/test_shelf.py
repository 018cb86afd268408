"""Records come back as they were put in, in the order asked for; what is broken or of no use goes."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from koopgraph.errors import StoreError
from koopgraph.model import ArticleGraph, Problem
from koopgraph.records import Contents, Record, Shelf, write_shard
from koopgraph.records.shelf import SCATTERED

FAILED = (Problem("a.txt", "extractor people: no", "Again", "extractor"),)


def key(number: int) -> bytes:
    return number.to_bytes(32, "big")


def put(folder: Path, graph: ArticleGraph, numbers: list[int], failures: tuple[Problem, ...] = ()) -> str:
    return write_shard(folder, [Record.of(key(number), graph, failures) for number in numbers])


@pytest.fixture
def one(sample_graphs: tuple[ArticleGraph, ...]) -> ArticleGraph:
    """Return what an article with umlauts states."""
    return sample_graphs[0]


def test_a_record_comes_back_as_it_was(sample_graphs: tuple[ArticleGraph, ...], tmp_path: Path) -> None:
    for number, graph in enumerate(sample_graphs):
        put(tmp_path, graph, [number])
    shelf = Shelf(tmp_path)
    assert [record.graph for record in shelf.read([key(1), key(0)])] == [sample_graphs[1], sample_graphs[0]]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(st.lists(st.lists(st.integers(0, 30), min_size=1, unique=True), max_size=12), st.randoms())
def test_records_come_in_the_order_of_the_keys(
    one: ArticleGraph, tmp_path_factory: pytest.TempPathFactory, shards: list[list[int]], random: Random
) -> None:
    folder = tmp_path_factory.mktemp("shelf")
    for numbers in shards:
        put(folder, one, numbers)
    wanted = sorted({number for numbers in shards for number in numbers})
    random.shuffle(wanted)
    assert [record.key for record in Shelf(folder).read(map(key, wanted))] == [key(number) for number in wanted]


def test_what_failed_is_read_again_by_the_next_build(one: ArticleGraph, tmp_path: Path) -> None:
    shard = put(tmp_path, one, [1], FAILED)
    put(tmp_path, one, [2])
    shelf = Shelf(tmp_path)
    assert (key(1) in shelf, key(2) in shelf) == (False, True)
    shelf.take_in(shard)
    (record,) = shelf.read([key(1)])
    assert record.failures == FAILED


def test_a_broken_shard_is_made_again(one: ArticleGraph, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    put(tmp_path, one, [1])
    broken = tmp_path / put(tmp_path, one, [2])
    broken.write_bytes(broken.read_bytes()[:-100])
    (tmp_path / "empty.parquet").touch()
    (tmp_path / ".koopgraph-1.tmp").write_bytes(b"half")
    shelf = Shelf(tmp_path)
    assert (len(shelf), len(list(tmp_path.iterdir()))) == (1, 1)
    assert "is damaged" in caplog.text


def test_a_shard_that_goes_while_it_is_needed_is_a_clear_error(one: ArticleGraph, tmp_path: Path) -> None:
    shard = put(tmp_path, one, [1])
    shelf = Shelf(tmp_path)
    (tmp_path / shard).unlink()
    with pytest.raises(StoreError, match=r"cannot be read .* Run koopgraph build again"):
        list(shelf.read([key(1)]))


def test_what_no_article_uses_goes(one: ArticleGraph, tmp_path: Path) -> None:
    kept = put(tmp_path, one, [1, 2])
    put(tmp_path, one, [3, 4])
    put(tmp_path, one, [5])
    shelf = Shelf(tmp_path)
    shelf.keep([key(2), key(3), key(1)])
    assert len(list(tmp_path.iterdir())) == 2
    assert (tmp_path / kept).exists()
    for known in (shelf, Shelf(tmp_path)):
        assert [number for number in range(6) if key(number) in known] == [1, 2, 3]


def test_many_small_shards_are_put_together(one: ArticleGraph, tmp_path: Path) -> None:
    numbers = range(SCATTERED + 10)
    for number in numbers:
        put(tmp_path, one, [number])
    shelf = Shelf(tmp_path)
    shelf.keep([key(number) for number in numbers])
    assert len(list(tmp_path.iterdir())) == 2
    for known in (shelf, Shelf(tmp_path)):
        assert [record.key for record in known.read(map(key, numbers))] == [key(number) for number in numbers]


def test_contents_hold_while_every_record_is_there(one: ArticleGraph, tmp_path: Path) -> None:
    shard = put(tmp_path, one, [1, 2])
    bad_line = Problem("a.jsonl#3", "is no JSON", "Correct it")
    contents = Contents(key(9))
    for entry in (key(2), bad_line, key(1)):
        contents.add(entry)
    Shelf(tmp_path).note(contents, "a.jsonl")
    assert Shelf(tmp_path).contents(key(9)) == [key(2), bad_line, key(1)]
    assert Shelf(tmp_path).contents(key(8)) is None
    (tmp_path / shard).unlink()
    assert Shelf(tmp_path).contents(key(9)) is None


def test_a_file_that_could_not_be_read_to_its_end_is_read_again(tmp_path: Path) -> None:
    contents = Contents(key(9))
    contents.add(Problem("a.warc", "needs warcio, which is not installed", "Install it"))
    shelf = Shelf(tmp_path)
    shelf.note(contents, "a.warc")
    assert shelf.contents(key(9)) is None


def test_old_contents_go(tmp_path: Path) -> None:
    Shelf(tmp_path).note(Contents(key(9)), "a.jsonl")
    shelf = Shelf(tmp_path)
    assert shelf.contents(key(9)) == []
    shelf.keep([])
    assert shelf.contents(key(9)) == []
    Shelf(tmp_path).keep([])
    assert Shelf(tmp_path).contents(key(9)) is None
