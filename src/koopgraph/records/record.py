"""A record: what one article states, as it is kept from build to build."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import msgspec

from koopgraph.model import ArticleGraph, Problem

_encode_graph = msgspec.json.Encoder().encode
_decode_graph = msgspec.json.Decoder(ArticleGraph).decode
_encode_failures = msgspec.json.Encoder().encode
_decode_failures = msgspec.json.Decoder(tuple[Problem, ...]).decode


@dataclass(frozen=True)
class Record:
    """What was read of one article under a key, and what failed in reading it.

    ``content`` is the article's graph as JSON, which is decoded when :attr:`graph` is asked for. A record with
    ``failures`` counts in this build, and the article is read again in the next one.
    """

    key: bytes
    iri: str
    content: bytes
    failures: tuple[Problem, ...] = ()

    @classmethod
    def of(cls, key: bytes, graph: ArticleGraph, failures: tuple[Problem, ...] = ()) -> Record:
        """Return the record of the graph."""
        return cls(key, graph.iri, _encode_graph(graph), failures)

    @cached_property
    def graph(self) -> ArticleGraph:
        """What the article states."""
        return decode_graph(self.content)


def decode_graph(content: bytes) -> ArticleGraph:
    """Return the graph that a record holds as JSON."""
    return _decode_graph(content)


def encode_failures(failures: tuple[Problem, ...]) -> bytes | None:
    """Return failures as JSON, None for none."""
    return _encode_failures(failures) if failures else None


def decode_failures(content: bytes | None) -> tuple[Problem, ...]:
    """Return what :func:`encode_failures` was given."""
    return _decode_failures(content) if content else ()
