"""An evaluation on paper: tables of text, and JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby

from koopgraph.evaluate.evaluation import Evaluation
from koopgraph.evaluate.mistakes import Mistake
from koopgraph.evaluate.scores import ALL, Scores, Tally

_FIGURES = ("precision", "recall", "F1", "correct", "spurious", "missed")


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its columns, its rows as texts, and what to say below it."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str


def tables(evaluation: Evaluation) -> Iterator[Table]:
    """Yield the tables of an evaluation: things by class, relations, languages, reliability of confidence."""
    scores = evaluation.scores
    yield _tallies("class", scores.entities, f"Things in {_articles(scores)}")
    yield _tallies("relation", scores.relations, f"Relations in {_articles(scores)}; {_evidence(evaluation)}")
    yield _languages(evaluation.languages, evaluation.missing)
    table = evaluation.reliability
    yield Table(
        ("confidence", "relations", "mean", "correct"),
        tuple(
            (f"{b.low:.1f} to {b.high:.1f}", str(b.number), f"{b.mean_confidence:.3f}", f"{b.correct:.3f}")
            for b in table.bins
        ),
        f"Confidence of {table.number} relations: expected calibration error {table.expected_error:.3f}, "
        f"Brier score {table.brier:.3f}",
    )


def mistake_tables(evaluation: Evaluation) -> Iterator[Table]:
    """Yield the mistakes: spurious relations, surest first; missed ones by reason; things."""
    relations = evaluation.wrong_relations()
    spurious = [m for m in relations if m.kind == "spurious"]
    yield Table(
        ("confidence", "article", "relation", "subject", "object", "things", "sentence"),
        tuple((_number(m.confidence), m.article, *_said(m), m.reason, m.sentence) for m in spurious),
        f"Spurious relations: {len(spurious)}, surest first",
    )
    for reason, missed in groupby((m for m in relations if m.kind == "missed"), key=lambda m: m.reason):
        lines = tuple((m.article, *_said(m), m.sentence) for m in missed)
        caption = f"Missed relations, {reason}: {len(lines)}"
        yield Table(("article", "relation", "subject", "object", "sentence"), lines, caption)
    things = evaluation.wrong_entities()
    for kind in ("spurious", "missed"):
        rows = tuple((m.article, m.label, m.subject, m.sentence) for m in things if m.kind == kind)
        yield Table(("article", "class", "name", "sentence"), rows, f"{kind.capitalize()} things: {len(rows)}")


def to_dict(evaluation: Evaluation, *, mistakes: bool = False) -> dict[str, object]:
    """Return the evaluation as plain dictionaries and lists, for JSON."""
    result: dict[str, object] = {
        **_scores(evaluation.scores),
        "languages": {language: _scores(scores) for language, scores in evaluation.languages.items()},
        "evidence": {**asdict(evaluation.evidence), "share": evaluation.evidence.share},
        "reliability": asdict(evaluation.reliability),
        "articles_missing": list(evaluation.missing),
    }
    if mistakes:
        wrong = {"relations": evaluation.wrong_relations(), "entities": evaluation.wrong_entities()}
        result["mistakes"] = {part: [asdict(mistake) for mistake in those] for part, those in wrong.items()}
    return {key: _rounded(entry) for key, entry in result.items()}


def _scores(scores: Scores) -> dict[str, object]:
    return {
        "articles": scores.articles,
        "entities": {str(name): _tally(tally) for name, tally in scores.entities.items()},
        "relations": {name: _tally(tally) for name, tally in scores.relations.items()},
    }


def _tally(tally: Tally) -> dict[str, float]:
    return {"precision": tally.precision, "recall": tally.recall, "f1": tally.f1, **asdict(tally)}


def _rounded(value: object) -> object:
    if isinstance(value, Mapping):
        return {key: _rounded(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(entry) for entry in value]
    return round(value, 4) if isinstance(value, float) else value


def _tallies(name: str, tallies: Mapping[str, Tally], caption: str) -> Table:
    return Table((name, *_FIGURES), tuple((str(key), *_row(tally)) for key, tally in tallies.items()), caption)


def _row(tally: Tally) -> tuple[str, ...]:
    shares = (f"{share:.3f}" for share in (tally.precision, tally.recall, tally.f1))
    return (*shares, str(tally.correct), str(tally.spurious), str(tally.missed))


def _languages(languages: Mapping[str, Scores], missing: Sequence[str]) -> Table:
    rows = tuple(
        (language, part, *_row(tallies.get(ALL, Tally())))
        for language, scores in languages.items()
        for part, tallies in (("things", scores.entities), ("relations", scores.relations))
    )
    counted = ", ".join(f"{language} {_articles(scores)}" for language, scores in languages.items())
    lacking = f"; not in the graph: {', '.join(missing)}" if missing else ""
    return Table(("language", "of", *_FIGURES), rows, f"By language: {counted}{lacking}")


def _articles(scores: Scores) -> str:
    return f"{scores.articles} article{'' if scores.articles == 1 else 's'}"


def _evidence(evaluation: Evaluation) -> str:
    found = evaluation.evidence
    return (
        f"evidence of {found.relations} correct ones: {found.share:.3f} overlap the gold's, "
        f"mean F1 by characters {found.characters_f1:.3f}"
    )


def _said(mistake: Mistake) -> tuple[str, str, str]:
    return mistake.label, mistake.subject, mistake.object


def _number(confidence: float | None) -> str:
    return "" if confidence is None else f"{confidence:.2f}"
