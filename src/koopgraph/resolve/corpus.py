"""Across articles: which things of all articles are one, under which IRI, and why.

1. :mod:`~koopgraph.resolve.records`: each article's things with their names and company.
2. :mod:`~koopgraph.resolve.senses`: equal names, parted where company says that they name different things.
3. :mod:`~koopgraph.resolve.variants` and :mod:`~koopgraph.resolve.clusters`: different names of one thing.
4. :mod:`~koopgraph.resolve.naming`: one IRI for each thing, which further articles do not change.

The result does not depend on the order of the articles.
"""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from types import MappingProxyType

from koopgraph.model import ArticleGraph, EntityType, Merge, Naming, Proposal
from koopgraph.resolve.acronyms import acronym_in_front, all_initials
from koopgraph.resolve.clusters import Clusters, Link
from koopgraph.resolve.judgements import Apart, nodes_of, split_by_judgement
from koopgraph.resolve.names import is_acronym, words_of
from koopgraph.resolve.naming import mint
from koopgraph.resolve.records import Node, Record, records
from koopgraph.resolve.senses import Readings, Sense, senses
from koopgraph.resolve.spelling import TRANSLATED, concept_key, is_local
from koopgraph.resolve.variants import variants

SAME_NAME = 0.95
OTHER_CLASS = 0.5
MOST_SHARED = 3
MOST_NAMESAKES = 20
"""Of a name that a hundred people have, so many are asked about: nobody answers more."""
_NAMESAKES = 0.46
_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Resolution:
    """Which things are one, and why.

    ``renamed`` gives, by article, the final IRI of each thing that had another one in the article. Most keep theirs:
    of millions of things only the others need be held.
    """

    renamed: Mapping[str, Mapping[str, str]]
    merges: tuple[Merge, ...]
    proposals: tuple[Proposal, ...]

    def of(self, article: str) -> Mapping[str, str]:
        """Return the final IRI of each thing of the article (an IRI) that does not keep its own."""
        return self.renamed.get(article, _NOTHING)

    def iri(self, node: Node) -> str:
        """Return the final IRI of a thing; one that is unknown keeps its own."""
        article, local = node
        return self.of(article).get(local, local)


def resolve_corpus(
    graphs: Iterable[ArticleGraph],
    *,
    base: str,
    must_link: Iterable[tuple[Node, Node]] = (),
    cannot_link: Iterable[tuple[Collection[Node], Collection[Node]]] = (),
) -> Resolution:
    """Return which things of all ``graphs`` are one.

    ``must_link`` are pairs of things that curators call one; ``cannot_link`` are pairs of groups, of which no thing of
    the one is a thing of the other. They win over every rule.
    """
    with _collector_off():
        return _resolved(graphs, base, sorted(must_link), Apart(cannot_link))


@contextmanager
def _collector_off() -> Iterator[None]:
    """Keep Python from looking for circles: nothing here makes any, and walking all records is a third of the time."""
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()


def _resolved(graphs: Iterable[ArticleGraph], base: str, same: Sequence[tuple[Node, Node]], apart: Apart) -> Resolution:
    everything = [record for graph in graphs for record in records(graph)]
    # Who is in whose company is clearer once the names of the first round are known to be one.
    found, clusters = _round(everything, same, apart)
    names = _joined_identities(found, clusters)
    del found, clusters
    everything = [_in_company(record, names) for record in everything]
    found, clusters = _round(everything, same, apart)
    groups = clusters.groups()
    iris = mint([[found[n] for n in group] for group in groups], base=base)
    iri_of = {n: iri for iri, group in zip(iris, groups, strict=True) for n in group}
    labels = _labels(found)
    return Resolution(
        renamed=_renamed(found, iri_of),
        merges=tuple(sorted(_merges(found, clusters.links, iri_of, labels), key=_merge_order)),
        proposals=tuple(sorted(_proposals(found, clusters, iri_of, labels), key=_proposal_order)),
    )


def _renamed(found: Sequence[Sense], iri_of: Mapping[int, str]) -> dict[str, dict[str, str]]:
    renamed: dict[str, dict[str, str]] = defaultdict(dict)
    for number, sense in enumerate(found):
        for record in sense.records:
            article, local = record.node
            if local != iri_of[number]:
                renamed[article][local] = iri_of[number]
    return dict(renamed)


def _round(
    everything: Iterable[Record], same: Sequence[tuple[Node, Node]], apart: Apart
) -> tuple[list[Sense], Clusters]:
    found = list(split_by_judgement(_senses(everything), same, apart))
    number_of = nodes_of(found)
    clusters = Clusters(found, apart.pairs(number_of))
    clusters.must_link((number_of[a], number_of[b]) for a, b in same)
    clusters.decide(variants(found))
    return found, clusters


def _in_company(record: Record, names: Mapping[str, str]) -> Record:
    context = record.context.renamed(names)
    return record if context is record.context else replace(record, context=context)


def _joined_identities(found: Sequence[Sense], clusters: Clusters) -> dict[str, str]:
    """Return the identity that stands for each one that was joined with others, where it belongs to one thing alone."""
    things: dict[str, set[str]] = defaultdict(set)
    for group in clusters.groups():
        identities = sorted({record.identity for n in group for record in found[n].records})
        for each in identities:
            things[each].add(identities[0])
    return {each: min(firsts) for each, firsts in things.items() if len(firsts) == 1 and firsts != {each}}


