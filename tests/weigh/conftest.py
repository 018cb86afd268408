"""A relation model that finds every candidate likely: what is done with probabilities is tested without a fitted one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from koopgraph.classifier import Block, Floats, Ints, Part, columns_of, table_of


class Sure:
    """A model that gives every candidate the same probability."""

    def __init__(self, chance: float = 0.9) -> None:
        """Give every candidate the probability ``chance``."""
        self.chance = chance

    def probability(self, blocks: Sequence[Block], parts: Sequence[Part], label: Ints) -> Floats:
        """Return the same for all, once the rows fit together."""
        columns, table = columns_of(blocks), table_of(blocks)
        assert len(set(columns)) == len(columns)
        assert table.shape == (len(label), len(columns))
        assert np.isfinite(table).all()
        assert all(len(part.of) == len(label) for part in parts)
        assert all(part.of.max(initial=-1) < len(part) for part in parts)
        return np.full(len(label), self.chance)


@pytest.fixture(scope="session")
def sure() -> type[Sure]:
    """Return the class of models that give every candidate the same probability."""
    return Sure
