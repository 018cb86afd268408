"""Things are called what people call them, and known to authorities as people say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from koopgraph.curation.applied import AuthorityLink, curator_of
from koopgraph.curation.judgements import AuthorityJudgement, Curation, Rename, ThingKey, Verdict
from koopgraph.curation.things import Things
from koopgraph.link.authorities import GEONAMES, MUNICIPALITY_KEY
from koopgraph.model import Entity
from koopgraph.resolve.records import Node

_Thing = TypeVar("_Thing", str, Node)

GAZETTEER = (GEONAMES, MUNICIPALITY_KEY)
"""What the IRI of a place begins with that an entity itself holds (:attr:`Entity.authority`)."""


def judged_names(curation: Curation, things: Things) -> tuple[dict[str, Rename], set[int]]:
    """Return the renaming that counts for each thing (by IRI), and the positions of those that are about anything."""
    found: dict[str, Rename] = {}
    applied = set()
    for number, judgement in enumerate(curation.judgements):
        if isinstance(judgement, Rename):
            for iri in things.iris(judgement.thing):
                found[iri] = judgement
                applied.add(number)
    return found, applied


def renamed(entity: Entity, name: str) -> Entity:
    """Return the thing with another preferred name; the one that it had stays among its names."""
    return replace(
        entity,
        name=name,
        names=tuple(sorted({*entity.names, entity.name, name})),
        forms=tuple(sorted({*entity.forms, entity.name})),
    )


def judged_authorities(
    curation: Curation, meant: Callable[[ThingKey], Iterable[_Thing]]
) -> tuple[dict[_Thing, dict[str, AuthorityJudgement]], set[int]]:
    """Return what counts for each thing and authority, the last judgement at the end, and those that are about any.

    ``meant`` gives what a key means: :meth:`Things.nodes`, or :meth:`Things.iris` after resolution.
    """
    found: dict[_Thing, dict[str, AuthorityJudgement]] = defaultdict(dict)
    applied = set()
    for number, judgement in enumerate(curation.judgements):
        if isinstance(judgement, AuthorityJudgement):
            for thing in meant(judgement.thing):
                found[thing].pop(judgement.authority, None)
                found[thing][judgement.authority] = judgement
                applied.add(number)
    return dict(found), applied


def with_authority(entity: Entity, judged: Mapping[str, AuthorityJudgement]) -> Entity:
    """Return the thing with the place of the gazetteer that people say it is, or without one that it is not."""
    authority = entity.authority
    for iri, judgement in judged.items():
        if judgement.verdict is Verdict.ACCEPT and iri.startswith(GAZETTEER):
            authority = iri
        elif judgement.verdict is Verdict.REJECT and authority == iri:
            authority = None
    return entity if authority == entity.authority else replace(entity, authority=authority)


def links_of(judged: Mapping[str, Mapping[str, AuthorityJudgement]]) -> Collection[AuthorityLink]:
    """Return the judgements by thing (its IRI) as links, sorted."""
    links = (
        AuthorityLink(iri, authority, one.verdict is Verdict.ACCEPT, curator_of(one.made))
        for iri, those in judged.items()
        for authority, one in those.items()
    )
    return sorted(links, key=lambda link: (link.iri, link.authority))
