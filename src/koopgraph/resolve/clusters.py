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
from collections.abc import Collection, Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from koopgraph.model import EntityType
from koopgraph.resolve.context import NOTHING
from koopgraph.resolve.forest import Forest
from koopgraph.resolve.names import folded
from koopgraph.resolve.people import person_words
from koopgraph.resolve.records import Record
from koopgraph.resolve.sense_table import Senses
from koopgraph.resolve.senses import comes_again, edition
from koopgraph.resolve.variant import SHORTENING, Variant
from koopgraph.resolve.weighing import Link, Weighing

MERGE = 0.7
"""From this score on two names are taken for one thing."""
PROPOSE = 0.45
"""From this score on, up to :data:`MERGE`, a person is asked."""
MOST_DOUBTFUL = 0.69
"""The score of what rules take for sure, but company or another reading denies."""
MARGIN = 0.1
"""How much better than the second the best reading of a shortened name must be."""
APART_IN_ONE_ARTICLE = frozenset(["typing error", "double name", "other form"])
"""Rules that join nothing which one article names side by side: its writer knew the two spellings apart."""


@dataclass(slots=True)
class _Cluster:
    """What is known of the senses that are one thing so far."""

    numbers: tuple[int, ...]
    stated: frozenset[str]
    authorities: frozenset[str]
    givens: frozenset[str]
    local: bool
    editions: frozenset[str] | None
    towns: frozenset[str] = NOTHING

    def take_in(self, other: _Cluster) -> None:
        """Add what is known of another thing that is the same one."""
        self.numbers += other.numbers
        self.stated |= other.stated
        self.authorities |= other.authorities
        self.givens |= other.givens
        self.local = self.local or other.local
        self.editions = None if self.editions is None or other.editions is None else self.editions | other.editions
        self.towns |= other.towns


class Clusters:
    """Joins senses; :attr:`links` are the variants that joined, :attr:`proposals` those that a person should judge."""

    def __init__(self, senses: Senses, cannot_link: Iterable[tuple[int, int]] = ()) -> None:
        """Begin with every sense for itself; the pairs of ``cannot_link`` (numbers of senses) stay apart for ever."""
        self._senses = senses
        self._forest = Forest[int]()
        self._clusters: dict[int, _Cluster] = {}
        self._weighing = Weighing(senses)
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
        numbers = set(self._cluster(self.root(other)).numbers)
        return any(self._apart[n] & numbers for n in self._cluster(self.root(one)).numbers if n in self._apart)

    def shared(self, one: int, other: int) -> frozenset[str]:
        """Return the company and the cities that two senses have in common."""
        return self._weighing.shared(one, other)

    def must_link(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Join what curators call one thing, whatever speaks against it."""
        for one, other in pairs:
            self._join(self.root(one), self.root(other))

    def decide(self, variants: Iterable[Variant]) -> None:
        """Join or propose, surest first; rules that shorten names come last, when the longer ones are settled."""
        every = map(self._weighing.link, variants)
        weighed = sorted((link for link in every if link.weight >= _least(link.variant.rule)), key=self._order)
        for link in weighed:
            if link.variant.rule not in SHORTENING:
                self._take(link)
        shortened: dict[int, list[Link]] = defaultdict(list)
        for link in weighed:
            if link.variant.rule in SHORTENING:
                shortened[link.variant.senses[0]].append(link)
        for links in sorted(shortened.values(), key=lambda links: self._order(links[0])):
            self._choose(links)

    def _order(self, link: Link) -> tuple[float, str, int, int]:
        one, other = link.variant.senses
        return (-link.weight, link.variant.rule, self._senses.firsts[one], self._senses.firsts[other])

    def _articles(self, cluster: _Cluster) -> set[int]:
        return set().union(*map(self._senses.articles, cluster.numbers))

    def _choose(self, links: list[Link]) -> None:
        """Take the reading of a shortened name that is clearly the best one; propose the best where none is.

        What the name is joined with already needs no choice, and readings that are clearly worse than it are none.
        """
        root = self.root(links[0].variant.senses[0])
        joined = [x for x in links if self.root(x.variant.senses[1]) == root]
        least = joined[0].weight - MARGIN if joined else 0.0
        links = [x for x in links if self.root(x.variant.senses[1]) != root and x.weight >= least]
        if not links:
            return
        reading = self.root(links[0].variant.senses[1])
        other = next((x for x in links if self.root(x.variant.senses[1]) != reading), None)
        if other and links[0].weight - other.weight < MARGIN:
            for link in (links[0], other):
                self._propose(link)
            return
        for link in [x for x in links if self.root(x.variant.senses[1]) == reading]:
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
            self.proposals.append(link._replace(weight=min(link.weight, MOST_DOUBTFUL)))

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
        if rule in APART_IN_ONE_ARTICLE and not self._articles(a).isdisjoint(self._articles(b)):
            return "article"
        return None

    def _join(self, one: int, other: int) -> None:
        if one == other:
            return
        for root in (one, other):
            self._cluster(root)
        low, high = sorted((one, other))
        self._forest.join(high, low)
        large, small = sorted((self._clusters.pop(low), self._clusters.pop(high)), key=lambda c: -len(c.numbers))
        large.take_in(small)
        self._clusters[low] = large

    def _cluster(self, root: int) -> _Cluster:
        if root not in self._clusters:
            senses = self._senses
            first = senses.first(root)
            editions = (e for n in senses.members[root] for e in edition(senses.records[n]))
            self._clusters[root] = _Cluster(
                numbers=(root,),
                stated=self._weighing.company(root).stated,
                authorities=frozenset(senses.authorities(root)) or NOTHING,
                givens=_givens(first),
                local=first.is_local,
                editions=frozenset(editions) if comes_again(first) else None,
            )
        return self._clusters[root]


def _least(rule: str) -> float:
    """Return the weight from which on a link matters: of a shortened name not even less as another reading."""
    return PROPOSE - 2 * MARGIN if rule in SHORTENING else PROPOSE


def _differ(one: AbstractSet[str], other: AbstractSet[str]) -> bool:
    """Whether both are known, and nothing of them is the same."""
    return bool(one) and bool(other) and one.isdisjoint(other)


def _givens(first: Record) -> frozenset[str]:
    if first.type is not EntityType.PERSON:
        return NOTHING
    words = person_words(first.name)
    return frozenset([folded(words[0].strip("."))]) if len(words) > 1 else NOTHING


def _compatible(givens: Collection[str]) -> bool:
    """Whether all given names are one: equal, but for initials."""
    longest = max(givens, key=lambda g: (len(g), g))
    return all(longest == g or (len(g) == 1 and longest.startswith(g)) for g in givens)
