"""The classifier: trees and linear scores as counted by hand, as CatBoost gives them, and as a file."""

from __future__ import annotations

import io
import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from koopgraph.classifier import Block, Classifier, Linear, Part, Trees, table_of
from koopgraph.errors import ModelError

COLUMNS = ("gap", "rule")
LINEAR = Linear(
    ("m leitet", "m in"),
    np.array([[2.0, 0.0], [0.5, -1.0]], dtype=np.float32),
    np.array([[1.0, 0.0], [0.0, 4.0]], dtype=np.float32),
    np.array([1.0, 2.0], dtype=np.float32),
    np.array([0.25, -0.5], dtype=np.float32),
)
# Bit 0 of the leaf: is the gap over 3? Bit 1: is the linear score, the column after the last, over 1?
TREES = Trees(
    np.array([[0, 2]], dtype=np.int32),
    np.array([[3.0, 1.0]], dtype=np.float32),
    np.array([[-1.0, -2.0, 3.0, 1.0]], dtype=np.float32),
    0.5,
)
MODEL = Classifier(COLUMNS, LINEAR, TREES, 1.0, 0.0, 0.5)
TABLE = np.array([[0.0, 0.0], [1.0, 0.0], [4.0, 0.0], [4.0, 1.0]])
EACH = np.arange(4)
BLOCKS = (Block(("gap",), TABLE[:, :1], EACH), Block(("rule",), np.array([[1.0], [0.0]]), np.array([1, 1, 1, 0])))
LABEL = np.array([0, 0, 0, 1])
PARTS = (
    Part({"m": [("leitet", "never seen"), ("in",)], "o": [("in",), ()]}, np.array([-1, 0, 1, 1])),
    Part({}, np.array([-1, -1, -1, -1])),
)


def chances(log_odds: list[float]) -> list[float]:
    return [1 / (1 + float(np.exp(-x))) for x in log_odds]


def test_a_linear_score_is_the_sum_of_the_labels_own_weights() -> None:
    assert LINEAR.score(PARTS, BLOCKS, LABEL).tolist() == pytest.approx(
        [0.25, 1 + 2 + 0.25, 4 + 0.5 + 0.25, 2 - 1 - 0.5]
    )


def test_the_answers_are_the_bits_of_a_leafs_number() -> None:
    table = np.array([[3, 0, 1], [4, 0, 1], [3, 0, 2], [4, 0, 2]], dtype=np.float32)
    assert TREES.score(table).tolist() == [-0.5, -1.5, 3.5, 1.5]


def test_a_probability_is_that_of_the_trees_over_measures_and_linear_score() -> None:
    found = MODEL.probability(BLOCKS, PARTS, LABEL)
    assert found.tolist() == pytest.approx(chances([-0.5, 3.5, 1.5, -1.5]))


def test_platts_scaling_keeps_the_order() -> None:
    scaled = replace(MODEL, slope=0.4, intercept=-0.7).probability(BLOCKS, PARTS, LABEL)
    assert scaled.tolist() == pytest.approx(chances([0.4 * x - 0.7 for x in (-0.5, 3.5, 1.5, -1.5)]))
    assert np.argsort(scaled).tolist() == np.argsort(MODEL.probability(BLOCKS, PARTS, LABEL)).tolist()


def test_what_the_linear_score_gives_up_is_impossible() -> None:
    hopeless = replace(LINEAR, intercept=np.array([-50.0, -0.5], dtype=np.float32))
    found = replace(MODEL, linear=hopeless).probability(BLOCKS, PARTS, LABEL)
    assert found.tolist() == pytest.approx([0, 0, 0, *chances([-1.5])])


def test_no_candidates_have_no_probabilities() -> None:
    none = np.zeros(0, dtype=np.int64)
    assert MODEL.probability((Block(COLUMNS, np.zeros((0, 2)), none),), (Part({}, none),), none).tolist() == []


