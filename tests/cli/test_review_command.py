"""``koopgraph review`` as a user runs it, without a terminal: tables out and in, errors in one line."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from koopgraph.curation.file import read_curation
from koopgraph.curation.judgements import StatementJudgement, Verdict

from .conftest import Run

pytest.importorskip("textual", reason="the terminal interface needs koopgraph[review]")


def export(koopgraph: Run, built: Path, folder: Path, *options: str) -> list[dict[str, str]]:
    done = koopgraph("review", built, "--export", "queue.csv", *options)
    assert done.returncode == 0, done.stderr
    text = (folder / "queue.csv").read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def save(rows: list[dict[str, str]], path: Path) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=";")
        writer.writeheader()
        writer.writerows(rows)


def test_decisions_go_through_a_table_into_the_file_of_judgements(koopgraph: Run, built: Path, tmp_path: Path) -> None:
    rows = export(koopgraph, built, tmp_path)
    rows[0]["decision"], rows[1]["decision"] = "reject", "accept"
    save(rows, tmp_path / "queue.csv")
    done = koopgraph("review", built, "--import", "queue.csv", "--by", "Jana Muster")
    assert (done.returncode, done.stdout) == (0, b"")
    assert b"2 new judgements are in curation.yaml" in done.stderr
    found = [j for j in read_curation(tmp_path / "curation.yaml").judgements if isinstance(j, StatementJudgement)]
    assert [(j.verdict, j.made.by) for j in found] == [(Verdict.REJECT, "Jana Muster"), (Verdict.ACCEPT, "Jana Muster")]
    assert len(export(koopgraph, built, tmp_path)) == len(rows) - 2


def test_a_bad_row_takes_in_nothing(koopgraph: Run, built: Path, tmp_path: Path) -> None:
    rows = export(koopgraph, built, tmp_path)
    rows[0]["decision"], rows[1]["decision"] = "reject", "perhaps"
    save(rows, tmp_path / "queue.csv")
    done = koopgraph("review", built, "--import", "queue.csv")
    assert done.returncode == 2
    assert b"line 3" in done.stderr
    assert b"perhaps" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "curation.yaml").exists()


def test_filters_hold_for_the_table(koopgraph: Run, built: Path, tmp_path: Path) -> None:
    everything = export(koopgraph, built, tmp_path)
    people = export(koopgraph, built, tmp_path, "--class", "person")
    assert 0 < len(people) < len(everything)
    assert all("Person" in (row["class_1"], row["class_2"]) for row in people)
    english = export(koopgraph, built, tmp_path, "--article", "three-cities.md")
    assert 0 < len(english) < len(everything)


def test_judgements_go_where_the_build_looks_for_them(koopgraph: Run, tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    article = "Richtfest\n\nIn Leipzig fand am 3. Mai 2019 das Richtfest für das Projekt Hafenkante statt.\n"
    (tmp_path / "articles" / "a.txt").write_text(article, encoding="utf-8")
    assert koopgraph("build", "articles", "-o", "out", "--quiet").returncode == 0
    rows = export(koopgraph, tmp_path / "out", tmp_path)
    rows[0]["decision"] = "reject"
    save(rows, tmp_path / "queue.csv")
    assert koopgraph("review", "out", "--import", "queue.csv").returncode == 0
    assert len(read_curation(tmp_path / "articles" / "curation.yaml").judgements) == 1
    assert koopgraph("build", "articles", "-o", "out", "--quiet").returncode == 0
    left = {row["id"] for row in export(koopgraph, tmp_path / "out", tmp_path)}
    assert left.isdisjoint({rows[0]["id"]})


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "no terminal"),
        (["--export", "a.csv", "--import", "b.csv"], "do not go together"),
        (["--export", "a.csv", "--article", "none.txt"], "--article none.txt"),
        (["--import", "none.csv"], "none.csv: cannot be read"),
        (["--export", "no/such/folder.csv"], "cannot be written"),
    ],
)
def test_bad_usage_is_one_line_and_exit_code_2(koopgraph: Run, built: Path, arguments: list[str], message: str) -> None:
    done = koopgraph("review", built, *arguments)
    assert done.returncode == 2
    assert message in done.stderr.decode("utf-8")
    assert len(done.stderr.splitlines()) == 1


def test_a_malformed_file_of_judgements_is_one_line(koopgraph: Run, built: Path, tmp_path: Path) -> None:
    (tmp_path / "curation.yaml").write_text("- same: 7\n", encoding="utf-8")
    done = koopgraph("review", built, "--export", "queue.csv")
    assert done.returncode == 2
    assert b"line 1" in done.stderr
    assert not (tmp_path / "queue.csv").exists()


def test_a_folder_without_a_graph_is_one_line(koopgraph: Run, tmp_path: Path) -> None:
    done = koopgraph("review", tmp_path / "nothing", "--export", "queue.csv")
    assert done.returncode == 2
    assert b"koopgraph build" in done.stderr


def test_without_textual_it_says_how_to_install_it(built: Path, tmp_path: Path) -> None:
    code = (
        "import importlib.util as u; real = u.find_spec\n"
        "u.find_spec = lambda name, *rest: None if name == 'textual' else real(name, *rest)\n"
        "from koopgraph.cli import main; main(['review', " + repr(str(built)) + "])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, timeout=60, cwd=tmp_path)
    assert done.returncode == 2
    assert b"pip install 'koopgraph[review]'" in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
def test_on_a_terminal_keys_decide_and_q_ends(built: Path, tmp_path: Path) -> None:
    import pty
    import select
    import time

    code = "from koopgraph.cli import main; main(['review', " + repr(str(built)) + ", '--by', 'Jana Muster'])"
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(tmp_path)
        os.environ["TERM"] = "xterm-256color"
        os.execv(sys.executable, [sys.executable, "-c", code])  # noqa: S606 (that is the test)
    seen, keys, end = b"", [b"a", b"r", b"q"], time.monotonic() + 30
    while time.monotonic() < end:
        if select.select([terminal], [], [], 1.0)[0]:
            try:
                seen += os.read(terminal, 65536)
            except OSError:
                break
        elif keys and b"quit" in seen:
            os.write(terminal, keys.pop(0))
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    assert len(read_curation(tmp_path / "curation.yaml").judgements) == 2
