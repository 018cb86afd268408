"""What people judge: which things are one, which statements are right, what a thing is called, what is missing.

A judgement names things by class and name (in one article, where the name alone is not enough), never by IRI:
so it holds when IRIs change, and can be read without the graph.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from koopgraph.model import EntityType


@dataclass(frozen=True, slots=True)
class ThingKey:
    """The things of a class that any article (or the one with the source ``article``) gives that name."""

    type: EntityType
    name: str
    article: str | None = None


class Verdict(StrEnum):
    """What a person says of two things, or of a statement; named as in the file."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"
    ACCEPT = "accept"
    REJECT = "reject"


@dataclass(frozen=True, slots=True)
class StatementKey:
    """Statements of one relation between things, or a thing and a ``value``; in one article, where it is given."""

    subject: ThingKey
    relation: str
    object: ThingKey | None = None
    value: str | None = None
    article: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Where an addition comes from: the exact words of an article, or a citation and its URL outside the corpus."""

    article: str | None = None
    quote: str | None = None
    citation: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """Who judged, when (ISO date), why; where it stands in the file (characters, half-open; None before writing)."""

    by: str | None = None
    on: str | None = None
    note: str | None = None
    span: tuple[int, int] | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class PairJudgement:
    """Two things are one, are not, or nobody can tell: SAME, DIFFERENT, UNSURE."""

    verdict: Verdict
    things: tuple[ThingKey, ThingKey]
    made: Made = Made()


@dataclass(frozen=True, slots=True)
class StatementJudgement:
    """A statement is right or wrong, or nobody can tell: ACCEPT, REJECT, UNSURE."""

    verdict: Verdict
    statement: StatementKey
    made: Made = Made()


@dataclass(frozen=True, slots=True)
class Rename:
    """A thing's preferred name."""

    thing: ThingKey
    name: str
    made: Made = Made()


@dataclass(frozen=True, slots=True)
class Retype:
    """A thing's class, where it was taken for another."""

    thing: ThingKey
    type: EntityType
    made: Made = Made()


@dataclass(frozen=True, slots=True)
class AddedThing:
    """A thing that no article's reading found; ``names`` are further ones."""

    thing: ThingKey
    names: tuple[str, ...]
    source: Source
    made: Made = Made()


@dataclass(frozen=True, slots=True)
class AddedStatement:
    """A statement that no article's reading found."""

    statement: StatementKey
    source: Source
    role: str | None = None
    made: Made = Made()


@dataclass(frozen=True, slots=True)
class AuthorityJudgement:
    """A thing is (ACCEPT) or is not (REJECT) the entry of an authority with that IRI."""

    verdict: Verdict
    thing: ThingKey
    authority: str
    made: Made = Made()


Judgement: TypeAlias = (
    PairJudgement | StatementJudgement | Rename | Retype | AddedThing | AddedStatement | AuthorityJudgement
)


@dataclass(frozen=True, slots=True)
class Curation:
    """All judgements of a file, in its order (later ones win), with the file's name and text."""

    file: str
    text: str
    judgements: tuple[Judgement, ...]
