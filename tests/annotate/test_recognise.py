"""The trained model at work: exact sums, spans inside the text, one answer for one input."""

from __future__ import annotations

import itertools
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from koopgraph.annotate import annotate, view_of
from koopgraph.annotate.recognise.candidates import mend
from koopgraph.annotate.recognise.chain import Chain, Chunk, attributes
from koopgraph.annotate.recognise.clusters import Clusters
from koopgraph.annotate.recognise.sums import lattices
from koopgraph.annotate.recognise.words import WordFeatures
from koopgraph.model import Article, EntityType

LABELS = ("O", "B-City", "I-City")
WORDS = WordFeatures.load("de")
TEXT = "Umbau in Köln\n\nDas Projekt „Grüne Fuge“ in Köln beginnt. Petra Schneider von der TU Dortmund leitet es."


def chain(seed: int, *chunks: Chunk) -> Chain:
    """Return a chain with random weights for every feature of ``chunks``."""
    random = np.random.default_rng(seed)
    names = sorted({f for chunk in chunks for found in attributes(chunk, WORDS) for f in found})
    weights = random.normal(scale=0.1, size=(len(names), len(LABELS))).astype(np.float32)
    transitions = random.normal(size=(len(LABELS), len(LABELS))).astype(np.float32)
    return Chain(LABELS, {name: row for row, name in enumerate(names)}, weights, transitions)


def by_hand(model: Chain, chunk: Chunk) -> dict[tuple[int, ...], float]:
    """Return the probability of every labelling, each summed up on its own."""
    scores = np.zeros((len(chunk.words), len(LABELS)))
    for place, found in enumerate(attributes(chunk, WORDS)):
        for name in found:
            scores[place] += model.weights[model.rows[name]]
    weight = {}
    for labels in itertools.product(range(len(LABELS)), repeat=len(chunk.words)):
        total = sum(scores[place, label] for place, label in enumerate(labels))
        total += sum(model.transitions[a, b] for a, b in itertools.pairwise(labels))
        weight[labels] = float(np.exp(total))
    whole = sum(weight.values())
    return {labels: value / whole for labels, value in weight.items()}


def test_marginals_and_spans_equal_the_sum_over_all_labellings() -> None:
    chunks = [
        Chunk(("Köln", "an", "der", "Spree"), ((("x",),), (), (("y", "z"), ("x",)), ())),
        Chunk(("Ufer",), ((("x",),),), ("z",)),
        Chunk((), ()),
        Chunk(("Grüne", "Fuge"), ((), (("y",),)), ("lang",)),
    ]
    model = chain(7, *chunks)
    for chunk, lattice in zip(chunks, lattices(model, chunks, WORDS), strict=True):
        exact = by_hand(model, chunk)
        marginals = lattice.marginals
        for place, label in itertools.product(range(len(chunk.words)), range(len(LABELS))):
            wanted = sum(p for labels, p in exact.items() if labels[place] == label)
            assert marginals[place, label] == pytest.approx(wanted, abs=1e-4)
        for first, last in itertools.combinations_with_replacement(range(len(chunk.words)), 2):
            span = (1, *([2] * (last - first)))
            wanted = sum(
                p
                for labels, p in exact.items()
                if labels[first : last + 1] == span and labels[last + 1 : last + 2] != (2,)
            )
            assert lattice.span(first, last, "City") == pytest.approx(wanted, abs=1e-4)


def test_a_chain_comes_back_from_its_bytes_the_same() -> None:
    model = chain(3, Chunk(("Köln", "Süd"), ((("ä",),), ())))
    data = model.to_bytes()
    again = Chain.from_bytes(data)
    assert again.rows == model.rows
    assert np.allclose(again.weights, model.weights, atol=1e-3)
    assert again.to_bytes() == data


@given(st.dictionaries(st.text(alphabet="abcäöüß-.0", min_size=1, max_size=8), st.integers(0, 999), max_size=20))
def test_clusters_come_back_from_their_bytes(clusters: dict[str, int]) -> None:
    table = Clusters.from_bytes(Clusters.of(clusters).to_bytes())
    assert {word: table.get(word) for word in clusters} == clusters
    assert table.get("not there") is None


@given(st.text(alphabet="abäß \n„“»«()*-–:.,A", max_size=40), st.data())
@settings(deadline=None)
def test_mending_keeps_a_span_inside_the_text(text: str, data: st.DataObject) -> None:
    view = view_of(Article("a.txt", text, "", "de"))
    if view.tokens:
        first = data.draw(st.integers(0, len(view.tokens) - 1))
        mended = mend(view, first, data.draw(st.integers(first, len(view.tokens) - 1)))
        assert mended is None or first <= mended[0] <= mended[1] < len(view.tokens)


@pytest.mark.parametrize(
    ("text", "words", "wanted"),
    [
        ("im Stück „Leinen los“ dazu", (3, 5), "Leinen los"),
        ("Modellversuch „Altstadt ohne Abriss“ hier", (0, 4), "Modellversuch „Altstadt ohne Abriss“"),
        ("das Zentrum „ dort", (1, 2), "Zentrum"),
        ("die Sitzung des Bau- und Verkehrsausschusses", (1, 3), None),
        ("in Görlitz (Sachsen) dann", (1, 3), "Görlitz (Sachsen)"),
    ],
)
def test_a_name_does_not_end_in_half_a_pair_or_a_hyphen(text: str, words: tuple[int, int], wanted: str | None) -> None:
    view = view_of(Article("a.txt", text, "", "de"))
    mended = mend(view, *words)
    found = None if mended is None else text[view.tokens[mended[0]].start : view.tokens[mended[1]].end]
    assert found == wanted


def test_confidences_are_probabilities() -> None:
    mentions = annotate(Article("a.txt", TEXT, "Umbau in Köln", "de")).mentions
    assert mentions
    assert all(0 < m.confidence < 1 for m in mentions)


def test_the_same_text_gives_the_same_mentions_in_another_process() -> None:
    code = (
        "import sys; from koopgraph.annotate import annotate; from koopgraph.model import Article;"
        "print(ascii(annotate(Article('a.txt', sys.argv[1], 'Umbau in Köln', 'de')).mentions))"
    )
    runs = [
        subprocess.run([sys.executable, "-c", code, TEXT], capture_output=True, check=True, timeout=60).stdout
        for _ in range(2)
    ]
    assert runs[0] == runs[1]
    assert ascii(annotate(Article("a.txt", TEXT, "Umbau in Köln", "de")).mentions) == runs[0].decode().strip()


def test_a_project_that_is_written_small_all_over_the_article_is_found() -> None:
    text = (
        "hofgrün wächst weiter\n\nhofgrün, ein Projekt der Stadt Kassel, zieht Bilanz. "
        "Mit hofgrün wurden drei Höfe begrünt. hofgrün endet im Mai."
    )
    mentions = annotate(Article("a.txt", text, "hofgrün wächst weiter", "de")).mentions
    assert [m.type for m in mentions if m.name == "hofgrün"] == [EntityType.PROJECT] * 4
