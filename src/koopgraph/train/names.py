"""The domain's model: fitted on gold articles, over what rules and general models say about them."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from koopgraph.annotate import complete, view_of, with_language
from koopgraph.annotate.names import propose
from koopgraph.annotate.recognise import decide
from koopgraph.annotate.recognise.chain import Chain, attributes
from koopgraph.annotate.recognise.domain import Reading, read_view
from koopgraph.annotate.recognise.model import NameModel, load_general, shipped
from koopgraph.model import Annotated, Article
from koopgraph.train.fitting import Fit, fit
from koopgraph.train.gold import GoldArticle
from koopgraph.train.projection import bio, project

SETTINGS = Fit(c1=0.1, c2=0.05, iterations=80)
FOLDS, SEED = 5, 1


@dataclass(frozen=True, slots=True)
class Lesson:
    """A gold article ready for fitting: how it reads, and each chunk's features and labels."""

    gold: GoldArticle
    article: Article
    reading: Reading
    sequences: tuple[tuple[list[list[str]], list[str]], ...]


def prepare(gold: Iterable[GoldArticle], general: Mapping[str, Chain]) -> Iterator[Lesson]:
    """Yield each gold article with its features and labels."""
    for one in gold:
        article = with_language(one.article)
        view = view_of(article)
        reading = read_view(view, propose(view), general)
        labels = bio(len(view.tokens), project(view, one.entities))
        sequences = tuple(
            (attributes(chunk, reading.words), labels[begin:end])
            for chunk, (begin, end) in zip(reading.chunks, reading.places, strict=True)
        )
        yield Lesson(one, article, reading, sequences)


def fit_names(lessons: Iterable[Lesson], general: Mapping[str, Chain]) -> NameModel:
    """Return the name model fitted on ``lessons``."""
    return NameModel(dict(general), fit((s for lesson in lessons for s in lesson.sequences), SETTINGS))


def fold_numbers(count: int, folds: int, seed: int) -> list[int]:
    """Return the fold of each of ``count`` articles: even parts, drawn with ``seed``."""
    order = list(range(count))
    random.Random(seed).shuffle(order)  # noqa: S311 - a split, not a secret
    numbers = [0] * count
    for place, n in enumerate(order):
        numbers[n] = place % folds
    return numbers


def cross_annotate(
    gold: Sequence[GoldArticle],
    *,
    folds: int = FOLDS,
    seed: int = SEED,
    general: Mapping[str, Chain] | None = None,
) -> Iterator[tuple[GoldArticle, Annotated]]:
    """Annotate every gold article by a model that was fitted without it; in the order of ``gold``.

    Fits ``folds`` models, each on the other folds' articles. Without ``general`` the shipped general models are used.
    """
    general = load_general(shipped()) if general is None else general
    lessons = list(prepare(gold, general))
    numbers = fold_numbers(len(lessons), folds, seed)
    models = {
        fold: fit_names((x for x, n in zip(lessons, numbers, strict=True) if n != fold), general)
        for fold in sorted(set(numbers))
    }
    for lesson, number in zip(lessons, numbers, strict=True):
        mentions = decide(lesson.reading, models[number])
        yield lesson.gold, complete(lesson.article, lesson.reading.view, mentions)
