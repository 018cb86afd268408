"""What a build says at the end: few problems by name, many by number, and where the time went."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import pytest

from koopgraph.cli.logs import Talk
from koopgraph.cli.summary import _KINDS, SHOWN, summarise
from koopgraph.model import ProblemKind


def problem(number: int, kind: str = "unreadable") -> dict[str, str]:
    return {"source": f"{kind}-{number}.txt", "reason": "is empty", "remedy": "Check it.", "kind": kind}


def report(problems: list[dict[str, str]], **sections: Any) -> dict[str, Any]:
    return {
        "counts": {"articles": 1000, "entities": 20_000, "statements": 30_000},
        "problems": problems,
        "cache": {"reused": 0, "read": 1000, "removed": 0},
        "processes": 1,
        "wall": 20.0,
        "timings": {"read": 1.0, "annotate": 8.0, "store": 1.0, "graph.ttl": 0.001},
        **sections,
    }


def said(capsys: pytest.CaptureFixture[str], told: dict[str, Any], talk: Talk | None = None) -> list[str]:
    summarise(told, Path("out"), talk or Talk())
    printed = capsys.readouterr()
    assert printed.out == ""
    return printed.err.splitlines()


def rows(lines: list[str]) -> dict[str, list[str]]:
    return {line.split()[0]: line.split()[1:] for line in lines if line.strip()}


def test_few_problems_are_all_named(capsys: pytest.CaptureFixture[str]) -> None:
    lines = said(capsys, report([problem(n) for n in range(SHOWN)]))
    assert sum("is empty. Check it." in line for line in lines) == SHOWN
    assert not any("more problems" in line for line in lines)


def test_of_many_problems_the_first_of_each_kind_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    many = [problem(n) for n in range(10_000)] + [problem(n, "extractor") for n in range(300)] + [problem(0, "link")]
    lines = said(capsys, report(many))
    named = [line for line in lines if "is empty. Check it." in line]
    assert [sum(line.startswith(kind) for line in named) for kind in ("unreadable", "extractor", "link")] == [6, 6, 1]
    assert f"and 10,288 more problems: all are in {Path('out') / 'report.json'}" in lines
    assert len(lines) < SHOWN + 20
    numbers = {line.rsplit(maxsplit=1)[0].strip(): line.rsplit(maxsplit=1)[1] for line in lines if " " in line}
    assert numbers["problems"] == "10,301"
    assert numbers["could not be read"] == "10,000"
    assert numbers["an extractor failed"] == "300"
    assert numbers["links without effect"] == "1"


def test_every_kind_of_problem_has_a_line() -> None:
    assert list(_KINDS) == ["unreadable", "limit", "failed", "extractor", "curation", "link"]
    assert set(_KINDS) == set(get_args(ProblemKind))


def test_the_name_of_a_file_steers_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    lines = said(capsys, report([{**problem(1), "source": "[red]a\x1b[2J\nb.txt"}]))
    assert lines[0] == "[red]a [2J b.txt: is empty. Check it."


def test_the_stages_are_shown_where_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    told = report([], cache={"reused": 900, "read": 100, "removed": 7}, processes=2)
    assert "annotate" not in rows(said(capsys, told))
    lines = said(capsys, told, Talk(verbose=1))
    table = rows(lines)
    assert table["annotate"] == ["8.00", "80%", "12.5"]  # of those that were read
    assert table["store"] == ["1.00", "10%", "1,000.0"]  # of all
    assert table["graph.ttl"] == ["0.00", "0%"]
    assert table["all"] == ["stages", "10.00"]
    assert "1,000 articles in 20 s, 50.0 a second, 2 processes; 900 as they were, 100 read, 7 removed" in lines
