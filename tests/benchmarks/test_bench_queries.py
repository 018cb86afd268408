"""The benchmark of queries: a small one asks every question, and most find something."""

from __future__ import annotations

from pathlib import Path

import bench_queries as bench
import triples

from koopgraph.query import list_questions
from koopgraph.store import open_store


def test_every_question_is_asked_and_most_find_something(tmp_path: Path) -> None:
    triples.write_store(tmp_path, 20_000)
    found = list(bench.timings(open_store(tmp_path), repeats=1))
    assert {one.question for one in found} == {question.name for question in list_questions()}
    required = {one.question: one.rows for one in found[::-1]}
    assert sum(rows > 0 for rows in required.values()) > 0.8 * len(required)
    assert bench.questions_table(found, 20_000).row_count == len(found)


def test_the_other_measures_are_taken(tmp_path: Path) -> None:
    triples.write_store(tmp_path, 5_000)
    assert bench.others_table(tmp_path, 5_000, seed=1).row_count == 4
