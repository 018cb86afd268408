"""The file of links: one line of JSON a thing and service, sorted; to be read, corrected and put under git.

A record whose ``by`` is not ``koopgraph`` is a person's judgement: no run changes it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from koopgraph.errors import LinkError
from koopgraph.files import atomic_write
from koopgraph.link.reconcile.answers import finite
from koopgraph.model import EntityType

LINKS = "links.jsonl"
"""The file's name in the output folder, where no other place is named."""
KOOPGRAPH = "koopgraph"
"""Who decided, where no person did."""

_FIELDS = ("thing", "class", "label", "service", "accepted", "by", "candidates")
_CANDIDATE_FIELDS = ("iri", "name", "score", "description")


@dataclass(frozen=True, slots=True)
class ProposedLink:
    """An entry of the authority that may be the thing, how well it fits (0–1), and what the service says of it."""

    iri: str
    name: str
    score: float
    description: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """What is known of one thing at one service. ``accepted`` is the entry's IRI, None where nothing is decided."""

    thing: str
    type: EntityType
    label: str
    service: str
    accepted: str | None = None
    by: str = KOOPGRAPH
    candidates: tuple[ProposedLink, ...] = ()

    @property
    def curated(self) -> bool:
        """True where a person decided."""
        return self.by != KOOPGRAPH


@dataclass(frozen=True, slots=True)
class Links:
    """All links, by thing and service; sorted, one record each."""

    records: tuple[Link, ...] = ()

    def merged(self, newer: Iterable[Link]) -> Links:
        """Return these links with the newer ones in the place of older ones; a person's judgements stay."""
        found = {(link.thing, link.service): link for link in self.records}
        for link in newer:
            if not ((known := found.get((link.thing, link.service))) and known.curated):
                found[link.thing, link.service] = link
        return Links(tuple(found[key] for key in sorted(found)))


def write_links(links: Links, path: Path) -> None:
    """Write the file, whole or not at all; the same links give the same bytes."""
    with atomic_write(path, "w") as file:
        for link in sorted(links.records, key=lambda one: (one.thing, one.service)):
            file.write(json.dumps(_entry(link), ensure_ascii=False) + "\n")


def _entry(link: Link) -> dict[str, object]:
    candidates = [asdict(candidate) for candidate in link.candidates]
    values = (link.thing, link.type.value, link.label, link.service, link.accepted, link.by, candidates)
    return dict(zip(_FIELDS, values, strict=True))


def read_links(path: Path) -> Links:
    """Return the links of a file; none where there is no file.

    Raises :class:`LinkError` with the line for what is no link, or is there twice.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except FileNotFoundError:
        return Links()
    except (OSError, UnicodeDecodeError) as error:
        raise LinkError(f"{path}: cannot be read as UTF-8 text ({error}). Name another file of links.") from error
    found: dict[tuple[str, str], Link] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        link = _link(line, f"{path}, line {number}")
        if (link.thing, link.service) in found:
            raise LinkError(f"{path}, line {number}: {link.thing} has a line for this service above. Remove one.")
        found[link.thing, link.service] = link
    return Links(tuple(found[key] for key in sorted(found)))


def _link(line: str, place: str) -> Link:
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise LinkError(f"{place}: is no JSON ({error}). Correct the line, or remove it.") from None
    if not isinstance(entry, dict) or entry.keys() - set(_FIELDS) or set(_FIELDS) - entry.keys():
        raise LinkError(f"{place}: must be one object with {', '.join(_FIELDS)}.")
    text = {name: entry[name] for name in ("thing", "label", "service", "by")}
    if wrong := [name for name, value in text.items() if not isinstance(value, str) or not value.strip()]:
        raise LinkError(f"{place}: {wrong[0]!r} must be a text.")
    if not is_iri(text["thing"]):
        raise LinkError(f"{place}: 'thing' must be the IRI of a thing in the graph, not {text['thing']!r}.")
    if entry["class"] not in tuple(EntityType):
        raise LinkError(f"{place}: unknown class {entry['class']!r}. Known are: {', '.join(EntityType)}.")
    accepted, candidates = entry["accepted"], entry["candidates"]
    if accepted is not None and not is_entry_iri(accepted):
        raise LinkError(f"{place}: 'accepted' must be an http(s) IRI or null, not {accepted!r}.")
    if not isinstance(candidates, list):
        raise LinkError(f"{place}: 'candidates' must be a list.")
    proposed = tuple(sorted((_proposed(c, place) for c in candidates), key=lambda c: (-c.score, c.iri)))
    return Link(**text, type=EntityType(entry["class"]), accepted=accepted, candidates=proposed)


def _proposed(entry: Any, place: str) -> ProposedLink:
    match entry:
        case {"iri": str(iri), "name": str(name), "score": given} if is_entry_iri(iri):
            score = finite(given)
            if score is not None and 0 <= score <= 1 and not entry.keys() - set(_CANDIDATE_FIELDS):
                return ProposedLink(iri, name, score, str(entry.get("description", "")))
    raise LinkError(f"{place}: a candidate has an 'iri' (http or https), a 'name' and a 'score' from 0 to 1: {entry!r}")


def is_entry_iri(iri: object) -> bool:
    """Tell whether this can be the IRI of an entry: http or https, and valid.

    >>> is_entry_iri("https://d-nb.info/gnd/4035206-7"), is_entry_iri("javascript:alert(1)")
    (True, False)
    """
    return isinstance(iri, str) and iri.startswith(("http://", "https://")) and is_iri(iri)


def is_iri(text: str) -> bool:
    """Tell whether this is a valid, absolute IRI."""
    from pyoxigraph import NamedNode

    try:
        NamedNode(text)
    except ValueError:
        return False
    return True


def doubtful(links: Links) -> Iterator[Link]:
    """Yield the links that a person should judge, the likeliest first."""
    open_ones = (link for link in links.records if link.accepted is None and link.candidates and not link.curated)
    yield from sorted(open_ones, key=lambda link: (-link.candidates[0].score, link.thing, link.service))
