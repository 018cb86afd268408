"""Where articles disagree: facts of one thing and one relation that cannot all hold, side by side.

1. Facts are gathered by subject and relation, over all articles, where these have several objects; of one article's
   facts with one object the surest stays.
2. Two objects disagree as :mod:`koopgraph.resolve.disagreement` says; two that one passage gives do not: a sentence
   that names both dates knows of both.
3. What disagrees with anything is a claim of the contradiction, the newest article's first.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import combinations
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from koopgraph.model import ArticleGraph, Claim, Contradiction, Entity, EntityType, Fact, Value
from koopgraph.resolve.disagreement import budgets_disagree, dates_disagree, mottos_disagree
from koopgraph.resolve.recurrence import cycle
from koopgraph.stream import repeatable

RELATIONS = frozenset({"date", "budget", "takesPlaceIn", "locatedIn", "motto"})
"""The relations of which a thing has one object. (Several may give an award.)"""

IN_ONE_CITY = frozenset({EntityType.EVENT, EntityType.ORGANISATION, EntityType.PLACE})
"""Things that are in one city; a project may be in several, a document may hold for them."""

_Object: TypeAlias = str | Value


def contradictions(graphs: Iterable[ArticleGraph]) -> tuple[Contradiction, ...]:
    """Return where ``graphs`` disagree, whose entities carry the IRIs of the merged things; the newest first.

    ``graphs`` are gone through twice: most things have one object each, and only the claims on others are held. The
    result does not depend on the order of the graphs.
    """
    candidates = _Candidates(repeatable(graphs))
    claims: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    things: dict[str, _Thing] = {}
    for graph in graphs if candidates else ():
        for fact, entities in _with_one_object(graph):
            _add_names(things, entities, fact, candidates)
            if candidates.tell_of(fact):
                claims[fact.subject, fact.relation].append(_claim(fact, graph))
    found = (_contradiction(*key, told, things) for key, told in sorted(claims.items()) if len(told) > 1)
    return tuple(sorted((one for one in found if one), key=lambda one: one.claims[0].published or "", reverse=True))


class _Candidates:
    """The subjects and relations that have several objects: all that can be contradicted.

    Of each fact three checksums are kept, so that millions take a few bytes each. Where those of two subjects were
    equal by chance, claims that agree would be compared as well.
    """

    def __init__(self, graphs: Iterable[ArticleGraph]) -> None:
        """Take in the facts of all ``graphs``."""
        keys, told, subjects = array("Q"), array("Q"), array("Q")
        for graph in graphs:
            for fact, _ in _with_one_object(graph):
                keys.append(_checksum(fact.subject, fact.relation))
                told.append(_checksum(_text(fact.object)))
                subjects.append(_checksum(fact.subject))
        key, first, place = np.unique(_numbers(keys), return_index=True, return_inverse=True)
        differs = _numbers(told) != _numbers(told)[first][place]
        self._keys = frozenset(key[place[differs]].tolist())
        self._subjects = frozenset(_numbers(subjects)[differs].tolist())

    def __bool__(self) -> bool:
        """Tell whether there are any."""
        return bool(self._keys)

    def tell_of(self, fact: Fact) -> bool:
        """Tell whether the fact may be contradicted."""
        return _checksum(fact.subject, fact.relation) in self._keys

    def hold(self, subject: str) -> bool:
        """Tell whether a fact of the subject may be contradicted."""
        return _checksum(subject) in self._subjects


def _numbers(values: array[int]) -> npt.NDArray[np.uint64]:
    return np.frombuffer(values, dtype=np.uint64) if values else np.empty(0, dtype=np.uint64)


def _checksum(*texts: str) -> int:
    return int.from_bytes(blake2b("\n".join(texts).encode("utf-8"), digest_size=8).digest(), "big")


def _with_one_object(graph: ArticleGraph) -> Iterator[tuple[Fact, Mapping[str, Entity]]]:
    """Yield the facts of relations that have one object, each with the article's things by their IRIs."""
    entities = {entity.iri: entity for entity in graph.entities}
    for fact in graph.facts:
        if _has_one_object(fact, entities):
            yield fact, entities


def report(found: Iterable[Contradiction], labels: Mapping[str, str]) -> dict[str, object]:
    """Return the section of ``report.json``: how many contradictions, and each with its claims.

    ``labels`` are those of things by their IRIs; where one is missing, the IRI stands.
    """

    def value(claim: Claim) -> str:
        return claim.object.text if isinstance(claim.object, Value) else labels.get(claim.object, claim.object)

    listed = [
        {
            "subject": one.subject,
            "label": labels.get(one.subject, one.subject),
            "relation": one.relation,
            "claims": [
                {
                    "value": value(claim),
                    "source": claim.source,
                    "published": claim.published,
                    "sentence": claim.evidence.quote,
                    "confidence": round(claim.confidence, 4),
                }
                for claim in one.claims
            ],
        }
        for one in found
    ]
    return {"count": len(listed), "list": listed}


