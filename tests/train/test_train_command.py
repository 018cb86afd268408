"""koopgraph train: from a folder of gold to a model that a build uses; bad gold gives one line and exit 2."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("pycrfsuite", reason="fitting needs koopgraph[train]")


def koopgraph(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from koopgraph.cli import main; main()", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


def test_a_model_is_fitted_the_same_way_every_time_and_a_build_uses_it(gold: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        done = koopgraph("train", gold, "-o", tmp_path / name)
        assert done.returncode == 0, done.stderr
        assert "names: precision" in done.stderr
    files = sorted(p.name for p in (tmp_path / "one").iterdir())
    parts = ["decision.json", "domain.npz", "general.de.npz", "general.en.npz", "relations.npz"]
    assert files == sorted([*parts, "manifest.json"])
    assert all((tmp_path / "one" / f).read_bytes() == (tmp_path / "two" / f).read_bytes() for f in files)
    manifest = json.loads((tmp_path / "one" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["gold"]["articles"] == 6
    assert sorted(manifest["files"]) == parts
    assert set(manifest["figures"]) == {"names", "relations"}

    built = koopgraph("build", gold, "-o", tmp_path / "out", "--model", tmp_path / "one", "--extractor", "places")
    assert built.returncode == 0, built.stderr
    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert report["options"]["model"] == str(tmp_path / "one")
    assert report["entities"]["City"] == 6


def test_a_model_that_is_none_is_refused_before_anything_is_built(gold: Path, tmp_path: Path) -> None:
    done = koopgraph("build", gold, "-o", tmp_path / "out", "--model", tmp_path, "--extractor", "places")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "manifest.json" in done.stderr


def test_a_folder_without_gold_is_refused(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "missing"):
        done = koopgraph("train", folder, "-o", tmp_path / "model")
        assert done.returncode == 2
        assert str(folder) in done.stderr
        assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda data: data["entities"][0].update(type="Town"), "Town"),
        (lambda data: data["entities"][0].pop("mentions"), "mentions"),
        (lambda data: data["relations"][0].update(o="e99"), "e99"),
    ],
)
def test_malformed_gold_is_refused_with_its_file_and_fault(gold: Path, tmp_path: Path, change, message: str) -> None:  # type: ignore[no-untyped-def]
    file = gold / "tiny-3.json"
    data = json.loads(file.read_text(encoding="utf-8"))
    change(data)
    file.write_text(json.dumps(data), encoding="utf-8")
    done = koopgraph("train", gold, "-o", tmp_path / "model")
    assert done.returncode == 2
    assert "tiny-3.json" in done.stderr
    assert message in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "model").exists()


def test_labelled_data_that_is_not_there_is_refused(gold: Path, tmp_path: Path) -> None:
    done = koopgraph("train", gold, "-o", tmp_path / "model", "--germeval", tmp_path)
    assert done.returncode == 2
    assert "NER-de-dev.tsv" in done.stderr