def _senses(found: Iterable[Record]) -> list[Sense]:
    """Return the senses of all records, the first in time in front: an order that no shuffling changes."""
    blocks: dict[tuple[EntityType, str], list[Record]] = defaultdict(list)
    for record in found:
        blocks[record.type, record.key].append(record)
    readings = _readings(blocks)
    result = [s for kind_key, block in blocks.items() for s in senses(block, readings.get(kind_key, {}))]
    return sorted(result, key=lambda s: (s.first.order, s.first.node))


def _readings(blocks: Mapping[tuple[EntityType, str], Sequence[Record]]) -> Mapping[tuple[EntityType, str], Readings]:
    """Return for each short name, by article, the longer name that it may stand for there: the first one named."""
    found: dict[tuple[EntityType, str], dict[str, tuple[int, str]]] = defaultdict(dict)
    for (kind, _), block in blocks.items():
        for record in block if kind in TRANSLATED else ():
            shortened = {key for key, form in record.forms if is_acronym(form)}
            evidence = record.naming.evidence
            reading = (evidence.start if evidence else 0, concept_key(record.name, kind))
            for short in {*shortened, *all_initials(record.name), *acronym_in_front(record.name)}:
                if (kind, short) in blocks:
                    known = found[kind, short].setdefault(record.node[0], reading)
                    found[kind, short][record.node[0]] = min(known, reading)
    return {short: {a: meaning for a, (_, meaning) in by_article.items()} for short, by_article in found.items()}


def _merges(
    found: Sequence[Sense], links: Iterable[Link], iri_of: Mapping[int, str], labels: Mapping[str, str]
) -> Iterator[Merge]:
    for number, sense in enumerate(found):
        by_name: dict[str, list[Record]] = defaultdict(list)
        for record in sense.records:
            by_name[record.name].append(record)
        first, *others = by_name.values()
        if len(first) > 1:
            yield Merge(iri_of[number], "same name", SAME_NAME, (first[0].naming, first[1].naming))
        for other in others:
            yield Merge(iri_of[number], "other spelling", SAME_NAME, (first[0].naming, other[0].naming))
    for link in links:
        one, _ = link.variant.senses
        yield Merge(iri_of[one], link.variant.rule, link.score, _namings(found, link), _shared(link.shared, labels))


def _namings(found: Sequence[Sense], link: Link) -> tuple[Naming, Naming]:
    one, other = (found[n].first.naming for n in link.variant.senses)
    return one, other


def _proposals(
    found: Sequence[Sense], clusters: Clusters, iri_of: Mapping[int, str], labels: Mapping[str, str]
) -> Iterator[Proposal]:
    best: dict[tuple[str, str], Proposal] = {}
    for proposal in (
        *_doubtful(found, clusters.proposals, iri_of, labels),
        *_other_classes(found, clusters, iri_of, labels),
    ):
        known = best.get(proposal.entities)
        if proposal.entities[0] != proposal.entities[1] and (
            known is None or _proposal_order(proposal) < _proposal_order(known)
        ):
            best[proposal.entities] = proposal
    yield from best.values()


def _doubtful(
    found: Sequence[Sense], links: Iterable[Link], iri_of: Mapping[int, str], labels: Mapping[str, str]
) -> Iterator[Proposal]:
    for link in links:
        one, other = link.variant.senses
        yield _proposal(
            (iri_of[one], iri_of[other]),
            link.variant.rule,
            link.score,
            _namings(found, link),
            _shared(link.shared, labels),
        )


def _other_classes(
    found: Sequence[Sense], clusters: Clusters, iri_of: Mapping[int, str], labels: Mapping[str, str]
) -> Iterator[Proposal]:
    """One name under two classes, or one person's name twice: a question, never a merge."""
    by_name: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, sense in enumerate(found):
        if not is_local(sense.first.name, sense.first.type):
            by_name[words_of(sense.first.name)].append(number)
    for numbers in by_name.values():
        first = numbers[0]
        for other in numbers[1 : 1 + MOST_NAMESAKES]:
            a, b = found[first], found[other]
            if (a.first.authority and b.first.authority) or clusters.are_judged(first, other):
                continue
            same_class = a.first.type is b.first.type
            shared = (a.context.company & b.context.company) | (a.context.all_cities & b.context.all_cities)
            yield _proposal(
                (iri_of[first], iri_of[other]),
                "same name, other company" if same_class else "same name, other class",
                _NAMESAKES if same_class else OTHER_CLASS + (0.1 if shared else 0.0),
                (a.first.naming, b.first.naming),
                _shared(sorted(shared), labels),
            )


def _proposal(
    iris: tuple[str, str], rule: str, score: float, namings: tuple[Naming, Naming], shared: tuple[str, ...]
) -> Proposal:
    if iris[0] > iris[1]:
        iris, namings = (iris[1], iris[0]), (namings[1], namings[0])
    return Proposal(iris, rule, score, namings, shared)


def _labels(found: Iterable[Sense]) -> dict[str, str]:
    """Return a name for each identity that stands in a context."""
    labels: dict[str, str] = {}
    for sense in found:
        first = sense.first
        labels.setdefault(first.identity, first.name)
    return labels


def _shared(identities: Iterable[str], labels: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(sorted({labels[i] for i in identities if i in labels}))[:MOST_SHARED]


def _merge_order(merge: Merge) -> tuple[object, ...]:
    return (merge.entity, merge.rule, *((n.article, n.form) for n in merge.namings))


def _proposal_order(proposal: Proposal) -> tuple[object, ...]:
    return (-proposal.score, proposal.entities, proposal.rule, *((n.article, n.form) for n in proposal.namings))
