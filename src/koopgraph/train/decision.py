"""Fitting the decision: logistic regression on candidates of articles that the chain was not fitted on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from koopgraph.annotate.recognise.candidates import Candidate
from koopgraph.annotate.recognise.decision import Decision
from koopgraph.evaluate.gold import GoldEntity
from koopgraph.model import EntityType
from koopgraph.resolve.names import key

PENALTY = 2.0  # on the squares of the weights
RAREST = 4  # a feature that fewer candidates have is left out
_TITLES = re.compile(r"^(?:(?:prof|dr|mag|dipl|ing|herr|frau|mr|mrs|ms)\b\.?[ -]*)+", re.IGNORECASE)


def is_gold(candidate: Candidate, entities: Sequence[GoldEntity]) -> bool:
    """Whether the gold has an entity of the candidate's class and one of its names."""
    names = plain_names((form for m in candidate.mentions for form in (m.name, m.text)), candidate.type)
    return any(
        entity.type is candidate.type and names & plain_names((entity.name, *entity.mentions), entity.type)
        for entity in entities
    )


def plain_names(names: Iterable[str], kind: EntityType) -> set[str]:
    """Return ``names`` as they are compared: without inflection, signs and the titles of people."""
    return {key(_TITLES.sub("", n) if kind is EntityType.PERSON else n, kind) for n in names}


def fit_decision(examples: Sequence[tuple[Mapping[str, float], bool]]) -> Decision:
    """Return the decision that fits ``examples`` (features, and whether it is a name) best."""
    from scipy.optimize import minimize

    counts: dict[str, int] = {}
    for features, _ in examples:
        for name in features:
            counts[name] = counts.get(name, 0) + 1
    names = sorted(name for name, count in counts.items() if count >= RAREST)
    column = {name: n for n, name in enumerate(names)}
    values = np.zeros((len(examples), len(names)))
    for row, (features, _) in enumerate(examples):
        for name, value in features.items():
            if name in column:
                values[row, column[name]] = value
    signs = np.array([1.0 if right else -1.0 for _, right in examples])
    free = np.array([0.0 if name == "bias" else PENALTY for name in names])

    def loss(weights: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        margins = signs * (values @ weights)
        cost = np.logaddexp(0.0, -margins).sum() + 0.5 * (free * weights**2).sum()
        slope = -signs / (1.0 + np.exp(np.clip(margins, -50, 50)))
        return float(cost), values.T @ slope + free * weights

    best = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 500})
    return Decision(dict(zip(names, (float(w) for w in best.x), strict=True)))
