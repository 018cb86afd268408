"""The domain's model: fitted on gold articles, over what rules and general models say about them.

1. For each of the folds a chain is fitted on the other folds' articles and proposes candidates in the fold's.
2. On these candidates, which no chain knew beforehand, the decision is fitted.
3. The chain that ships with it is fitted on all articles.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from koopgraph.annotate import complete, view_of, with_language
from koopgraph.annotate.names import propose
from koopgraph.annotate.recognise import decide
from koopgraph.annotate.recognise.candidates import candidates
from koopgraph.annotate.recognise.chain import Chain, attributes
from koopgraph.annotate.recognise.decision import Decision, describe
from koopgraph.annotate.recognise.domain import Reading, read_view
from koopgraph.annotate.recognise.model import NameModel, load_general, shipped
from koopgraph.annotate.recognise.sums import lattices
from koopgraph.evaluate.gold import GoldArticle
from koopgraph.model import Annotated, Article
from koopgraph.progress import Progress, silent
from koopgraph.train.decision import fit_decision, is_gold
from koopgraph.train.fitting import Fit, fit
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


@dataclass(frozen=True, slots=True)
class Practice:
    """What folds give: each article's fold, the chain fitted without each fold, examples for the decision."""

    numbers: tuple[int, ...]
    chains: Mapping[int, Chain]
    examples: tuple[tuple[tuple[Mapping[str, float], bool], ...], ...]

    def decision(self, *, without: int | None = None) -> Decision:
        """Return the decision fitted on all examples, or on those of the other folds."""
        chosen = (ex for ex, number in zip(self.examples, self.numbers, strict=True) if number != without)
        return fit_decision([example for article in chosen for example in article])


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


def fit_names(
    lessons: Sequence[Lesson],
    general: Mapping[str, Chain],
    *,
    practice: Practice | None = None,
    progress: Progress = silent,
) -> NameModel:
    """Return the name model fitted on ``lessons``; ``practice`` is that of the same lessons."""
    practice = practise(lessons, progress=progress) if practice is None else practice
    folds = len(practice.chains)
    progress("fitting names", folds, folds + 1)
    chain = _fit_chain(lessons)
    progress("fitting names", folds + 1, folds + 1)
    return NameModel(dict(general), chain, practice.decision())


def practise(
    lessons: Sequence[Lesson], *, folds: int = FOLDS, seed: int = SEED, progress: Progress = silent
) -> Practice:
    """Fit a chain without each fold and let it propose candidates there; candidates that are gold are right."""
    numbers = fold_numbers(len(lessons), folds, seed)
    chains: dict[int, Chain] = {}
    for fold in sorted(set(numbers)):
        progress("fitting names", len(chains), folds + 1)
        others = [x for x, n in zip(lessons, numbers, strict=True) if n != fold]
        chains[fold] = _fit_chain(others or lessons)
    examples = [_examples(lesson, chains[number]) for lesson, number in zip(lessons, numbers, strict=True)]
    return Practice(tuple(numbers), chains, tuple(examples))


def _fit_chain(lessons: Iterable[Lesson]) -> Chain:
    return fit((s for lesson in lessons for s in lesson.sequences), SETTINGS)


def _examples(lesson: Lesson, chain: Chain) -> tuple[tuple[Mapping[str, float], bool], ...]:
    reading = lesson.reading
    found = candidates(reading, lattices(chain, reading.chunks, reading.words))
    described = describe(reading, found)
    return tuple((x, is_gold(c, lesson.gold.entities)) for x, c in zip(described, found, strict=True))


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
    progress: Progress = silent,
) -> Iterator[tuple[GoldArticle, Annotated]]:
    """Annotate every gold article by a model that was fitted without it; in the order of ``gold``.

    Fits ``folds`` models, each on the other folds' articles. Without ``general`` the shipped general models are used.
    """
    general = load_general(shipped()) if general is None else general
    lessons = list(prepare(gold, general))
    practice = practise(lessons, folds=folds, seed=seed, progress=progress)
    yield from annotate_held_out(lessons, practice, general)


def annotate_held_out(
    lessons: Sequence[Lesson], practice: Practice, general: Mapping[str, Chain]
) -> Iterator[tuple[GoldArticle, Annotated]]:
    """Annotate each lesson's article by the chain and the decision that were fitted without its fold."""
    models = {
        fold: NameModel(dict(general), chain, practice.decision(without=fold))
        for fold, chain in practice.chains.items()
    }
    for lesson, number in zip(lessons, practice.numbers, strict=True):
        yield lesson.gold, complete(lesson.article, lesson.reading.view, decide(lesson.reading, models[number]))
