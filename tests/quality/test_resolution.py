"""Quality of resolution is a gate: no figure falls below its floor in ``resolution.toml``; no single mistake is printed.

To see the figures: ``pytest tests/quality/test_resolution.py -rP``. Floors are raised by hand.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest

from koopgraph import build
from koopgraph.evaluate import Evaluation, evaluate
from koopgraph.evaluate.resolution import ALL, ResolutionScores, figures, found_graphs, gold_graphs
from koopgraph.link.geonames import link_places
from koopgraph.model import Options
from koopgraph.resolve.corpus import resolve_corpus

GOLD = Path(__file__).resolve().parents[1] / "data" / "resolution"
CORPUS = Path(__file__).resolve().parents[2].parent / "shared" / "corpus"
FLOORS: Mapping[str, Mapping[str, float]] = tomllib.loads(
    Path(__file__).with_name("resolution.toml").read_text(encoding="utf-8")
)


def measured(half: str, *, found: bool = False) -> ResolutionScores:
    """Return the figures of one half of the gold, resolved as a build does it."""
    judged = (found_graphs if found else gold_graphs)(GOLD / half)
    judged = [one._replace(graph=link_places(one.graph)) for one in judged]
    resolution = resolve_corpus([one.graph for one in judged], base=Options().base)
    items = ((one.graph.iri, entity.iri) for one in judged for entity in one.graph.entities)
    return figures(judged, {item: resolution.iri(item) for item in items})


@pytest.mark.parametrize("half", ["tune", "tune2", "held"])
def test_no_figure_of_resolution_is_below_its_floor(half: str) -> None:
    scores = measured(half)
    bcubed, pairwise = scores.bcubed[ALL], scores.pairwise[ALL]
    print(f"{half}: B-cubed {bcubed.figures()}, pairwise {pairwise.figures()}")
    assert bcubed.f1 >= FLOORS[half]["bcubed_f1"]
    assert pairwise.precision >= FLOORS[half]["pairwise_precision"]


@pytest.mark.parametrize("half", ["tune", "held"])
def test_names_that_koopgraph_finds_itself_are_resolved_nearly_as_well(half: str) -> None:
    given, found = measured(half), measured(half, found=True)
    print(f"{half}, names found: B-cubed {found.bcubed[ALL].figures()}, pairwise {found.pairwise[ALL].figures()}")
    assert found.bcubed[ALL].f1 >= given.bcubed[ALL].f1 - 0.05
    assert found.pairwise[ALL].precision >= FLOORS[half]["pairwise_precision"] - 0.03


@pytest.fixture(scope="module")
def joint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a build of all gold articles beside the checkout together."""
    halves = [CORPUS / name for name in ("train", "dev")]
    if not all(half.is_dir() for half in halves):
        pytest.skip("the corpus is not beside the checkout")
    folder = tmp_path_factory.mktemp("joint")
    build([path for half in halves for path in articles(half)], output=folder)
    return folder


def articles(half: Path) -> list[Path]:
    return sorted(path for path in half.iterdir() if path.suffix in {".txt", ".md", ".html"})


@pytest.mark.slow
def test_cities_of_a_joint_build_are_linked(joint: Path) -> None:
    links = json.loads((joint / "report.json").read_text(encoding="utf-8"))["links"]
    print(f"cities linked: {links['rate']}")
    assert links["rate"] >= FLOORS["build"]["link_rate"]


@pytest.mark.slow
def test_other_articles_cost_the_figures_of_an_article_next_to_nothing(joint: Path) -> None:
    alone, together = evaluate(CORPUS / "dev"), evaluate(CORPUS / "dev", dataset=joint)
    assert together.missing == ()
    fallen = {
        name: (before, after)
        for name, before, after in zip(("entities", "relations"), f1_of(alone), f1_of(together), strict=True)
        if after < before - FLOORS["build"]["fall_of_f1"]
    }
    print(f"entities, relations F1: alone {f1_of(alone)}, together {f1_of(together)}")
    assert fallen == {}


def f1_of(result: Evaluation) -> tuple[float, float]:
    """Return F1 of things and of relations over all articles."""
    entities, relations = result.scores.entities[ALL], result.scores.relations[ALL]
    return round(entities.f1, 4), round(relations.f1, 4)
