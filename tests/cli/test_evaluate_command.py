"""``koopgraph evaluate``: 0 fine, 1 below a floor, 2 for what cannot be read."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., "CompletedProcess[bytes]"]
GOLD = Path(__file__).resolve().parents[1] / "data" / "gold"


def test_tables_go_to_standard_output(koopgraph: Run) -> None:
    done = koopgraph("evaluate", GOLD)
    text = done.stdout.decode("utf-8")
    assert (done.returncode, done.stderr) == (0, b"")
    assert "Things in 3 articles" in text
    assert "By language: de 2 articles, en 1 article" in text
    assert "Missed" not in text


def test_errors_are_listed_with_their_sentence(koopgraph: Run) -> None:
    text = koopgraph("evaluate", GOLD, "--errors").stdout.decode("utf-8")
    assert "Spurious relations: " in text
    assert "Missed things: " in text


def test_json_is_one_document(koopgraph: Run) -> None:
    data = json.loads(koopgraph("evaluate", GOLD, "--json", "--errors").stdout)
    assert data["articles"] == 3
    assert set(data["mistakes"]) == {"relations", "entities"}


def test_floors_are_made_kept_and_broken(koopgraph: Run, tmp_path: Path) -> None:
    file = tmp_path / "floors.toml"
    assert koopgraph("evaluate", GOLD, "--floors", file, "--update-floors").returncode == 0
    assert koopgraph("evaluate", GOLD, "--floors", file).returncode == 0
    file.write_text(file.read_text("utf-8").replace("entities_f1 = 0", "entities_f1 = 1"), encoding="utf-8")
    broken = koopgraph("evaluate", GOLD, "--floors", file)
    assert broken.returncode == 1
    assert len(broken.stderr.splitlines()) == 2
    assert b"koopgraph: de entities_f1 is 0." in broken.stderr
    refused = koopgraph("evaluate", GOLD, "--floors", file, "--update-floors")
    assert refused.returncode == 1
    assert b"--allow-lower" in refused.stderr
    assert koopgraph("evaluate", GOLD, "--floors", file, "--update-floors", "--allow-lower").returncode == 0


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["nowhere"], "no such folder"),
        ([GOLD, "--floors", "none.toml"], "none.toml"),
        ([GOLD, "--dataset", "none"], "Run koopgraph build first"),
        ([GOLD, "--update-floors"], "needs --floors"),
        ([GOLD, "--floors", "f.toml", "--allow-lower"], "goes with --update-floors"),
    ],
)
def test_what_cannot_be_done_is_one_clear_line_and_exit_2(koopgraph: Run, arguments: list[str], says: str) -> None:
    done = koopgraph("evaluate", *arguments)
    assert done.returncode == 2
    assert says in done.stderr.decode("utf-8", "replace")
    assert len(done.stderr.splitlines()) == 1
