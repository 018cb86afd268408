"""Across articles: which things of all articles are one, under which IRI, and why.

1. :mod:`~koopgraph.resolve.records`: each article's things with their names and company, in columns of numbers.
2. :mod:`~koopgraph.resolve.blocks`: equal names, parted where company says that they name different things.
3. :mod:`~koopgraph.resolve.variants` and :mod:`~koopgraph.resolve.clusters`: different names of one thing.
4. :mod:`~koopgraph.resolve.naming`: one IRI for each thing, which further articles do not change.
5. :mod:`~koopgraph.resolve.reasons`: why, quoted from the articles, which are gone through once more for it.

The result does not depend on the order of the articles.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from koopgraph.collector import collector_off
from koopgraph.model import ArticleGraph, Merge, Proposal
from koopgraph.resolve.blocks import Blocks
from koopgraph.resolve.clusters import Clusters
from koopgraph.resolve.column import Numbers, as_numbers
from koopgraph.resolve.judgements import Apart, split_by_judgement
from koopgraph.resolve.naming import mint
from koopgraph.resolve.reasons import Reasons, merges, proposals
from koopgraph.resolve.records import Node, Records
from koopgraph.resolve.sense_table import Senses
from koopgraph.resolve.variants import Variants
from koopgraph.stream import repeatable

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

    ``graphs`` are gone through twice, each time from the beginning and in the same order: first for what is compared,
    then for the sentences that merges and proposals quote. ``must_link`` are pairs of things that curators call one;
    ``cannot_link`` are pairs of groups, of which no thing of the one is a thing of the other. They win over every rule.
    Raises ``TypeError`` where ``graphs`` is an iterator.
    """
    with collector_off():
        records = Records(repeatable(graphs))
        same, apart = _judged(records, list(must_link), list(cannot_link))
        senses, clusters = _resolved(records, same, apart)
        things = clusters.groups()
        iris = mint(senses, things, base=base)
        thing_of = array("i", bytes(4 * len(senses)))
        for thing, numbers in enumerate(things):
            for number in numbers:
                thing_of[number] = thing
        reasons = Reasons(senses, clusters, [iris[thing] for thing in thing_of])
        renamed = _renamed(senses, reasons.iris)
        del clusters, things, iris
        records.forget_company()
        namings = reasons.namings(graphs)
        return Resolution(renamed, merges(reasons, namings), proposals(reasons, namings))


def _judged(
    records: Records,
    must_link: Sequence[tuple[Node, Node]],
    cannot_link: Sequence[tuple[Collection[Node], Collection[Node]]],
) -> tuple[list[tuple[int, int]], Apart]:
    """Return the judgements with the numbers of records for the things."""
    judged = [*must_link, *(side for sides in cannot_link for side in sides)]
    number_of = records.numbers_of(node for nodes in judged for node in nodes)
    apart = Apart(([number_of[n] for n in ones], [number_of[n] for n in others]) for ones, others in cannot_link)
    return [(number_of[one], number_of[other]) for one, other in must_link], apart


def _resolved(records: Records, same: Sequence[tuple[int, int]], apart: Apart) -> tuple[Senses, Clusters]:
    blocks, variants = Blocks(records), Variants(records)
    senses, clusters = _round(records, blocks, variants, same, apart)
    # Who is in whose company is clearer once the names of the first round are known to be one.
    changed = records.rename(_joined_identities(senses, clusters))
    del senses, clusters
    blocks.part_again(changed)
    return _round(records, blocks, variants, same, apart)


def _round(
    records: Records, blocks: Blocks, variants: Variants, same: Sequence[tuple[int, int]], apart: Apart
) -> tuple[Senses, Clusters]:
    senses = Senses(records, *split_by_judgement(records, blocks.first_of, same, apart))
    clusters = Clusters(senses, apart.pairs(senses.of))
    clusters.must_link((senses.of[a], senses.of[b]) for a, b in same)
    clusters.decide(variants.among(senses))
    return senses, clusters


def _joined_identities(senses: Senses, clusters: Clusters) -> Numbers:
    """Return what stands for each identity from now on: one for all that are one thing's, where they are its alone."""
    texts = senses.records.strings.texts
    thing_of = np.fromiter(map(clusters.root, senses), dtype=np.int64, count=len(senses))
    pairs = np.unique(thing_of[as_numbers(senses.of)] << 32 | as_numbers(senses.records.identity))
    things, identities = pairs >> 32, (pairs & 0xFFFFFFFF).astype(np.int32)
    numbers, counts = np.unique(things, return_counts=True)
    joined = np.isin(things, numbers[counts > 1])
    concerned = np.isin(things, things[np.isin(identities, identities[joined])])
    of_thing: dict[int, list[int]] = defaultdict(list)
    for thing, identity in zip(things[concerned].tolist(), identities[concerned].tolist(), strict=True):
        of_thing[thing].append(identity)
    firsts: dict[int, set[int]] = defaultdict(set)
    for those in of_thing.values():
        first = min(those, key=texts.__getitem__)
        for identity in those:
            firsts[identity].add(first)
    result = np.arange(len(texts), dtype=np.int32)
    for identity, found in firsts.items():
        if len(found) == 1:
            result[identity] = next(iter(found))
    return result


def _renamed(senses: Senses, iris: Sequence[str]) -> dict[str, dict[str, str]]:
    records = senses.records
    renamed: dict[str, dict[str, str]] = {}
    for number, article in enumerate(records.articles):
        those = range(*records.begins[number : number + 2])
        final = ((records.iris.texts[records.iri[record]], iris[senses.of[record]]) for record in those)
        changed = {local: iri for local, iri in final if local != iri}
        if changed:
            renamed[article.iri] = changed
    return renamed
