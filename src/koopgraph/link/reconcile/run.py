"""A whole run: the things of a graph, what a service says of them, the file of links and the graph that has them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from koopgraph.answer_cache import AnswerCache
from koopgraph.errors import LinkError
from koopgraph.exchange import Patience
from koopgraph.link.reconcile.apply import apply_links
from koopgraph.link.reconcile.catalogue import UNKNOWN, find_service, profile_of
from koopgraph.link.reconcile.links_file import KOOPGRAPH, Link, Links, ProposedLink, read_links, write_links
from koopgraph.link.reconcile.match import THRESHOLD, Decision, decide
from koopgraph.link.reconcile.queries import LIMIT, Query, query_of
from koopgraph.link.reconcile.service import BATCH, PATIENCE, Service
from koopgraph.link.reconcile.things import read_things
from koopgraph.model import EntityType
from koopgraph.progress import Progress
from koopgraph.store import open_store


@dataclass(frozen=True, slots=True)
class LinkOptions:
    """How to link. ``service`` is a short name (of ``config``, a TOML file, or a known one) or an address.

    ``classes`` empty means all of them, ``threshold`` is the score from which a link is made automatically,
    ``candidates`` how many are kept as proposals, ``cache`` the folder for answers, ``batch`` the number of queries
    in one request.
    """

    service: str
    classes: tuple[EntityType, ...] = ()
    threshold: float = THRESHOLD
    candidates: int = LIMIT // 2
    cache: str = ""
    batch: int = BATCH
    config: Path | None = None
    patience: Patience = PATIENCE


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run gave: its links, how many things were asked about, answered from the disk, not answered and why.

    ``unmatched`` are links of the file whose thing is not in the graph.
    """

    service: str
    links: Links
    asked: int
    from_cache: int
    unanswered: int
    reason: str
    unmatched: tuple[Link, ...] = ()


def queries_for(folder: Path, options: LinkOptions) -> tuple[Query, ...]:
    """Return what would be asked, without asking anything: of a service that is not known, without types."""
    profile = find_service(options.service, options.config).profile or UNKNOWN
    return tuple(query_of(thing, profile) for thing in read_things(open_store(folder), options.classes))


def link(folder: Path, file: Path, options: LinkOptions, *, tell: Progress) -> Outcome:
    """Ask the service about the graph's things, write the file of links, and put them into the graph.

    1. Read the file, so that what is malformed there is said before anything is asked.
    2. Ask about every thing of the classes, but for those that a person judged for this service.
    3. Decide, merge with the file's other records, write it, and write the graph's outputs again.

    Raises :class:`LinkError` where the service cannot be asked at all; things that it did not answer are counted.
    """
    found = find_service(options.service, options.config)
    address = found.url
    known = read_links(file)
    judged = {one.thing for one in known.records if one.service == address and one.curated}
    things = [thing for thing in read_things(open_store(folder), options.classes) if thing.iri not in judged]
    service = Service(address, AnswerCache(options.cache), batch=options.batch, patience=options.patience)
    manifest = service.manifest()
    profile = found.profile or profile_of(manifest.identifier_space)
    queries = [query_of(thing, profile) for thing in things]
    answers = service.answers(queries, manifest, _teller(tell, manifest.name, len(queries)))
    unanswered = sum(answer is None for answer in answers.values())
    if queries and unanswered == len(queries):
        raise LinkError(f"{address}: {service.reason}. Nothing was answered; try again later, or check the address.")
    decisions = [
        decide(query, answer, profile, options.threshold)
        for query in queries
        if (answer := answers[query.thing.iri]) is not None
    ]
    links = known.merged(_link(decision, address, options.candidates) for decision in decisions)
    write_links(links, file)
    unmatched = apply_links(folder, links, tell=tell)
    own = Links(tuple(one for one in links.records if one.service == address))
    return Outcome(address, own, len(queries), service.from_cache, unanswered, service.reason, unmatched)


def _teller(tell: Progress, name: str, total: int) -> Callable[[int], None]:
    return lambda done: tell(f"asking {name}", done, total)


def _link(decision: Decision, service: str, most: int) -> Link:
    thing = decision.thing
    proposed = tuple(ProposedLink(c.iri, c.name, c.score, c.description) for c in decision.candidates[:most])
    return Link(thing.iri, thing.type, thing.label, service, decision.accepted, KOOPGRAPH, proposed)