@dataclass(slots=True)
class _Thing:
    """What is known of a thing: its class, the names that articles give it, its IRI in GeoNames."""

    type: EntityType
    names: set[str] = field(default_factory=set)
    authority: str | None = None


def _has_one_object(fact: Fact, entities: Mapping[str, Entity]) -> bool:
    if fact.relation not in RELATIONS or fact.subject not in entities:
        return False
    if isinstance(fact.object, Value):
        return True
    city = entities.get(fact.object)
    return city is not None and city.type is EntityType.CITY and entities[fact.subject].type in IN_ONE_CITY


def _claim(fact: Fact, graph: ArticleGraph) -> Claim:
    article = graph.article
    told = article.source, article.language, article.published
    return Claim(fact.object, graph.iri, *told, fact.evidence, fact.confidence)


def _add_names(things: dict[str, _Thing], entities: Mapping[str, Entity], fact: Fact, candidates: _Candidates) -> None:
    subjects = {fact.subject} if candidates.hold(fact.subject) else set()
    for iri in subjects | ({fact.object} if isinstance(fact.object, str) else set()):
        entity = entities[iri]
        thing = things.setdefault(iri, _Thing(entity.type))
        thing.names.update((entity.name, *entity.forms))
        # Of several, the smallest: articles come in any order.
        thing.authority = min(filter(None, (thing.authority, entity.authority)), default=None)


def _contradiction(
    subject: str, relation: str, told: Sequence[Claim], things: Mapping[str, _Thing]
) -> Contradiction | None:
    surest = _surest(told)
    example = {claim.object: claim for claim in surest}
    together = _told_together(told)
    disagreeing: set[_Object] = set()
    for one, other in combinations(sorted(example, key=_text), 2):
        if frozenset((one, other)) not in together and _disagree(subject, relation, surest, (one, other), things):
            disagreeing |= {one, other}
    claims = [claim for claim in surest if claim.object in disagreeing]
    return Contradiction(subject, relation, tuple(claims)) if claims else None


def _surest(told: Iterable[Claim]) -> list[Claim]:
    """Return the surest claim of each article and object: the newest article's first, undated ones last."""
    best: dict[tuple[str, _Object], Claim] = {}
    for claim in sorted(told, key=lambda c: (-c.confidence, c.evidence.start, c.evidence.end)):
        best.setdefault((claim.article, claim.object), claim)
    by_name = sorted(best.values(), key=lambda c: (c.article, _text(c.object)))
    return sorted(by_name, key=lambda c: c.published or "", reverse=True)


def _told_together(told: Iterable[Claim]) -> set[frozenset[_Object]]:
    """Return the pairs of objects that one passage gives, or two that overlap."""
    by_article: dict[str, list[Claim]] = defaultdict(list)
    for claim in told:
        by_article[claim.article].append(claim)
    return {
        frozenset((one.object, other.object))
        for claims in by_article.values()
        for one, other in combinations(claims, 2)
        if one.evidence.start < other.evidence.end and other.evidence.start < one.evidence.end
    }


def _disagree(
    subject: str, relation: str, claims: Sequence[Claim], objects: tuple[_Object, _Object], things: Mapping[str, _Thing]
) -> bool:
    """Tell whether any claim of the one object disagrees with any of the other one."""
    thing = things[subject]
    comes = cycle(thing.type, thing.names)
    if comes != "once" and relation != "date":
        return False  # each edition has its own place, motto and budget
    if relation in ("takesPlaceIn", "locatedIn"):
        one, other = (str(iri) for iri in objects)
        places = {things[iri].authority or iri for iri in (one, other)}
        return len(places) > 1
    return any(
        _values_disagree(relation, one, other, thing.type, comes)
        for one in _of(claims, objects[0])
        for other in _of(claims, objects[1])
    )


def _values_disagree(relation: str, one: Claim, other: Claim, kind: EntityType, comes: str) -> bool:
    if relation == "date":
        return dates_disagree(one, other, kind, comes)
    return budgets_disagree(one, other) if relation == "budget" else mottos_disagree(one, other)


def _of(claims: Iterable[Claim], object_: _Object) -> Iterator[Claim]:
    return (claim for claim in claims if claim.object == object_)


def _text(object_: _Object) -> str:
    return object_.text if isinstance(object_, Value) else object_
