"""Resolution across articles against gold: which names of several articles are one thing.

A gold folder holds articles (NAME.txt) and ``gold.json``: for each article its entities with their class, name, the
strings that name them and the thing that they are; things have one id throughout the folder. What is measured is a
clustering of items, an item being an entity of one article (as ``resolve.article`` makes it):

1. :func:`gold_graphs` gives the names: each article's mentions are exactly the gold's, the facts are what koopgraph's
   own extractors state about them. :func:`found_graphs` finds the names too, and keeps for measuring those that the
   gold has.
2. Whoever resolves puts the items into clusters.
3. :func:`figures` compares the clusters with the things, :func:`mistakes` lists what is wrong.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from koopgraph.annotate import annotate, complete, view_of, with_language
from koopgraph.annotate.names import propose
from koopgraph.annotate.names.view import TextView
from koopgraph.errors import EvaluationError
from koopgraph.evaluate.clusters import Agreement, bcubed, pairwise
from koopgraph.evaluate.gold import GoldEntity
from koopgraph.evaluate.matching import match_entities
from koopgraph.evaluate.predictions import PredictedEntity
from koopgraph.extract import Extractor, gather
from koopgraph.model import Annotated, Article, ArticleGraph, EntityType, Mention, Options
from koopgraph.read import SourceFile, read_file
from koopgraph.resolve.article import resolve
from koopgraph.resolve.names import key
from koopgraph.work.article_graph import chosen_extractors, least_confidence

GOLD_FILE = "gold.json"
ANNOTATOR = "gold"
ALL = "ALL"
"""The entry that sums up all classes."""

Item: TypeAlias = tuple[str, str]
"""An entity of one article: the article's IRI and the entity's, as the article alone mints it."""


@dataclass(frozen=True, slots=True)
class NamedThing:
    """What one article calls a thing. ``bases`` are base forms of mentions where they differ (inflected ones)."""

    type: EntityType
    name: str
    mentions: tuple[str, ...]
    thing: str
    bases: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ResolutionArticle:
    """An article and the things that it names."""

    article: Article
    named: tuple[NamedThing, ...]


class Judged(NamedTuple):
    """What one article states, and which thing each of its entities is, as far as the gold knows."""

    graph: ArticleGraph
    things: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ResolutionScores:
    """B-cubed and pairwise agreement over all items (:data:`ALL`) and over those of each class."""

    bcubed: Mapping[str, Agreement]
    pairwise: Mapping[str, Agreement]


@dataclass(frozen=True, slots=True)
class ResolutionMistake:
    """A cluster of several things ('merged') or a thing in several clusters ('split'), with its items by part."""

    kind: str
    parts: Mapping[str, tuple[Item, ...]]


def read_resolution(folder: Path) -> tuple[ResolutionArticle, ...]:
    """Return the articles of a gold folder, sorted; raise :class:`EvaluationError` for what is malformed."""
    path = folder / GOLD_FILE
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        articles = sorted(data["articles"].items())
        named = {name: tuple(_named(entry) for entry in entries) for name, entries in articles}
    except OSError as error:
        raise EvaluationError(f"{path}: cannot be read ({error.strerror}); name a folder with {GOLD_FILE}") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise EvaluationError(f"{path}: no gold for resolution ({type(error).__name__}: {error})") from error
    return tuple(ResolutionArticle(_article(folder / name), things) for name, things in named.items())


def _named(entry: Mapping[str, Any]) -> NamedThing:
    mentions = tuple(entry["mentions"])
    return NamedThing(EntityType(entry["type"]), entry["name"], mentions, entry["thing"], entry.get("bases", {}))


def _article(file: Path) -> Article:
    article = next(iter(read_file(SourceFile(file, file.name))), None)
    if not isinstance(article, Article):
        raise EvaluationError(f"{file}: cannot be read as an article; {GOLD_FILE} names it")
    return with_language(article)


def gold_graphs(folder: Path, options: Options | None = None) -> list[Judged]:
    """Return what the articles of ``folder`` state about the things that the gold names, and which things these are."""
    options = options or Options()
    extractors = chosen_extractors(options)
    return [_given(one, extractors, options) for one in read_resolution(folder)]


def found_graphs(folder: Path, options: Options | None = None) -> list[Judged]:
    """Return what the articles of ``folder`` state about the names that koopgraph finds itself.

    Things are known of the entities alone that the gold has too: the same class and a name in common.
    """
    options = options or Options()
    extractors = chosen_extractors(options)
    return [_found(one, extractors, options) for one in read_resolution(folder)]


def given_names(one: ResolutionArticle) -> Annotated:
    """Return the article with exactly the gold's mentions, and the times and amounts in it."""
    view = view_of(one.article)
    return complete(one.article, view, tuple(mention for mention, _ in _mentions(one, view)))


def _given(one: ResolutionArticle, extractors: Sequence[Extractor], options: Options) -> Judged:
    graph = _graph(given_names(one), extractors, options)
    iri_of = {(e.type, key(form, e.type)): e.iri for e in graph.entities for form in e.forms}
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for mention, thing in _mentions(one, view_of(one.article)):
        votes[iri_of[mention.type, key(mention.name, mention.type)]][thing] += 1
    return Judged(graph, {iri: min(those, key=lambda t: (-those[t], t)) for iri, those in sorted(votes.items())})


