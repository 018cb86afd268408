"""RDF → networkx."""

from __future__ import annotations

import random

import networkx as nx
import pytest
from pyoxigraph import DefaultGraph, Quad, Store

from koopgraph.model import ArticleGraph
from koopgraph.network.convert import to_networkx

BASE = "https://w3id.org/koopgraph/id/"
CONGRESS = f"{BASE}event/9-bundeskongress-nationale-stadtentwicklungspolitik"
KOOPSTADT = f"{BASE}project/koopstadt"
LEIPZIG = f"{BASE}city/leipzig"


def test_nodes_are_the_entities_and_no_articles(
    sample_network: nx.MultiDiGraph[str], sample_graphs: tuple[ArticleGraph, ...]
) -> None:
    expected = {entity.iri for graph in sample_graphs for entity in graph.entities}
    assert set(sample_network) == expected
    assert set(sample_network.graph["articles"]) == {graph.iri for graph in sample_graphs}


def test_edges_are_the_statements_between_entities(
    sample_network: nx.MultiDiGraph[str], sample_graphs: tuple[ArticleGraph, ...]
) -> None:
    facts = {(f.subject, f.object, f.relation) for g in sample_graphs for f in g.facts if isinstance(f.object, str)}
    # A symmetric relation is asserted in one direction only, whichever the article chose.
    facts = {(*sorted(pair), key) if key == "cooperatesWith" else (*pair, key) for *pair, key in facts}
    assert set(sample_network.edges(keys=True)) == facts


def test_every_evidence_is_the_text_at_its_offsets(
    sample_network: nx.MultiDiGraph[str], sample_graphs: tuple[ArticleGraph, ...]
) -> None:
    texts = {graph.iri: graph.article for graph in sample_graphs}
    passages = [p for _, _, data in sample_network.edges(data=True) for p in data["evidence"]]
    passages += [p for node in sample_network for p in sample_network.nodes[node]["mentions"]]
    assert len(passages) > 20
    for passage in passages:
        article = texts[passage["article"]]
        assert article.text[passage["begin"] : passage["end"]] == passage["sentence"]
        assert passage["title"] == article.title


def test_a_statement_of_two_articles_is_one_edge_with_both_sentences(sample_network: nx.MultiDiGraph[str]) -> None:
    edge = sample_network.edges[KOOPSTADT, LEIPZIG, "partnerCity"]
    assert len({passage["article"] for passage in edge["evidence"]}) == 2
    assert edge["confidence"] == pytest.approx(0.9)
    assert edge["extractors"] == ["sample-partnercity"]


def test_values_are_attributes_of_the_node(sample_network: nx.MultiDiGraph[str]) -> None:
    congress, project = sample_network.nodes[CONGRESS], sample_network.nodes[KOOPSTADT]
    assert congress["date"] == ["2015-09-16/2015-09-18"]
    assert congress["motto"] == ["Städtische Energien – Integration leben"]
    assert project["budget"] == ["1200000 EUR"]
    assert project["theme"] == ["housing"]
    assert [value["relation"] for value in project["values"]] == ["budget", "date", "theme"]
    assert all(value["evidence"] for value in project["values"])


def test_names_begin_with_the_label_and_hold_every_form(sample_network: nx.MultiDiGraph[str]) -> None:
    congress = sample_network.nodes[CONGRESS]
    assert congress["label"] == "9. Bundeskongress Nationale Stadtentwicklungspolitik"
    assert congress["names"] == [congress["label"], "Bundeskongress"]
    assert (congress["type"], congress["language"]) == ("Event", "de")


def test_the_office_stands_on_the_edge(sample_network: nx.MultiDiGraph[str]) -> None:
    edge = sample_network.edges[f"{BASE}person/elke-pahl-weber", f"{BASE}organisation/tu-berlin", "affiliatedWith"]
    assert edge["role"] == "Professorin"


def test_articles_and_themes_are_kept_beside_the_nodes(sample_network: nx.MultiDiGraph[str]) -> None:
    article = sample_network.graph["articles"][f"{BASE}article/bundeskongress-txt"]
    assert article["publisher"] == "Leipziger Blatt"
    assert article["authors"] == [f"{BASE}person/jana-muster"]
    assert article["url"] == "https://blatt.example/bundeskongress"
    assert sample_network.graph["themes"]["housing"] == {"de": "Wohnen", "en": "housing"}


def test_the_order_of_the_quads_changes_nothing(
    sample_quads: tuple[Quad, ...], sample_network: nx.MultiDiGraph[str]
) -> None:
    shuffled = list(sample_quads)
    random.Random(7).shuffle(shuffled)
    store = Store()
    store.extend(shuffled)
    for make in (to_networkx(shuffled), to_networkx(store)):
        assert list(make.nodes(data=True)) == list(sample_network.nodes(data=True))
        assert list(make.edges(keys=True, data=True)) == list(sample_network.edges(keys=True, data=True))
        assert make.graph == sample_network.graph


def test_a_graph_without_provenance_still_has_its_edges(sample_quads: tuple[Quad, ...]) -> None:
    plain = to_networkx([quad for quad in sample_quads if isinstance(quad.graph_name, DefaultGraph)])
    edge = plain.edges[KOOPSTADT, LEIPZIG, "partnerCity"]
    assert (edge["confidence"], edge["extractors"], edge["evidence"]) == (1.0, [], [])
