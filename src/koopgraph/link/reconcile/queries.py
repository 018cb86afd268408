"""From a thing to the question that a reconciliation service is asked about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from koopgraph.link.reconcile.catalogue import Profile
from koopgraph.link.reconcile.things import Thing

Body: TypeAlias = dict[str, object]
LIMIT = 10
"""Candidates asked for. Always the same, so that showing more of them asks nothing again."""

LONGEST_NAME = 300
"""Characters of a name that are sent; no authority has longer ones."""


@dataclass(frozen=True, slots=True)
class Query:
    """What a service is asked about a thing: its name, the types it may have, what else is known (property, value)."""

    thing: Thing
    text: str
    types: tuple[str, ...]
    properties: tuple[tuple[str, str], ...]

    def body(self) -> Body:
        """Return the query as the protocol writes it (Reconciliation Service API 0.2, section 4.1)."""
        body: Body = {"query": self.text, "limit": LIMIT}
        if self.types:
            # One type as a text, which every service takes; some do not take a list of one.
            body["type"] = self.types[0] if len(self.types) == 1 else list(self.types)
        if self.properties:
            body["properties"] = [{"pid": pid, "v": value} for pid, value in self.properties]
        return body


def query_of(thing: Thing, profile: Profile) -> Query:
    """Return the question about ``thing``, with the most telling of its context that the service has a property for.

    No more than one: a property that an entry lacks lowers its score, however right the entry is.

    >>> from koopgraph.link.reconcile.catalogue import profile_of
    >>> from koopgraph.model import EntityType
    >>> firm = Thing("https://example.org/g", EntityType.ORGANISATION, "GEWOBA", ("GEWOBA",), {"city": ("Bremen",)})
    >>> query_of(firm, profile_of("http://www.wikidata.org/entity/")).body()
    {'query': 'GEWOBA', 'limit': 10, 'type': 'Q43229', 'properties': [{'pid': 'P159|P159/P131', 'v': 'Bremen'}]}
    """
    offered: Mapping[str, str] = profile.properties.get(thing.type, {})
    told = ((pid, thing.context.get(name, ())) for name, pid in offered.items())
    properties = tuple((pid, values[0]) for pid, values in told if values)[:1]
    text = " ".join(thing.label.split())[:LONGEST_NAME]
    return Query(thing, text, profile.types.get(thing.type, ()), properties)
