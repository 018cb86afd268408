"""A build that is killed at any moment: outputs are old or new, and the next build goes on where it stopped."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

SCRIPT = Path(__file__).with_name("killed_builds.py")
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes cannot be forked here")


def killed(folder: Path, *, rounds: int, seed: int, jobs: int = 1) -> list[dict[str, Any]]:
    """Kill builds, and return what came of each."""
    told = subprocess.run(
        [sys.executable, str(SCRIPT), str(folder), str(rounds), str(seed), str(jobs)],
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert told.returncode == 0, told.stderr
    found: list[dict[str, Any]] = json.loads(told.stdout)["rounds"]
    return found


def test_killed_at_random_points(tmp_path: Path) -> None:
    rounds = killed(tmp_path, rounds=3, seed=1)
    assert [one for one in rounds if one["wrong"]] == []


@pytest.mark.slow
def test_killed_at_fifty_random_points(tmp_path: Path) -> None:
    rounds = killed(tmp_path, rounds=50, seed=2)
    assert [one for one in rounds if one["wrong"]] == []
    # They were spread over the whole build: some had read nothing yet, some everything.
    assert {one["kept"] for one in rounds} >= {0, 20}


@pytest.mark.slow
def test_killed_with_its_workers(tmp_path: Path) -> None:
    rounds = killed(tmp_path, rounds=4, seed=3, jobs=2)
    assert [one for one in rounds if one["wrong"]] == []
