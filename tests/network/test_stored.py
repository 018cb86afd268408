"""The part of a store that a page bears: the same as of the whole network, without ever making that."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import pairwise

import networkx as nx
import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from koopgraph.errors import QueryError
from koopgraph.model import Article, ArticleGraph, Entity, EntityType, Evidence, Fact, Value, ValueKind
from koopgraph.network import stored
from koopgraph.network.convert import to_networkx
from koopgraph.network.part import Part, part_of
from koopgraph.network.stored import stored_part
from koopgraph.rdf.assembly import assemble
from koopgraph.rdf.iris import article_iri, entity_iri
from koopgraph.rdf.vocabulary import RDF

BASE = "https://example.org/id/"
THINGS = 300
KINDS = (EntityType.PROJECT, EntityType.CITY, EntityType.PERSON, EntityType.ORGANISATION)
SENTENCE = "Hier steht ein Satz, der etwas sagt. "


def articles(seed: int) -> Iterator[ArticleGraph]:
    """Yield articles of some of the same things each, joined as it happens: a few by many statements, many by none."""
    chance = random.Random(seed)
    things = [(KINDS[number % 4], f"Ding {number}") for number in range(THINGS)]
    for number in range(80):
        told = sorted({int(THINGS * chance.random() ** 2) for _ in range(12)})
        article = Article(
            f"a{number}.txt", SENTENCE * 40, f"Titel {number}", "de", published=f"20{number % 20:02}-05-01"
        )
        names = {at: (entity_iri(BASE, *things[at]), *things[at]) for at in told}
        sentences = [Evidence.of(article, begin, begin + 36) for begin in range(0, 37 * 40, 37)]
        entities = tuple(
            Entity(iri, kind, name, (name,), "de", (chance.choice(sentences),)) for iri, kind, name in names.values()
        )
        facts = [
            Fact(
                names[a][0],
                chance.choice(("partner", "locatedIn")),
                names[b][0],
                chance.choice(sentences),
                "rules",
                0.5,
            )
            for a, b in pairwise(told)
            if chance.random() < 0.8
        ]
        facts += [
            Fact(iri, kind.value, Value(kind, text), chance.choice(sentences), "rules", round(chance.random(), 2))
            for iri, *_ in names.values()
            for kind, text in ((ValueKind.DATE, "2015-09"), (ValueKind.THEME, "housing"), (ValueKind.MOTTO, "Los!"))
            if chance.random() < 0.2
        ]
        authors = tuple(iri for iri, kind, _ in names.values() if kind is EntityType.PERSON)[:1]
        yield ArticleGraph(article_iri(BASE, article.source), article, entities, tuple(facts), authors=authors)


@pytest.fixture(scope="module")
def quads() -> list[Quad]:
    return list(assemble(articles(5), base=BASE))


@pytest.fixture(scope="module")
def whole(quads: list[Quad]) -> nx.MultiDiGraph[str]:
    return to_networkx(quads)


def stored_as(quads: list[Quad]) -> Store:
    store = Store()
    store.extend(quads)
    return store


def same(one: nx.MultiDiGraph[str], other: nx.MultiDiGraph[str]) -> bool:
    nodes = list(one.nodes(data=True)) == list(other.nodes(data=True))
    return nodes and list(one.edges(keys=True, data=True)) == list(other.edges(keys=True, data=True)) and (
        one.graph == other.graph
    )  # fmt: skip


@pytest.mark.parametrize(
    "part",
    [
        Part(),
        Part(most=50),
        Part(most=1),
        Part(most=50, passages=60),
        Part(most=50, passages=1),
        Part(passages=400),
        Part(most=50, classes=frozenset({"City"})),
        Part(most=20, since="2015"),
    ],
)
def test_the_part_of_a_store_is_that_of_the_whole_network(
    quads: list[Quad], whole: nx.MultiDiGraph[str], part: Part
) -> None:
    assert same(stored_part(stored_as(quads), part), part_of(whole, part))


def test_few_things_in_too_many_sentences_are_not_made_whole(
    quads: list[Quad], whole: nx.MultiDiGraph[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = part_of(whole, Part(passages=400))
    monkeypatch.setattr(stored, "to_networkx", lambda store: pytest.fail("made whole"))
    shown = stored_part(stored_as(quads), Part(passages=400))
    assert same(shown, expected)
    assert set(shown.graph["left_out"]) == {"passages"}


def test_equally_central_things_are_chosen_by_their_iris(whole: nx.MultiDiGraph[str], quads: list[Quad]) -> None:
    alone = [iri for iri in whole if not whole.degree(iri)]
    assert len(alone) > 2
    joined = len(whole) - len(alone)
    assert set(alone[:2]) == set(stored_part(stored_as(quads), Part(most=joined + 2))) & set(alone)


def test_what_is_left_out_is_counted(whole: nx.MultiDiGraph[str], quads: list[Quad]) -> None:
    part = stored_part(stored_as(quads), Part(most=50, passages=60))
    assert part.graph["left_out"]["things"] == len(whole) - 50
    statements = whole.number_of_edges() + sum(len(values) for _, values in whole.nodes(data="values"))
    shown = part.number_of_edges() + sum(len(values) for _, values in part.nodes(data="values"))
    assert part.graph["left_out"]["statements"] == statements - shown
    assert part.graph["left_out"]["passages"] > 0
    assert all(data["evidence"] for *_, data in part.edges(data=True))


def test_few_sentences_are_held_at_a_time(quads: list[Quad], monkeypatch: pytest.MonkeyPatch) -> None:
    shortened: list[int] = []
    measured = stored.fitting_length

    def watched(lengths: list[int], most: int) -> int:
        shortened.append(sum(lengths))
        return measured(lengths, most)

    monkeypatch.setattr(stored, "fitting_length", watched)
    part = stored_part(stored_as(quads), Part(most=10, passages=60))
    assert len(shortened) > 1
    assert max(shortened) < part.graph["left_out"]["passages"]


def test_statements_that_others_named_are_found_too(quads: list[Quad]) -> None:
    def renamed(term: NamedNode | Literal) -> NamedNode | Literal:
        if isinstance(term, NamedNode) and "/statement/" in term.value:
            return NamedNode(term.value.replace(f"{BASE}statement/", "urn:said:"))
        return term

    foreign = [Quad(renamed(q.subject), q.predicate, renamed(q.object), q.graph_name) for q in quads]  # type: ignore[arg-type]
    part = Part(most=50)
    assert same(stored_part(stored_as(foreign), part), part_of(to_networkx(quads), part))


def test_a_graph_without_provenance_or_with_blank_nodes_has_its_part(quads: list[Quad]) -> None:
    from pyoxigraph import BlankNode

    plain = [quad for quad in quads if isinstance(quad.graph_name, DefaultGraph)]
    kind = next(quad.object for quad in plain if quad.predicate.value == RDF.type and "City" in str(quad.object))
    plain += [Quad(BlankNode(f"x{number}"), NamedNode(RDF.type), kind) for number in range(300)]
    part = Part(most=320)
    shown = stored_part(stored_as(plain), part)
    assert same(shown, part_of(to_networkx(plain), part))
    assert "x0" in shown


def test_what_cannot_be_shown_is_told(quads: list[Quad]) -> None:
    with pytest.raises(QueryError, match="at least one thing"):
        stored_part(stored_as(quads), Part(most=0))
