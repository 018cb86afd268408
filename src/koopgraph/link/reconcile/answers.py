"""A service's answers, read with distrust: what is not as the protocol says is dropped and counted."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from math import isfinite
from typing import Any

from koopgraph.link.reconcile.manifest import Manifest

LONGEST_TEXT = 200
"""Characters kept of a name or description that a service sends."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that the service holds possible. ``match`` is its own verdict, None where it gives none.

    ``score`` is the service's; ``features`` are what the score is made of, by the id of the property, where told.
    """

    iri: str
    name: str
    score: float
    match: bool | None = None
    description: str = ""
    features: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """The well-formed candidates for one query, and how many were not."""

    candidates: tuple[Candidate, ...]
    malformed: int = 0


def read_answer(entry: object, manifest: Manifest) -> Answer:
    """Read the answer to one query; raise ``ValueError`` where it is no list of candidates.

    Candidates come in an order of their own, whatever the service's: best score first, equal ones by IRI; of one
    entry that comes twice the better score counts.
    """
    results = entry.get("result") if isinstance(entry, dict) else None
    if not isinstance(results, list):
        raise ValueError("no list of candidates")
    found = [_candidate(result, manifest) for result in results]
    ordered = sorted((c for c in found if c is not None), key=lambda c: (-c.score, c.iri, c.name))
    distinct = {candidate.iri: candidate for candidate in reversed(ordered)}
    candidates = tuple(c for c in ordered if distinct[c.iri] is c)
    return Answer(candidates, found.count(None))


def _candidate(result: Any, manifest: Manifest) -> Candidate | None:
    match result:
        case {"id": str(identifier), "name": str(name), "score": given}:
            iri, score = manifest.iri(identifier), finite(given)
            if iri is None or score is None or score < 0 or not plain(name):
                return None
            verdict = result.get("match")
            return Candidate(
                iri=iri,
                name=plain(name),
                score=score,
                match=verdict if isinstance(verdict, bool) else None,
                description=plain(result.get("description")),
                features=_features(result.get("features")),
            )
    return None


def _features(given: object) -> tuple[tuple[str, float], ...]:
    features = {}
    for feature in given if isinstance(given, list) else ():
        match feature:
            case {"id": str(name), "value": bool(holds)}:
                features[name] = float("inf") if holds else 0.0
            case {"id": str(name), "value": given} if (value := finite(given)) is not None:
                features[name] = value
    return tuple(sorted(features.items()))


def finite(value: object) -> float | None:
    """Return a number of JSON, None for anything else: a text, true, NaN, what no float can hold.

    >>> finite(7), finite("7"), finite(True), finite(float("nan"))
    (7.0, None, None, None)
    """
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        return float(value) if isfinite(value) else None
    except OverflowError:
        return None


def plain(text: object) -> str:
    """Return a text of a service on one line, without control and formatting characters, cut where it is long.

    >>> plain("Leipzig\\n\\u202e(Stadt)")
    'Leipzig (Stadt)'
    """
    if not isinstance(text, str):
        return ""
    spaced = " ".join(text.split())
    kept = "".join(c for c in spaced if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn"))
    return kept[:LONGEST_TEXT].strip()