def test_other_measures_than_those_fitted_are_refused() -> None:
    for columns in (("rule", "size"), ("gap",), ("gap", "rule", "rule")):
        with pytest.raises(ModelError, match="fit it again: koopgraph train"):
            MODEL.probability((Block(columns, np.zeros((4, len(columns))), EACH),), PARTS, LABEL)


def test_the_order_of_the_measures_does_not_matter() -> None:
    assert np.array_equal(table_of(BLOCKS), TABLE)
    turned = MODEL.probability(BLOCKS[::-1], PARTS, LABEL)
    assert turned.tolist() == MODEL.probability(BLOCKS, PARTS, LABEL).tolist()


def test_a_file_gives_the_same_model_and_the_same_bytes() -> None:
    content = MODEL.to_bytes()
    read = Classifier.from_bytes(content)
    assert read.to_bytes() == content == MODEL.to_bytes()
    assert (read.columns, read.linear.words, read.cut) == (COLUMNS, LINEAR.words, 0.5)
    found, wanted = (m.probability(BLOCKS, PARTS, LABEL) for m in (read, MODEL))
    assert found.tolist() == wanted.tolist()


@pytest.mark.parametrize("content", [b"", b"x", b"PK\x03\x04", MODEL.to_bytes()[:-1], MODEL.to_bytes()[:200]])
def test_what_is_no_model_is_refused(content: bytes) -> None:
    with pytest.raises(ModelError, match="this is no classifier"):
        Classifier.from_bytes(content)


def test_other_files_of_numpy_are_refused() -> None:
    single, many = io.BytesIO(), io.BytesIO()
    np.save(single, np.zeros(3))
    np.savez(many, header=np.frombuffer(b"[]", dtype=np.uint8))
    for file in (single, many):
        with pytest.raises(ModelError, match="this is no classifier"):
            Classifier.from_bytes(file.getvalue())


@given(st.integers(0, len(MODEL.to_bytes()) - 1), st.integers(0, 255))
def test_a_damaged_byte_gives_a_model_or_a_model_error(place: int, value: int) -> None:
    content = bytearray(MODEL.to_bytes())
    content[place] = value
    try:
        Classifier.from_bytes(bytes(content))
    except ModelError as error:
        assert "koopgraph train" in str(error)  # noqa: PT017 - either is right, anything else is not


def test_trees_say_what_catboost_says() -> None:
    catboost = pytest.importorskip("catboost", reason="fitting needs koopgraph[train]")
    from koopgraph.train.classifier import SEED, _trees
    from koopgraph.train.classifier import TREES as SETTINGS

    draw = np.random.default_rng(3)
    table = draw.normal(size=(300, 5)).astype(np.float32)
    true = table[:, 0] * table[:, 1] + draw.normal(scale=0.3, size=300) > 0
    booster = catboost.CatBoostClassifier(
        **SETTINGS, random_seed=SEED, thread_count=2, verbose=0, allow_writing_files=False
    )
    booster.fit(table, true.astype(int))
    unseen = draw.normal(size=(200, 5)).astype(np.float32)
    wanted = booster.predict(unseen, prediction_type="RawFormulaVal")
    assert _trees(table, true).score(unseen) == pytest.approx(wanted, abs=1e-4)


def test_long_wording_loses_no_precision() -> None:
    """Weights are summed in one go: a part's own sum must not depend on what stands before it."""
    draw = random.Random(5)
    words = tuple(f"w{n}" for n in range(50))
    weights = np.array([[draw.uniform(0, 3)] for _ in words], dtype=np.float32)
    one = np.zeros((1, 1), dtype=np.float32)
    linear = Linear(tuple(f"m {word}" for word in words), weights, one, one[0] + 1, one[0])
    before, last = [words] * 4000, ("w7", "w9")
    parts = (Part({"m": [*before, last]}, np.array([4000])),)
    alone = (Part({"m": [last]}, np.array([0])),)
    blocks, label = (Block(("gap",), np.zeros((1, 1)), np.array([0])),), np.array([0])
    assert linear.score(parts, blocks, label) == pytest.approx(linear.score(alone, blocks, label), rel=1e-6)
