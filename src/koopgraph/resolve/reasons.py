"""Why things are one, and what a person should judge: rules, scores, and the sentences that name both sides.

What is told is chosen from the columns of records; the sentences are then cut from the articles, in one round.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

import numpy as np

from koopgraph.model import ArticleGraph, Merge, Naming, Proposal
from koopgraph.resolve.clusters import Clusters
from koopgraph.resolve.column import as_numbers
from koopgraph.resolve.families import families
from koopgraph.resolve.interned import Names
from koopgraph.resolve.names import words_of
from koopgraph.resolve.sense_table import Senses
from koopgraph.resolve.weighing import Link

SAME_NAME = 0.95
OTHER_CLASS = 0.5
MOST_SHARED = 3
MOST_NAMESAKES = 20
"""Of a name that a hundred people have, so many are asked about: nobody answers more."""
_NAMESAKES = 0.46

Namings: TypeAlias = Mapping[int, Naming]
"""Where the articles name the things of records, by the numbers of these."""


class _Reason(NamedTuple):
    """One merge or proposal: the senses that it is about, and the records that are quoted for it."""

    senses: tuple[int, int]
    rule: str
    score: float
    records: tuple[int, int]
    shared: tuple[str, ...]


class Reasons:
    """What there is to tell; ``iris`` are the final IRIs by sense."""

    def __init__(self, senses: Senses, clusters: Clusters, iris: Sequence[str]) -> None:
        """Choose what is told of the senses as they were joined."""
        self.senses = senses
        self.iris = iris
        links = [*clusters.links, *clusters.proposals]
        namesakes = list(_namesakes(senses, clusters))
        shared = [*(clusters.shared(*link.variant.senses) for link in links), *(common for *_, common in namesakes)]
        labels = _labels(senses, {identity for those in shared for identity in those})
        told = [tuple(sorted({labels[i] for i in those if i in labels}))[:MOST_SHARED] for those in shared]
        self._merged = [*_equal_names(senses), *map(self._linked, clusters.links, told)]
        asked = [*map(self._linked, clusters.proposals, told[len(clusters.links) :])]
        for (pair, rule, score, _), common in zip(namesakes, told[len(links) :], strict=True):
            asked.append(_Reason(pair, rule, score, self._firsts(pair), common))
        self._asked = self._best(asked)

    def merged(self) -> Iterator[_Reason]:
        """Yield why names are one."""
        return iter(self._merged)

    def asked(self) -> Iterator[_Reason]:
        """Yield what may be one."""
        return iter(self._asked)

    def namings(self, graphs: Iterable[ArticleGraph]) -> Namings:
        """Return where the articles name the things of all quoted records; ``graphs`` come as they came first."""
        records = self.senses.records
        wanted = bytearray(len(records))
        for reason in (*self._merged, *self._asked):
            for record in reason.records:
                wanted[record] = 1
        found: dict[int, Naming] = {}
        for article, graph in zip(records.places, graphs, strict=True):
            iri = records.articles[article].iri
            begin, end = records.begins[article : article + 2]
            if any(wanted[begin:end]):
                for number, entity in enumerate(sorted(graph.entities, key=lambda e: e.iri), begin):
                    if wanted[number]:
                        evidence = entity.mentions[0] if entity.mentions else None
                        found[number] = Naming(iri, records[number].name, evidence)
        return found

    def _firsts(self, pair: tuple[int, int]) -> tuple[int, int]:
        one, other = pair
        return self.senses.firsts[one], self.senses.firsts[other]

    def _linked(self, link: Link, shared: tuple[str, ...]) -> _Reason:
        pair = link.variant.senses
        return _Reason(pair, link.variant.rule, link.score, self._firsts(pair), shared)

    def _best(self, asked: Iterable[_Reason]) -> list[_Reason]:
        """Return the surest reason for each two things, the smaller IRI in front."""
        best: dict[tuple[str, str], _Reason] = {}
        for reason in asked:
            one, other = (self.iris[n] for n in reason.senses)
            if one > other:
                one, other = other, one
                reason = reason._replace(senses=reason.senses[::-1], records=reason.records[::-1])
            known = best.get((one, other))
            if one != other and (known is None or self._order(reason) < self._order(known)):
                best[one, other] = reason
        return list(best.values())

    def _order(self, reason: _Reason) -> tuple[object, ...]:
        named = (self.senses.records[n] for n in reason.records)
        return (-reason.score, reason.rule, *((record.node[0], record.name) for record in named))


def merges(reasons: Reasons, namings: Namings) -> tuple[Merge, ...]:
    """Return why names are one, in the order of their things."""
    found = (
        Merge(reasons.iris[r.senses[0]], r.rule, r.score, (namings[r.records[0]], namings[r.records[1]]), r.shared)
        for r in reasons.merged()
    )
    return tuple(sorted(found, key=lambda m: (m.entity, m.rule, *((n.article, n.form) for n in m.namings))))


def proposals(reasons: Reasons, namings: Namings) -> tuple[Proposal, ...]:
    """Return what may be one, the surest first."""
    found = []
    for reason in reasons.asked():
        one, other = (reasons.iris[n] for n in reason.senses)
        quoted = namings[reason.records[0]], namings[reason.records[1]]
        found.append(Proposal((one, other), reason.rule, reason.score, quoted, reason.shared))
    order = sorted(found, key=lambda p: (-p.score, p.entities, p.rule, *((n.article, n.form) for n in p.namings)))
    return tuple(order)


def _equal_names(senses: Senses) -> Iterator[_Reason]:
    """Yield why records are of one sense: told once for each name that articles give it."""
    name = senses.records.name
    for number in senses.members.larger_than(1).tolist():
        by_name: dict[int, list[int]] = {}
        for record in senses.members[number]:
            by_name.setdefault(name[record], []).append(record)
        first, *others = by_name.values()
        if len(first) > 1:
            yield _Reason((number, number), "same name", SAME_NAME, (first[0], first[1]), ())
        for other in others:
            yield _Reason((number, number), "other spelling", SAME_NAME, (first[0], other[0]), ())


def _namesakes(senses: Senses, clusters: Clusters) -> Iterator[tuple[tuple[int, int], str, float, frozenset[str]]]:
    """Yield one name under two classes, or one person's name twice: a question, never a merge."""
    for numbers in _of_one_name(senses):
        first = numbers[0]
        for other in numbers[1 : 1 + MOST_NAMESAKES]:
            a, b = senses.first(first), senses.first(other)
            if (a.authority and b.authority) or clusters.are_judged(first, other):
                continue
            shared = clusters.shared(first, other)
            if a.type is b.type:
                yield (first, other), "same name, other company", _NAMESAKES, shared
            else:
                yield (first, other), "same name, other class", OTHER_CLASS + (0.1 if shared else 0.0), shared


def _of_one_name(senses: Senses) -> Iterator[list[int]]:
    """Yield the senses of each name, whatever their class, but for what every town has."""
    names = senses.records.names
    (groups,) = families(names, _words)
    grouped = {name for group in groups for name in group}
    alone = (name for name in senses.named.larger_than(1).tolist() if name not in grouped and not names.local[name])
    for group in (*groups, *((name,) for name in alone)):
        numbers = senses.sorted(group)
        if len(numbers) > 1:
            yield numbers


def _words(names: Names, number: int) -> Iterator[str]:
    if not names.local[number]:
        yield " ".join(words_of(names.texts[number]))


def _labels(senses: Senses, wanted: Iterable[str]) -> dict[str, str]:
    """Return a name for each identity that is ``wanted`` and that a sense has: the first one's."""
    strings = senses.records.strings
    numbers = {number for text in wanted if (number := strings.known(text)) is not None}
    found, first = np.unique(as_numbers(senses.records.identity)[as_numbers(senses.firsts)], return_index=True)
    texts = zip(found.tolist(), first.tolist(), strict=True)
    return {strings.texts[number]: senses.text(sense) for number, sense in texts if number in numbers}
