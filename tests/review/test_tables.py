"""The queue as CSV and the decisions that come back: safe for spreadsheets, whole or not at all."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koopgraph.curation.file import read_curation
from koopgraph.curation.judgements import Judgement, Made, PairJudgement, StatementJudgement, ThingKey, Verdict
from koopgraph.errors import CurationError, ReviewError
from koopgraph.export.tables import guarded, unguarded
from koopgraph.model import EntityType
from koopgraph.review.queue import Queue
from koopgraph.review.tables import COLUMNS, add_all, read_decisions, row_of, write_queue

MADE = Made(by="Jana Muster", on="2026-11-23")


@pytest.fixture
def table(queue: Queue, tmp_path: Path) -> Path:
    path = tmp_path / "queue.csv"
    assert write_queue(queue, queue.entries, path) == len(queue.entries)
    return path


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def save(path: Path, cells: list[dict[str, str]], *, separator: str = ",", encoding: str = "utf-8-sig") -> None:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(cells[0]), delimiter=separator)
    writer.writeheader()
    writer.writerows(cells)
    path.write_bytes(text.getvalue().encode(encoding))


def decided(path: Path, *decisions: str) -> list[dict[str, str]]:
    cells = rows(path)
    for row, decision in zip(cells, decisions, strict=False):
        row["decision"] = decision
    return cells


def test_the_table_has_a_row_for_each_question_and_a_mark_for_excel(table: Path, queue: Queue) -> None:
    assert table.read_bytes().startswith(b"\xef\xbb\xbf")
    found = rows(table)
    assert tuple(found[0]) == COLUMNS
    assert [row["id"] for row in found] == [entry.id for entry in queue.entries]
    assert {row["decision"] for row in found} == {""}


def test_cells_that_a_spreadsheet_would_calculate_are_guarded(queue: Queue, tmp_path: Path) -> None:
    assert guarded("=1+1") == "'=1+1"
    assert all(
        not cell.startswith(("=", "+", "-", "@"))
        for entry in queue.entries
        for cell in row_of(queue.item(entry)).values()
    )


@given(st.text())
def test_a_guarded_cell_comes_back_as_it_was(cell: str) -> None:
    assert unguarded(guarded(cell)) == cell
    assert not guarded(cell).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_an_unchanged_table_decides_nothing(table: Path, queue: Queue) -> None:
    assert read_decisions(table, queue, (), MADE) == ()


@pytest.mark.parametrize(("separator", "encoding"), [(",", "utf-8"), (";", "utf-8-sig"), ("\t", "utf-8-sig")])
def test_decisions_are_read_from_the_tables_that_spreadsheets_write(
    table: Path, queue: Queue, separator: str, encoding: str
) -> None:
    save(table, decided(table, "reject", "Different", "", "a"), separator=separator, encoding=encoding)
    found = read_decisions(table, queue, (), MADE)
    assert [judgement.verdict for judgement in found if isinstance(judgement, PairJudgement | StatementJudgement)] == [
        Verdict.REJECT,
        Verdict.DIFFERENT,
        Verdict.ACCEPT,
    ]
    assert {judgement.made for judgement in found} == {MADE}


@given(st.lists(st.sampled_from(["", "unsure", "u", "U"]), min_size=6, max_size=6))
def test_every_decision_comes_back(
    queue: Queue, tmp_path_factory: pytest.TempPathFactory, decisions: list[str]
) -> None:
    path = tmp_path_factory.mktemp("round") / "queue.csv"
    write_queue(queue, queue.entries, path)
    save(path, decided(path, *decisions), separator=";")
    expected = [
        queue.item(entry).judgement(Verdict.UNSURE, MADE)
        for entry, word in zip(queue.entries, decisions, strict=True)
        if word
    ]
    assert list(read_decisions(path, queue, (), MADE)) == expected


def test_what_the_file_says_already_is_left_out(table: Path, queue: Queue) -> None:
    save(table, decided(table, "reject", "same"))
    first = read_decisions(table, queue, (), MADE)
    assert read_decisions(table, queue, first, MADE) == ()
    save(table, decided(table, "accept", "same"))
    (changed,) = read_decisions(table, queue, first, MADE)
    assert isinstance(changed, StatementJudgement)
    assert changed.verdict is Verdict.ACCEPT


def test_all_bad_rows_are_named_by_their_lines(table: Path, queue: Queue) -> None:
    save(table, decided(table, "same", "accept", "reject"))
    with pytest.raises(ReviewError, match=r"line 2: .*'same'.*; line 3: .*'accept'.*Nothing was taken in"):
        read_decisions(table, queue, (), MADE)


def test_a_row_of_another_graph_is_found_by_its_names(table: Path, queue: Queue) -> None:
    cells = decided(table, "reject", "same")
    for row in cells:
        row["id"] = "proposal-of-another-graph"
    save(table, cells)
    statement, pair = read_decisions(table, queue, (), MADE)
    assert isinstance(pair, PairJudgement)
    assert pair.things[1] == ThingKey(EntityType.PERSON, "Jana Schmidt", "b.txt")
    assert isinstance(statement, StatementJudgement)
    assert statement.statement.relation == "leads"


@pytest.mark.parametrize(
    ("column", "cell", "message"),
    [
        ("class_1", "Alien", "tell what is meant"),
        ("name_2", "", "tell what is meant"),
        ("relation", "eats", "unknown relation"),
        ("value", "16.09.2015", "not have this statement any more"),
    ],
)
def test_a_row_that_means_nothing_is_an_error(table: Path, queue: Queue, column: str, cell: str, message: str) -> None:
    cells = decided(table, "reject")
    cells[0].update({"id": "", column: cell})
    save(table, cells)
    with pytest.raises(ReviewError, match=f"line 2: .*{message}"):
        read_decisions(table, queue, (), MADE)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "no columns"),
        (b"a,b\n1,2\n", "no columns"),
        (b"decision,id\n\xfc,1\n", "not UTF-8"),
    ],
)
def test_what_is_no_table_of_decisions_is_refused(table: Path, queue: Queue, content: bytes, message: str) -> None:
    table.write_bytes(content)
    with pytest.raises(ReviewError, match=message):
        read_decisions(table, queue, (), MADE)


def test_a_table_that_does_not_exist_is_refused(queue: Queue, tmp_path: Path) -> None:
    with pytest.raises(ReviewError, match="cannot be read"):
        read_decisions(tmp_path / "none.csv", queue, (), MADE)


def test_a_table_does_not_offer_what_needs_a_class_first(two_classes: Queue, tmp_path: Path) -> None:
    path = tmp_path / "queue.csv"
    write_queue(two_classes, [entry for entry in two_classes.entries if len(entry.forms) == 2], path)
    assert [row["choices"] for row in rows(path)] == ["different / unsure"]
    save(path, decided(path, "same"))
    with pytest.raises(ReviewError, match="line 2: says that a thing of class"):
        read_decisions(path, two_classes, (), MADE)


def test_judgements_are_added_behind_what_the_file_has(queue: Queue, file: Path) -> None:
    file.write_text("# ours\n- rename: {class: City, name: Kiel}\n  to: Kiel an der Förde\n", encoding="utf-8")
    new = tuple(queue.item(entry).judgement(Verdict.UNSURE, MADE) for entry in queue.entries)
    add_all(file, new)
    assert len(read_curation(file).judgements) == 1 + len(new)
    assert file.read_text(encoding="utf-8").startswith("# ours\n")
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_where_one_judgement_cannot_be_written_none_is(queue: Queue, file: Path) -> None:
    good = queue.item(queue.entries[0]).judgement(Verdict.REJECT, MADE)
    bad: Judgement = PairJudgement(
        Verdict.SAME, (ThingKey(EntityType.CITY, "Kiel\ud800"), ThingKey(EntityType.CITY, "Kiel"))
    )
    with pytest.raises(CurationError):
        add_all(file, (good, bad))
    assert list(file.parent.iterdir()) == []
