"""The services that koopgraph knows by name, and what it knows of each: ``data/reconciliation.toml``, or one's own."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from koopgraph.annotate.word_tables import word_table
from koopgraph.errors import LinkError
from koopgraph.exchange import is_address
from koopgraph.model import EntityType

USUAL_BEST = 100.0
"""The highest score of a service that we know nothing about: what most of them give."""

_FIELDS = frozenset({"url", "identifier_space", "best", "types", "properties"})


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
    """Where a service is, and what its entries are like: None where its identifier space has to tell."""

    url: str
    profile: Profile | None = None


@cache
def known_services() -> Mapping[str, KnownService]:
    """Return the services that ship, by short name.

    >>> sorted(known_services())
    ['lobid-gnd', 'wikidata']
    """
    return _services(word_table("reconciliation.toml"), "reconciliation.toml")


def find_service(name_or_url: str, config: Path | None = None) -> KnownService:
    """Return the service of that short name (of ``config``, a TOML file, or known) or at that address.

    Raises :class:`LinkError` for anything else, and for a file that is malformed.

    >>> find_service("lobid-gnd").url
    'https://lobid.org/gnd/reconcile'
    """
    named = {**known_services(), **(_read(config) if config else {})}
    if name_or_url in named:
        return named[name_or_url]
    if is_address(name_or_url):
        return KnownService(name_or_url)
    raise LinkError(
        f"{name_or_url!r} is no reconciliation service. Give its address (https://…, without name or password), "
        f"or one of: {', '.join(named)}."
    )


def profile_of(identifier_space: str) -> Profile:
    """Return what is known of the entries whose ids stand behind ``identifier_space``: nothing, for most."""
    profiles = [service.profile for service in known_services().values() if service.profile]
    return {_plain(known.identifier_space): known for known in profiles}.get(_plain(identifier_space), UNKNOWN)


def _plain(space: str) -> str:
    return space.removeprefix("https://").removeprefix("http://")


def _read(path: Path) -> dict[str, KnownService]:
    try:
        return _services(tomllib.loads(path.read_text(encoding="utf-8")), str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise LinkError(f"{path}: cannot be read ({error}). Name a TOML file.") from error
    except tomllib.TOMLDecodeError as error:
        raise LinkError(f"{path}: is no TOML ({error}). Correct it.") from error


def _services(tables: Mapping[str, Any], place: str) -> dict[str, KnownService]:
    return {name: _service(table, f"{place}, [{name}]") for name, table in tables.items()}


def _service(table: Any, place: str) -> KnownService:
    if not isinstance(table, dict) or table.keys() - _FIELDS:
        raise LinkError(f"{place}: must be a table with {', '.join(sorted(_FIELDS))}.")
    url, best = table.get("url"), table.get("best", USUAL_BEST)
    if not isinstance(url, str) or not is_address(url):
        raise LinkError(f"{place}: 'url' must be an address (https://…), not {url!r}.")
    if isinstance(best, bool) or not isinstance(best, int | float) or not 0 <= best < float("inf"):
        raise LinkError(f"{place}: 'best' must be the highest score, or 0 for none, not {best!r}.")
    types = {kind: tuple(ids) for kind, ids in _by_class(table, "types", list, place).items()}
    properties = {kind: dict(ids) for kind, ids in _by_class(table, "properties", dict, place).items()}
    for ids in (*types.values(), *(tuple(pids.values()) for pids in properties.values())):
        if wrong := [one for one in ids if not isinstance(one, str) or not one]:
            raise LinkError(f"{place}: {wrong[0]!r} is no id of a type or property; ids are texts.")
    return KnownService(url, Profile(str(table.get("identifier_space", "")), float(best), types, properties))


def _by_class(table: Mapping[str, Any], name: str, kind: type, place: str) -> dict[EntityType, Any]:
    given = table.get(name, {})
    if not isinstance(given, dict) or not all(isinstance(value, kind) for value in given.values()):
        raise LinkError(
            f"{place}: '{name}' must be a table with a {'list' if kind is list else 'table'} for each class."
        )
    if unknown := given.keys() - set(EntityType):
        raise LinkError(f"{place}: unknown class {min(unknown)!r}. Known are: {', '.join(EntityType)}.")
    return {EntityType(one): value for one, value in given.items()}
