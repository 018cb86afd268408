"""What became of judgements: the graphs that they changed, which had an effect, and what went wrong with others."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from koopgraph.curation.judgements import Curation, Judgement, Made
from koopgraph.curation.writing import to_yaml
from koopgraph.model import ArticleGraph, Problem
from koopgraph.resolve.records import Node

UNNAMED = "unnamed curator"
"""Who judged, where the file does not say."""
_LONGEST = 160

CuratedThing: TypeAlias = tuple[Node, str]
"""A thing (article IRI, its IRI) that a judgement added, renamed or gave a class, and the curator."""


@dataclass(frozen=True, slots=True)
class AuthorityLink:
    """What people say of a thing and an entry of an authority: it is that one, or it is not."""

    iri: str
    authority: str
    accepted: bool
    curator: str


@dataclass(frozen=True, slots=True)
class Applied:
    """The graphs after judgement: a stream that begins anew each time.

    ``applied`` are the positions of the judgements that found what they are about, or are told of in ``problems``.
    ``curated`` says which things were judged by whom; ``joined`` are pairs of things that an added statement names by
    one key, to be joined in resolution; ``links`` are judgements on authorities; ``dropped`` is the number of facts
    that the ontology forbids since a thing has another class.
    """

    graphs: Iterable[ArticleGraph]
    applied: frozenset[int] = frozenset()
    problems: tuple[Problem, ...] = ()
    curated: tuple[CuratedThing, ...] = ()
    joined: tuple[tuple[Node, Node], ...] = ()
    links: tuple[AuthorityLink, ...] = ()
    dropped: int = 0


def curator_of(made: Made) -> str:
    """Return who judged."""
    return made.by or UNNAMED


def problem_of(curation: Curation, judgement: Judgement, reason: str, remedy: str) -> Problem:
    """Return what is wrong with a judgement, by the file's bare name and the line."""
    name = Path(curation.file).name
    line = judgement.made.line
    place = name if line is None else f"{name}, line {line}"
    return Problem(place, f"{said(judgement)!r} {reason}", remedy, "curation")


def said(judgement: Judgement) -> str:
    """Return on one line what the judgement says, without who and when.

    >>> from koopgraph.curation.judgements import Rename, ThingKey
    >>> from koopgraph.model import EntityType
    >>> said(Rename(ThingKey(EntityType.CITY, "Frankfurt"), "Frankfurt am Main", Made("Jana Muster")))
    'rename: {class: City, name: Frankfurt} to: Frankfurt am Main'
    """
    lines = to_yaml(judgement).removeprefix("- ").splitlines()
    text = " ".join(line.strip() for line in lines if not line.startswith(("  by: ", "  on: ", "  note: ")))
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"


def unmatched(curation: Curation, applied: Collection[int]) -> list[Problem]:
    """Return a problem for each judgement that is about nothing (any more): none is ever lost in silence."""
    return list(_unmatched(curation, frozenset(applied)))


def _unmatched(curation: Curation, applied: frozenset[int]) -> Iterator[Problem]:
    remedy = "Check its classes, names and article; correct it, or remove it where its article is gone."
    for number, judgement in enumerate(curation.judgements):
        if number not in applied:
            yield problem_of(curation, judgement, "is about nothing that the articles name or state", remedy)


def curated_things(curated: Iterable[CuratedThing], final: Callable[[Node], str]) -> dict[str, tuple[str, ...]]:
    """Return the curators of each thing under its final IRI; ``final`` is what resolution gave."""
    found: dict[str, set[str]] = {}
    for node, curator in curated:
        found.setdefault(final(node), set()).add(curator)
    return {iri: tuple(sorted(found[iri])) for iri in sorted(found)}
