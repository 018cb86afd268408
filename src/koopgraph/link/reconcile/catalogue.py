"""The services that koopgraph knows by name, and what it knows of each (``data/reconciliation.toml``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from koopgraph.annotate.word_tables import word_table
from koopgraph.errors import LinkError
from koopgraph.exchange import is_address
from koopgraph.model import EntityType

USUAL_BEST = 100.0
"""The highest score of a service that we know nothing about: what most of them give."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What koopgraph knows of a service's entries: types and properties by class, the highest score (0: none)."""

    identifier_space: str = ""
    best: float = USUAL_BEST
    types: Mapping[EntityType, tuple[str, ...]] = field(default_factory=dict)
    properties: Mapping[EntityType, Mapping[str, str]] = field(default_factory=dict)


UNKNOWN = Profile()


@dataclass(frozen=True, slots=True)
class KnownService:
    """A service with a short name: what it is called, where it is, what its entries are like."""

    name: str
    title: str
    url: str
    profile: Profile


@cache
def known_services() -> Mapping[str, KnownService]:
    """Return the services by short name.

    >>> sorted(known_services())
    ['lobid-gnd', 'wikidata']
    """
    return {name: _service(name, table) for name, table in word_table("reconciliation.toml").items()}


def _service(name: str, table: Mapping[str, object]) -> KnownService:
    types, properties = table["types"], table["properties"]
    if not isinstance(types, dict) or not isinstance(properties, dict):
        raise TypeError(f"reconciliation.toml: {name} lacks its tables")
    profile = Profile(
        identifier_space=str(table["identifier_space"]),
        best=float(str(table["best"])),
        types={EntityType(kind): tuple(ids) for kind, ids in types.items()},
        properties={EntityType(kind): dict(ids) for kind, ids in properties.items()},
    )
    return KnownService(name, str(table["title"]), str(table["url"]), profile)


def address_of(name_or_url: str) -> str:
    """Return the address of a service that is named by its short name or its address.

    Raises :class:`LinkError` for anything else.

    >>> address_of("lobid-gnd")
    'https://lobid.org/gnd/reconcile'
    """
    known = known_services().get(name_or_url)
    if known is not None:
        return known.url
    if is_address(name_or_url):
        return name_or_url
    raise LinkError(
        f"{name_or_url!r} is no reconciliation service. Give its address (https://…, without name or password), "
        f"or one of: {', '.join(known_services())}."
    )


def profile_of(identifier_space: str) -> Profile:
    """Return what is known of the entries whose ids stand behind ``identifier_space``: nothing, for most."""
    spaces = {_plain(service.profile.identifier_space): service.profile for service in known_services().values()}
    return spaces.get(_plain(identifier_space), UNKNOWN)


def profile_at(address: str) -> Profile:
    """Return what is known of the service at that address without asking it."""
    return next((service.profile for service in known_services().values() if service.url == address), UNKNOWN)


def _plain(space: str) -> str:
    return space.removeprefix("https://").removeprefix("http://")
