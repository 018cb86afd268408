"""An evaluation as a whole, and its figures beside those of the corpus's own scorer."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from koopgraph import build
from koopgraph.errors import KoopgraphError
from koopgraph.evaluate import Evaluation, evaluate
from koopgraph.evaluate.report import mistake_tables, tables, to_dict
from koopgraph.evaluate.scores import ALL
from koopgraph.model import Options

CORPUS = Path(__file__).resolve().parents[2].parent / "shared" / "corpus"
PART = "train-0"


@pytest.fixture(scope="module")
def result() -> Evaluation:
    return evaluate(Path(__file__).resolve().parents[1] / "data" / "gold")


def test_the_small_gold_articles_are_read_and_measured(result: Evaluation) -> None:
    assert result.scores.articles == 3
    assert {language: scores.articles for language, scores in result.languages.items()} == {"de": 2, "en": 1}
    assert result.missing == ()
    assert result.scores.entities["City"].f1 > 0.5
    assert result.scores.entities[ALL] == sum(
        (scores.entities[ALL] for scores in result.languages.values()), start=type(result.scores.entities[ALL])()
    )


def test_a_built_graph_gives_the_same_figures(result: Evaluation, gold_folder: Path, tmp_path: Path) -> None:
    build([gold_folder], output=tmp_path)
    for dataset in (tmp_path, tmp_path / "dataset.trig"):
        assert evaluate(gold_folder, dataset=dataset).scores == result.scores


def test_doubtful_relations_can_be_left_out(result: Evaluation, gold_folder: Path) -> None:
    careful = evaluate(gold_folder, options=Options(min_confidence=0.6))
    assert careful.reliability.number < result.reliability.number
    assert all(b.low >= 0.6 for b in careful.reliability.bins)
    assert careful.scores.entities == result.scores.entities


def test_articles_that_the_graph_lacks_are_named(gold_folder: Path, tmp_path: Path) -> None:
    build([gold_folder / "hafenkante.txt"], output=tmp_path)
    partial = evaluate(gold_folder, dataset=tmp_path)
    assert partial.missing == ("canal-quarter.txt", "werkstattgespraech.md")
    assert "not in the graph: canal-quarter.txt" in list(tables(partial))[2].caption


def test_every_mistake_is_in_a_table(result: Evaluation) -> None:
    rows = sum(len(table.rows) for table in mistake_tables(result))
    assert rows == len(result.wrong_relations()) + len(result.wrong_entities())
    assert all(len(row) == len(table.header) for table in mistake_tables(result) for row in table.rows)


def test_json_has_all_figures_and_the_mistakes_where_asked(result: Evaluation) -> None:
    data = json.loads(json.dumps(to_dict(result, mistakes=True)))
    assert data["entities"][ALL]["correct"] == result.scores.entities[ALL].correct
    assert set(data["languages"]) == {"de", "en"}
    assert {"share", "characters_f1"} <= set(data["evidence"])
    assert data["mistakes"]["relations"]
    assert "mistakes" not in to_dict(result)


def test_a_missing_dataset_is_an_error_for_the_user(gold_folder: Path) -> None:
    with pytest.raises(KoopgraphError, match="nowhere"):
        evaluate(gold_folder, dataset="nowhere")


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not beside the checkout")
def test_the_figures_are_those_of_the_corpus_scorer(tmp_path: Path) -> None:
    gold = tmp_path / "train"
    gold.mkdir()
    for file in (CORPUS / "train").glob(f"{PART}*"):
        shutil.copy(file, gold)
    build([gold], output=tmp_path / "out")
    command = [sys.executable, str(CORPUS / "score.py"), str(gold), str(tmp_path / "out" / "dataset.trig"), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    theirs = json.loads(done.stdout.rpartition("\n}")[0] + "}")
    ours = to_dict(evaluate(gold))
    for part in ("entities", "relations"):
        assert counts(ours[part]) == {
            name: (tally.get("tp", 0), tally.get("fp", 0), tally.get("fn", 0)) for name, tally in theirs[part].items()
        }


def counts(tallies: object) -> dict[str, tuple[int, int, int]]:
    assert isinstance(tallies, dict)
    return {name: (tally["correct"], tally["spurious"], tally["missed"]) for name, tally in tallies.items()}