def _found(one: ResolutionArticle, extractors: Sequence[Extractor], options: Options) -> Judged:
    graph = _graph(annotate(one.article), extractors, options)
    gold = [GoldEntity(n.thing, n.type, n.name, (*n.mentions, *n.bases.values())) for n in one.named]
    guesses = [PredictedEntity(e.iri, e.type, frozenset(e.names)) for e in graph.entities]
    return Judged(graph, {iri: thing for thing, iri in sorted(match_entities(gold, guesses).items())})


def _graph(annotated: Annotated, extractors: Sequence[Extractor], options: Options) -> ArticleGraph:
    found = gather(annotated, extractors)
    least = least_confidence(extractors, options)
    return resolve(found.annotated, [s for s in found.statements if s.confidence >= least], base=options.base)


def _mentions(one: ResolutionArticle, view: TextView) -> Iterator[tuple[Mention, str]]:
    """Yield each place of a name with its thing: at word boundaries, the longest first where two overlap.

    The mention keeps the name of the rule that would propose it, as those of the recogniser do.
    """
    owners = {surface: named for named in one.named for surface in named.mentions}
    if not owners:
        return
    proposers = {(m.start, m.end, m.type): m.annotator for m in propose(view).candidates}
    for match in re.finditer(pattern_of(owners), view.text):
        named, span = owners[match.group()], match.span()
        annotator = proposers.get((*span, named.type), ANNOTATOR)
        yield Mention(*span, match.group(), named.type, base_form(named, match.group()), annotator), named.thing


def pattern_of(surfaces: Iterable[str]) -> str:
    """Return a regular expression that finds the ``surfaces`` as whole words, the longest first.

    >>> re.findall(pattern_of(["Kiel", "Uni Kiel"]), "Uni Kiel, KielQuer, Kiel")
    ['Uni Kiel', 'Kiel']
    """
    alternatives = "|".join(re.escape(surface) for surface in sorted(surfaces, key=lambda s: (-len(s), s)))
    return rf"(?<!\w)(?:{alternatives})(?!\w)"


def base_form(named: NamedThing, surface: str) -> str:
    """Return the base form of ``surface``: the gold's, or the thing's name for the fullest mention, or as it stands.

    >>> eva = NamedThing(EntityType.PERSON, "Eva Kern", ("Prof. Eva Kern", "Kern"), "person-kern", {})
    >>> base_form(eva, "Prof. Eva Kern"), base_form(eva, "Kern")
    ('Eva Kern', 'Kern')
    """
    if surface in named.bases:
        return named.bases[surface]
    bases = [named.bases.get(m, m) for m in named.mentions]
    fullest = max(named.mentions, key=lambda m: (len(m.split()), len(m)))
    return named.name if surface == fullest and named.name not in bases else surface


def items(judged: Iterable[Judged]) -> dict[Item, str]:
    """Return the thing of each item."""
    return {(graph.iri, iri): thing for graph, things in judged for iri, thing in things.items()}


def by_article_iri(judged: Iterable[Judged]) -> dict[Item, str]:
    """Return the clusters of resolution within articles alone: what has the same IRI is one thing."""
    return {item: item[1] for item in items(judged)}


def figures(judged: Sequence[Judged], found: Mapping[Item, Hashable]) -> ResolutionScores:
    """Compare the clusters of items in ``found`` with the things; an item that it lacks is alone."""
    gold = items(judged)
    by_class: dict[str, dict[Hashable, str]] = {ALL: dict(gold)}
    classes = {(graph.iri, entity.iri): entity.type for graph, _ in judged for entity in graph.entities}
    for kind in EntityType:
        if those := {item: thing for item, thing in gold.items() if classes[item] is kind}:
            by_class[kind] = dict(those)
    clusters: dict[Hashable, Hashable] = dict(found)
    return ResolutionScores(
        {name: bcubed(those, clusters) for name, those in by_class.items()},
        {name: pairwise(those, clusters) for name, those in by_class.items()},
    )


def mistakes(judged: Sequence[Judged], found: Mapping[Item, Hashable]) -> list[ResolutionMistake]:
    """Return the clusters of several things, then the things in several clusters, the largest first."""
    gold = items(judged)
    cluster_of = {item: str(found.get(item, " ".join(item))) for item in gold}
    merged, split = _grouped(cluster_of, gold), _grouped(gold, cluster_of)
    return [ResolutionMistake("merged", parts) for parts in merged] + [ResolutionMistake("split", p) for p in split]


def _grouped(outer: Mapping[Item, str], inner: Mapping[Item, str]) -> list[dict[str, tuple[Item, ...]]]:
    """Return the groups by ``outer`` that ``inner`` divides, each as its parts; the one with the most items first."""
    groups: dict[str, dict[str, list[Item]]] = defaultdict(lambda: defaultdict(list))
    for item in sorted(outer):
        groups[outer[item]][inner[item]].append(item)
    divided = [(group, {p: tuple(those) for p, those in parts.items()}) for group, parts in groups.items()]
    divided = [(group, parts) for group, parts in divided if len(parts) > 1]
    return [parts for _, parts in sorted(divided, key=lambda g: (-sum(map(len, g[1].values())), g[0]))]
