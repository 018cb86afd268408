"""Public labelled data: cut into our words with its spans kept, and the shipped general models measured on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from koopgraph.annotate.recognise.model import load_general, shipped
from koopgraph.errors import TrainError
from koopgraph.train.general import measure
from koopgraph.train.labelled import germeval, spans, wikigold

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"
GERMEVAL_FLOOR, WIKIGOLD_FLOOR = 0.73, 0.75
ROWS = "#\tsource\n1\tDie\tO\tO\n2\tSt.\tB-LOC\tO\n3\tGallen\tI-LOC\tO\n4\tEU-Geld\tB-ORGpart\tO\n"


def test_a_word_that_we_cut_in_two_keeps_one_name(tmp_path: Path) -> None:
    for part in ("dev", "test"):
        (tmp_path / f"NER-de-{part}.tsv").write_text(ROWS, encoding="utf-8")
    fitted, held_out = germeval(tmp_path)
    assert len(fitted) == 2
    assert held_out == []
    assert fitted[0].words == ("Die", "St", ".", "Gallen", "EU-Geld")
    assert spans(fitted[0].labels) == {(1, 4, "LOC"), (4, 5, "ORGpart")}


def test_another_file_under_the_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / "wikigold.conll.txt").write_text("one two three\n", encoding="utf-8")
    with pytest.raises(TrainError, match="wikigold"):
        wikigold(tmp_path)


@pytest.mark.slow
@pytest.mark.skipif(not DATA.is_dir(), reason="the labelled data is not beside the checkout")
def test_the_shipped_german_model_reaches_its_floor_on_the_fifth_that_it_was_not_fitted_on() -> None:
    _, held_out = germeval(DATA / "germeval2014")
    assert measure(load_general(shipped())["de"], held_out, "de")["f1"] >= GERMEVAL_FLOOR


@pytest.mark.slow
@pytest.mark.skipif(not DATA.is_dir(), reason="the labelled data is not beside the checkout")
def test_the_shipped_english_model_reaches_its_floor_on_the_fifth_that_it_was_not_fitted_on() -> None:
    _, held_out = wikigold(DATA / "wikigold")
    assert measure(load_general(shipped())["en"], held_out, "en")["f1"] >= WIKIGOLD_FLOOR
