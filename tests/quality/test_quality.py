"""Quality is a gate: no figure falls below its floor in ``floors.toml``; no single mistake is printed here.

To raise the floors: ``koopgraph evaluate GOLD --floors tests/quality/floors.toml --update-floors``.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from koopgraph.evaluate import evaluate, floors

FLOORS = Path(__file__).with_name("floors.toml")
CORPUS = Path(__file__).resolve().parents[2].parent / "shared" / "corpus"


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(floors.read_floors(FLOORS)))
def test_no_figure_is_below_its_floor(name: str) -> None:
    if not (CORPUS / name).is_dir():
        pytest.skip("the corpus is not beside the checkout")
    result = evaluate(CORPUS / name)
    assert result.missing == ()
    assert [str(fall) for fall in floors.check(result, FLOORS)] == []
