"""The list of mistakes, worst first, each with the sentence that shows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from koopgraph.annotate.sentences import split as split_sentences
from koopgraph.evaluate.gold import GoldArticle
from koopgraph.evaluate.matching import UNMATCHED, Comparison, Key
from koopgraph.evaluate.overlap import occurrences
from koopgraph.model import Language
from koopgraph.rdf.vocabulary import RELATIONS

Kind: TypeAlias = Literal["spurious", "missed"]
BOTH_FOUND, SUBJECT_MISSING = "both things found", "subject missing"
OBJECT_MISSING, BOTH_MISSING = "object missing", "both missing"
REASONS = (BOTH_FOUND, SUBJECT_MISSING, OBJECT_MISSING, BOTH_MISSING)
"""How a wrong relation fares with its things; 'missing' ones are not in the graph, or (spurious) not in the gold."""
_LONGEST_QUOTE = 240


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing or relation that is wrong. ``label`` is its class or relation; a thing has neither object nor reason.

    ``confidence`` and ``extractors`` are those of a spurious relation.
    """

    kind: Kind
    label: str
    article: str
    language: Language
    subject: str
    object: str
    sentence: str
    reason: str = ""
    confidence: float | None = None
    extractors: tuple[str, ...] = ()


def wrong_relations(comparisons: Iterable[Comparison]) -> list[Mistake]:
    """Return the spurious relations, surest first, then the missed ones by reason."""
    mistakes = [m for comparison in comparisons for m in (*_spurious(comparison), *_missed(comparison))]
    return sorted(mistakes, key=_rank)


def wrong_entities(comparisons: Iterable[Comparison]) -> list[Mistake]:
    """Return the spurious things, then the missed ones, by class."""
    mistakes = [m for comparison in comparisons for m in _entities(comparison)]
    return sorted(mistakes, key=_rank)


def _rank(mistake: Mistake) -> tuple[object, ...]:
    reason = REASONS.index(mistake.reason) if mistake.kind == "missed" and mistake.reason else 0
    place = (mistake.label, mistake.article, mistake.subject, mistake.object)
    return (mistake.kind != "spurious", -(mistake.confidence or 0.0), reason, *place)


def _spurious(comparison: Comparison) -> Iterator[Mistake]:
    gold = comparison.gold
    for key in comparison.found.keys() - comparison.wanted.keys():
        stated = max(comparison.found[key], key=lambda relation: relation.confidence or 0.0)
        subject, end = (_called(comparison, part, key[1]) for part in (key[0], key[2]))
        missing = (key[0].startswith(UNMATCHED), _is_thing(key) and key[2].startswith(UNMATCHED))
        quote = _short(stated.passages[0].quote) if stated.passages else ""
        named = (gold.id, gold.language, subject, end, quote, _reason(*missing))
        yield Mistake("spurious", key[1], *named, stated.confidence, stated.extractors)


def _missed(comparison: Comparison) -> Iterator[Mistake]:
    gold = comparison.gold
    for key, wanted in comparison.wanted.items():
        if key not in comparison.found:
            subject, end = (_called(comparison, part, key[1]) for part in (key[0], key[2]))
            missing = (key[0] not in comparison.matched, _is_thing(key) and key[2] not in comparison.matched)
            evidence = _short(wanted[0].evidence)
            yield Mistake("missed", key[1], gold.id, gold.language, subject, end, evidence, _reason(*missing))


def _entities(comparison: Comparison) -> Iterator[Mistake]:
    gold = comparison.gold
    for guess in comparison.spurious_entities:
        name = min(guess.names, key=lambda name: (-len(name), name), default=guess.iri)
        quote = _short(guess.passages[0].quote) if guess.passages else _around(gold, name)
        yield Mistake("spurious", guess.type.value, gold.id, gold.language, name, "", quote)
    for entity in comparison.entities:
        if entity.id not in comparison.matched:
            quote = _around(gold, entity.mentions[0])
            yield Mistake("missed", entity.type.value, gold.id, gold.language, entity.name, "", quote)


def _reason(subject_missing: bool, object_missing: bool) -> str:
    return REASONS[subject_missing + 2 * object_missing]


def _is_thing(key: Key) -> bool:
    return RELATIONS[key[1]].value is None


def _called(comparison: Comparison, part: str, relation: str) -> str:
    """Return the name of a key's subject or object: the gold's, or the graph's where the gold has none."""
    if part.startswith(UNMATCHED):
        entity = comparison.predicted.entities.get(part.removeprefix(UNMATCHED))
        names = entity.names if entity else ()
        return min(names, key=lambda name: (-len(name), name), default=part.removeprefix(UNMATCHED))
    return next((entity.name for entity in comparison.gold.entities if entity.id == part), part)


def _around(gold: GoldArticle, name: str) -> str:
    """Return the sentence of the article that first has the name; '' where none has it."""
    article = gold.article
    start, end = next(iter(occurrences(article.text, name)), (0, 0))
    around = (s for s in split_sentences(article.text, article.language) if s.start <= start < s.end)
    return next((_short(article.text[s.start : s.end]) for s in around if end), "")


def _short(quote: str) -> str:
    quote = " ".join(quote.split())
    return quote if len(quote) <= _LONGEST_QUOTE else quote[: _LONGEST_QUOTE - 1] + "…"
