"""weigh: how likely each statement is, by what the rules found and how an article speaks of two things.

The rules tell what a passage states; the relation model, fitted on gold articles, tells how often they are right
where things stand so, and finds what no rule covers. Each statement's confidence is then a probability.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from koopgraph.annotate.recognise.model import shipped
from koopgraph.classifier import Classifier
from koopgraph.errors import ModelError, SettingsError
from koopgraph.extract.registry import Extractor, ExtractorFactory, Table
from koopgraph.model import Annotated, Statement
from koopgraph.weigh.claims import Claim, claims_of
from koopgraph.weigh.findings import context_statement, is_told
from koopgraph.weigh.pairs import RELATION_NAMES, candidates_of
from koopgraph.weigh.rows import Rows, rows_of
from koopgraph.weigh.scene import Scene, make_scene

__all__ = ["CONTEXT", "RULES", "load_model", "weigh"]

NAME = "context"
RELATIONS_FILE = "relations.npz"
# The extractors whose statements the model was fitted on; those of others keep the confidence they come with.
RULES = frozenset({"people", "undertakings", "events", "places", "awards", "mottos", "offices", "themes"})
FLOOR = 0.1  # what is less likely than this is not worth keeping, whatever --min-confidence says
CHUNK = 30_000  # candidates that are measured at once: a table of some hundred columns of so many rows


@lru_cache(maxsize=4)
def load_model(path: str | None = None) -> Classifier:
    """Return the relation model in the folder ``path``, or the shipped one; raises :class:`ModelError`."""
    folder = shipped() if path is None else Path(path)
    try:
        return Classifier.from_bytes(folder.joinpath(RELATIONS_FILE).read_bytes())
    except (OSError, ModelError) as error:
        raise ModelError(f"{folder}: its part {RELATIONS_FILE} cannot be read ({error})") from error


def weigh(annotated: Annotated, statements: Sequence[Statement], model: Classifier) -> tuple[Statement, ...]:
    """Return ``statements`` with the probability that ``model`` gives them, and those that it finds itself.

    Statements of extractors that the model does not know stay as they are, in front of the others.
    """
    known = [s for s in statements if s.extractor in RULES]
    others = tuple(s for s in statements if s.extractor not in RULES)
    blocks = list(make_scene(annotated, known).blocks())
    weighed: dict[tuple[object, ...], Statement] = {}
    for block in blocks:
        claims = claims_of(block, known)
        for rows in rows_of(block, candidates_of(block).chunks(CHUNK), claims):
            for statement in _weigh(block, rows, claims, model):
                same = weighed.setdefault(_without_confidence(statement), statement)
                if statement.confidence > same.confidence:
                    weighed[_without_confidence(statement)] = statement
    # In a long article, two things that no block has together cannot be weighed.
    apart = tuple(s for s in known if not any(_has_both(block, s) for block in blocks)) if len(blocks) > 1 else ()
    return others + apart + tuple(weighed.values())


def _without_confidence(one: Statement) -> tuple[object, ...]:
    return (one.subject, one.relation, one.object, one.evidence, one.extractor, one.role, one.rule)


def _with_confidence(one: Statement, confidence: float) -> Statement:
    """Return :func:`dataclasses.replace` of the confidence, which takes three times as long."""
    return Statement(one.subject, one.relation, one.object, one.evidence, one.extractor, confidence, one.role, one.rule)


def _has_both(scene: Scene, statement: Statement) -> bool:
    return scene.number_of(statement.subject) is not None and scene.number_of(statement.object) is not None


def _weigh(scene: Scene, rows: Rows, claims: Sequence[Claim], model: Classifier) -> Iterator[Statement]:
    candidates = rows.candidates
    probability = model.probability(rows.blocks, rows.parts, candidates.relation)
    found: dict[tuple[int, int, int], list[Statement]] = defaultdict(list)
    for claim in claims:
        found[claim.relation, claim.subject, claim.object].append(claim.statement)
    pairs = candidates.pairs
    for row in (probability >= FLOOR).nonzero()[0]:
        pair, relation = int(candidates.pair[row]), int(candidates.relation[row])
        subject, target = int(pairs.subject[pair]), int(pairs.object[pair])
        told = found.get((relation, subject, target), [])
        if RELATION_NAMES[relation] == "cooperatesWith":
            told = told + found.get((relation, target, subject), [])
        confidence = round(float(probability[row]), 3)
        if told:
            yield from (_with_confidence(s, confidence) for s in told)
        else:
            near = int(pairs.near_subject[pair]), int(pairs.near_object[pair])
            if is_told(scene, near):
                yield context_statement(scene, RELATION_NAMES[relation], subject, target, near, NAME, confidence)


def _make(settings: Table) -> Extractor:
    unknown = sorted(set(settings) - {"model"})
    if unknown:
        raise SettingsError(f"extractor {NAME!r} has no setting {', '.join(unknown)}; it takes: model")
    path = settings.get("model")
    model = load_model(str(path) if path else None)
    return Extractor(
        NAME, _states_nothing, weigh=lambda annotated, statements: weigh(annotated, statements, model), cut=model.cut
    )


def _states_nothing(annotated: Annotated) -> Sequence[Statement]:
    """By itself it states nothing: it weighs, once the others have spoken."""
    return ()


CONTEXT = ExtractorFactory(NAME, _make)
