"""From a service's candidates to a decision: linked automatically, or proposed to a person.

A thing is linked to its first candidate where all of these hold; else its candidates are proposals:

1. its class has a type at the service, so that a namesake of another kind is no candidate;
2. its score is at least the threshold, and the next candidate's is lower by at least ``MARGIN``;
3. the service does not itself say that it is no match;
4. every candidate was well-formed: a malformed one may have been the better one;
5. for a person: the service or its description bears out something else than the name, an employer or a city.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from koopgraph.link.reconcile.answers import Answer, Candidate
from koopgraph.link.reconcile.catalogue import Profile
from koopgraph.link.reconcile.queries import Query
from koopgraph.link.reconcile.things import Thing
from koopgraph.model import EntityType
from koopgraph.resolve.names import words_of

THRESHOLD = 0.9
"""Wikidata's own service takes 95 of 100 for a match, less 5 for each property sent: 0.9 is its cut for one property,
and stricter for several. A name that differs by a word, or a property that is contradicted, falls below."""

MARGIN = 0.1
"""The gap that Wikidata's own service asks for (10 of 100). Two entries of one name have none."""

BORNE_OUT = 0.8
"""The share of the highest value at which a property counts as confirmed: 'TU Berlin' for 'Technische Universität
Berlin' is below, an employer spelt a little differently above."""

TELLING = ("organisation", "city")
"""What of a person's context tells it from namesakes where an entry's description names it."""

DIGITS = 4


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate with its score from 0 to 1."""

    iri: str
    name: str
    score: float
    description: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of one thing: the IRI that it is linked to, or None, and the candidates, best first."""

    thing: Thing
    accepted: str | None
    candidates: tuple[Scored, ...]


def decide(query: Query, answer: Answer, profile: Profile, threshold: float = THRESHOLD) -> Decision:
    """Return the decision on one thing; it does not depend on the order of the candidates."""
    ranked = sorted(
        ((_score(candidate, query.thing, profile), candidate) for candidate in answer.candidates),
        key=lambda pair: (-pair[0], -pair[1].score, pair[1].iri),
    )
    scored = tuple(Scored(c.iri, c.name, score, c.description) for score, c in ranked)
    return Decision(query.thing, _accepted(query, answer, ranked, profile, threshold), scored)


def _accepted(
    query: Query, answer: Answer, ranked: list[tuple[float, Candidate]], profile: Profile, threshold: float
) -> str | None:
    if not ranked or not query.types or answer.malformed:
        return None
    score, first = ranked[0]
    margin = score - ranked[1][0] if len(ranked) > 1 else 1.0
    if score < threshold or round(margin, DIGITS) < MARGIN or first.match is False:
        return None
    if query.thing.type is EntityType.PERSON and not _borne_out(query, first, profile):
        return None
    return first.iri


def _score(candidate: Candidate, thing: Thing, profile: Profile) -> float:
    """Return the service's score as a share of its best; where it has no best one, how alike the names are."""
    if profile.best > 0:
        return round(min(1.0, candidate.score / profile.best), DIGITS)
    return round(max(likeness(candidate.name, name) for name in thing.names), DIGITS)


def likeness(first: str, second: str) -> float:
    """Return how alike two names are, from 0 to 1, whatever the order of their words.

    >>> likeness("Pahl-Weber, Elke", "Elke Pahl-Weber"), likeness("Leipzig", "Zwickau") < 0.5
    (1.0, True)
    """
    return SequenceMatcher(None, _sorted_words(first), _sorted_words(second), autojunk=False).ratio()


def _sorted_words(name: str) -> str:
    return " ".join(sorted(words_of(name)))


def _borne_out(query: Query, candidate: Candidate, profile: Profile) -> bool:
    """Tell whether anything beside the name speaks for the candidate: a property that we sent, or its description."""
    asked = {pid for pid, _ in query.properties}
    enough = BORNE_OUT * profile.best if profile.best > 0 else float("inf")
    if any(name in asked and value >= enough for name, value in candidate.features):
        return True
    context = query.thing.context
    return _names_any(candidate.description, (name for around in TELLING for name in context.get(around, ())))


def _names_any(description: str, names: Iterable[str]) -> bool:
    told = f" {' '.join(words_of(description))} "
    return any(words and f" {' '.join(words)} " in told for words in map(words_of, names))
