"""Statements that people judge: right ones are sure, wrong ones go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import TypeAlias

from koopgraph.curation.applied import curator_of
from koopgraph.curation.judgements import Curation, StatementJudgement, StatementKey, Verdict
from koopgraph.curation.things import Things
from koopgraph.model import ArticleGraph, Fact, Value, ValueKind
from koopgraph.rdf.vocabulary import RELATIONS
from koopgraph.resolve.names import words_of

_Claim: TypeAlias = tuple[str, str, object]


class Verdicts:
    """Finds the judgement on each fact; ``applied`` are the positions of those that any fact was found for."""

    def __init__(self, curation: Curation, things: Things) -> None:
        """Index the judgements on statements by what they are about."""
        self._judgements = curation.judgements
        # Where a judgement is about one article, the article's source says so; later ones stand behind.
        self._numbers: dict[_Claim, dict[str | None, list[int]]] = defaultdict(lambda: defaultdict(list))
        self._things = things
        self.applied: set[int] = set()
        for number, judgement in enumerate(curation.judgements):
            if isinstance(judgement, StatementJudgement):
                for claim in self._claims(judgement.statement):
                    self._numbers[claim][judgement.statement.article].append(number)

    def _claims(self, statement: StatementKey) -> Iterator[_Claim]:
        subjects = self._things.iris(statement.subject)
        if statement.object is None:
            value = _comparable(statement.relation, statement.value or "")
            yield from ((subject, statement.relation, value) for subject in subjects)
            return
        for subject in subjects:
            for target in self._things.iris(statement.object):
                yield _claim(subject, statement.relation, target)

    def __bool__(self) -> bool:
        """Tell whether any judgement is about a statement of things that articles name."""
        return bool(self._numbers)

    def judged(self, graph: ArticleGraph) -> ArticleGraph:
        """Return the graph without what is wrong, and with what is right made sure."""
        if not self._numbers:
            return graph
        facts = [self._fact(fact, graph.article.source) for fact in graph.facts]
        kept = tuple(fact for fact in facts if fact is not None)
        return graph if kept == graph.facts else replace(graph, facts=kept)

    def _fact(self, fact: Fact, source: str) -> Fact | None:
        found = self._numbers.get(_claim_of(fact))
        numbers = [*found.get(None, ()), *found.get(source, ())] if found else []
        if not numbers:
            return fact
        self.applied.update(numbers)
        judgement = self._judgements[max(numbers)]
        if not isinstance(judgement, StatementJudgement) or judgement.verdict is Verdict.UNSURE:
            return fact
        if judgement.verdict is Verdict.REJECT:
            return None
        return replace(fact, confidence=1.0, curator=curator_of(judgement.made))


def _claim_of(fact: Fact) -> _Claim:
    if isinstance(fact.object, Value):
        return fact.subject, fact.relation, _comparable(fact.relation, fact.object.text)
    return _claim(fact.subject, fact.relation, fact.object)


def _claim(subject: str, relation: str, target: str) -> _Claim:
    if RELATIONS[relation].symmetric:
        subject, target = sorted((subject, target))
    return subject, relation, target


def _comparable(relation: str, value: str) -> object:
    """Return what equal values share: a motto's words, with whatever quotation marks."""
    return words_of(value) if relation == ValueKind.MOTTO else (value,)
