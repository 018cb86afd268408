"""Floors: a figure below one is told, they rise and never fall by themselves, and changed gold is noticed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from koopgraph.errors import EvaluationError
from koopgraph.evaluate import Evaluation, evaluate, floors, read_gold
from koopgraph.evaluate.floors import FIGURES

HERE = Path(__file__).resolve().parents[1] / "data" / "gold"


@pytest.fixture(scope="module")
def result() -> Evaluation:
    return evaluate(HERE)


@pytest.fixture
def file(tmp_path: Path, result: Evaluation) -> Path:
    """Return a file with the floors that were measured."""
    path = tmp_path / "floors.toml"
    assert floors.update(result, path) == []
    return path


def changed(file: Path, figure: str, floor: str) -> Path:
    """Set that figure's floor anew in every language."""
    lines = [f"{figure} = {floor}" if x.startswith(figure) else x for x in file.read_text("utf-8").splitlines()]
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def test_new_floors_are_what_was_measured_for_each_language(file: Path, result: Evaluation) -> None:
    known = floors.read_floors(file)["gold"]
    assert set(known.figures) == {(language, figure) for language in ("de", "en") for figure in FIGURES}
    german = result.languages["de"].entities["ALL"].f1
    assert german - 0.001 < known.figures["de", "entities_f1"] <= german
    assert floors.check(result, file) == []


def test_a_figure_below_its_floor_is_told_in_one_line(file: Path, result: Evaluation) -> None:
    falls = floors.check(result, changed(file, "relations_precision", "1.1"))
    assert [(fall.language, fall.figure) for fall in falls] == [("de", FIGURES[2]), ("en", FIGURES[2])]
    assert str(falls[0]).endswith("below its floor 1.100")


def test_a_language_that_is_gone_falls_to_nothing(file: Path, result: Evaluation) -> None:
    with file.open("a", encoding="utf-8") as out:
        out.write("\n[gold.und]\nentities_f1 = 0.5\n")
    assert [(fall.language, fall.measured) for fall in floors.check(result, file)] == [("und", 0.0)]


def test_an_update_raises_floors(file: Path, result: Evaluation) -> None:
    before = file.read_bytes()
    changed(file, "entities_f1", "0.1")
    assert floors.update(result, file) == []
    assert file.read_bytes() == before


def test_an_update_lowers_none_unless_allowed(file: Path, result: Evaluation) -> None:
    before = changed(file, "entities_f1", "0.999").read_bytes()
    assert [fall.figure for fall in floors.update(result, file)] == ["entities_f1", "entities_f1"]
    assert file.read_bytes() == before
    assert floors.update(result, file, allow_lower=True) == []
    assert floors.check(result, file) == []


def test_floors_of_other_folders_stay(file: Path, result: Evaluation) -> None:
    with file.open("a", encoding="utf-8") as out:
        out.write('\n["other gold"]\ngold = "sha256:0"\n\n["other gold".de]\nentities_f1 = 0.5\n')
    floors.update(result, file)
    assert floors.read_floors(file)["other gold"].figures == {("de", "entities_f1"): 0.5}


def test_changed_gold_fails_with_a_clear_message(file: Path, tmp_path: Path) -> None:
    copy = tmp_path / "gold"
    shutil.copytree(HERE, copy)
    with (copy / "hafenkante.txt").open("a", encoding="utf-8") as out:
        out.write("Noch ein Satz.\n")
    other = evaluate(copy)
    with pytest.raises(EvaluationError, match="not the one that the floors"):
        floors.check(other, file)
    with pytest.raises(EvaluationError, match="--allow-lower"):
        floors.update(other, file)
    assert floors.update(other, file, allow_lower=True) == []


def test_the_hash_sees_names_and_contents_not_line_ends(tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(HERE, copy)
    first = floors.gold_hash(read_gold(HERE))
    for path in copy.iterdir():
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert floors.gold_hash(read_gold(copy)) == first
    (copy / "hafenkante.json").rename(copy / "hafen.json")
    assert floors.gold_hash(read_gold(copy)) != first


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("[gold", "no valid TOML"),
        ("gold = 1", "gold is no table"),
        ("[gold]\nsize = 3", "no table with the hash"),
        ('[gold]\ngold = "x"\n[gold.de]\nentities_f2 = 0.5', "entities_f2 is none of"),
        ('[gold]\ngold = "x"\n[gold.de]\nentities_f1 = "high"', "a number"),
        ('[dev]\ngold = "x"', "has no floors for gold"),
    ],
)
def test_a_malformed_file_is_named(tmp_path: Path, result: Evaluation, content: str, says: str) -> None:
    file = tmp_path / "floors.toml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(EvaluationError, match=says):
        floors.check(result, file)


def test_a_missing_file_says_how_to_make_one(tmp_path: Path, result: Evaluation) -> None:
    with pytest.raises(EvaluationError, match="--update-floors"):
        floors.check(result, tmp_path / "none.toml")
