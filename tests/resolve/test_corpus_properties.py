"""What holds for resolution whatever the articles say: hypothesis over made-up articles, and over the gold's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from koopgraph.corpus import unite
from koopgraph.evaluate.resolution import gold_graphs
from koopgraph.link.geonames import link_places
from koopgraph.model import ArticleGraph, EntityType, Naming
from koopgraph.rdf.assembly import assemble
from koopgraph.rdf.serialise import to_bytes
from koopgraph.resolve.corpus import Resolution, resolve_corpus
from koopgraph.resolve.records import Node
from koopgraph.resolve.rewrite import rewritten

TUNE = Path(__file__).resolve().parents[1] / "data" / "resolution" / "tune"
BASE = "https://example.org/id/"
GOLD_BASE = "https://w3id.org/koopgraph/id/"
Told = Callable[..., ArticleGraph]

NAMES = {
    EntityType.PERSON: (
        "Eva Kern",
        "E. Kern",
        "Kern",
        "Emil Kern",
        "Eva Kern-Schulz",
        "Thomas Müller",
        "T. Mueller",
        "–",
    ),
    EntityType.CITY: ("Kiel", "Jena", "Frankfurt", "Frankfurt (Oder)", "Neustadt", "Stadt Jena", "Cologne", "Köln"),
    EntityType.ORGANISATION: (
        "Bauamt",
        "Bauamt Kiel",
        "TU Berlin",
        "Technische Universität Berlin",
        "IBA",
        "IBA Hamburg",
        "BUND",
        "Bund",
        "GEWOBA",
        "GEWOBA AG",
        "🌳",
    ),
    EntityType.PROJECT: ("Lebendige Fjorde", "Lebendige Fjorde – Ufer", "Lebendige Fjrode", "IBA", "Uferpark"),
    EntityType.PROGRAMME: ("Lebendige Fjorde", "IBA"),
    EntityType.EVENT: ("Stadtfest", "Baukongress Nord", "Baukongress Nord 2020", "IBA"),
    EntityType.PLACE: ("Bachstraße", "Buchstraße", "Bachstr.", "Lohsepark", "Sachsen"),
    EntityType.DOCUMENT: ("Leipzig-Charta", "Neue Leipzig-Charta", "Masterplan"),
    EntityType.AWARD: ("Baupreis", "Baupreis 2020"),
}
THINGS = [(kind, name) for kind, names in NAMES.items() for name in names]
RELATIONS = ("locatedIn", "affiliatedWith", "cooperatesWith", "leads", "takesPlaceIn")


@st.composite
def articles(draw: Any, told: Told, prefix: str = "", most: int = 5) -> list[ArticleGraph]:
    """Some articles of a few sentences on things whose names are easily mixed up, some with dates and statements."""
    return [draw(article(told, f"{prefix}{n}.txt")) for n in range(draw(st.integers(0, most)))]


@st.composite
def article(draw: Any, told: Told, source: str) -> ArticleGraph:
    sentences = draw(st.lists(st.lists(st.sampled_from(THINGS), max_size=4), max_size=3))
    named = sorted({name for sentence in sentences for _, name in sentence})
    # A name of two classes cannot be told in a fact.
    named = [n for n in named if len({kind for s in sentences for kind, name in s if name == n}) == 1]
    pairs = (
        st.tuples(st.sampled_from(named), st.sampled_from(RELATIONS), st.sampled_from(named)) if named else st.nothing()
    )
    facts = draw(st.lists(pairs, max_size=2)) if named else []
    also = {"Technische Universität Berlin": ("TUB",), "GEWOBA": ("GWB", "IBA")} if draw(st.booleans()) else None
    return told(
        source,
        *("Hier: " + ", ".join(f"[{kind}|{name}]" for kind, name in sentence) + "." for sentence in sentences),
        published=draw(st.sampled_from([None, "2019", "2020-05-01", "2020-09-30", "2021"])),
        facts=[f for f in facts if f[0] != f[2]],
        also=also,
    )


def resolved(
    graphs: Iterable[ArticleGraph],
    base: str = BASE,
    same: Iterable[tuple[Node, Node]] = (),
    different: Iterable[tuple[Node, Node]] = (),
) -> Resolution:
    apart = [((one,), (other,)) for one, other in different]
    return resolve_corpus(list(graphs), base=base, must_link=same, cannot_link=apart)


def nodes_of(graphs: Iterable[ArticleGraph]) -> list[Node]:
    return [(graph.iri, entity.iri) for graph in graphs for entity in graph.entities]


def turtle(graphs: Sequence[ArticleGraph], base: str) -> bytes:
    corpus = unite(graphs, base=base)
    return to_bytes(assemble(corpus.graphs, base=base, findings=corpus.findings), format="turtle")


def check_namings(graphs: Sequence[ArticleGraph], resolution: Resolution) -> None:
    """Every merge and proposal quotes passages that stand in their articles, of things of the IRIs that it is about."""
    article_of = {graph.iri: graph for graph in graphs}

    def quotes(naming: Naming, iri: str) -> None:
        graph = article_of[naming.article]
        named = [e for e in graph.entities if resolution.iri((graph.iri, e.iri)) == iri]
        assert naming.form in {e.name for e in named}
        if naming.evidence is None:
            assert not any(e.mentions for e in named if e.name == naming.form)
        else:
            text = graph.article.text[naming.evidence.start : naming.evidence.end]
            assert text == naming.evidence.quote

    for merge in resolution.merges:
        assert 0 < merge.score < 1
        assert merge.namings[0] != merge.namings[1]
        for naming in merge.namings:
            quotes(naming, merge.entity)
    for proposal in resolution.proposals:
        assert 0 < proposal.score < 1
        assert proposal.entities[0] < proposal.entities[1]
        for naming, iri in zip(proposal.namings, proposal.entities, strict=True):
            quotes(naming, iri)


def check_iris(graphs: Sequence[ArticleGraph], resolution: Resolution) -> None:
    """Every thing of every article has an IRI, and things of different classes have different ones."""
    assert {(article, iri) for article, those in resolution.renamed.items() for iri in those} <= set(nodes_of(graphs))
    classes: dict[str, set[EntityType]] = defaultdict(set)
    for graph in graphs:
        for entity in graph.entities:
            classes[resolution.iri((graph.iri, entity.iri))].add(entity.type)
    assert all(len(kinds) == 1 for kinds in classes.values())


def check_rewriting(graphs: Sequence[ArticleGraph], resolution: Resolution) -> None:
    for graph in graphs:
        once = rewritten(graph, resolution.of(graph.iri))
        assert rewritten(once, {e.iri: e.iri for e in once.entities}) == once
        assert {f.subject for f in once.facts} <= {e.iri for e in once.entities}
        assert {e.iri for e in once.entities} == {resolution.iri((graph.iri, e.iri)) for e in graph.entities}


def check_growth(old: Sequence[ArticleGraph], new: Sequence[ArticleGraph], base: str = BASE) -> None:
    """Things that the ``new`` articles do not name keep their IRIs when these are added."""
    before, after = resolved(old, base), resolved([*old, *new], base)
    named = {after.iri(node) for node in nodes_of(new)}
    kept = [node for node in nodes_of(old) if after.iri(node) not in named]
    assert {n: before.iri(n) for n in kept} == {n: after.iri(n) for n in kept}


# ---------------------------------------------------------------- the gold's articles


@pytest.fixture(scope="session")
def tune() -> list[ArticleGraph]:
    return [link_places(judged.graph) for judged in gold_graphs(TUNE)]


@pytest.fixture(scope="session")
def tune_resolved(tune: list[ArticleGraph]) -> Resolution:
    return resolved(tune, GOLD_BASE)


def test_the_golds_articles_keep_every_promise(tune: list[ArticleGraph], tune_resolved: Resolution) -> None:
    check_iris(tune, tune_resolved)
    check_namings(tune, tune_resolved)
    check_rewriting(tune, tune_resolved)


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_the_order_of_the_golds_articles_plays_no_part(
    tune: list[ArticleGraph], tune_resolved: Resolution, seed: int
) -> None:
    assert resolved(shuffled(tune, seed), GOLD_BASE) == tune_resolved


def test_the_golds_articles_build_the_same_bytes_in_any_order(tune: list[ArticleGraph]) -> None:
    expected = turtle(tune, GOLD_BASE)
    assert expected.count(b"\n") > 1000
    for seed in range(3):
        assert turtle(shuffled(tune, seed), GOLD_BASE) == expected


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 10**6), share=st.integers(1, 9))
def test_articles_added_later_change_no_iri_of_what_they_do_not_name(
    tune: list[ArticleGraph], seed: int, share: int
) -> None:
    dated = sorted(tune, key=lambda g: (g.article.published or "~", g.article.source))
    cut = len(dated) * share // 10
    check_growth(shuffled(dated[:cut], seed), shuffled(dated[cut:], seed), GOLD_BASE)


def shuffled(graphs: Sequence[ArticleGraph], seed: int) -> list[ArticleGraph]:
    return Random(seed).sample(list(graphs), len(graphs))


# ---------------------------------------------------------------- made-up articles


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_every_promise_is_kept_for_any_articles(told: Told, data: Any) -> None:
    graphs = data.draw(articles(told))
    resolution = resolved(graphs)
    check_iris(graphs, resolution)
    check_namings(graphs, resolution)
    check_rewriting(graphs, resolution)


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_the_order_of_any_articles_plays_no_part(told: Told, data: Any) -> None:
    graphs = data.draw(articles(told))
    other = data.draw(st.permutations(graphs))
    assert resolved(graphs) == resolved(other)


@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_any_articles_build_the_same_bytes_in_any_order(told: Told, data: Any) -> None:
    graphs = data.draw(articles(told))
    assert turtle(graphs, BASE) == turtle(data.draw(st.permutations(graphs)), BASE)


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_other_things_change_no_iri(told: Told, data: Any) -> None:
    old = data.draw(articles(told))
    names = data.draw(st.lists(st.sampled_from(("Morgenröte", "Abendstern", "Lichtfeld")), min_size=1, max_size=3))
    new = [
        told(f"new{n}.txt", f"Am [Project|{name}] baut die [Organisation|{name} Wohnbau].", published="2018")
        for n, name in enumerate(names)
    ]
    before, after = resolved(old), resolved([*new, *old])
    assert all(after.iri(n) == before.iri(n) for n in nodes_of(old))


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_a_namesake_that_is_written_about_later_takes_no_iri(told: Told, data: Any) -> None:
    kind, name = data.draw(st.sampled_from([t for t in THINGS if t[0] is not EntityType.CITY]))
    old = data.draw(articles(told))
    new = [told("z.txt", f"In [City|Ulm] ist [{kind}|{name}] mit [Organisation|Zwölf]", published="2022")]
    assume(not any(g.article.published is None for g in old))
    check_growth(old, new)


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_judgements_hold_whatever_the_rules_say(told: Told, data: Any) -> None:
    graphs = data.draw(articles(told))
    by_class: dict[EntityType, list[Node]] = defaultdict(list)
    for graph in graphs:
        for entity in graph.entities:
            by_class[entity.type].append((graph.iri, entity.iri))
    pairs = [(a, b) for nodes in by_class.values() for n, a in enumerate(nodes) for b in nodes[n + 1 :]]
    assume(pairs)
    same = data.draw(st.lists(st.sampled_from(pairs), max_size=3, unique=True))
    different = [p for p in data.draw(st.lists(st.sampled_from(pairs), max_size=4, unique=True)) if not tied(p, same)]
    resolution = resolved(graphs, same=same, different=different)
    assert all(resolution.iri(a) == resolution.iri(b) for a, b in same)
    assert all(resolution.iri(a) != resolution.iri(b) for a, b in different)
    check_iris(graphs, resolution)
    backwards = resolved(
        graphs[::-1], same=[(b, a) for a, b in same[::-1]], different=[(b, a) for a, b in different[::-1]]
    )
    assert backwards.renamed == resolution.renamed


def tied(pair: tuple[Node, Node], same: Iterable[tuple[Node, Node]]) -> bool:
    """Return whether the pairs that are one, taken together, make this pair one."""
    reached = {pair[0]}
    while more := {b for a, b in [*same, *((b, a) for a, b in same)] if a in reached} - reached:
        reached |= more
    return pair[1] in reached
