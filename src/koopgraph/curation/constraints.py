"""What people say of pairs of things, as pairs that resolution must join or keep apart.

The last judgement counts first; an earlier one holds as far as it does not contradict those after it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product

from koopgraph.curation.applied import curator_of, problem_of
from koopgraph.curation.judgements import Curation, PairJudgement, ThingKey, Verdict
from koopgraph.curation.things import Name, Things, name_of
from koopgraph.model import ArticleGraph, Problem
from koopgraph.resolve.forest import Forest
from koopgraph.resolve.records import Node

_Key = tuple[Name, str | None]


@dataclass(frozen=True, slots=True)
class Joined:
    """Two things that a person calls one."""

    nodes: tuple[Node, Node]
    curator: str


@dataclass(frozen=True, slots=True)
class Constraints:
    """Pairs of things that are one, and pairs of groups that have none in common, as resolution takes them.

    ``applied`` are the positions of judgements that found what they are about; ``joined`` says who asked for each pair.
    """

    must_link: tuple[tuple[Node, Node], ...] = ()
    cannot_link: tuple[tuple[tuple[Node, ...], tuple[Node, ...]], ...] = ()
    applied: frozenset[int] = frozenset()
    problems: tuple[Problem, ...] = ()
    joined: tuple[Joined, ...] = ()


class _Groups:
    """Things that are one so far, and which groups must stay apart."""

    def __init__(self) -> None:
        self._forest = Forest[Node]()
        self._apart: dict[Node, set[Node]] = defaultdict(set)

    def root(self, node: Node) -> Node:
        return self._forest.root(node)

    def join(self, one: Node, other: Node) -> bool:
        """Make both one; return False where they must stay apart."""
        few, many = sorted((self.root(one), self.root(other)), key=lambda root: (len(self._apart.get(root, ())), root))
        if few == many:
            return True
        if many in self._apart.get(few, ()):
            return False
        self._forest.join(few, many)
        for foe in self._apart.pop(few, ()):
            self._apart[foe].discard(few)
            self._apart[foe].add(many)
            self._apart[many].add(foe)
        return True

    def separate(self, one: Node, other: Node) -> None:
        """Keep both groups apart from now on, where they are two."""
        if one != other:
            self._apart[one].add(other)
            self._apart[other].add(one)


def constraints(graphs: Iterable[ArticleGraph], curation: Curation) -> Constraints:
    """Return what the judgements on pairs ask of resolution; ``graphs`` are those before it.

    'same' makes all things one that either key means; 'different' keeps each thing that the first key means from each
    that the second means.
    """
    judged = [(n, j) for n, j in enumerate(curation.judgements) if isinstance(j, PairJudgement)]
    if not judged:
        return Constraints()
    reader = _Reader(Things(graphs, curation.judgements), curation)
    for number, judgement in reversed(judged):
        reader.take(number, judgement)
    return Constraints(
        must_link=tuple(sorted(j.nodes for j in reader.joined)),
        cannot_link=tuple(sorted(reader.apart)),
        applied=frozenset(reader.applied),
        problems=tuple(reversed(reader.problems)),
        joined=tuple(sorted(reader.joined, key=lambda j: (j.nodes, j.curator))),
    )


class _Reader:
    def __init__(self, things: Things, curation: Curation) -> None:
        self._things = things
        self._kinds = things.kinds
        self._curation = curation
        self._groups = _Groups()
        self._judged: set[frozenset[_Key]] = set()
        self._united: dict[ThingKey, Node] = {}
        self.applied: set[int] = set()
        self.problems: list[Problem] = []
        self.joined: list[Joined] = []
        self.apart: list[tuple[tuple[Node, ...], tuple[Node, ...]]] = []

    def take(self, number: int, judgement: PairJudgement) -> None:
        one, other = judgement.things
        if not (self._things.nodes(one) and self._things.nodes(other)):
            return  # unmatched
        self.applied.add(number)
        pair = frozenset((name_of(thing), thing.article) for thing in judgement.things)
        if pair in self._judged:
            return  # a later judgement on the same pair stands
        self._judged.add(pair)
        if judgement.verdict is Verdict.SAME:
            self._same(judgement)
        elif judgement.verdict is Verdict.DIFFERENT:
            self._different(judgement)

    def _same(self, judgement: PairJudgement) -> None:
        nodes = [node for thing in judgement.things for node in self._of(thing)]
        first, clash, classes = nodes[0], False, False
        for node in nodes[1:]:
            if self._kinds[node] is not self._kinds[first]:
                classes = True
            elif node == first or self._groups.root(node) == self._groups.root(first):
                continue
            elif self._groups.join(first, node):
                pair = (first, node) if first < node else (node, first)
                self.joined.append(Joined(pair, curator_of(judgement.made)))
            else:
                clash = True
        if clash:
            self._contradicted(judgement)
        if classes:
            remedy = "Correct the class of both by 'retype'."
            self._problem(judgement, "names things that have different classes now", remedy)
        if not clash and not classes:
            self._united.update((thing, self._things.nodes(thing)[0]) for thing in judgement.things)

    def _of(self, thing: ThingKey) -> tuple[Node, ...]:
        """Return what the key means; one of it where all of it is one already."""
        return (self._united[thing],) if thing in self._united else self._things.nodes(thing)

    def _different(self, judgement: PairJudgement) -> None:
        ones, others = _apart_from_each_other(judgement.things, self._things)
        both = set(ones) & set(others)
        if both:
            source = self._things.sources[min(both)[0]]
            remedy = "Nothing can part what one article names by both; reject what it states wrongly."
            self._problem(judgement, f"is about one thing in {source}", remedy)
        ones, others = (tuple(node for node in nodes if node not in both) for nodes in (ones, others))
        if {self._kinds[node] for node in ones}.isdisjoint(self._kinds[node] for node in others):
            return  # nothing joins things of two classes
        roots = [{self._groups.root(node) for node in nodes} for nodes in (ones, others)]
        one_thing = roots[0] & roots[1]
        if one_thing:
            self._contradicted(judgement)
        for root in one_thing:
            own = tuple(node for node in ones if self._groups.root(node) == root)
            self._part(own, tuple(node for node in others if self._groups.root(node) != root))
        rest = tuple(node for node in ones if self._groups.root(node) not in one_thing)
        self._part(rest, others)
        for one, other in product(*roots):
            self._groups.separate(one, other)

    def _part(self, ones: tuple[Node, ...], others: tuple[Node, ...]) -> None:
        if ones and others:
            self.apart.append((tuple(sorted(ones)), tuple(sorted(others))))

    def _contradicted(self, judgement: PairJudgement) -> None:
        remedy = "Remove what does not hold, or give the things their 'article'."
        self._problem(judgement, "contradicts judgements below it, which count", remedy)

    def _problem(self, judgement: PairJudgement, reason: str, remedy: str) -> None:
        self.problems.append(problem_of(self._curation, judgement, reason, remedy))


def _apart_from_each_other(
    pair: tuple[ThingKey, ThingKey], things: Things
) -> tuple[tuple[Node, ...], tuple[Node, ...]]:
    """Return what either key means; of equal names the one without an article means those of all other articles."""
    one, other = pair
    ones, others = things.nodes(one), things.nodes(other)
    if name_of(one) == name_of(other):
        if one.article is None:
            ones = tuple(node for node in ones if node not in set(others))
        if other.article is None:
            others = tuple(node for node in others if node not in set(ones))
    return ones, others
