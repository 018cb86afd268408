"""From senses and variants of names to things: what joins, what stays apart, and what a person should judge.

1. What curators call one thing joins first; what they call different never does.
2. Variants join surest first, each weighed by the company of both things: shared company speaks for it, another city
   against it. Nothing joins that contradicts (two authorities, two given names, other years of a yearly event).
3. A shortened name that fits several things joins the one whose company it shares clearly best, or none.
4. What is likely, but not likely enough, becomes a proposal.

The order of the input plays no part: everything is sorted by score and by what the articles say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from koopgraph.model import EntityType
from koopgraph.resolve.forest import Forest
from koopgraph.resolve.names import folded
from koopgraph.resolve.people import person_words
from koopgraph.resolve.senses import Sense, comes_again, edition
from koopgraph.resolve.spelling import is_local
from koopgraph.resolve.variant import SHORTENING, Variant

MERGE = 0.7
"""From this score on two names are taken for one thing."""
PROPOSE = 0.45
"""From this score on, up to :data:`MERGE`, a person is asked."""
MOST_DOUBTFUL = 0.69
"""The score of what rules take for sure, but company or another reading denies."""
SUREST = 0.99
"""No score is higher."""
MARGIN = 0.1
"""How much better than the second the best reading of a shortened name must be."""
SHARED_COMPANY = 0.3
CROWD = 50
"""Of so many things in the company of both one is shared by chance: more must be."""
SHARED_CITY = 0.15
STATED_CITY = 0.05
"""What it adds that statements tie both to the city."""
SHARED_ROLE = 0.1
OTHER_CITY = -0.25
APART_IN_ONE_ARTICLE = frozenset(["typing error", "double name", "other form"])
"""Rules that join nothing which one article names side by side: its writer knew the two spellings apart."""
TOGETHER = frozenset(
    [
        "surname",
        "given name's initial",
        "initials",
        "acronym introduced",
        "begins with acronym",
        "with its region",
        "without owner",
        "head word alone",
    ]
)
"""Rules that one article speaks for: it hardly shortens two names alike without telling them apart."""


@dataclass(frozen=True, slots=True)
class Link:
    """A variant as it was decided: its score with company, and what both things share."""

    variant: Variant
    weight: float
    shared: frozenset[str]

    @property
    def score(self) -> float:
        """The weight as a probability: nothing is certain. Readings are compared by their weights."""
        return min(SUREST, self.weight)


@dataclass(slots=True)
class _Cluster:
    """What is known of the senses that are one thing so far."""

    numbers: set[int]
    stated: set[str]
    authorities: set[str]
    givens: set[str]
    articles: set[str]
    local: bool
    editions: set[str] | None
    towns: frozenset[str] = frozenset()

    def take_in(self, other: _Cluster) -> None:
        """Add what is known of another thing that is the same one."""
        self.numbers |= other.numbers
        self.stated |= other.stated
        self.authorities |= other.authorities
        self.givens |= other.givens
        self.articles |= other.articles
        self.local = self.local or other.local
        self.editions = None if self.editions is None or other.editions is None else self.editions | other.editions
        self.towns |= other.towns


@dataclass(frozen=True, slots=True)
class _Company:
    """What a sense is weighed by, made once: that of a ministry holds thousands of things."""

    things: frozenset[str]
    cities: frozenset[str]
    articles: frozenset[str]


class Clusters:
    """Joins senses; :attr:`links` are the variants that joined, :attr:`proposals` those that a person should judge."""

    def __init__(self, senses: Sequence[Sense], cannot_link: Iterable[tuple[int, int]] = ()) -> None:
        """Begin with every sense for itself; the pairs of ``cannot_link`` (numbers of senses) stay apart for ever."""
        self._senses = senses
        self._forest = Forest[int]()
        self._clusters: dict[int, _Cluster] = {}
        self._companies: dict[int, _Company] = {}
        self._apart: dict[int, set[int]] = defaultdict(set)
        for one, other in cannot_link:
            self._apart[one].add(other)
            self._apart[other].add(one)
        self.links: list[Link] = []
        self.proposals: list[Link] = []

    def groups(self) -> list[list[int]]:
        """Return the numbers of the senses of each thing, in the order of their first sense."""
        groups: dict[int, list[int]] = defaultdict(list)
        for number in range(len(self._senses)):
            groups[self.root(number)].append(number)
        return list(groups.values())

    def root(self, number: int) -> int:
        """Return what stands for the thing that the sense belongs to."""
        return self._forest.root(number)

    def are_judged(self, one: int, other: int) -> bool:
        """Tell whether curators call the things of two senses different."""
        if not self._apart:
            return False
        numbers = self._cluster(self.root(other)).numbers
        return any(self._apart[n] & numbers for n in self._cluster(self.root(one)).numbers if n in self._apart)

    def must_link(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Join what curators call one thing, whatever speaks against it."""
        for one, other in pairs:
            self._join(self.root(one), self.root(other))

    def decide(self, variants: Iterable[Variant]) -> None:
        """Join or propose, surest first; rules that shorten names come last, when the longer ones are settled."""
        weighed = sorted((self._weighed(v) for v in variants), key=self._order)
        for link in weighed:
            if link.variant.rule not in SHORTENING:
                self._take(link)
        shortened: dict[int, list[Link]] = defaultdict(list)
        for link in weighed:
            if link.variant.rule in SHORTENING:
                shortened[link.variant.senses[0]].append(link)
        for links in sorted(shortened.values(), key=lambda links: self._order(links[0])):
            self._choose(links)

    def _order(self, link: Link) -> tuple[float, str, object, object]:
        one, other = (self._senses[n].first for n in link.variant.senses)
        return (-link.weight, link.variant.rule, (one.order, one.node), (other.order, other.node))

    def _weighed(self, variant: Variant) -> Link:
        first = self._senses[variant.senses[0]].first
        a, b = (self._senses[n].context for n in variant.senses)
        one, other = (self._company(n) for n in variant.senses)
        shared = one.things & other.things
        enough = len(shared) > min(len(one.things), len(other.things)) // CROWD
        together = variant.rule in TOGETHER and not one.articles.isdisjoint(other.articles)
        cities = one.cities & other.cities
        score = variant.score + (SHARED_COMPANY if (shared and enough) or together else 0.0)
        score += SHARED_ROLE if a.roles & b.roles else 0.0
        local = any(is_local(form, first.type) for form in variant.forms)
        if cities:
            score += SHARED_CITY + (STATED_CITY if a.stated & b.stated else 0.0)
        elif local:
            score = 0.0  # every town has one: without a town in common the name says nothing
        elif (a.own_cities and b.own_cities) if first.type is EntityType.PERSON else (a.stated and b.stated):
            score += OTHER_CITY
        return Link(variant, round(score, 4), shared | cities)

    def _company(self, number: int) -> _Company:
        if number not in self._companies:
            sense = self._senses[number]
            self._companies[number] = _Company(sense.context.company, sense.context.all_cities, sense.articles)
        return self._companies[number]

    def _choose(self, links: list[Link]) -> None:
        """Take the reading of a shortened name that is clearly the best one; propose the best where none is.

        What the name is joined with already needs no choice, and readings that are clearly worse than it are none.
        """
        joined = [x for x in links if self.root(x.variant.senses[0]) == self.root(x.variant.senses[1])]
        least = joined[0].weight - MARGIN if joined else 0.0
        links = [x for x in links if x not in joined and x.weight >= least]
        if not links:
            return
        best = links[0]
        others = [x for x in links if self.root(x.variant.senses[1]) != self.root(best.variant.senses[1])]
        if others and best.weight - others[0].weight < MARGIN:
            for link in (best, others[0]):
                self._propose(link)
            return
        for link in links:
            if link not in others:
                self._take(link)

    def _take(self, link: Link) -> None:
        one, other = (self.root(n) for n in link.variant.senses)
        if one == other or link.score < PROPOSE:
            return
        if link.variant.town:
            for root in (one, other):
                cluster = self._cluster(root)
                if cluster.towns and not cluster.towns & link.variant.town:
                    return
        clash = self._clash(one, other, link.variant.rule)
        if clash is None and link.score >= MERGE:
            self._join(one, other)
            if link.variant.town:
                self._cluster(self.root(one)).towns = link.variant.town
            self.links.append(link)
        elif clash != "judged":
            self._propose(link)

    def _propose(self, link: Link) -> None:
        """Leave the link to a person, as less likely than what is merged: something speaks against it."""
        if link.score >= PROPOSE:
            self.proposals.append(replace(link, weight=min(link.weight, MOST_DOUBTFUL)))

    def _clash(self, one: int, other: int, rule: str) -> str | None:
        """Return what keeps two things apart, or None."""
        a, b = self._cluster(one), self._cluster(other)
        if self.are_judged(one, other):
            return "judged"
        if _differ(a.authorities, b.authorities):
            return "authority"
        if a.givens and b.givens and not _compatible(a.givens | b.givens):
            return "given name"
        if rule != "with its city" and (a.local or b.local) and _differ(a.stated, b.stated):
            return "city"
        if a.editions and b.editions and not a.editions & b.editions:
            return "edition"
        if _differ(a.towns, b.towns):
            return "town"
        if rule in APART_IN_ONE_ARTICLE and a.articles & b.articles:
            return "article"
        return None

    def _join(self, one: int, other: int) -> None:
        if one == other:
            return
        for root in (one, other):
            self._cluster(root)
        low, high = sorted((one, other))
        self._forest.join(high, low)
        large, small = sorted((self._clusters.pop(low), self._clusters.pop(high)), key=lambda c: -len(c.articles))
        large.take_in(small)
        self._clusters[low] = large

    def _cluster(self, root: int) -> _Cluster:
        if root not in self._clusters:
            sense = self._senses[root]
            first = sense.first
            self._clusters[root] = _Cluster(
                numbers={root},
                stated=set(sense.context.stated),
                authorities={r.authority for r in sense.records if r.authority},
                givens=_givens(sense),
                articles=set(sense.articles),
                local=is_local(first.name, first.type),
                editions={e for r in sense.records for e in edition(r)} if comes_again(first) else None,
            )
        return self._clusters[root]


def _differ(one: AbstractSet[str], other: AbstractSet[str]) -> bool:
    """Whether both are known, and nothing of them is the same."""
    return bool(one) and bool(other) and one.isdisjoint(other)


def _givens(sense: Sense) -> set[str]:
    if sense.first.type is not EntityType.PERSON:
        return set()
    words = person_words(sense.first.name)
    return {folded(words[0].strip("."))} if len(words) > 1 else set()


def _compatible(givens: Collection[str]) -> bool:
    """Whether all given names are one: equal, but for initials."""
    longest = max(givens, key=lambda g: (len(g), g))
    return all(longest == g or (len(g) == 1 and longest.startswith(g)) for g in givens)
