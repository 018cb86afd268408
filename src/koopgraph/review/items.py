"""What is put before a person: two things that may be one, or a statement, with the sentences that speak for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeAlias

from koopgraph.curation.judgements import (
    Judgement,
    Made,
    PairJudgement,
    Retype,
    StatementJudgement,
    StatementKey,
    ThingKey,
    Verdict,
)
from koopgraph.model import EntityType
from koopgraph.resolve.names import key as name_key

PAIR_VERDICTS = (Verdict.SAME, Verdict.DIFFERENT, Verdict.UNSURE)
STATEMENT_VERDICTS = (Verdict.ACCEPT, Verdict.REJECT, Verdict.UNSURE)

PairKey: TypeAlias = tuple[ThingKey, ThingKey]


class Kind(StrEnum):
    """The kinds of questions."""

    PROPOSAL = "proposal"
    MERGE = "merge"
    STATEMENT = "statement"


@dataclass(frozen=True, slots=True)
class Entry:
    """A question as the queue lists it. ``node`` is its IRI in the provenance graph.

    ``things`` are IRIs: both candidates of a proposal, the one thing of a merge (its ``forms`` are the names that
    were joined), the subject and object of a statement (``value`` instead of an object that is no thing).
    """

    kind: Kind
    node: str
    things: tuple[str, ...]
    confidence: float
    rule: str = ""
    forms: tuple[str, ...] = ()
    relation: str = ""
    value: str | None = None

    @property
    def doubt(self) -> float:
        """How likely the graph is wrong here as it stands (0–1): it keeps proposals apart, and takes the rest."""
        return self.confidence if self.kind is Kind.PROPOSAL else 1.0 - self.confidence

    @property
    def id(self) -> str:
        """A short name that holds as long as the graph's IRIs do: 'merge-d624da169137f5d257d0'."""
        return f"{self.kind}-{self.node.rpartition('/')[2]}"

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """What can be said of it."""
        return STATEMENT_VERDICTS if self.kind is Kind.STATEMENT else PAIR_VERDICTS


@dataclass(frozen=True, slots=True)
class Mark:
    """A name in a quote: ``text[start:end]`` names the first (0) or second (1) thing."""

    start: int
    end: int
    side: int


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of an article with what stands around it: the sentence is ``text[start:end]``.

    ``side`` is the thing that it is quoted for (0 or 1), None where for both.
    """

    article: str
    title: str
    published: str
    text: str
    start: int
    end: int
    side: int | None
    marks: tuple[Mark, ...] = ()

    @property
    def sentence(self) -> str:
        """The sentence alone."""
        return self.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One side of a question: a thing with its ``name`` there, its other names and the articles that have it."""

    iri: str
    type: EntityType
    name: str
    others: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """A question with all that answers it; ``key`` is what a judgement of it names, ``more`` counts further quotes."""

    entry: Entry
    sides: tuple[Reviewed, ...]
    quotes: tuple[Quote, ...]
    key: PairKey | StatementKey
    shared: tuple[str, ...] = ()
    more: int = 0

    @property
    def of_two_classes(self) -> bool:
        """Whether both things would have to get one class to be the same."""
        return not isinstance(self.key, StatementKey) and self.key[0].type is not self.key[1].type

    def judgements(self, verdict: Verdict, made: Made, *, right: int = 0) -> tuple[Judgement, ...]:
        """Return all that has to be written for that verdict; ``right`` is the side (0 or 1) with the right class.

        A thing has one class: before things of two classes can be the same, one is retyped. Where both then have one
        name, nothing more is to be said. Raises ``ValueError`` where the verdict does not fit the question.
        """
        if isinstance(self.key, StatementKey) or verdict is not Verdict.SAME or not self.of_two_classes:
            return (self.judgement(verdict, made),)
        kept, other = self.key[right], self.key[1 - right]
        retype = Retype(other, kept.type, made)
        if name_key(kept.name, kept.type) == name_key(other.name, kept.type):
            return (retype,)
        return (retype, PairJudgement(verdict, (kept, replace(other, type=kept.type)), made))

    def judgement(self, verdict: Verdict, made: Made) -> PairJudgement | StatementJudgement:
        """Return the judgement that gives that verdict; raise ``ValueError`` where it does not fit the question."""
        return judgement_of(self.key, verdict, made)


def judgement_of(key: PairKey | StatementKey, verdict: Verdict, made: Made) -> PairJudgement | StatementJudgement:
    """Return the judgement of a pair or a statement; raise ``ValueError`` where the verdict is the other's."""
    if verdict not in (STATEMENT_VERDICTS if isinstance(key, StatementKey) else PAIR_VERDICTS):
        raise ValueError(f"{verdict.value!r} is no verdict on this")
    if isinstance(key, StatementKey):
        return StatementJudgement(verdict, key, made)
    return PairJudgement(verdict, key, made)
