"""What single articles say of things, without their texts: the shares that statements are gathered from.

All that is said of one thing is gathered by its IRI. A share can be split by it, kept in a file and read again, so
that the things of millions of articles need not be in memory at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TypeAlias
from zlib import crc32

import msgspec

from koopgraph.errors import KoopgraphError
from koopgraph.model import ArticleGraph, EntityType, Evidence, Language, Value
from koopgraph.rdf.iris import passage_iri
from koopgraph.rdf.vocabulary import relation

Passages: TypeAlias = dict[str, Evidence]
"""The passages that an article is quoted by, by their IRIs."""


class EntityShare(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """How one article names an entity; ``passage`` is the IRI of the first one that does, None for metadata."""

    iri: str
    type: EntityType
    name: str
    names: tuple[str, ...]
    language: Language
    passage: str | None = None
    authority: str | None = None


class FactShare(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What one article says of two entities, or an entity and a value, and the IRI of the passage that does."""

    subject: str
    relation: str
    object: str | Value
    passage: str
    extractor: str
    confidence: float
    role: str | None = None


class Share(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What one article in ``language`` says, of everything or of some things."""

    language: Language
    entities: list[EntityShare]
    facts: list[FactShare]


def share_of(graph: ArticleGraph, *, base: str) -> tuple[Share, Passages]:
    """Return what the article says, and the passages that say so.

    A symmetric relation runs from the smaller IRI to the larger. Raises :class:`KoopgraphError` where a quote is not
    what the article has at its offsets, or a relation is unknown.
    """
    passages: Passages = {}

    def passage(evidence: Evidence) -> str:
        if graph.article.text[evidence.start : evidence.end] != evidence.quote:
            raise KoopgraphError(
                f"{graph.article.source}: characters {evidence.start}–{evidence.end} are not {evidence.quote!r}. "
                "Quote the stored text, by Evidence.of."
            )
        iri = passage_iri(base, graph.iri, evidence.start, evidence.end)
        passages[iri] = evidence
        return iri

    entities = [
        EntityShare(
            e.iri, e.type, e.name, e.names, e.language, passage(e.mentions[0]) if e.mentions else None, e.authority
        )
        for e in graph.entities
    ]
    facts = []
    for fact in graph.facts:
        subject, object_ = fact.subject, fact.object
        if isinstance(object_, str) and relation(fact.relation).symmetric:
            subject, object_ = sorted((subject, object_))
        facts.append(
            FactShare(
                subject, fact.relation, object_, passage(fact.evidence), fact.extractor, fact.confidence, fact.role
            )
        )
    return Share(graph.article.language, entities, facts), passages


def split(share: Share, parts: int) -> Iterator[tuple[int, Share]]:
    """Yield the share of each of ``parts`` parts that things are in by their IRIs, with the part's number."""
    entities: dict[int, list[EntityShare]] = defaultdict(list)
    facts: dict[int, list[FactShare]] = defaultdict(list)
    for entity in share.entities:
        entities[part_of(entity.iri, parts)].append(entity)
    for fact in share.facts:
        facts[part_of(fact.subject, parts)].append(fact)
    for part in sorted({*entities, *facts}):
        yield part, Share(share.language, entities[part], facts[part])


def part_of(iri: str, parts: int) -> int:
    """Return the number of the part that a thing is in, the same each time.

    >>> part_of("https://example.org/city/leipzig", 7)
    3
    """
    return crc32(iri.encode("utf-8")) % parts
